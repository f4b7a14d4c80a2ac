"""Every format holds every row, and hostile text stays text in all of them."""

import csv
import io
import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from rows import HOSTILE, make_article, make_full_row, make_hostile_row, make_row

from flows.formats import Found, write_mentions, write_rows
from flows.parquet import write_parquet
from models.errors import OutputError
from models.event import COLUMNS, EventRow
from review.cells import defuse, make_cell
from review.controls import show_controls
from review.explain import explain_row
from review.jsontext import write_json
from review.screen import make_console, render
from review.tables import make_table

ROWS = [make_full_row(), make_row(published=date(2024, 3, 5)), make_hostile_row()]


def found(rows: list[EventRow] = ROWS) -> Found:
    return [(make_article(row), [row]) for row in rows]


def write_text(kind: str, folder: Path, rows: list[EventRow] = ROWS) -> str:
    path = folder / f"rows.{kind}"
    write_rows(found(rows), kind, path)  # type: ignore[arg-type]
    return path.read_bytes().decode()


def test_jsonl_is_the_nested_row_with_the_document_id_first(tmp_path: Path) -> None:
    lines = write_text("jsonl", tmp_path).split("\n")
    assert lines.pop() == ""
    records = [json.loads(line) for line in lines]
    assert [tuple(record) for record in records] == [("doc_id", *COLUMNS)] * 3
    assert records[0]["published"] == "2024-03-05T06:30:00+03:00"
    assert records[0]["date_start"] == "2024-03-04"
    assert records[1]["published"] == "2024-03-05"
    for record, row in zip(records, ROWS, strict=True):
        del record["doc_id"]
        assert EventRow.model_validate_json(json.dumps(record)) == row


def test_jsonl_keeps_scripts_readable_and_escapes_what_redraws_the_line() -> None:
    assert write_json({"a": "حلب Київ"}) == '{"a": "حلب Київ"}'
    text = write_json("\x1b\x9b\u202e\u2028\ud800")
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == "\x1b\x9b\u202e\u2028\ud800"


def test_csv_is_flat_and_reads_back(tmp_path: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(write_text("csv", tmp_path))))
    assert tuple(lines[0]) == ("doc_id", *COLUMNS)
    first = lines[0]
    assert first["actors"] == "Free Valley Front"
    assert first["reported_by"] == "police; a local council"
    assert first["longitude"] == "-76.25"
    assert first["civilian_targeting"] == "true"
    assert first["killed_high"] == ""
    assert json.loads(first["counts"])[0]["best"] == 4
    assert json.loads(first["evidence"])["date"][0]["rule"] == "dates:weekday"


def test_csv_runs_no_formula_and_keeps_negative_numbers(tmp_path: Path) -> None:
    line = list(csv.DictReader(io.StringIO(write_text("csv", tmp_path))))[-1]
    for name in ("title", "publisher", "actors", "weapons", "sentence", "reported_by"):
        assert line[name].startswith("'=cmd")
    assert not [cell for cell in line.values() if "\x1b" in cell or "\x9b" in cell]
    assert (line["latitude"], line["longitude"]) == ("-3.5", "-76.25")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "\n+1", "\u00a0=1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert defuse(text).startswith("'")


@pytest.mark.parametrize("text", ["a=1", "3-4 April", "", "Al-Qaim", "'=1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert defuse(text) == text


def test_cells_of_each_kind() -> None:
    values = (None, True, -3, -0.5, date(2024, 3, 5), ("a", "b"), (), {"a": ()})
    assert [make_cell(v) for v in values] == ["", "true", "-3", "-0.5", "2024-03-05", "a; b", "", '{"a": []}']


def test_parquet_is_typed_and_nested(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_parquet(found(), path)
    rows = duckdb.sql(f"SELECT * FROM '{path}'")
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    assert rows.columns == ["doc_id", *COLUMNS, "published_text"]
    assert types["killed_low"] == "BIGINT"
    assert types["date_start"] == "DATE"
    assert types["published"] == "TIMESTAMP WITH TIME ZONE"
    assert types["actors"].startswith("STRUCT(")
    lines = [dict(zip(rows.columns, line, strict=True)) for line in rows.fetchall()]
    assert lines[0]["published"] == datetime(2024, 3, 5, 3, 30, tzinfo=UTC)
    assert lines[0]["published_text"] == "2024-03-05T06:30:00+03:00"
    assert lines[0]["actors"][0]["name"] == "Free Valley Front"
    assert lines[1]["published_text"] == "2024-03-05"
    assert lines[2]["title"] == HOSTILE
    assert json.loads(lines[2]["evidence"])["killed"][0]["text"] == HOSTILE


@pytest.mark.parametrize("kind", ["jsonl", "csv", "table"])
def test_no_rows(kind: str, tmp_path: Path) -> None:
    wanted = {"jsonl": "", "csv": ",".join(("doc_id", *COLUMNS)) + "\n", "table": "no events\n"}
    assert write_text(kind, tmp_path, []) == wanted[kind]


def test_no_rows_in_parquet_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_parquet([], path)
    rows = duckdb.sql(f"SELECT * FROM '{path}'")
    assert str(rows.types[rows.columns.index("killed_low")]) == "BIGINT"
    assert rows.fetchall() == []


def test_a_table_fits_a_hundred_columns_and_tells_the_row(tmp_path: Path) -> None:
    text = write_text("table", tmp_path)
    assert max(map(len, text.splitlines())) <= 100
    for words in ("2024-03-04", "armed assault", "● reported", "→ traders", "Port Alder, COL", "≥ 4 / –"):
        assert words in text


@pytest.mark.parametrize("width", [60, 80, 100, 132])
def test_columns_keep_their_places_at_every_width(width: int) -> None:
    lines = render(make_table(ROWS, width), Console(file=io.StringIO(), width=width)).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0].index("what") == 12
    assert all(line[11:12] in ("", " ") for line in lines)


@pytest.mark.parametrize("thing", [make_table([make_hostile_row()]), explain_row(make_hostile_row())])
def test_a_terminal_obeys_nothing_that_a_text_says(thing: object) -> None:
    text = render(thing, make_console(io.StringIO()))  # type: ignore[arg-type]
    assert text.replace("\n", "").isprintable()
    assert "‹U+001B›" in text
    assert "[red]x[/red]" in " ".join(text.split())


def test_hidden_characters_are_named_and_others_kept() -> None:
    assert show_controls("a\u202eb\x00\u200b\U000e0041") == "a‹U+202E›b‹U+0000›‹U+200B›‹U+E0041›"
    assert show_controls("حلب, Київ, 🚀 x\ty\nz") == "حلب, Київ, 🚀 x y z"


def test_mentions_are_a_line_a_document(tmp_path: Path) -> None:
    mention = {"label": "weapon", "start": 0, "end": 4, "text": "mine", "id": "mine", "category": "mine"}
    path = tmp_path / "mentions.jsonl"
    article = make_article(make_row())
    write_mentions([(article, [mention]), (article, [])], "jsonl", path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines == [{"doc_id": "doc-1", "mentions": [mention]}, {"doc_id": "doc-1", "mentions": []}]
    write_mentions([(article, [mention])], "table", path)
    assert "id=mine category=mine" in path.read_text(encoding="utf-8")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("before", encoding="utf-8")

    def broken() -> Found:
        yield make_article(ROWS[0]), [ROWS[0]]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(broken(), "jsonl", path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"missing/rows\.csv: cannot be written \(No such file"):
        write_rows([], "csv", tmp_path / "missing" / "rows.csv")


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"rows\.csv: cannot be written \(File too large\)"):
            write_rows(found(ROWS * 20), "csv", tmp_path / "rows.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_standard_output_gets_utf8_and_plain_line_ends() -> None:
    code = (
        "from rows import *; from flows.formats import write_rows;"
        "row = make_row(title='حلب'); write_rows([(make_article(row), [row])], 'jsonl', None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        check=True,
    )
    assert done.stdout.count(b"\n") == 1
    assert b"\r" not in done.stdout
    assert json.loads(done.stdout)["title"] == "حلب"
