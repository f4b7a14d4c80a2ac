"""Delta Lake tables, written and read through DuckDB: what stands in them, and how one is scanned."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import duckdb
from deltalake import CommitProperties, DeltaTable, QueryBuilder, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from models.errors import StoreError
from models.event import EventRow
from models.run import Run
from models.schema import read_columns

MONTH = {"month": "VARCHAR"}  # of publication, `2023-11` or `unknown`: what the files are parted by
WRITTEN = {"published_text": "VARCHAR"}  # `published` is an instant in UTC; this keeps zone, or bare day
ARTICLES = {
    "article_id": "VARCHAR",
    "doc_id": "VARCHAR",
    "url": "VARCHAR",
    "publisher": "VARCHAR",
    "title": "VARCHAR",
    "language": "VARCHAR",
    "published": "TIMESTAMPTZ",
    "published_source": "VARCHAR",
    "modified_text": "VARCHAR",
    "authors": "VARCHAR[]",
    "section": "VARCHAR",
    "continued": "VARCHAR",
    "duplicate_of": "VARCHAR",
    "text": "VARCHAR",
    "source": "VARCHAR",
    "page": "VARCHAR",
    "payload": "VARCHAR",
    "fetched": "TIMESTAMPTZ",
    "run_id": "VARCHAR",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": ARTICLES | WRITTEN | MONTH,
    "events": {c.name: c.sql_type for c in read_columns(EventRow)} | WRITTEN | MONTH,
    "runs": {c.name: c.sql_type for c in read_columns(Run)},
}
LOCAL_FAULTS = (("No space left", "the disk is full"), ("File too large", "the disk is full"))


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that never asks the network for an extension."""
    duck = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    duck.execute("SET TimeZone = 'UTC'")
    return duck


@dataclass(frozen=True, slots=True)
class Table:
    """One Delta table, in a folder or at an address. `name` picks its columns."""

    name: str
    location: str
    duck: duckdb.DuckDBPyConnection = field(repr=False)

    @property
    def columns(self) -> Mapping[str, str]:
        """Column -> SQL type."""
        return COLUMNS[self.name]

    def append(self, lines: Path, run_id: str) -> None:
        """Adds the rows of a JSON-lines file in one commit that names the run."""
        with typed(self.location):
            write_deltalake(
                self.location,
                self.read_lines(lines),
                mode="append",
                schema_mode="merge",  # a column that is new in this version joins the table
                partition_by=[*MONTH] if "month" in self.columns else None,
                writer_properties=WriterProperties(compression="ZSTD"),
                commit_properties=CommitProperties(custom_metadata={"run_id": run_id}),
            )

    def read_lines(self, lines: Path) -> duckdb.DuckDBPyRelation:
        """The rows of a JSON-lines file under this table's types."""
        return self.duck.read_json(
            str(lines), format="newline_delimited", columns={**self.columns}, maximum_object_size=1 << 26
        )

    def scan(self, *columns: str) -> duckdb.DuckDBPyRelation:
        """The newest version's rows, read as they are asked for; none where the table does not exist."""
        with typed(self.location):
            try:
                table = DeltaTable(self.location)
            except TableNotFoundError:
                return self.empty().select(*columns or "*")
            if "://" in self.location:  # DuckDB has no way to an object store offline; the table library has
                reader = QueryBuilder().register("rows", table).execute("SELECT * FROM rows")
                return self.complete(self.duck.from_arrow(reader)).select(*columns or "*")
            files = list_files(table, Path(self.location).resolve())
            if not files:
                return self.empty().select(*columns or "*")
            rows = self.duck.read_parquet(files, union_by_name=True, hive_partitioning=True)
            return self.complete(rows).select(*columns or "*")

    def complete(self, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The rows with nulls for the columns that came after the store was written."""
        missing = [name for name in self.columns if name not in rows.columns]
        nulls = [f'NULL::{self.columns[name]} AS "{name}"' for name in missing]
        return rows.project(", ".join(["*", *nulls])) if nulls else rows

    def empty(self) -> duckdb.DuckDBPyRelation:
        """No rows, under this table's types."""
        nulls = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in self.columns.items())
        return self.duck.sql(f"SELECT {nulls} LIMIT 0")

    def drop_runs(self, run_ids: list[str]) -> None:
        """Takes the runs' rows out; no other rows share their files."""
        quoted = ", ".join(f"'{run_id}'" for run_id in run_ids)
        with typed(self.location):
            DeltaTable(self.location).delete(f"run_id IN ({quoted})")


def list_files(table: DeltaTable, folder: Path) -> list[str]:
    """The newest version's files as paths: the library gives addresses, with the folder percent-encoded."""
    depth = len(folder.parts)
    return [str(folder.joinpath(*PurePath(address).parts[depth:])) for address in table.file_uris()]


@contextmanager
def typed(place: str) -> Iterator[None]:
    """Turns what the disk and the table libraries raise into a StoreError of one line."""
    try:
        yield
    except (OSError, DeltaError, duckdb.Error) as error:
        raise StoreError(f"{place}: {explain_fault(error)}") from error


def explain_fault(error: Exception) -> str:
    """The cause in few words."""
    text = " ".join(str(error).split())
    for sign, cause in LOCAL_FAULTS:
        if sign in text:
            return cause
    if "Permission denied" in text or "Read-only" in text:
        return "cannot be written (permission denied or read-only)"
    return text[:200]
