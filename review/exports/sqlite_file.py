"""Tables as a SQLite file, which Datasette and others open as it is."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from models.schema import Kind
from review.exports.sheets import Export, Sheet, Value

TYPES: dict[Kind, str] = {"integer": "INTEGER", "number": "REAL", "flag": "BOOLEAN", "day": "DATE"}


def write_sqlite(export: Export, path: Path) -> None:
    """Writes all tables to a file that is not there yet. The same rows give the same bytes."""
    with closing(sqlite3.connect(path)) as base, base:
        for sheet in export.sheets:
            create(base, sheet)
            fill(base, sheet.name, sheet.names, map(store, sheet.read()))
            if "id" in sheet.roles:
                base.execute(
                    f"CREATE UNIQUE INDEX {quote(sheet.name + '_id')} ON {quote(sheet.name)}({quote(sheet.roles['id'])})"
                )
            elif "event_id" in sheet.names:
                base.execute(f"CREATE INDEX {quote(sheet.name + '_event')} ON {quote(sheet.name)}(event_id)")


def create(base: sqlite3.Connection, sheet: Sheet, *more: str) -> None:
    """Creates the table; `more` columns stand before its own."""
    columns = ", ".join((*more, *(f"{quote(f.name)} {TYPES.get(f.kind, 'TEXT')}" for f in sheet.fields)))
    base.execute(f"CREATE TABLE {quote(sheet.name)} ({columns})")


def fill(
    base: sqlite3.Connection, table: str, names: Iterable[str], lines: Iterator[tuple[object, ...]]
) -> None:
    """Adds the lines to the table."""
    columns = [*map(quote, names)]
    marks = ", ".join("?" for _ in columns)
    base.executemany(f"INSERT INTO {quote(table)} ({', '.join(columns)}) VALUES ({marks})", lines)  # noqa: S608


def store(line: Iterable[Value]) -> tuple[object, ...]:
    """The values as SQLite keeps them: days as ISO text, flags as 0 and 1."""
    return tuple(value.isoformat() if isinstance(value, date) else value for value in line)


def quote(name: str) -> str:
    """A name of a table or column in SQL."""
    return '"' + name.replace('"', '""') + '"'
