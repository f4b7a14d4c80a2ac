"""The real command, run as a user runs it."""

import csv
import io
import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from models.event import COLUMNS, EventRow

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
STORY = "Militants killed three policemen at a checkpoint in Bannu on Monday, police said. " * 5


def run(
    *words: str | Path, stdin: str | bytes = b"", home: Path | None = None
) -> subprocess.CompletedProcess[str]:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    env = os.environ | ({"DATELINE_HOME": str(home)} if home else {})
    done = subprocess.run([COMMAND, *map(str, words)], input=data, capture_output=True, env=env, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a b") / "documents.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in DOCUMENTS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def extracted(documents: Path) -> subprocess.CompletedProcess[str]:
    return run("extract", "--input", "jsonl", "--format", "jsonl", documents)


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    used = []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([COMMAND, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(used) < 0.3
    code = "import sys, flows.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize(
    "words",
    ["", "extract", "ingest", "serve", "explain", "runs", "columns", "lexicon check", "gazetteer build"],
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


def test_extract_writes_the_contract(extracted: subprocess.CompletedProcess[str]) -> None:
    records = [json.loads(line) for line in extracted.stdout.splitlines()]
    assert {tuple(record) for record in records} == {("doc_id", *COLUMNS)}
    assert [record["doc_id"] for record in records] == ["d1", "d1", "d4"]
    texts = {one["doc_id"]: one.get("text", "") for one in DOCUMENTS}
    for record in records:
        text = texts[record.pop("doc_id")]
        row = EventRow.model_validate_json(json.dumps(record))
        spans = [span for spans in row.evidence.values() for span in spans]
        assert all(text[span.start : span.end] == span.text for span in (*spans, *row.sentences))
    assert records[0]["killed_best"] == 4
    assert records[0]["published"] == "2024-03-05"


def test_bad_documents_are_told_and_counted(extracted: subprocess.CompletedProcess[str]) -> None:
    assert extracted.returncode == 1
    assert extracted.stderr.splitlines() == [
        "error: documents.jsonl:2: no text; give each line a key 'text' with a string",
        "1 of 4 documents could not be read",
    ]


def test_csv_parquet_and_table_hold_the_same_rows(documents: Path, tmp_path: Path) -> None:
    for name in ("rows.csv", "rows.parquet"):
        done = run("extract", documents, "--output", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text(encoding="utf-8"))))
    assert [line["doc_id"] for line in lines] == ["d1", "d1", "d4"]
    assert lines[2]["title"] == "'=cmd|' /C calc'!A0 ‹U+001B›[2J"
    stored = duckdb.sql(f"SELECT doc_id, killed_best FROM '{tmp_path / 'rows.parquet'}'").fetchall()
    assert [doc_id for doc_id, _ in stored] == ["d1", "d1", "d4"]
    table = run("extract", documents).stdout
    assert max(map(len, table.splitlines())) <= 100
    assert "Quetta" in table
    assert "\x1b" not in table


def test_mentions_are_a_line_a_document(documents: Path) -> None:
    done = run("extract", "--mentions", "--input", "jsonl", "--format", "jsonl", documents)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["doc_id"] for record in records] == ["d1", "d3", "d4"]
    texts = {one["doc_id"]: one.get("text", "") for one in DOCUMENTS}
    for record in records:
        for mention in record["mentions"]:
            assert texts[record["doc_id"]][mention["start"] : mention["end"]] == mention["text"]
    assert {"place", "date", "count", "actor"} <= {mention["label"] for mention in records[0]["mentions"]}


def test_text_from_a_pipe_is_read(tmp_path: Path) -> None:
    done = run("extract", "--published", "2024-03-05", "--format", "jsonl", stdin=STORY[:81])
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["doc_id"], record["date_start"], record["killed_best"]) == ("stdin", "2024-03-04", 3)
    assert (done.returncode, done.stderr) == (0, "")


def test_explain_shows_the_words_and_the_rules(
    extracted: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(extracted.stdout, encoding="utf-8")
    record = json.loads(extracted.stdout.splitlines()[0])
    done = run("explain", record["event_id"], "--rows", path)
    text = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert re.search(r"\[[^\]]*four[^\]]*\]\{N\}", text)
    for span in record["evidence"]["event_type"]:
        assert span["rule"] in text.replace(" ", "") or span["rule"] in text


def write_page(folder: Path) -> None:
    folder.mkdir()
    head = '<meta property="article:published_time" content="2024-03-05T06:30:00+03:00">'
    page = f"<!doctype html><html lang=en><head><title>Checkpoint</title>{head}</head><body><article>"
    (folder / "a.html").write_text(
        f"{page}<h1>Checkpoint</h1><p>{STORY}</p></article></body></html>", encoding="utf-8"
    )
    (folder / "empty.html").write_text("", encoding="utf-8")


def test_a_night_is_run_listed_and_explained(tmp_path: Path) -> None:
    write_page(tmp_path / "pages")
    sources = tmp_path / "sources.toml"
    sources.write_text('[pages]\nkind = "folder"\npath = "pages"\nlanguage = "en"\n', encoding="utf-8")
    home = tmp_path / "home"
    night = ("ingest", "--no-prefect", "--sources", sources, "--home", home)
    first = run(*night)
    assert first.returncode == 0, first.stderr
    assert "Bannu" in first.stdout
    report = Path(first.stdout.splitlines()[-1].removeprefix("report: "))
    assert "Checkpoint" in report.read_text(encoding="utf-8")
    second = run(*night)
    assert second.returncode == 0
    assert "Bannu" not in second.stdout
    listed = run("runs", "--home", home).stdout.splitlines()
    assert len(listed) == 3
    assert listed[1].split()[0] == report.stem or listed[2].split()[0] == report.stem
    found = re.search(r"<code>([0-9a-f]{16})</code>", report.read_text(encoding="utf-8"))
    assert found
    assert "Bannu" in run("explain", found[1], "--home", home).stdout
    assert run("explain", "0" * 16, "--home", home).returncode == 2


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


@pytest.mark.parametrize("words", [["columns"], ["extract", "--format", "jsonl"]])
def test_a_reader_who_leaves_is_no_error(words: list[str], documents: Path) -> None:
    names = [str(documents)] * 60 if words[0] == "extract" else []
    with subprocess.Popen(
        [COMMAND, *words, *names], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read().decode()
    assert process.returncode == 141
    assert not [
        line for line in told.splitlines() if not line.startswith(("error: documents.jsonl:2", "60 of"))
    ]


def test_ctrl_c_ends_it_in_one_line(tmp_path: Path) -> None:
    output = tmp_path / "rows.jsonl"
    with subprocess.Popen(
        [COMMAND, "extract", "--input", "jsonl", "--output", output, "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        told = process.stderr.read().decode()
    assert (process.returncode, told) == (130, "stopped\n")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_drawn_for_a_watcher_only(documents: Path, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(
        [COMMAND, "extract", documents, "--output", tmp_path / "rows.csv"], stderr=follower, check=False
    )
    os.close(follower)
    drawn = b""
    while piece := read_terminal(leader):
        drawn += piece
    os.close(leader)
    assert done.returncode == 1
    assert b"documents" in drawn
    assert b"error: documents.jsonl:2" in drawn


def read_terminal(leader: int) -> bytes:
    """What was drawn; a Linux terminal without a writer raises EIO."""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""
