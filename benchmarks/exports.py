"""What each format of `dateline export` costs a row, and how much memory: rows of one kind, many of them.

    python -m benchmarks.exports 20000

Prints CPU time as a multiple of JSON lines in the same run, bytes a row, and the peak of memory that the writing
itself added (tracemalloc sees what Python takes; SQLite, DuckDB and the workbook's temporary files are outside).
"""

import io
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.choice import Choice
from flows.exports import SHAPES, load_books
from flows.parquet import write_sheet
from flows.spool import Spool
from models.event import EventRow
from review.exports.csv_table import write_csv
from review.exports.flat import make_details, make_events
from review.exports.geojson import write_geojson
from review.exports.geopackage import write_geopackage
from review.exports.json_lines import write_lines
from review.exports.kml import write_kml
from review.exports.sheets import Export
from review.exports.sqlite_file import write_sqlite
from review.exports.xlsx import write_xlsx
from tests.rows import make_full_row


def make_rows(number: int) -> Iterator[EventRow]:
    """Rows that differ in id, incident and coordinates."""
    for n in range(number):
        yield make_full_row(event_id=f"e{n}", incident_id=f"i{n // 2}", latitude=n % 170 - 85 + 0.25)


def measure(write: Callable[[], int]) -> tuple[float, int, int]:
    """CPU seconds without tracing, bytes written, peak bytes of a second time with it."""
    started = time.process_time()
    size = write()
    spent = time.process_time() - started
    tracemalloc.start()
    write()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return spent, size, peak


def main(number: int) -> None:
    """Prints a line a format."""
    books = load_books()
    with TemporaryDirectory() as name:
        folder = Path(name)
        spool = Spool(folder / "rows.jsonl", make_rows(number), Choice())
        rows = Export(make_events(spool.rows), (), make_details(spool.rows))
        acled = Export(SHAPES["acled"].make_sheet(spool.incidents, books), ())

        def to_file(write: Callable[[Export, Path], None]) -> int:
            path = folder / "made"
            path.unlink(missing_ok=True)
            write(rows, path)
            return path.stat().st_size

        def to_stream(write: Callable[[io.BufferedWriter], None]) -> int:
            with (folder / "made").open("wb") as out:
                write(out)
                return out.tell()

        cases: dict[str, Callable[[], int]] = {
            "jsonl": lambda: to_stream(lambda out: write_lines(rows.main, out)),
            "csv": lambda: to_stream(lambda out: write_csv(rows.main, out)),
            "csv acled": lambda: to_stream(lambda out: write_csv(acled.main, out)),
            "geojson": lambda: to_stream(lambda out: write_geojson(rows, out)),
            "kml": lambda: to_stream(lambda out: write_kml(rows, out)),
            "parquet": lambda: to_stream(lambda out: write_sheet(rows, out)),
            "sqlite, 9 tables": lambda: to_file(write_sqlite),
            "gpkg, 9 tables": lambda: to_file(write_geopackage),
            "xlsx, 9 tables": lambda: to_stream(lambda out: write_xlsx(rows, out)),
        }
        base = 0.0
        for label, write in cases.items():
            spent, size, peak = measure(write)
            base = base or spent
            print(
                f"{label:18} {spent / base:5.1f} × jsonl  {size / number:7.0f} bytes a row  {peak / 2**20:6.1f} MB"
            )
        print(f"jsonl: {1000 * base / number:.2f} ms a row")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
