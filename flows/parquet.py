"""Rows as a Parquet file with typed, nested columns, written through DuckDB."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from flows.formats import Found, make_records, write_line
from flows.outputs import open_output
from flows.tables import connect, typed
from models.schema import SQL_TYPES, read_columns
from review.exports.sheets import Export

# `published` is an instant in UTC; `published_text` keeps the publisher's zone, or the bare day.
ROW = {c.name: c.sql_type for c in read_columns()} | {"published_text": "VARCHAR"}
COLUMNS = {"doc_id": "VARCHAR"} | ROW


def write_parquet(found: Found, output: Path | None) -> None:
    """Writes the rows in document order; `evidence` is JSON text. Raises a DatelineError."""
    with open_output(output) as out:
        copy_records(map(keep_zone, make_records(found)), COLUMNS, {}, out)


def write_sheet(export: Export, out: BinaryIO) -> None:
    """Writes the main table of an export, nested where it can be; the account is metadata of the file."""
    sheet = export.main
    about = {"dateline": "\n".join(f"{what}: {value}" for what, value in export.about)}
    if sheet.nested:
        more = {f.name: SQL_TYPES[f.kind] for f in sheet.fields if f.name not in ROW}  # of a delta
        copy_records(map(keep_zone, sheet.records()), more | ROW, about, out)
    else:
        columns = {f.name: SQL_TYPES[f.kind] for f in sheet.fields}
        copy_records(sheet.records(), columns, about, out)


def keep_zone(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the time of publication as it was written."""
    return record | {"published_text": record["published"]}


def copy_records(
    records: Iterable[Mapping[str, object]],
    columns: Mapping[str, str],
    about: Mapping[str, str],
    out: BinaryIO,
) -> None:
    """Writes the records under the types of the columns."""
    with tempfile.TemporaryDirectory() as folder, typed("parquet"):
        lines, table = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with lines.open("wb") as file:
            for record in records:
                write_line(file, record)
        duck = connect()
        rows = duck.read_json(
            str(lines), format="newline_delimited", columns={**columns}, maximum_object_size=1 << 30
        )
        rows.create_view("lines")
        told = ", ".join(f"{quote(key)}: {quote(value)}" for key, value in about.items())
        more = f", KV_METADATA {{{told}}}" if told else ""
        duck.execute(f"COPY lines TO {quote(str(table))} (FORMAT parquet, COMPRESSION zstd{more})")
        with table.open("rb") as file:
            shutil.copyfileobj(file, out)


def quote(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
