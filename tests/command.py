"""The real command as tests run it, and documents for it."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from flows.cli import app

COMMAND = str(Path(sys.executable).with_name("dateline"))
DOCUMENTS = [
    {
        "doc_id": "d1",
        "date": "2024-03-05",
        "text": "Gunmen shot dead four traders near Maiduguri on Monday, police said. "
        "Shelling wounded two children in Kherson on Sunday.",
    },
    {"doc_id": "d2"},
    {"doc_id": "d3", "text": "The council approved its budget for the swimming pool."},
    {
        "doc_id": "d4",
        "date": "2024-03-06",
        "title": "=cmd|' /C calc'!A0 \x1b[2J",
        "text": "A suicide bomber killed 12 people at a market in Quetta on Tuesday, officials said.",
    },
]
STORY = "Militants killed three policemen at a checkpoint in Bannu on Monday, police said. " * 5


def run(
    *words: str | Path, stdin: str | bytes = b"", home: Path | None = None
) -> subprocess.CompletedProcess[str]:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    env = os.environ | ({"DATELINE_HOME": str(home)} if home else {})
    done = subprocess.run([COMMAND, *map(str, words)], input=data, capture_output=True, env=env, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def call(*words: str | Path, fails: int = 0, home: Path | None = None) -> str:
    """What the command prints, in this process, where a new one would cost seconds; its exit code is checked."""
    env = {"DATELINE_HOME": str(home)} if home else {}
    done = CliRunner().invoke(app, [str(word) for word in words], env=env)
    assert done.exit_code == fails, done.output
    return " ".join(done.output.replace("│", " ").split())
