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
            find_by(base, sheet)


def find_by(base: sqlite3.Connection, sheet: Sheet) -> None:
    """Makes the table quick to search by event."""
    column = sheet.roles.get("id") or ("event_id" if "event_id" in sheet.names else None)
    if column:
        unique = "UNIQUE " if "id" in sheet.roles and "op" not in sheet.names else ""
        name, place = quote(f"{sheet.name}_id"), f"{quote(sheet.name)}({quote(column)})"
        base.execute(f"CREATE {unique}INDEX {name} ON {place}")


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
