"""The sources of pages, and what each of them has tonight."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.feed_entries import clean_address, read_entries
from flows.fetch import Fetcher
from flows.queues import host_of
from models.article import Published
from models.errors import SourceError
from models.source import Source, read_source

PAGES = (".html", ".htm", ".xhtml")
LARGEST_FEED = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a source names: at an address, or in a file that may have one too."""

    source_id: str
    url: str | None
    path: Path | None = None
    title: str | None = None
    feed_published: Published | None = None
    raw_date: str | None = None


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a TOML file by id, in the file's order. Raises SourceError in one line."""
    tables = read_toml(path)
    return {name: read_source(path.name, name, table) for name, table in tables.items()}


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file. Raises SourceError in one line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: {error}") from error


def list_items(source: Source, fetcher: Fetcher, base: Path) -> list[Item]:
    """What the source has, each address once, in its own order; paths are relative to `base`.

    Raises SourceError or FetchError where the source itself cannot be read.
    """
    if source.kind == "folder":
        return list(list_folder(source, (base / str(source.path)).resolve()))
    body, address = read_body(source, fetcher, base)
    items = list_feed(source, body, address) if source.kind == "feed" else list_lines(source, body)
    found: dict[str | None, Item] = {}
    for item in items:
        found.setdefault(item.url, item)
    if source.host_delay is not None:
        for item in found.values():
            fetcher.pacing.set_delay(host_of(item.url or ""), source.host_delay)
    return list(found.values())


def read_body(source: Source, fetcher: Fetcher, base: Path) -> tuple[bytes, str]:
    """The feed or list itself, and the address that its links are relative to."""
    if source.url:
        fetched = fetcher.fetch(source.url)
        return fetched.body, fetched.final_url
    path = base / str(source.path)
    try:
        if path.stat().st_size > LARGEST_FEED:
            raise SourceError(f"{source.id}: {path.name} is larger than {LARGEST_FEED // 2**20} MiB")
        return path.read_bytes(), ""
    except OSError as error:
        raise SourceError(f"{source.id}: {path} cannot be read ({error.strerror})") from error


def list_feed(source: Source, body: bytes, address: str) -> Iterator[Item]:
    """The entries of a feed that have an address."""
    for entry in read_entries(body, source.url or str(source.path)):
        url = clean_address(entry.link, address)
        if url:
            yield Item(source.id, url, None, entry.title, entry.published, entry.raw_date)


def list_lines(source: Source, body: bytes) -> Iterator[Item]:
    """The addresses of a list, one a line; blank lines and those that begin with # are passed over."""
    lines: Iterable[str] = map(str.strip, body.decode("utf-8-sig", "replace").splitlines())
    return (Item(source.id, line) for line in lines if line and not line.startswith("#"))


def list_folder(source: Source, folder: Path) -> Iterator[Item]:
    """The saved pages of a folder by name; the `.toml` beside a page names its address."""
    if not folder.is_dir():
        raise SourceError(f"{source.id}: {folder} is no folder")
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in PAGES:
            beside = path.with_suffix(".toml")
            url = read_toml(beside).get("url") if beside.exists() else None
            yield Item(source.id, url if isinstance(url, str) else None, path)
