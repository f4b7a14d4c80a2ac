"""Adds the places and names of a user's own GeoNames files to the gazetteer, which is replaced when all is done."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.gazetteer import Gazetteer
from extractors.place_words import read_place_words
from flows.geonames_rows import Features, read_name, read_place
from flows.geonames_tables import Table, open_table, read_table
from flows.geonames_work import Work
from flows.lock import hold_lock
from flows.outputs import replace_file, typed
from flows.progress import Watch
from models.errors import GazetteerError, InputError, OutputError
from models.place import read_country_points, read_features

OFTEN = 5_000  # lines between two looks at the clock
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its files with their counts, and the gazetteer's digest."""

    tables: tuple[Table, ...]
    digest: str
    changed: bool


def import_places(
    files: Sequence[Path], gazetteer: Path, output: Path, lexicons: Path, watch: Watch
) -> Imported:
    """Writes the gazetteer with the files' places in it. Raises InputError, GazetteerError or OutputError.

    Same gazetteer, same files: same bytes. The old file stays until the new one is whole.
    """
    tables = sorted(map(open_table, dict.fromkeys(files)), key=lambda table: table.kind != "places")
    respelt = check_gazetteer(gazetteer)
    words = read_place_words(lexicons / "place_words.toml")
    features = read_taken(lexicons)
    with (
        borrow(gazetteer, output) as copy,
        told(output),
        closing(Work(copy, words, respelt)) as work,
    ):
        for table in tables:
            take_table(table, work, features, watch)
        changed = finish(work, tables, watch) or output != gazetteer
        if changed:
            replace(work, output)
        digest = work.read_versions()["digest"]
    return Imported(tuple(tables), digest, changed)


def check_gazetteer(path: Path) -> frozenset[str]:
    """The countries of the gazetteer whose names are spelt many ways. Raises GazetteerError."""
    if not path.is_file():
        raise GazetteerError(f"no gazetteer at {path}: run `make setup`, then import again")
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return Gazetteer(connection).respelt


def read_taken(lexicons: Path) -> Features:
    """What is taken of the files. Raises LexiconError."""
    points = read_country_points(lexicons / "country_points.csv")
    countries = {point.alpha2: alpha3 for alpha3, point in points.items()}
    return Features(read_features(lexicons / "geonames.toml"), countries)


@contextmanager
def borrow(gazetteer: Path, output: Path) -> Iterator[Path]:
    """A copy to work on, beside the output, for one import at a time; it goes away however the work ends."""
    copy, lock = (output.with_name(f".{output.name}.{what}") for what in ("work", "lock"))
    with hold_lock(lock):
        try:
            with typed(str(output.parent)):
                shutil.copyfile(gazetteer, copy)
            yield copy
        finally:
            copy.unlink(missing_ok=True)
            lock.unlink(missing_ok=True)


@contextmanager
def told(output: Path) -> Iterator[None]:
    """Turns what SQLite raises into an error of one line; its word for a stop into the stop itself."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        raise OutputError(f"{output.parent}: the gazetteer cannot be written ({error})") from error
    except sqlite3.DatabaseError as error:
        raise GazetteerError("the gazetteer is damaged: run `make gazetteer`, then import again") from error


def take_table(table: Table, work: Work, features: Features, watch: Watch) -> None:
    """Adds what one file holds. Raises InputError where nothing of it is of use."""
    lines = follow(read_table(table), table, watch)
    if table.kind == "places":
        take_places(lines, table, work, features)
    else:
        take_names(lines, table, work)
    if table.skipped and not (table.new or table.known or table.left_out or table.names):
        raise InputError(f"{table.faults[0]}; nor can any other line of the file be read")
    if table.kind == "names" and table.left_out and not table.names:
        raise InputError(
            f"{table.path.name}: no name in it is of a place that the gazetteer has; "
            "name the places' own file (such as SY.txt) before it"
        )


def take_places(lines: Iterable[tuple[int, list[str]]], table: Table, work: Work, features: Features) -> None:
    """Adds the places of a dump."""
    for number, cells in lines:
        try:
            place = read_place(cells, features)
        except InputError as error:
            table.skip(number, str(error))
            continue
        if place is None:
            table.left_out += 1
        elif work.add_place(place):
            table.new += 1
        else:
            table.known += 1


def take_names(lines: Iterable[tuple[int, list[str]]], table: Table, work: Work) -> None:
    """Adds the names of a file of alternate names."""
    for number, cells in lines:
        try:
            named = read_name(cells)
        except InputError as error:
            table.skip(number, str(error))
            continue
        if named and work.add_name(*named):
            table.names += 1
        else:
            table.left_out += 1


def follow(
    lines: Iterable[tuple[int, list[str]]], table: Table, watch: Watch
) -> Iterator[tuple[int, list[str]]]:
    """The lines, with the megabytes read told to whoever watches."""
    whole = -(-table.size // MEGABYTE)
    for passed, line in enumerate(lines):
        if passed % OFTEN == 0:
            watch(f"{table.path.name} (MB)", table.read // MEGABYTE, whole)
        yield line
    watch(f"{table.path.name} (MB)", whole, whole)


def finish(work: Work, tables: Iterable[Table], watch: Watch) -> bool:
    """Indexes the names; whether the gazetteer is another than before."""
    watch("index", 0, 1)
    changed = work.finish({table.digest: table.path.name for table in tables})
    watch("index", 1, 1)
    return changed


def replace(work: Work, output: Path) -> None:
    """Writes the work in one piece and puts it where the gazetteer is looked for."""
    with replace_file(output) as part:
        part.unlink(missing_ok=True)
        work.connection.execute("VACUUM INTO ?", (str(part),))


def name_imports(gazetteer: Path) -> list[str]:
    """The files that were imported into a gazetteer, by name; none where there is no gazetteer."""
    if not gazetteer.is_file():
        return []
    with closing(sqlite3.connect(f"{gazetteer.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("SELECT value FROM version WHERE key LIKE 'import:%' ORDER BY 1")
            return [str(name) for (name,) in found]
        except sqlite3.DatabaseError:
            return []  # of another layout, or damaged: it is about to be built anew
