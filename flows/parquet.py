"""Rows as a Parquet file with typed, nested columns, written through DuckDB."""

import shutil
import tempfile
from pathlib import Path

from flows.formats import Found, make_records, write_line
from flows.outputs import open_output
from flows.tables import connect, typed
from models.schema import read_columns

# `published` is an instant in UTC; `published_text` keeps the publisher's zone, or the bare day.
COLUMNS = {"doc_id": "VARCHAR"} | {c.name: c.sql_type for c in read_columns()} | {"published_text": "VARCHAR"}


def write_parquet(found: Found, output: Path | None) -> None:
    """Writes the rows in document order; `evidence` is JSON text. Raises a DatelineError."""
    with tempfile.TemporaryDirectory() as folder, open_output(output) as out, typed("parquet"):
        lines, table = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with lines.open("wb") as file:
            for record in make_records(found):
                write_line(file, record | {"published_text": record["published"]})
        rows = connect().read_json(
            str(lines), format="newline_delimited", columns=COLUMNS, maximum_object_size=1 << 30
        )
        rows.write_parquet(str(table), compression="zstd")
        with table.open("rb") as file:
            shutil.copyfileobj(file, out)
