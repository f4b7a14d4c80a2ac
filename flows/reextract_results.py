"""What became of a partition: its rows as Parquet files, then a small file that names them and holds the counts.

A partition is done when that last file is there, and those that it names are as long as it says: a power cut may have
cost one. A file that it does not name belongs to a worker that died.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from flows.lines import Line
from flows.partitions import Partition
from flows.staging import write_line
from flows.table_files import TableFiles
from flows.tables import Table, typed
from models.receipt import Failure

DONE = ".done.json"
SHOWN = 20  # failures of a partition that are named one by one; `reasons` counts all
ROW_ORDER = "month, published, article_id, trigger_start, event_id"


@dataclass(frozen=True, slots=True)
class Result:
    """A partition that is done: articles by what was done with them, rows, failures, and its files by table."""

    name: str
    counts: dict[str, int]
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)  # source -> reason -> number
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0  # of CPU
    files: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # file -> bytes

    @property
    def is_idle(self) -> bool:
        """Whether none of its pages could be read."""
        return self.counts.get("failed", 0) == self.counts.get("articles")

    def write(self) -> bytes:
        """As JSON."""
        failures = [one.model_dump() for one in self.failures]
        return json.dumps(asdict(self) | {"failures": failures}).encode()


def read_result(data: bytes) -> Result | None:
    """What `write` wrote; None where it is damaged."""
    try:
        fields = json.loads(data)
        failures = tuple(Failure.model_validate(one) for one in fields.pop("failures"))
        return Result(**fields, failures=failures)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def find_done(staged: TableFiles) -> dict[str, Result]:
    """The partitions that are done, by name.

    One of which a file is gone or cut off, or no page could be read, has to be done again.
    """
    there = staged.sizes()
    names = sorted(name for name in there if name.endswith(DONE))
    found = {name.removesuffix(DONE): read_result(staged.read(name) or b"") for name in names}
    return {
        name: result
        for name, result in found.items()
        if result
        and not result.is_idle
        and all(there.get(file) == result.sizes.get(file) for file in result.files.values())
    }


def put_rows(
    staged: TableFiles,
    partition: Partition,
    table: Table,
    lines: Iterable[Line],
    carried: duckdb.DuckDBPyRelation | None = None,
) -> str:
    """Stages lines, and rows that are taken over as they are, as one Parquet file, and gives its name."""
    name = f"{table.name}-{partition.name}.parquet"
    with tempfile.TemporaryDirectory() as folder, typed(name):
        written = Path(folder) / "rows.jsonl"
        with written.open("wb") as file:
            for line in lines:
                write_line(file, line)
        rows = table.read_lines(written) if written.stat().st_size else table.empty()
        rows = rows.select(*table.columns)
        if carried is not None:
            rows = rows.union(carried.select(*table.columns))
        order = ROW_ORDER if table.name == "events" else "month, article_id"
        packed = Path(folder) / "rows.parquet"
        rows.order(order).write_parquet(str(packed), compression="zstd")
        staged.keep(name, packed.read_bytes())
    return name


def put_result(staged: TableFiles, result: Result) -> Result:
    """Marks the partition as done."""
    staged.keep(f"{result.name}{DONE}", result.write())
    return result


def add_counts(results: Iterable[Result]) -> dict[str, int]:
    """The counts of all results together."""
    sums: dict[str, int] = {}
    for result in results:
        for name, number in result.counts.items():
            sums[name] = sums.get(name, 0) + number
    return sums


def add_reasons(results: Iterable[Result]) -> dict[str, Mapping[str, int]]:
    """Failures by source and reason."""
    sums: dict[str, dict[str, int]] = {}
    for result in results:
        for source, reasons in result.reasons.items():
            ours = sums.setdefault(source, {})
            for reason, number in reasons.items():
                ours[reason] = ours.get(reason, 0) + number
    return {**sums}
