"""Every format holds every row, read back by another reader; hostile text stays text; nothing is cut in silence."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import duckdb
import openpyxl
import pytest
from export_store import HUGE, gather, make_rows
from lxml import etree
from openpyxl.utils.escape import unescape
from rows import HOSTILE, make_full_row

from flows.parquet import write_sheet
from models.event import EventRow
from review.exports.atom import write_atom
from review.exports.csv_table import write_csv
from review.exports.flat import TABLES, make_details, make_events
from review.exports.geojson import group, write_geojson
from review.exports.json_lines import write_lines
from review.exports.kml import write_kml
from review.exports.sheets import Export, Sheet
from review.exports.sqlite_file import write_sqlite
from review.exports.xlsx import MOST_UNITS, Workbook, write_xlsx

MOMENT = datetime(2024, 3, 6, 2, 0, tzinfo=UTC)
ROWS = make_rows()
IDS = [row.event_id for row in ROWS]
ABOUT = (("made by", HOSTILE), ("rows", "9"))
KML = {"k": "http://www.opengis.net/kml/2.2"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def rows() -> Iterator[EventRow]:
    return iter(ROWS)


EXPORT = Export(make_events(rows), ABOUT, make_details(rows), None, MOMENT)


def to_bytes(write: Any, *given: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    write(*given, out, **options)
    return out.getvalue()


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


def test_events_of_one_article_have_names_of_their_own() -> None:
    """One headline, three events: type, place and number of dead tell them apart."""
    three = [
        make_full_row(event_id="e1", killed_low=4, killed_best=4),
        make_full_row(event_id="e2", event_type="bombing", killed_low=None, killed_best=None),
        make_full_row(event_id="e3", place_name="Mill Ferry", killed_low=0, killed_best=0, killed_high=0),
        make_full_row(event_id="e4", title=None, place_name=None, killed_low=None, killed_best=None),
    ]
    export = Export(make_events(lambda: iter(three)), ABOUT)
    names = [
        "Armed assault, Port Alder, 4 killed: Traders shot near Port Alder",
        "Bombing, Port Alder: Traders shot near Port Alder",
        "Armed assault, Mill Ferry: Traders shot near Port Alder",
        "Armed assault",
    ]
    feed = etree.fromstring(to_bytes(write_atom, export))
    assert [e.find("a:title", ATOM).text for e in feed.findall("a:entry", ATOM)] == names
    drawn = etree.fromstring(to_bytes(write_kml, export)).findall(".//k:Placemark/k:name", KML)
    assert sorted(one.text for one in drawn) == sorted(names)


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


def test_geojson_is_a_feature_a_row_with_longitude_first() -> None:
    made = json.loads(to_bytes(write_geojson, EXPORT))
    assert made["about"] == dict(ABOUT)
    assert group((("left out", "1 a"), ("left out", "2 b"))) == {"left out": ["1 a", "2 b"]}
    assert [f["id"] for f in made["features"]] == IDS
    by_id = {f["id"]: f for f in made["features"]}
    assert by_id["e8"]["geometry"] == {"type": "Point", "coordinates": [-76.25, -3.5]}
    assert by_id["e6"]["geometry"] is None
    assert by_id["e1"]["properties"]["place_precision"] == "near"
    assert by_id["e8"]["properties"]["title"] == HOSTILE
    none = Export(make_events(lambda: iter(())), ())
    assert json.loads(to_bytes(write_geojson, none))["features"] == []


def test_kml_is_well_formed_and_its_balloons_show_text() -> None:
    root = etree.fromstring(to_bytes(write_kml, EXPORT))
    names = [n.text for n in root.findall(".//k:Folder/k:name", KML)]
    assert names == ["armed assault", "bombing", "threat"]
    placemarks = {
        p.find(".//k:Data[@name='event_id']/k:value", KML).text: p
        for p in root.findall(".//k:Placemark", KML)
    }
    assert set(placemarks) == set(IDS)
    hostile = placemarks["e8"]
    assert hostile.find("k:Point/k:coordinates", KML).text == "-76.25,-3.5"
    shown = hostile.find("k:description", KML).text
    assert "<script>" not in shown  # what a balloon reads as HTML
    assert "&lt;script&gt;" in shown
    assert "‹U+001B›" in shown
    assert placemarks["e6"].find("k:Point", KML) is None
    assert placemarks["e6"].find("k:TimeSpan", KML) is None
    assert placemarks["e1"].find("k:TimeSpan/k:begin", KML).text == "2024-03-04"
    order = [etree.QName(child).localname for child in placemarks["e1"]]
    assert order == ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]


def test_atom_has_what_the_standard_asks_and_ids_that_stay() -> None:
    root = etree.fromstring(to_bytes(write_atom, EXPORT))
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    assert root.find("a:author/a:name", ATOM).text
    assert root.find("a:updated", ATOM).text == "2024-03-06T02:00:00Z"
    entries = root.findall("a:entry", ATOM)
    ids = [e.find("a:id", ATOM).text for e in entries]
    assert len(set(ids)) == len(ROWS)
    assert all(i.startswith("urn:uuid:") for i in ids)
    assert [e.find("a:updated", ATOM).text for e in entries][:1] == ["2024-03-05T03:30:00Z"]
    hostile = entries[IDS.index("e8")]
    assert hostile.find("a:link", ATOM) is None  # javascript: is no address to follow
    assert hostile.find("a:content", ATOM).get("type") == "text"
    assert entries[0].find("a:link", ATOM).get("href") == "https://example.org/a?b=1&c=2"
    assert ids[0] == uuid5(NAMESPACE_URL, "dateline:event:e1").urn  # whenever and wherever it is made
