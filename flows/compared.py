"""Two files of rows, as `extract` wrote them, compared."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from flows.comparison import Comparison
from flows.diff_knowledge import Knowledge, read_families
from flows.differences import Source
from flows.tables import connect
from flows.versions import ask
from models.errors import InputError
from models.event import EventRow
from models.schema import read_columns

LARGEST = 1 << 26  # bytes of a line
FILE_COLUMNS = {c.name: c.sql_type for c in read_columns(EventRow)} | {"published": "VARCHAR"}
FILE_ROWS = (
    "SELECT * EXCLUDE (published), published AS published_text, NULL::TIMESTAMPTZ AS published FROM rows"
)
WRONG = "SELECT count(*) FILTER (event_id IS NULL OR article_id IS NULL OR sentence IS NULL) FROM rows"


def compare_files(before: Path, after: Path) -> Comparison:
    """Two files of JSON lines. Raises InputError on one that cannot be read."""
    duck = connect()
    with tempfile.TemporaryDirectory(prefix="dateline-diff-") as folder:
        old, new = (
            Source(
                str(path),
                partial(duck.read_parquet, str(convert_file(duck, path, Path(folder) / f"{number}"))),
            )
            for number, path in enumerate((before, after))
        )
        return Comparison(duck, old, new, Knowledge(families=read_families()))


def convert_file(duck: duckdb.DuckDBPyConnection, path: Path, target: Path) -> Path:
    """The rows of a file in a form that is quick to read again. Raises InputError that names file and line."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    with told_by(path):
        lines = duck.read_json(
            str(path).translate(GLOB),
            format="newline_delimited",
            columns=FILE_COLUMNS,
            maximum_object_size=LARGEST,
        )
        ask(lines, FILE_ROWS).write_parquet(str(target), compression="zstd")
        ((wrong,),) = ask(duck.read_parquet(str(target)), WRONG).fetchall()
    if wrong:
        raise InputError(f"{path}: {wrong} lines are no event rows as extract --format jsonl writes them")
    return target


GLOB = str.maketrans({letter: f"[{letter}]" for letter in "*?["})


@contextmanager
def told_by(path: Path) -> Iterator[None]:
    """Turns what the query engine finds wrong in a file into an InputError of one line."""
    try:
        yield
    except duckdb.Error as error:
        line = find_fault(path)
        where = f"{path}:{line}" if line else str(path)
        raise InputError(f"{where}: no event row as extract --format jsonl writes it") from error


def find_fault(path: Path) -> int | None:
    """The first line that is no JSON object."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                if not isinstance(json.loads(line), dict):
                    return number
            except ValueError:
                return number
    return None
