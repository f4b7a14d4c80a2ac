"""A user's folder of texts with goldens, and the real pytest and command on it."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from flows.cli import app
from flows.golden_files import Proposal, propose
from tests.goldens import ARTICLES

TEXTS = {
    "four": "Gunmen shot dead four traders near Maiduguri on Monday, police said.",
    "five": "A suicide bomber killed five people at a market in Quetta on Tuesday, officials said.",
    "none": "The council approved its budget for the swimming pool.",
}
FACTS = 'published = "2024-03-05"\ntitle = "Told in a line \\u001b[2J \\u202e"\n'


def make_folder(folder: Path) -> Path:
    """Three texts without goldens; one has facts, one is a line of JSONL."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.toml").write_text(FACTS)
    (folder / "lines.jsonl").write_text(
        '{"doc_id": "a/1", "date": "2024-03-06", "text": "Nobody was there."}\n'
    )
    return folder


def run_tests(folder: Path, *words: str, ci: bool = False) -> subprocess.CompletedProcess[str]:
    """Pytest as a user starts it in the folder's parent."""
    env = {name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_ADDOPTS"}}
    command = [sys.executable, "-m", "pytest", "-p", "flows.goldens_plugin", "-p", "no:cacheprovider", "-q"]
    return subprocess.run(
        [*command, "--dateline-goldens", folder.name, *words],
        cwd=folder.parent,
        env=env | ({"CI": "true"} if ci else {}) | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def review(folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of `dateline review --goldens FOLDER …`."""
    done = CliRunner().invoke(app, ["review", "--goldens", str(folder), *words])
    return done.exit_code, " ".join(done.output.split())


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def propose_fixture(folder: Path, slug: str, *swaps: tuple[str, str], name: str = "") -> tuple[bytes, bytes]:
    """A golden of the fixtures in the folder, and a proposal in which words are swapped; gives both."""
    before = (ARTICLES / f"{slug}.expected.json").read_bytes()
    after = before.decode()
    for old, new in swaps:
        assert old in after
        after = after.replace(old, new)
    (folder / f"{name or slug}.expected.json").write_bytes(before)
    propose(folder, Proposal(name or slug, before, after.encode()))
    return before, after.encode()
