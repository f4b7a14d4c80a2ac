"""Which rows of two readings of a store, or of two files, differ: found by DuckDB within bounded memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb

from flows import diff_queries as sql
from flows.lines import Line
from flows.tables import typed
from models.change import Side, Totals
from models.errors import InputError
from review.compare import join_pages

MEMORY = "600MB"  # beyond that DuckDB uses the disk
PIECE = 10_000  # rows of a table that are handed over at a time
OURS = ("keys_0", "keys_1", "changed", "rows_0", "rows_1", "joined")


@dataclass(frozen=True, slots=True)
class Source:
    """One of the two: its name, its rows as often as asked for, and whether an id may stand several times."""

    name: str
    scan: Callable[[], duckdb.DuckDBPyRelation]
    versions: bool = False  # then the newest page's row counts, as in a view of the store


@contextmanager
def bounded(duck: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[None]:
    """Keeps the connection's memory small; what does not fit goes to the folder. Takes out our tables at the end."""
    settings = {"memory_limit": MEMORY, "temp_directory": str(folder), "preserve_insertion_order": "false"}
    try:
        with typed("diff"):
            for name, value in settings.items():
                duck.execute(f"SET {name} = '{value.replace(chr(39), chr(39) * 2)}'")
        yield
    finally:
        for table in OURS:
            duck.execute(f"DROP TABLE IF EXISTS {table}")
        for name in settings:
            duck.execute(f"RESET {name}")


class Differences:
    """The rows that differ, gathered in temporary tables of the connection."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, before: Source, after: Source) -> None:
        self.duck = duck
        self.sources = before, after
        for number, source in enumerate(self.sources):
            self._create(f"keys_{number}", source, sql.write_keys(source.versions))
            if not source.versions and (double := self._fetch(sql.DOUBLE.format(number))):
                raise InputError(
                    f"{source.name}: event {double[0][0]} stands twice; one file has each event once"
                )
        with typed("diff"):
            duck.execute(sql.CHANGED)

    def count_same(self) -> int:
        """Rows that are the same to the byte."""
        return int(self._fetch(sql.SAME)[0][0])

    def count_kinds(self) -> tuple[int, int, int]:
        """Ids that are only before, only after, and in both with something that differs."""
        removed, added, changed = map(int, self._fetch(sql.KINDS)[0])
        return removed, added, changed

    def find_incidents(self) -> tuple[set[str], set[str]]:
        """Incidents that only the rows before tell, and those that only the rows after tell."""
        old, new = ({row[0] for row in self._fetch(sql.ONLY.format(*sides))} for sides in ((0, 1), (1, 0)))
        return old, new

    def describe(self, number: int, stages: dict[str, str]) -> Side:
        """The side by name, versions and totals."""
        source = self.sources[number]
        found = self._fetch(sql.TOTALS.format(number, sums=sql.SUMS))[0]
        with typed(source.name):
            versions = source.scan().query("rows", sql.VERSIONS).fetchall()
        return Side(
            name=source.name,
            extractor_versions=tuple(sorted({rules for rules, _ in versions if rules})),
            model_versions=tuple(sorted({model for _, model in versions if model})),
            stages=stages,
            totals=Totals(**dict(zip(("rows", "incidents", *sql.LOSSES), map(int, found), strict=True))),
        )

    def pages(self) -> Iterator[tuple[list[Line], list[Line]]]:
        """Of each page the rows that differ, before and after, as lines; memory holds one page."""
        for number, source in enumerate(self.sources):
            self._create(f"rows_{number}", source, sql.write_rows(source.versions))
        self._join_pages()
        with typed("diff"):
            found = self.duck.sql(sql.BOTH.format(*map(sql.SIDE.format, (0, 1))))
            lines = (dict(zip(found.columns, row, strict=True)) for row in found.iter_rows())
            for _, some in groupby(lines, key=lambda line: line["page"]):
                sides: tuple[list[Line], list[Line]] = ([], [])
                for line in some:
                    sides[line["side"]].append(line)
                yield sides

    def _join_pages(self) -> None:
        """Puts texts that share an event under one page's name."""
        joined = list(join_pages((str(a), str(b)) for a, b in self._fetch(sql.PAGES)).items())
        with typed("diff"):
            self.duck.execute(sql.JOINED)
            for start in range(0, len(joined), PIECE):
                some = joined[start : start + PIECE]
                self.duck.execute(sql.JOIN, [[page for page, _ in some], [head for _, head in some]])

    def _create(self, table: str, source: Source, query: str) -> None:
        """A table of ours out of the source's rows."""
        with typed(source.name):
            self.duck.execute(f"DROP TABLE IF EXISTS {table}")
            source.scan().query("rows", query).create(table)

    def _fetch(self, query: str) -> list[tuple[object, ...]]:
        """What a query gives."""
        with typed("diff"):
            found: list[tuple[object, ...]] = self.duck.execute(query).fetchall()
            return found
