"""A diff of two readings of a table of events, beside a bare scan of both by DuckDB.

python -m benchmarks.diffs [--rows N] [--changed SHARE] [--rounds N] [--folder DIR]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from benchmarks.diff_rows import write_query
from benchmarks.memory import read_peak
from flows.comparison import Comparison
from flows.diff_knowledge import Knowledge
from flows.diff_queries import COMPARED
from flows.differences import Differences, Source, bounded
from flows.tables import connect


def main() -> int:
    """Prints times, their ratio to the scan, and the memory that a diff took at most."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--changed", type=float, default=0.02)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the tables are kept for the next time")
    parser.add_argument("--part", choices=("scan", "rows", "fields"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        measure(options.part, options.folder)
        return 0
    with tempfile.TemporaryDirectory() as beside:
        folder = options.folder or Path(beside)
        if not (folder / "after").exists():
            make_tables(folder, options.rows, options.changed)
        report(folder, options.rounds)
    return 0


def report(folder: Path, rounds: int) -> None:
    """Each part in a process of its own, interleaved; the median counts."""
    parts: dict[str, list[tuple[float, float, float]]] = {"scan": [], "rows": [], "fields": []}
    for _ in range(rounds):
        for part, found in parts.items():
            command = [sys.executable, "-m", "benchmarks.diffs", "--part", part, "--folder", str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            wall, cpu, memory, told = done.stdout.split(maxsplit=3)
            found.append((float(wall), float(cpu), float(memory)))
            print(f"  {part}: {wall} s, {cpu} s of CPU, {memory} MB; {told.strip()}", flush=True)
    medians = {part: sorted(found)[len(found) // 2] for part, found in parts.items()}
    for part, goal in (("rows", 5), ("fields", 20)):
        wall, cpu, memory = medians[part]
        ratio = cpu / medians["scan"][1]
        print(
            f"{part}: {wall:.1f} s (goal {goal}), {ratio:.1f} times the CPU of a bare scan, {memory:.0f} MB at most"
        )


def measure(part: str, folder: Path) -> None:
    """Does one part, and prints wall and CPU seconds, memory and what was found."""
    duck = connect()
    sides = [Source(name, lambda name=name: scan(duck, folder / name)) for name in ("before", "after")]  # type: ignore[misc]
    wall, cpu = perf_counter(), process_time()
    if part == "scan":
        told: object = [read_all(source) for source in sides]
    elif part == "rows":
        with tempfile.TemporaryDirectory() as beside, bounded(duck, Path(beside)):
            told = Differences(duck, *sides).count_kinds()
    else:
        with Comparison(duck, *sides, Knowledge()) as found:
            told = found.diff.rows, found.diff.changes, len(found.diff.groups), found.diff.effect.killed_best
    print(f"{perf_counter() - wall:.2f} {process_time() - cpu:.2f} {read_peak():.0f} {told}")


def scan(duck: duckdb.DuckDBPyConnection, folder: Path) -> duckdb.DuckDBPyRelation:
    """The rows, as the store scans them."""
    return duck.read_parquet(str(folder / "*" / "*.parquet"), union_by_name=True, hive_partitioning=True)


def read_all(source: Source) -> int:
    """Reads every column that is compared, with the cheapest work that needs all of it."""
    sums = " + ".join(f"count({name})" for name in COMPARED)
    (found,) = source.scan().query("rows", f"SELECT {sums} FROM rows").fetchall()
    return int(found[0])


def make_tables(folder: Path, rows: int, changed: float) -> None:
    """Both tables in files by month, with all columns of the table of events."""
    folder.mkdir(parents=True, exist_ok=True)
    for run in ("before", "after"):
        query = write_query(run, rows, changed)
        with connect() as duck:
            duck.execute(f"SET memory_limit = '2GB'; SET temp_directory = '{folder}/spill'")
            options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month)"
            duck.execute(f"COPY ({query}) TO '{folder}/{run}' ({options})")


if __name__ == "__main__":
    raise SystemExit(main())
