"""`dateline extract`, run as a user runs it: contract, formats, pipes, Ctrl-C."""

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
from command import COMMAND, DOCUMENTS, STORY, run

from models.event import COLUMNS, EventRow


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a b") / "documents.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in DOCUMENTS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def extracted(documents: Path) -> subprocess.CompletedProcess[str]:
    return run("extract", "--input", "jsonl", "--format", "jsonl", documents)


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


def hear_ctrl_c() -> None:
    """Where the suite itself runs in the background, its children would inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_it_in_one_line(tmp_path: Path) -> None:
    output = tmp_path / "rows.jsonl"
    with subprocess.Popen(
        [COMMAND, "extract", "--input", "jsonl", "--output", output, "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - this process has no other thread here
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
