"""What the table of events showed with a run current, or would show with a candidate promoted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

import duckdb
import pandas as pd

from flows.ledger import Ledger, Turn
from flows.lines import read_row
from flows.store_tables import Tables, among, fetch
from flows.tables import typed
from models.errors import StoreError
from models.event import EventRow
from models.frame import DTYPES
from models.run import Run
from models.schema import Column, read_columns

# Of two versions of a page, the newer page's row counts, whichever of them was read last. The others are few:
# they are found in narrow columns and taken out, so that no wide row is ever sorted.
KEYS = ("event_id", "article_id", "run_id")
OLDER = """SELECT event_id, article_id, run_id FROM rows QUALIFY row_number() OVER (
    PARTITION BY event_id ORDER BY coalesce(article_run, run_id) DESC, run_id DESC, article_id) > 1"""
Scan = Callable[..., duckdb.DuckDBPyRelation]  # of some columns, or of all
ORDER = "published, article_id, trigger_start, event_id"


@dataclass(frozen=True, slots=True)
class View:
    """Rows of events, each event once: as a relation, as rows, as a frame.

    `every` gives the relation of all rows, those of older versions of a page too.
    """

    location: str
    run_id: str | None  # None where nothing is stored yet
    every: Scan

    @property
    def relation(self) -> duckdb.DuckDBPyRelation:
        """The rows with all columns of the table, in no order. At an address it can be read once; ask again."""
        with typed(self.location):
            older = cast(duckdb.DuckDBPyRelation, self.every(*KEYS, "article_run").query("rows", OLDER))
            return self.every().join(older, ", ".join(KEYS), how="anti")

    def rows(self) -> Iterator[EventRow]:
        """The rows one by one, in a fixed order."""
        with typed(self.location):
            yield from map(read_row, fetch(self.relation.order(ORDER)))

    def rows_among(self, column: str, values: Iterable[str]) -> list[EventRow]:
        """Those of the rows whose column holds one of the values, in the fixed order."""
        with typed(self.location):
            found = self.relation.filter(among(column, values)).order(ORDER)
            return [read_row(line) for line in fetch(found)]

    def frame(self) -> pd.DataFrame:
        """The rows as a typed frame; `evidence` is JSON text."""
        with typed(self.location):
            frame: pd.DataFrame = self.relation.order(ORDER).df()
        return pd.DataFrame({c.name: type_series(frame[c.name], c) for c in read_columns()})


def view_now(tables: Tables, ledger: Ledger) -> View:
    """What stands now."""
    run_id = ledger.current.run_id if ledger.current else None
    return View(tables.location, run_id, partial(committed, tables, ledger, version=ledger.version))


def view_run(tables: Tables, ledger: Ledger, run: Run) -> View:
    """What stands with the run, or stood when it last became current, or would if it were promoted on its base.

    Raises StoreError where the run was dropped.
    """
    if ledger.current and ledger.current.run_id == run.run_id:
        return view_now(tables, ledger)
    turn = ledger.find_last(run.run_id)
    if turn:
        return View(tables.location, run.run_id, partial(rows_at, tables, ledger, turn))
    if run.run_id in ledger.dropped:
        raise StoreError(f"{tables.location}: run {run.run_id} was dropped; its rows are gone")
    return View(tables.location, run.run_id, partial(rows_if, tables, ledger, run))


def rows_at(
    tables: Tables, ledger: Ledger, turn: Turn, *columns: str, within: str | None = None
) -> duckdb.DuckDBPyRelation:
    """All rows of a turn. Of older stores' runs no version is known, but until a promotion rows are only added."""
    first = ledger.first_promotion
    if turn.version is not None:
        return committed(tables, ledger, *columns, version=turn.version, within=within)
    version = ledger.version if first is None else first - 1
    return committed(tables, ledger, *columns, version=version, within=within, run_ids=turn.ingests)


def rows_if(tables: Tables, ledger: Ledger, run: Run, *columns: str) -> duckdb.DuckDBPyRelation:
    """All rows that there would be with the candidate in its base's place."""
    chosen = columns or names(tables)
    base = ledger.find_base(run)
    own = tables.candidate(run.run_id, "events").scan(*chosen)
    if base is None:
        return own
    before = rows_at(tables, ledger, base, *dict.fromkeys((*chosen, "article_id")))
    return keep_others(before, read_scope(tables, run.run_id)).select(*chosen).union(own)


def view_made(tables: Tables, ledger: Ledger, run_id: str) -> View:
    """The rows that the run itself has made, whatever stands now; none where there is no such run."""
    run = next((run for run in ledger.runs if run.run_id == run_id), None)
    if run is None:
        return View(tables.location, run_id, partial(committed, tables, ledger, run_ids=()))
    if run.kind == "reextract":
        return View(tables.location, run_id, tables.candidate(run_id, "events").scan)
    version = run.events_version
    if version is None:
        version = ledger.version if ledger.first_promotion is None else ledger.first_promotion - 1
    return View(
        tables.location, run_id, partial(committed, tables, ledger, version=version, run_ids=[run_id])
    )


def keep_others(rows: duckdb.DuckDBPyRelation, scope: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The rows of articles that are not in the scope."""
    return rows.join(scope, "article_id", how="anti")


def read_scope(tables: Tables, run_id: str) -> duckdb.DuckDBPyRelation:
    """The ids of the articles that a candidate has read, and of those that they stand for."""
    read = tables.candidate(run_id, "readings")
    return read.scan("article_id").union(read.scan("replaces").filter("replaces IS NOT NULL")).distinct()


def committed(
    tables: Tables,
    ledger: Ledger,
    *columns: str,
    version: int | None = None,
    within: str | None = None,
    run_ids: Iterable[str] | None = None,
) -> duckdb.DuckDBPyRelation:
    """The rows of these runs, or of all committed ones, in a version of `events`, the newest if none is named."""
    chosen = columns or names(tables)
    wanted = among("run_id", ledger.run_ids if run_ids is None else run_ids)
    return (
        tables.events.scan(*dict.fromkeys((*chosen, "run_id")), version=version, within=within)
        .filter(wanted)
        .select(*chosen)
    )


def names(tables: Tables) -> tuple[str, ...]:
    """The columns of `events`, in the order that they are joined in."""
    return tuple(tables.events.columns)


def type_series(values: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    """The values as the column defines them."""
    return values.map(list) if column.kind == "list" else pd.Series(values, dtype=DTYPES[column.kind])


def find_turn_at(tables: Tables, ledger: Ledger, moment: datetime) -> Turn:
    """The turn that stood at that moment, by the times in the tables' logs. Raises StoreError."""
    times = tables.read_commit_times()
    standing = None
    for turn in ledger.turns:
        first = turn is ledger.find_turn(turn.run.run_id)
        at = times.get(turn.run.run_id, turn.at) if first and turn.run.kind == "ingest" else turn.at
        if at <= moment:
            standing = turn
    if standing is None:
        raise StoreError(
            f"{tables.location}: nothing was stored by {moment.isoformat()}; `dateline runs` lists all"
        )
    return standing
