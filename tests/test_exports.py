"""Every format holds every row, read back by another reader; hostile text stays text; nothing is cut in silence."""

import csv
import io
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from export_store import HUGE, gather
from openpyxl.utils.escape import unescape
from rows import HOSTILE, make_full_row

from flows.parquet import write_sheet
from models.event import EventRow
from review.exports.csv_table import write_csv
from review.exports.flat import TABLES, make_details, make_events
from review.exports.json_lines import write_lines
from review.exports.sheets import Export, Sheet
from review.exports.sqlite_file import write_sqlite
from review.exports.xlsx import MOST_UNITS, Workbook, write_xlsx
from tests.exported import ABOUT, EXPORT, IDS, ROWS, to_bytes


def read_lines(sheet: Sheet) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(to_bytes(write_csv, sheet, raw=True).decode())))


def typed(sheet: Sheet, line: dict[str, str]) -> dict[str, Any]:
    """The cells of a line under the kinds of their columns; an empty cell is null."""
    readers = {"integer": int, "number": float, "flag": lambda cell: cell == "true"}
    kinds = {f.name: f.kind for f in sheet.fields}
    return {n: readers.get(kinds[n], str)(cell) if cell else None for n, cell in line.items()}


def test_the_flat_tables_hold_every_row_whole() -> None:
    """Out of CSV as machines read it, without JSON in its cells."""
    events = [typed(EXPORT.main, line) for line in read_lines(EXPORT.main)]
    details = {sheet.name: [typed(sheet, line) for line in read_lines(sheet)] for sheet in EXPORT.beside}
    assert set(details) == {*TABLES, "evidence"}
    assert gather(events, details) == ROWS


def test_evidence_stands_beside_its_sentence() -> None:
    (sheet,) = [sheet for sheet in EXPORT.beside if sheet.name == "evidence"]
    told = {row.event_id: {one.text for one in row.sentences} for row in ROWS}
    lines = read_lines(sheet)
    assert any(line["sentence"] for line in lines)
    for line in lines:
        assert not line["sentence"] or (
            line["text"] in line["sentence"] and line["sentence"] in told[line["event_id"]]
        )
    far = {"start": 5000, "end": 5006, "text": "Monday", "rule": "dates:dateline"}
    row = make_full_row(evidence={"date": [far]})
    (_, _, beside) = [*make_details(lambda: iter([row]))][-3:]
    assert [line["sentence"] for line in read_lines(beside)] == [""]


def test_json_lines_hold_every_row_whole() -> None:
    lines = to_bytes(write_lines, EXPORT.main).decode().splitlines()
    assert [EventRow.model_validate_json(line) for line in lines] == ROWS


def test_sqlite_holds_every_row_whole(tmp_path: Path) -> None:
    write_sqlite(EXPORT, tmp_path / "a")
    base = sqlite3.connect(tmp_path / "a")
    base.row_factory = sqlite3.Row
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tables = {s.name: [dict(line) for line in base.execute(f"SELECT * FROM {s.name}")] for s in EXPORT.sheets}
    flags = ("is_aggregate", "civilian_targeting", "named")
    for line in (*tables["events"], *tables["parties"]):
        line.update({name: bool(line[name]) for name in flags if line.get(name) is not None})
    assert gather(tables["events"], {s.name: tables[s.name] for s in EXPORT.beside}) == ROWS
    assert [(line["what"], line["value"]) for line in tables["about"]] == [*ABOUT]
    assert {line["column"] for line in tables["columns"] if line["table"] == "counts"} >= {"event_id", "low"}
    write_sqlite(EXPORT, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_parquet_is_nested_and_tells_its_account(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(to_bytes(write_sheet, EXPORT))
    assert path.read_bytes() == to_bytes(write_sheet, EXPORT)
    found = duckdb.sql(
        f"SELECT event_id, actors[1].name, killed_low, published_text FROM '{path}'"
    ).fetchall()
    assert [line[0] for line in found] == IDS
    assert found[0][1:] == ("Free Valley Front", 4, "2024-03-05T06:30:00+03:00")
    ((key, value),) = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall()
    assert (key, value.decode()) == (b"dateline", f"made by: {HOSTILE}\nrows: 9")


def test_csv_defuses_and_names_what_is_hidden_and_tags_its_columns() -> None:
    header, tags, *lines = csv.reader(io.StringIO(to_bytes(write_csv, EXPORT.main, hxl=True).decode()))
    told = dict(zip(header, tags, strict=True))
    assert told["longitude"] == "#geo+lon"
    assert told["killed_best"] == "#affected+killed+best"
    assert told["actors"] == "#group+name+attacker"
    assert all(tag == "" or tag.startswith("#") for tag in tags)
    hostile = dict(zip(header, lines[IDS.index("e8")], strict=True))
    for name in ("title", "publisher", "actors", "place_name", "sentence", "reported_by"):
        assert hostile[name].startswith("'=cmd"), name
        assert "‹U+202E›" in hostile[name]
        assert "‹U+001B›" in hostile[name]
        assert hostile[name].isprintable()
    assert (hostile["latitude"], hostile["longitude"]) == ("-3.5", "-76.25")
    assert dict(zip(header, lines[IDS.index("e9")], strict=True))["title"] == HUGE


def read_book(data: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for page in book:
        assert {cell.data_type for line in page for cell in line} <= {
            "s",
            "n",
            "b",
            "d",
            "inlineStr",
        }  # no "f"
    return {page.title: [[read_cell(cell) for cell in line] for line in page] for page in book}


def read_cell(cell: Any) -> Any:
    """The value; `_x005F_` is how a workbook writes an underscore that begins no code."""
    return unescape(cell.value) if isinstance(cell.value, str) else cell.value


def test_xlsx_is_typed_runs_no_formula_and_cuts_nothing() -> None:
    data = to_bytes(write_xlsx, EXPORT)
    book = read_book(data)
    assert [*book] == [s.name for s in EXPORT.sheets] + ["overflow"]
    header, *lines = book["events"]
    assert header == [*EXPORT.main.names]
    first, hostile, huge = (dict(zip(header, lines[IDS.index(i)], strict=True)) for i in ("e1", "e8", "e9"))
    assert (first["killed_low"], first["longitude"], first["civilian_targeting"]) == (4, -76.25, True)
    assert first["date_start"].isoformat() == "2024-03-04T00:00:00"
    assert hostile["title"].startswith("=cmd|' /C calc'!A0 ‹U+001B›[2J<script>")
    overflow = [dict(zip(book["overflow"][0], line, strict=True)) for line in book["overflow"][1:]]
    assert {(o["sheet"], o["line"], o["column"]) for o in overflow} == {
        ("events", IDS.index("e9") + 2, "title")
    }
    begin = huge["title"].partition(" … [continued in the sheet overflow]")[0]
    assert begin + "".join(o["text"] for o in overflow) == HUGE
    assert all(len(o["text"]) <= MOST_UNITS for o in overflow)
    assert book["about"][1:] == [["made by", book["about"][1][1]], ["rows", "9"]]


def test_xlsx_is_the_same_bytes_and_has_no_clock_in_it() -> None:
    data = to_bytes(write_xlsx, EXPORT)
    assert data == to_bytes(write_xlsx, EXPORT)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2024-03-06T02:00:00Z" in packed.read("docProps/core.xml")


@pytest.mark.parametrize("text", ["_x0041_", "🚀" * 20_000, "a\x00b", "\ufffe", "<b>&amp;"])
def test_xlsx_keeps_odd_text(text: str) -> None:
    sheet = make_events(lambda: iter([make_full_row(title=text)]))
    book = read_book(to_bytes(write_xlsx, Export(sheet, ())))
    kept = dict(zip(*book["events"], strict=True))["title"]
    rest = "".join(str(line[4]) for line in book.get("overflow", [])[1:])
    shown = text.replace("\x00", "‹U+0000›").replace("\ufffe", "‹U+FFFE›")
    assert kept.removesuffix(" … [continued in the sheet overflow]") + rest == shown


def test_xlsx_goes_on_in_a_second_sheet() -> None:
    out = io.BytesIO()
    book = Workbook(out, None)
    book.add(EXPORT.main, most=4)
    book.book.close()
    pages = read_book(out.getvalue())
    assert [*pages] == ["events", "events 2", "events 3"]
    assert [line[0] for page in pages.values() for line in page[1:]] == IDS
    assert all(page[0] == [*EXPORT.main.names] for page in pages.values())


def test_days_before_excels_calendar_are_text() -> None:
    sheet = make_events(lambda: iter([make_full_row(date_start=date(1857, 5, 10))]))
    book = read_book(to_bytes(write_xlsx, Export(sheet, ())))
    assert dict(zip(*book["events"], strict=True))["date_start"] == "1857-05-10"
