"""The command: help, versions, faults in one line, lexicons, columns."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import run

HEAVY = {
    "spacy",
    "pandas",
    "numpy",
    "prefect",
    "duckdb",
    "deltalake",
    "pydantic",
    "trafilatura",
    "jinja2",
    "urllib3",
}


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, flows.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize(
    "words",
    [
        *("", "export", "extract", "ingest", "serve", "explain", "runs", "columns"),
        *("lexicon check", "gazetteer build", "gazetteer import"),
    ],
)
def test_every_command_explains_itself(words: str) -> None:
    done = run(*words.split(), "--help")
    assert done.returncode == 0
    assert "Usage: dateline" in done.stdout


def test_the_help_of_extract_tells_examples_and_exit_codes() -> None:
    text = " ".join(run("extract", "--help").stdout.split())
    assert "dateline extract --input jsonl --format jsonl documents.jsonl > rows.jsonl" in text
    for told in ("0 everything was read", "1 some documents could not be read", "2 nothing could be read"):
        assert told in text


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"dateline \d+\.\d+\.\d+\n", run("--version").stdout)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["extract", "missing.html"], "missing.html: no such file or folder"),
        (["extract", "--url", "x", "a", "b"], "--url names one page; give one input with it"),
        (
            ["extract", "--mentions", "--format", "csv", "a"],
            "mentions are written as jsonl or table, not as csv",
        ),
        (["extract", "--published", "soon", "a"], "--published: 'soon' is no date; write 2024-03-05 or"),
        (["extract", "--output", ".", "a"], ".: is a folder; name a file with --output"),
        (["extract", "gopher://a.example/"], "gopher"),
        (["extract", "-"], "stdin: empty"),
        (["extract", "\x1b[2J\u202e.html"], "‹U+001B›[2J‹U+202E›.html: no such file or folder"),
        (["explain", "abc", "--rows", "missing.jsonl"], "missing.jsonl: cannot be read (No such file"),
        (["ingest", "--no-prefect", "--sources", "missing.toml"], "missing.toml: cannot be read"),
        (["lexicon", "check", "missing"], "missing: no lexicon (.toml, .csv) in the folder"),
        (["gazetteer", "build", "--sources", "missing"], "gazetteer source"),
        (["gazetteer", "import", "SY.txt"], "SY.txt: cannot be read (No such file"),
    ],
)
def test_a_fault_is_one_line_and_exit_code_2(words: list[str], line: str, tmp_path: Path) -> None:
    done = run(*words, home=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("words", [["nope"], ["extract", "--format", "xml", "a"], ["extract", "--nope"]])
def test_wrong_usage_is_exit_code_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_lexicons_that_come_along_are_valid() -> None:
    done = run("lexicon", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d{4,} entries, all valid\n", done.stdout)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "weapons.toml",
            '[a]\nname = "Arrow"\ncolour = "red"\ncategory = "rocket"\n',
            "weapons.toml: [a]: unknown key",
        ),
        ("weapons.toml", '[a]\nname = "Arrow"\ncategory = "bow"\n', "weapons.toml: [a]: 'category' is 'bow'"),
        ("weapons.toml", "[a]\n[a]\n", "weapons.toml: "),
        (
            "actors.toml",
            '[a]\nname = "Free Front"\nkind = "militia"\n[b]\nname = "free front"\nkind = "police"\n',
            "actors.toml: 'free front' stands under two ids: a, b",
        ),
        ("weapon.toml", "[a]\n", "weapon.toml: no lexicon of this name is read"),
        ("places.csv", "id,name\n", "places.csv:1: columns must be"),
    ],
)
def test_a_fault_in_a_lexicon_names_file_and_entry(name: str, text: str, line: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("lexicon", "check", tmp_path)
    assert done.returncode == 2
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_columns_are_printed_for_people_and_machines() -> None:
    assert "| `killed_low` | int? | people killed, at least |" in run("columns").stdout
    assert json.loads(run("columns", "--format", "json").stdout)["title"] == "EventRow"
