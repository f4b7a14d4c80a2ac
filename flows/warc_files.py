"""The WARC files of a source: on disk, on the web, in an object store; each opened where it was left."""

import glob
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from flows.fetch import Fetcher
from flows.memory import Place, show_name
from flows.remote_file import RemoteFile
from flows.sitemap_entries import unpack
from flows.warc_stream import Stream
from models.errors import SourceError
from models.source import Source, hide_secret

ENDINGS = (".warc", ".warc.gz")
LISTS = (".paths", ".paths.gz")
LARGEST_LIST = 5 * 2**20
# The names of Common Crawl's and our own files tell when they were begun.
BEGUN = re.compile(r"-(\d{8})\d{6}-")
LONGEST_FILE = timedelta(days=2)  # Common Crawl closes a file after a day


@dataclass(slots=True)
class Opened:
    """A stream that stands at byte `start` of a file; `whole` where what is before had to come too."""

    stream: Stream
    start: int
    version: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class WarcFile:
    """One file, by the name under which its place is remembered; a `fixed` one never changes."""

    name: str
    open: Callable[[Place | None], AbstractContextManager[Opened]]
    fixed: bool = False


def find_files(source: Source, fetcher: Fetcher, base: Path) -> list[WarcFile]:
    """The source's files in order, without those whose names tell that no wanted day is in them.

    Raises SourceError or FetchError.
    """
    if source.path:
        found = [make_local(path, base) for path in find_paths(source, base)]
    elif urlsplit(str(source.url)).scheme in ("http", "https"):
        urls = find_urls(str(source.url), fetcher)
        found = [make_remote(url, fetcher, fixed=urls != [source.url]) for url in urls]
    else:
        found = list(find_stored(source))
    return [file for file in found if may_hold(file.name, source.since, source.until)]


def may_hold(name: str, since: date | None, until: date | None) -> bool:
    """Whether a file of this name may hold pages of these days."""
    begun = BEGUN.search(name)
    if not begun:
        return True
    try:
        day = datetime.strptime(begun[1], "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return True
    return not (until and day > until) and not (since and day + LONGEST_FILE < since)


def find_paths(source: Source, base: Path) -> list[Path]:
    """The files that a path, a folder or a pattern names. Raises SourceError where there is none."""
    given = base / str(source.path)
    if given.is_file():
        return [given.resolve()]
    given = given.absolute()
    try:
        paths = (
            given.rglob("*") if given.is_dir() else Path(given.anchor).glob(str(given)[len(given.anchor) :])
        )
        found = sorted(path.resolve() for path in paths if path.name.endswith(ENDINGS) and path.is_file())
    except (OSError, ValueError) as error:  # a pattern that is none
        raise SourceError(f"{source.id}: {source.path} cannot be read ({error})") from error
    if not found:
        raise SourceError(f"{source.id}: {source.path} names no WARC file ({', '.join(ENDINGS)})")
    return found


def make_local(path: Path, base: Path) -> WarcFile:
    """A file on disk; its name is relative to the list of sources where it can be."""

    @contextmanager
    def opened(place: Place | None) -> Iterator[Opened]:
        stat = path.stat()
        version = f"{stat.st_size} {stat.st_mtime_ns}"
        start = place.offset if place and place.version == version else 0
        with path.open("rb") as file:
            file.seek(start)
            yield Opened(file, start, version)

    name = path.relative_to(base.resolve()) if path.is_relative_to(base.resolve()) else path
    return WarcFile(show_name(name.as_posix()), opened)


def find_urls(url: str, fetcher: Fetcher) -> list[str]:
    """The address, or those that a list of Common Crawl's kind names, relative to its host."""
    if not urlsplit(url).path.endswith(LISTS):
        return [url]
    with RemoteFile(fetcher, url) as file:
        body = b""
        while len(body) <= LARGEST_LIST and (piece := file.read(2**20)):
            body += piece
    if len(body) > LARGEST_LIST:
        raise SourceError(f"{url}: the list is larger than {LARGEST_LIST >> 20} MiB")
    lines = b"".join(unpack(body, url)).decode("utf-8", "replace").split()
    found = [urljoin(urljoin(url, "/"), line) for line in lines]
    if not all(line.endswith(ENDINGS) for line in found):
        raise SourceError(f"{url}: is no list of WARC files")
    return found


def make_remote(url: str, fetcher: Fetcher, *, fixed: bool) -> WarcFile:
    """A file on the web."""

    @contextmanager
    def opened(place: Place | None) -> Iterator[Opened]:
        offset, version = (place.offset, place.version) if place else (0, "")
        with RemoteFile(fetcher, url, offset, version) as file:
            yield Opened(file, file.start, file.version, whole=file.whole and offset > 0)

    return WarcFile(url, opened, fixed)


def find_stored(source: Source) -> Iterator[WarcFile]:
    """The files that an address of an object store or another file system names. Raises SourceError."""
    import fsspec  # noqa: PLC0415 - half a second, and seldom needed

    url = str(source.url)
    with typed(f"{source.id}: {source.shown}"):
        system, path = fsspec.core.url_to_fs(url)
        names = [path]
        if glob.has_magic(path):
            names = system.glob(path)
        elif system.isdir(path):
            names = system.find(path)
        found = sorted(name for name in names if name.endswith(ENDINGS))
    if not found:
        raise SourceError(f"{source.id}: {source.shown} names no WARC file ({', '.join(ENDINGS)})")
    for name in found:
        yield WarcFile(system.unstrip_protocol(name), open_stored(system, name))


@contextmanager
def typed(name: str) -> Iterator[None]:
    """Turns the errors of stores' libraries into SourceError."""
    from flows.object_stores import list_faults  # noqa: PLC0415 - object stores are slow to import

    faults: tuple[type[Exception], ...] = (*list_faults(), ImportError)
    try:
        yield
    except faults as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(f"{name} cannot be read ({hide_secret(words)})") from error


@dataclass(frozen=True, slots=True)
class StoredStream:
    """A file of a file system, whose read raises SourceError."""

    file: Any
    name: str

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end."""
        with typed(self.name):
            return bytes(self.file.read(size))


def open_stored(system: Any, name: str) -> Callable[[Place | None], AbstractContextManager[Opened]]:
    """How to open a file of a file system."""

    @contextmanager
    def opened(place: Place | None) -> Iterator[Opened]:
        with typed(name):
            info = system.info(name)
            told = next(
                (info[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in info), ""
            )
            version = f"{told} {info.get('size')}"
            start = place.offset if place and place.version == version else 0
            file = system.open(name, "rb")
        with closing(file):
            with typed(name):
                file.seek(start)
            yield Opened(StoredStream(file, name), start, version)

    return opened
