"""The index of the parse cache: in which block the parse of a text stands, in the Delta table `parses`."""

import tempfile
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePath

import duckdb
from deltalake import CommitProperties, DeltaTable, QueryBuilder, WriterProperties, write_deltalake
from deltalake.exceptions import TableNotFoundError

from flows.lines import Line, instant
from flows.staging import write_line
from flows.tables import connect, typed

NAME = "parses"
PARTED = ("model", "month")  # a partition of articles is of one month: only its files are read
COLUMNS = {
    "model": "VARCHAR",
    "month": "VARCHAR",
    "text_sha": "VARCHAR",
    "block": "VARCHAR",
    "at": "TIMESTAMPTZ",
}
NEWEST = '"at" DESC, block DESC'  # by the clock of whoever commits: those of the workers may differ
NUMBERED = duckdb.SQLExpression(
    f"row_number() OVER (PARTITION BY model, month, text_sha ORDER BY {NEWEST})"
).alias("place")


class ParseIndex:
    """The table `parses` of a store. Every method raises StoreError."""

    def __init__(self, store: str | Path, duck: duckdb.DuckDBPyConnection | None = None) -> None:
        self.location = f"{str(store).rstrip('/')}/{NAME}"
        self._duck = duck or connect()

    def find(self, model: str, texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Text -> its blocks, the newest first, of those of the texts (text -> month) that the model's index has."""
        if not texts:
            return {}
        months = ", ".join(f"'{month}'" for month in sorted(set(texts.values())))
        with typed(self.location):
            rows = self.scan(f"model = '{model}' AND month IN ({months})")
            names = [duckdb.ConstantExpression(name) for name in sorted(texts)]
            found = rows.filter(duckdb.ColumnExpression("text_sha").isin(*names))
            pairs = found.select("text_sha", "block", "at").order(NEWEST).fetchall()
        blocks: dict[str, tuple[str, ...]] = {}
        for name, block, _ in pairs:
            blocks[name] = (*blocks.get(name, ()), block)
        return blocks

    def scan(self, within: str = "true") -> duckdb.DuckDBPyRelation:
        """The lines of the partitions that a condition on model and month picks."""
        try:
            table = DeltaTable(self.location)
        except TableNotFoundError:
            return self.empty()
        if "://" in self.location:  # DuckDB has no way to an object store offline; the table library has
            asked = f"SELECT {', '.join(COLUMNS)} FROM rows WHERE {within}"  # noqa: S608 - our own names
            return self._duck.from_arrow(QueryBuilder().register("rows", table).execute(asked))
        predicate = None if within == "true" else within
        folder = Path(self.location).resolve()
        depth = len(folder.parts)
        files = [
            folder.joinpath(*PurePath(p).parts[depth:])
            for p in table.file_uris(file_pruning_predicate=predicate)
        ]
        if not files:
            return self.empty()
        rows = self._duck.read_parquet([*map(str, files)], union_by_name=True, hive_partitioning=True)
        return rows.select(*COLUMNS)

    def newest(self, blocks: Collection[str]) -> duckdb.DuckDBPyRelation:
        """Of each text in each month the newest line whose block is one of these."""
        if not blocks:
            return self.empty()
        there = duckdb.ColumnExpression("block").isin(*map(duckdb.ConstantExpression, sorted(blocks)))
        return self.scan().filter(there).select("*", NUMBERED).filter("place = 1").select(*COLUMNS)

    def empty(self) -> duckdb.DuckDBPyRelation:
        """No lines."""
        nulls = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS.items())
        return self._duck.sql(f"SELECT {nulls} LIMIT 0")

    def add(self, lines: Iterable[Line], at: datetime, run_id: str) -> int:
        """Adds the lines that workers gave, in one commit that names the run; gives their number."""
        with tempfile.TemporaryDirectory() as folder, typed(self.location):
            path = Path(folder) / "parses.jsonl"
            number = 0
            with path.open("wb") as file:
                for number, line in enumerate(lines, 1):  # noqa: B007 - the last number is what counts
                    write_line(file, line | {"at": instant(at)})
            if number:
                self.add_file(path, run_id)
        return number

    def add_file(self, lines: Path, run_id: str) -> None:
        """The same from a file of JSON lines."""
        with typed(self.location):
            rows = self._duck.read_json(str(lines), format="newline_delimited", columns=COLUMNS)
            write_deltalake(
                self.location,
                rows.order("model, month, block, text_sha"),
                mode="append",
                partition_by=[*PARTED],
                writer_properties=WriterProperties(compression="ZSTD"),
                commit_properties=CommitProperties(custom_metadata={"run_id": run_id}),
            )

    def keep(self, kept: duckdb.DuckDBPyRelation) -> None:
        """Puts these lines in the place of all. Files of the old ones go a day later: somebody may be reading them."""
        with typed(self.location):
            write_deltalake(
                self.location,
                kept.order("model, month, block, text_sha"),
                mode="overwrite",
                partition_by=[*PARTED],
                writer_properties=WriterProperties(compression="ZSTD"),
            )
            DeltaTable(self.location).vacuum(
                retention_hours=24, enforce_retention_duration=False, dry_run=False
            )
