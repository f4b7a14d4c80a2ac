"""The tables of one store, and the ledger that is read from them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from flows.ledger import Ledger, is_promotion, make_ledger, read_time
from flows.lines import Line, read_run
from flows.table_columns import COLUMNS
from flows.tables import Table, connect, typed

CANDIDATES = "candidates"


class Tables:
    """The tables below a folder or an address, and those of the candidates."""

    def __init__(self, location: str) -> None:
        self.location = location
        self.base = location.rstrip("/")
        self.duck = connect()
        self.articles = self.find("articles")
        self.events = self.find("events")
        self.readings = self.find("readings")
        self.runs = self.find("runs")
        self.run_states = self.find("run_states")

    def find(self, name: str) -> Table:
        """The table of that name."""
        return Table(name, f"{self.base}/{name}", self.duck)

    def candidate(self, run_id: str, name: str) -> Table:
        """The table of that name that a candidate has of its own."""
        return Table(name, f"{self.base}/{CANDIDATES}/{run_id}/{name}", self.duck)

    def read_ledger(self) -> Ledger:
        """The ledger as of now."""
        with typed(self.location):
            found = self.runs.scan(*(name for name in COLUMNS["runs"] if name != "receipt"))
            runs = [read_run(line) for line in fetch(found.order("run_id"))]
            states = list(fetch(self.run_states.scan()))
            known = [run.events_version for run in runs] + [line["events_version"] for line in states]
            table = self.events.open()
            version = table.version() if table else None
            unknown = (version or 0) - max((v or 0 for v in known), default=0)
            tail = table.history(unknown) if table and unknown > 0 else []
            return make_ledger(self.location, runs, states, filter(is_promotion, tail), version)

    def read_commit_times(self) -> dict[str, datetime]:
        """When each run was committed, by the log of `runs`, as far as the log goes back."""
        return {one["run_id"]: read_time(one) for one in self.runs.commits() if one.get("run_id")}


def among(column: str, values: Iterable[str]) -> duckdb.Expression:
    """The condition that the column holds one of the values."""
    chosen = [ConstantExpression(value) for value in sorted(values)]
    return ColumnExpression(column).isin(*chosen) if chosen else ConstantExpression(False)


def fetch(rows: duckdb.DuckDBPyRelation) -> Iterator[Line]:
    """The rows as mappings; memory holds some at a time."""
    for row in rows.iter_rows():
        yield dict(zip(rows.columns, row, strict=True))
