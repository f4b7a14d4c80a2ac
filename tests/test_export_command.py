"""`dateline export` as it is typed: choice of rows, files, accounts, deltas, faults."""

import csv
import io
import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command import run as run_process
from export_store import FIRST, SECOND, fill_store
from rows import make_full_row
from typer.testing import CliRunner

from flows.choice import Choice
from flows.cli import app
from flows.exports import Order, load_books, make_export, only_new
from flows.receipts import find_store
from flows.store import Store
from review.exports.delta import make_delta
from review.exports.flat import make_events
from review.exports.sheets import Export

BOOKS = load_books()


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    """The command in this process: starting one costs more than all the rest."""
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    fill_store(folder)
    return folder


def take(export: Export) -> list[dict[str, object]]:
    return [dict(zip(export.main.names, line, strict=True)) for line in export.main.read()]


def ask(home: Path, order: Order) -> list[dict[str, object]]:
    with make_export(Store(find_store(home)), order, BOOKS) as export:
        return take(export)


def ids(home: Path, **given: object) -> set[object]:
    return {line["event_id"] for line in ask(home, Order(choice=Choice(**given)))}  # type: ignore[arg-type]


def test_rows_are_chosen_by_day_country_type_status_and_confidence(home: Path) -> None:
    every = {f"e{n}" for n in range(1, 11)}
    assert ids(home) == every
    assert ids(home, since=date(2024, 3, 4), until=date(2024, 3, 4)) == every - {
        "e6",
        "e8",
    }  # they have no day
    assert ids(home, since=date(2024, 3, 5)) == set()
    assert ids(home, countries=("IRQ", "MLI")) == {"e9", "e10"}
    assert ids(home, types=("threat",)) == {"e7"}
    assert ids(home, statuses=("threatened",)) == {"e3"}
    assert ids(home, min_confidence=0.5) == every - {"e7"}


def test_a_run_and_a_time_name_a_state_of_the_tables(home: Path) -> None:
    assert {line["event_id"] for line in ask(home, Order(run=FIRST[:8]))} == {f"e{n}" for n in range(1, 10)}
    now = {line["event_id"]: line["killed_best"] for line in ask(home, Order(run="last"))}
    assert (now["e1"], "e10" in now) == (5, True)


def test_a_delta_tells_what_was_added_modified_and_deleted(home: Path) -> None:
    found = ask(home, Order(delta=FIRST))
    assert {(line["op"], line["event_id"], line["changed"]) for line in found} == {
        ("MOD", "e1", "killed_best"),
        ("ADD", "e10", None),
    }
    back = ask(home, Order(run=FIRST, delta=SECOND))
    assert {(line["op"], line["event_id"]) for line in back} == {("MOD", "e1"), ("DEL", "e10")}
    assert next(line for line in back if line["op"] == "DEL")["country"] == "MLI"  # as it was
    with make_export(Store(find_store(home)), Order(run=FIRST, delta=SECOND), BOOKS) as export:
        assert [line["event_id"] for line in take(only_new(export))] == ["e1"]
        assert {line[0] for sheet in export.beside for line in sheet.read()} == {"e1"}  # of what is there yet
        assert {"ADD": "0", "MOD": "1", "DEL": "1", "against run": SECOND}.items() <= dict(
            export.about
        ).items()
    assert ask(home, Order(run=SECOND, delta=SECOND)) == []
    acled = {(line["op"], line["event_id_cnty"]) for line in ask(home, Order("acled", delta=FIRST))}
    assert acled == {("ADD", "e10")}  # ACLED has no number but the least, which is as it was


@pytest.mark.parametrize("field", ["counts", "evidence", "sentences", "actors", "weapons"])
def test_a_delta_sees_what_no_column_of_the_table_shows(field: str) -> None:
    old = make_full_row()
    part: Any = old.evidence if field == "evidence" else getattr(old, field)
    if field == "evidence":
        name, spans = next(iter(part.items()))
        changed: Any = part | {name: (spans[0].model_copy(update={"rule": "another:rule"}), *spans[1:])}
    else:
        told = {"counts": {"best": 77}, "sentences": {"text": "Otherwise."}, "actors": {"id": "other"}}
        changed = (part[0].model_copy(update=told.get(field, {"category": "mines"})), *part[1:])
    new = old.model_copy(update={field: changed, "run_id": "r2"})
    before, after = make_events(lambda: iter([old])), make_events(lambda: iter([new]))
    delta = make_delta(before, after)
    assert [line[:2] for line in delta.read()] == [("MOD", field)]
    (record,) = delta.records()
    assert record == {"op": "MOD", "changed": field, **new.model_dump(mode="json")}
    assert list(make_delta(before, make_events(lambda: iter([old]))).read()) == []


def test_a_delta_is_nested_where_the_rows_are(home: Path, tmp_path: Path) -> None:
    for name in ("rows.jsonl", "rows.parquet"):
        assert run("export", "--home", home, "--delta", FIRST, "--output", tmp_path / name).returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert [(line["op"], type(line["counts"])) for line in lines] == [("ADD", list), ("MOD", list)]
    rows = duckdb.read_parquet(str(tmp_path / "rows.parquet"))
    assert rows.select("op, event_id").fetchall() == [("ADD", "e10"), ("MOD", "e1")]


def test_incidents_keep_what_their_reports_disagree_on(home: Path) -> None:
    by_id = {line["incident_id"]: line for line in ask(home, Order(incidents=True))}
    told = by_id["i1"]
    assert (told["reports"], told["publishers"]) == (2, "Alder News; The Alder Post")
    assert (told["killed_low"], told["killed_best"], told["killed_high"]) == (4, 5, None)
    assert json.loads(str(told["disagreement"])) == {"killed": {"≥ 7": 1, "≥ 4": 1}}
    assert set(str(told["event_ids"]).split("; ")) == {"e1", "e2"}
    assert by_id["e3"]["disagreement"] is None
    with make_export(Store(find_store(home)), Order(incidents=True), BOOKS) as export:
        reports = {line[0] for line in export.beside[0].read()}
    assert (export.beside[0].name, reports) == ("events", {f"e{n}" for n in range(1, 11)})


def test_codebooks_count_nobody_twice_and_say_what_they_leave_out(home: Path) -> None:
    with make_export(Store(find_store(home)), Order("ucdp"), BOOKS) as export:
        lines, about = take(export), export.about
    assert "e4" not in {line["id"] for line in lines}  # its part e5 goes out
    assert [(n["low"], n["best"], n["high"]) for n in lines if n["id"] == "i1"] == [(4, 5, 7)]
    left = {value for what, value in about if what == "left out by the codebook"}
    assert "1 aggregate of which the parts go out" in left
    assert "1 type threat is not in UCDP GED" in left
    assert len(lines) + sum(int(text.split()[0]) for text in left) == 9  # ten rows, two of one incident
    with make_export(Store(find_store(home)), Order("acled", incidents=False), BOOKS) as export:
        assert {"e1", "e2"} <= {line["event_id_cnty"] for line in take(export)}


@pytest.mark.parametrize(
    "order", [Order(), Order(incidents=True), Order("plover"), Order("ucdp"), Order(run=FIRST, delta=SECOND)]
)
def test_the_account_counts_the_rows_of_the_file(home: Path, order: Order) -> None:
    with make_export(Store(find_store(home)), order, BOOKS) as export:
        assert dict(export.about)["rows"] == str(len(take(export)))
        if order.delta:
            fed = only_new(export)
            assert dict(fed.about)["rows"] == str(len(take(fed))) != dict(export.about)["rows"]


def test_csv_has_its_tables_beside_it_and_an_account(home: Path, tmp_path: Path) -> None:
    done = run("export", "--home", home, "--shape", "acled", "--output", tmp_path / "a.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert "6 rows of acled" in done.stderr
    assert "  left out by the codebook: 1 type threat is not in ACLED" in done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {
        *("a.csv", "a.losses.csv", "a.columns.csv", "a.about.csv"),
    }
    about = dict(list(csv.reader((tmp_path / "a.about.csv").open(encoding="utf-8")))[1:])
    assert "not ACLED data" in about["notice"]
    assert about["run"] == SECOND
    assert "CC BY 4.0" in about["places"]
    assert (about["rows"], about["made of"]) == ("6", "10 rows of the tables")
    fates = {line["column"]: line["fate"] for line in csv.DictReader((tmp_path / "a.losses.csv").open())}
    assert (fates["killed_low"], fates["admin3"]) == ("coarser", "empty")


def test_the_same_rows_give_the_same_bytes(home: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "a.sqlite", "b.sqlite"):
        assert run("export", "--home", home, "--output", tmp_path / name).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()
    base = sqlite3.connect(tmp_path / "a.sqlite")
    assert base.execute("SELECT count(*) FROM events").fetchone() == (10,)


def test_standard_output_gets_the_table_and_standard_error_the_rest(home: Path) -> None:
    done = run("export", "--home", home, "--hxl", "--country", "mali")
    header, tags, *lines = csv.reader(io.StringIO(done.stdout))
    assert (header[0], tags[0], len(lines)) == ("event_id", "#event+id", 1)
    assert "left out by choice: 8 in another country" in done.stderr
    assert done.stderr.replace("\n", "").isprintable()
    nothing = run("export", "--home", home, "--since", "2030-01-01", "--format", "jsonl")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "0 rows" in nothing.stderr


def test_losses_are_shown(home: Path) -> None:
    shown = run("export", "--losses", "ucdp").stdout
    assert "killed_high" in shown
    assert "an open end becomes the best number" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--format", "xlsx"], "xlsx is no text for standard output: name a file with --output FILE"),
        (["--output", "a.doc"], "a.doc: no format ends so; known are .csv,"),
        (["--output", "."], ".: is a folder"),
        (["--format", "kml", "--hxl"], "--hxl: tags stand under a header"),
        (["--format", "jsonl", "--raw"], "--raw is for csv"),
        (["--type", "war"], "--type war: there is no such term; known are air_strike,"),
        (["--status", "\x1b[2J"], "--status ‹U+001B›[2J: there is no such term"),
        (["--country", "Atlantis"], "--country Atlantis: is no country"),
        (["--since", "soon"], "--since: 'soon' is no date"),
        (["--since", "2024-03-05", "--until", "2024-03-04"], "--until 2024-03-04 is before --since"),
        (["--run", "1999"], "run '1999': there is no such run"),
        (["--run", "2024"], "run '2024': 2 runs begin so"),
        (["--delta", "1999"], "run '1999': there is no such run"),
        (["--run", "last", "--as-of", "2024-03-05"], "--run and --as-of both name a state"),
        (["--as-of", "1999-01-01"], "nothing was stored by 1999-01-01"),
        (["--losses", "rows"], "rows: this shape loses nothing"),
        (["--output", "missing/a.csv"], "cannot be written (No such file"),
    ],
)
def test_a_fault_is_one_line_and_exit_code_2(home: Path, words: list[str], line: str) -> None:
    done = run("export", "--home", home, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_tables_yet_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = run_process("export", "--home", tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("event_id,")
    assert "0 rows" in done.stderr
