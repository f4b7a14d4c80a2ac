"""The README: its commands run, its files exist, its columns are current, its pictures load nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import run
from rows import FULL, PLAIN

from flows.home import find_gazetteer
from flows.ingest import find_store
from flows.store import Store
from models.event import EventRow
from review.picture import draw, read_rows
from review.tables import make_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.*-]*|[\w.-]+\.(?:md|toml|py|yaml|csv|svg|png)|LICENSE|Makefile")
# Made by the commands, not part of the repository.
MADE = {".venv/bin/activate", ".venv/bin/dateline", "rows.jsonl", "fewer.jsonl", "decisions.jsonl"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, with a home of its own, for commands to write in."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("fixtures", "Makefile", "README.md"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "home").mkdir()
    (folder / "home" / "gazetteer.sqlite").symlink_to(find_gazetteer().resolve())
    return folder


def shell(command: str, folder: Path) -> str:
    bin_folder = Path(sys.executable).parent
    env = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "DATELINE_HOME": str(folder / "home"),
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_every_command_runs(place: Path) -> None:
    """In the order of the page; EVENT_ID is the first row's that was written before."""
    commands = [command for command in COMMANDS if not MAKE.match(command)]
    assert len(commands) >= 9
    for command in commands:
        written = shell(command.replace("EVENT_ID", find_event(command, place)), place)
        assert written or "--output" in command, command
    assert (place / "rows.jsonl").stat().st_size


def find_event(command: str, place: Path) -> str:
    if "EVENT_ID" not in command:
        return ""
    if "--rows" in command:
        line = (place / "rows.jsonl").read_text(encoding="utf-8").splitlines()[0]
        return str(json.loads(line)["event_id"])
    store = Store(find_store(place / "home"))
    return next(iter(store.rows(store.runs()[0].run_id))).event_id


def test_the_two_commands_and_every_other_target_are_in_the_makefile() -> None:
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told = set(MAKE.findall(README))
    assert {"run", "test"} <= {match[1] for command in COMMANDS if (match := MAKE.match(command))}
    assert told <= targets


def test_every_file_that_is_named_exists() -> None:
    spans = re.findall(r"`([^`\n]+)`|\]\(([^)]+)\)", README)
    words = {word for code, link in spans for word in (code or link).split() if "://" not in word}
    named = {path for word in words for path in PATH.findall(word)} - MADE
    assert "extractors/lexicons/places.csv" in named
    assert [path for path in sorted(named) if not any(ROOT.glob(path.rstrip("/")))] == []


def test_the_columns_are_current() -> None:
    told = README.partition("<!-- columns")[2].partition("-->\n")[2].partition("<!-- /columns -->")[0]
    assert told.strip() == run("columns").stdout.strip()


def test_the_version_is_that_of_the_changelog() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert run("--version").stdout == f"dateline {newest[1]}\n"


def test_a_picture_is_drawn_from_rows_and_loads_nothing() -> None:
    rows = [EventRow(**PLAIN), EventRow(**(PLAIN | FULL))]
    lines = [json.dumps({"doc_id": "a", **json.loads(row.model_dump_json())}) for row in rows]
    assert read_rows(lines) == rows
    picture = draw(make_table(rows))
    assert picture == draw(make_table(rows))
    assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Free Valley Front" in picture.replace("&#160;", " ")


def test_the_pictures_are_small_and_load_nothing() -> None:
    pictures = ROOT / "review" / "pictures"
    rows = pictures / "rows.svg"
    assert re.findall(r"https?://[^\"]+", rows.read_text(encoding="utf-8")) == ["http://www.w3.org/2000/svg"]
    for name in ("report.png", "review.png", "review-dark.png"):
        assert (pictures / name).read_bytes().startswith(b"\x89PNG")
        assert (pictures / name).stat().st_size < 500_000
