"""What the tests of the archive share."""

from dataclasses import replace
from pathlib import Path

from flows.archive import Archive, Record
from flows.fetched import Fetched
from tests.archive_writer import make_fetched


def bare(fetched: Fetched) -> Fetched:
    """As it comes out of the archive: the request's headers and the way stay in the file."""
    return replace(fetched, sent=(), redirects=())


def fill(folder: Path, number: int = 5) -> list[Record]:
    with Archive(folder) as archive:
        return [archive.append(make_fetched(n), {"source": f"s{n}"}) for n in range(number)]


def find_warc(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path
