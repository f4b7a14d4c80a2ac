"""What the table of events showed with a run current, or would show with a candidate promoted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
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

# Of two versions of a page, the newer page's row counts, whichever of them was read last.
NEWEST = """SELECT * FROM rows QUALIFY row_number() OVER (
    PARTITION BY event_id ORDER BY coalesce(article_run, run_id) DESC, run_id DESC, article_id) = 1"""
ORDER = "published, article_id, trigger_start, event_id"


@dataclass(frozen=True, slots=True)
class View:
    """Rows of events, each event once: as a relation with all columns of the table, as rows, as a frame."""

    location: str
    run_id: str | None  # None where nothing is stored yet
    scan: Callable[[], duckdb.DuckDBPyRelation]

    @property
    def relation(self) -> duckdb.DuckDBPyRelation:
        """The rows in no order. Ask again for each reading: at an address, a relation is read once."""
        return self.scan()

    def rows(self) -> Iterator[EventRow]:
        """The rows one by one, in a fixed order."""
        with typed(self.location):
            yield from map(read_row, fetch(self.relation.order(ORDER)))

    def frame(self) -> pd.DataFrame:
        """The rows as a typed frame; `evidence` is JSON text."""
        with typed(self.location):
            frame: pd.DataFrame = self.relation.order(ORDER).df()
        return pd.DataFrame({c.name: type_series(frame[c.name], c) for c in read_columns()})


def view_now(tables: Tables, ledger: Ledger) -> View:
    """What stands now."""
    run_id = ledger.current.run_id if ledger.current else None
    return View(tables.location, run_id, lambda: newest_of(committed(tables, ledger)))


def view_run(tables: Tables, ledger: Ledger, run: Run) -> View:
    """What stood when the run became current, or would stand if it were promoted on its base."""
    turn = ledger.find_turn(run.run_id)
    if turn:
        return View(tables.location, run.run_id, lambda: newest_of(rows_at(tables, ledger, turn)))
    return View(tables.location, run.run_id, lambda: newest_of(rows_if(tables, ledger, run)))


def rows_at(tables: Tables, ledger: Ledger, turn: Turn, within: str | None = None) -> duckdb.DuckDBPyRelation:
    """All rows of a turn. Of older stores' runs no version is known, but until a promotion rows are only added."""
    if turn.version is not None:
        return committed(tables, ledger, turn.version, within)
    first = ledger.first_promotion
    rows = committed(tables, ledger, None if first is None else first - 1, within)
    return rows.filter(among("run_id", turn.ingests))


def rows_if(tables: Tables, ledger: Ledger, run: Run) -> duckdb.DuckDBPyRelation:
    """All rows that there would be with the candidate in its base's place."""
    if run.run_id in ledger.dropped:
        raise StoreError(f"{tables.location}: run {run.run_id} was dropped; its rows are gone")
    base = ledger.find_turn(run.base) if run.base else None
    own = tables.candidate(run.run_id, "events").scan()
    if base is None:
        return own
    return keep_others(rows_at(tables, ledger, base), read_scope(tables, run.run_id)).union(
        own.select(*names(tables))
    )


def keep_others(rows: duckdb.DuckDBPyRelation, scope: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The rows of articles that are not in the scope."""
    return rows.join(scope, "article_id", how="anti")


def read_scope(tables: Tables, run_id: str) -> duckdb.DuckDBPyRelation:
    """The ids of the articles that a candidate has read, and of those that they stand for."""
    read = tables.candidate(run_id, "readings")
    return read.scan("article_id").union(read.scan("replaces").filter("replaces IS NOT NULL")).distinct()


def committed(
    tables: Tables, ledger: Ledger, version: int | None = None, within: str | None = None
) -> duckdb.DuckDBPyRelation:
    """The rows of committed runs in a version of `events`, the newest if none is named."""
    rows = tables.events.scan(*names(tables), version=version, within=within)
    return rows.filter(among("run_id", ledger.run_ids))


def names(tables: Tables) -> tuple[str, ...]:
    """The columns of `events`, in the order that they are joined in."""
    return tuple(tables.events.columns)


def newest_of(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Of each event the row of the newest page."""
    return cast(duckdb.DuckDBPyRelation, rows.query("rows", NEWEST))


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
