"""Delta Lake tables, written and read through DuckDB."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import duckdb
from deltalake import CommitProperties, DeltaTable, QueryBuilder, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from flows.table_columns import COLUMNS, KEEP, MONTH
from models.errors import StoreError

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
        self.add(self.read_lines(lines), run_id)

    def add(self, rows: duckdb.DuckDBPyRelation, run_id: str) -> None:
        """Adds rows in one commit that names the run."""
        with typed(self.location):
            write_deltalake(
                self.location,
                rows,
                mode="append",
                schema_mode="merge",  # a column that is new in this version joins the table
                partition_by=[*MONTH] if "month" in self.columns else None,
                configuration=KEEP,
                writer_properties=WriterProperties(compression="ZSTD"),
                commit_properties=CommitProperties(custom_metadata={"run_id": run_id}),
            )

    def overwrite(
        self, table: DeltaTable, rows: duckdb.DuckDBPyRelation, months: Sequence[str], said: Mapping[str, str]
    ) -> None:
        """Puts the rows in the months' place in one commit. Raises CommitFailedError where another was faster."""
        write_deltalake(
            table,
            rows,
            mode="overwrite",
            predicate=in_months(months),
            schema_mode="merge",
            writer_properties=WriterProperties(compression="ZSTD"),
            commit_properties=CommitProperties(custom_metadata={**said}),
        )

    def replace(self, table: DeltaTable | None, rows: duckdb.DuckDBPyRelation) -> None:
        """Puts the rows in the place of all that the version of the handle holds; None makes the table.

        Raises CommitFailedError or DeltaError where somebody else was faster.
        """
        write_deltalake(
            table or self.location,
            rows,
            mode="overwrite" if table else "error",
            commit_properties=CommitProperties(max_commit_retries=0),
        )

    def open(self, version: int | None = None) -> DeltaTable | None:
        """A handle on the newest version, or on that one; None where the table does not exist."""
        with typed(self.location):
            try:
                return DeltaTable(self.location, version=version)
            except TableNotFoundError:
                return None

    def settle(self) -> None:
        """Makes the table where there is none."""
        if self.open() is None:
            self.add(self.empty().select(*self.columns), "")

    def keep_versions(self) -> None:
        """Sees to it that a table of an earlier release keeps its versions."""
        table = self.open()
        with typed(self.location):
            if table and any(
                table.metadata().configuration.get(name) != value for name, value in KEEP.items()
            ):
                table.alter.set_table_properties({**KEEP})

    def make_row(self, line: Mapping[str, object]) -> duckdb.DuckDBPyRelation:
        """One row of text, numbers and instants, under this table's types."""
        kinds = self.columns.items()
        values = (f'{write_literal(line[name])}::{kind} AS "{name}"' for name, kind in kinds)
        return self.duck.sql(f"SELECT {', '.join(values)}")

    def read_lines(self, *lines: Path) -> duckdb.DuckDBPyRelation:
        """The rows of JSON-lines files under this table's types."""
        return self.duck.read_json(
            [str(path) for path in lines],  # type: ignore[arg-type] - its hints know one file only
            format="newline_delimited",
            columns={**self.columns},
            maximum_object_size=1 << 26,
        )

    def read_pieces(self, pieces: Iterable[Path]) -> duckdb.DuckDBPyRelation:
        """The rows of staged files, each JSON lines or Parquet, under this table's types."""
        paths = list(pieces)
        lines = [path for path in paths if path.suffix != ".parquet"]
        tables = [str(path) for path in paths if path.suffix == ".parquet"]
        rows = self.read_lines(*lines) if lines else self.empty()
        if tables:
            found = self.complete(self.duck.read_parquet(tables, union_by_name=True, hive_partitioning=False))
            rows = rows.select(*self.columns).union(found.select(*self.columns))
        return rows.select(*self.columns)

    def scan(
        self, *columns: str, version: int | None = None, within: str | None = None
    ) -> duckdb.DuckDBPyRelation:
        """A version's rows, read as they are asked for; none where the table does not exist.

        `within` is SQL: only files that may hold what meets it are touched; rows are filtered by month alone.
        """
        table = self.open(version)
        if table is None:
            return self.empty().select(*columns or "*")
        with typed(self.location):
            if "://" in self.location:  # DuckDB has no way to an object store offline; the table library has
                return self.scan_remote(table, columns, within).select(*columns or "*")
            files = list_files(table, Path(self.location).resolve(), within)
            if not files:
                return self.empty().select(*columns or "*")
            rows = self.duck.read_parquet(files, union_by_name=True, hive_partitioning=True)
            return self.complete(rows).select(*columns or "*")

    def scan_remote(
        self, table: DeltaTable, columns: Sequence[str], within: str | None
    ) -> duckdb.DuckDBPyRelation:
        """The columns out of an object store, as a stream that is read once."""
        there = [one.name for one in table.schema().fields]
        chosen = [name for name in there if not columns or name in columns] or there[:1]
        named = ", ".join(f'"{name}"' for name in chosen)
        asked = f"SELECT {named} FROM rows{f' WHERE {within}' if within else ''}"  # noqa: S608 - names of ours
        return self.complete(self.duck.from_arrow(QueryBuilder().register("rows", table).execute(asked)))

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
        with typed(self.location):
            DeltaTable(self.location).delete(f"run_id IN ({quote(run_ids)})")

    def files(self, version: int | None = None) -> set[tuple[str, str]]:
        """Month and path of each file of a version."""
        table = self.open(version)
        if table is None:
            return set()
        with typed(self.location):
            found = self.duck.from_arrow(table.get_add_actions(flatten=True))
            return {(month, path) for month, path in found.select('"partition.month"', "path").fetchall()}

    def commits(self, most: int | None = None) -> list[dict[str, Any]]:
        """What the log says of the last commits, the newest first."""
        table = self.open()
        with typed(self.location):
            return table.history(most) if table else []


def in_months(months: Iterable[str]) -> str:
    """The condition that a row is of one of the months; of no month where there are none."""
    return f"month IN ({quote(months) or quote(['none'])})"


def write_literal(value: object) -> str:
    """A value as SQL."""
    return "NULL" if value is None else quote([str(value)])


def quote(values: Iterable[str]) -> str:
    """The values as they stand in a list of SQL."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def list_files(table: DeltaTable, folder: Path, within: str | None = None) -> list[str]:
    """A version's files as paths: the library gives addresses, with the folder percent-encoded."""
    depth = len(folder.parts)
    found = table.file_uris(file_pruning_predicate=within) if within else table.file_uris()
    return [str(folder.joinpath(*PurePath(address).parts[depth:])) for address in found]


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
