"""What `dateline diff` compares: two files of rows that `extract` wrote, or two runs of the tables."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import extractors
from flows.comparison import Comparison
from flows.differences import Source
from flows.tables import connect
from models.errors import InputError
from models.event import EventRow
from models.lexicon import read_entries
from models.schema import read_columns
from models.trigger import EventTypeEntry
from review.causes import Circumstances

LARGEST = 1 << 26  # bytes of a line
FILE_COLUMNS = {c.name: c.sql_type for c in read_columns(EventRow)} | {"published": "VARCHAR"}
FILE_ROWS = (
    "SELECT * EXCLUDE (published), published AS published_text, NULL::TIMESTAMPTZ AS published FROM rows"
)
WRONG = "SELECT count(*) FILTER (event_id IS NULL OR article_id IS NULL OR sentence IS NULL) FROM rows"
LINE = re.compile(r"in line (\d+)")


def compare_files(before: Path, after: Path) -> Comparison:
    """Two files of JSON lines. Raises InputError on one that cannot be read."""
    duck = connect()
    sources = []
    for path in (before, after):
        check_file(duck, path)
        sources.append(Source(str(path), lambda path=path: read_file(duck, path)))  # type: ignore[misc]
    with told_by(before, after):
        return Comparison(duck, *sources, Circumstances(families=read_families()))


def check_file(duck: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises InputError in one line that names file and line."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    with told_by(path):
        (found,) = read_file(duck, path).query("rows", WRONG).fetchall()
        if found[0]:
            raise InputError(
                f"{path}: {found[0]} lines are no event rows as extract --format jsonl writes them"
            )


def read_file(duck: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    """The rows of a file under the types of the tables."""
    lines = duck.read_json(
        str(path).translate(GLOB),
        format="newline_delimited",
        columns=FILE_COLUMNS,
        maximum_object_size=LARGEST,
    )
    return lines.query("rows", FILE_ROWS)


GLOB = str.maketrans({letter: f"[{letter}]" for letter in "*?["})


@contextmanager
def told_by(*paths: Path) -> Iterator[None]:
    """Turns what the query engine finds wrong in a file into an InputError of one line."""
    try:
        yield
    except duckdb.Error as error:
        text = " ".join(str(error).split())
        path = next((path for path in paths if str(path) in text), paths[0])
        line = LINE.search(text)
        where = f"{path}:{line[1]}" if line else str(path)
        raise InputError(f"{where}: no event row as extract --format jsonl writes it") from error


def read_families() -> dict[str, str]:
    """Event type -> family."""
    entries = read_entries(Path(extractors.__file__).parent / "lexicons" / "event_types.toml", EventTypeEntry)
    return {name: entry.family for name, entry in entries.items()}
