"""The sources of pages, and what each of them has tonight."""

import tomllib
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.feed_entries import read_entries
from flows.fetch import Fetcher
from flows.memory import Known, Memory, address_of, show_name
from flows.page_keys import clean_address, key_of
from flows.queues import host_of
from flows.sitemap_entries import LARGEST as LARGEST_SITEMAP
from flows.sitemaps import Bounds, Walk, find_since
from models.article import Published
from models.errors import FetchError, SourceError
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
    language: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source has, and what of it could not be read."""

    items: list[Item]
    faults: list[FetchError] = field(default_factory=list)


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a TOML file by id, in the file's order. Raises SourceError in one line."""
    tables = read_toml(path)
    return {name: read_source(path.name, name, table) for name, table in tables.items()}


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file. Raises SourceError in one line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{show_name(path.name)}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{show_name(path.name)}: {error}") from error


def list_items(
    source: Source,
    fetcher: Fetcher,
    base: Path,
    memory: Memory | None = None,
    bounds: Bounds | None = None,
) -> Listing:
    """What the source has, each page once, in its own order; paths are relative to `base`.

    A feed that was read before is asked for only if it has changed. Of WARC files, which are read as they
    come, nothing is listed. Raises SourceError or FetchError where the source itself cannot be read.
    """
    listing = read_listing(source, fetcher, base, memory, bounds or Bounds())
    found: dict[str, Item] = {}
    for item in listing.items:
        found.setdefault(key_of(item.url) if item.url else str(item.path), item)
    if source.host_delay is not None:
        for item in found.values():
            fetcher.pacing.set_delay(host_of(item.url or ""), source.host_delay)
    return Listing(list(found.values()), listing.faults)


def read_listing(
    source: Source, fetcher: Fetcher, base: Path, memory: Memory | None, bounds: Bounds
) -> Listing:
    """What the source has, by its kind."""
    if source.kind == "warc":
        return Listing([])
    if source.kind == "folder":
        try:
            return Listing(list(list_folder(source, (base / str(source.path)).resolve())))
        except (OSError, ValueError) as error:
            raise SourceError(f"{source.id}: {source.path} cannot be read ({error})") from error
    if source.kind == "sitemap":
        return list_sitemap(source, fetcher, base, memory, bounds)
    body, address = read_body(source, fetcher, base, memory)
    return Listing(
        list(list_feed(source, body, address) if source.kind == "feed" else list_lines(source, body))
    )


def read_body(source: Source, fetcher: Fetcher, base: Path, memory: Memory | None) -> tuple[bytes, str]:
    """The feed or list itself, and the address that its links are relative to."""
    if not source.url:
        return read_file(source, base), ""
    kept = memory.recall_body(source) if memory else None
    known = memory.recall(source) if memory and kept is not None else Known()
    wide = widen(fetcher, source)
    fetched = wide.fetch(source.url, etag=known.etag, last_modified=known.last_modified)
    if fetched.status == 304 and kept is not None:
        return kept, known.final_url
    if memory:
        validators = fetched.header("etag"), fetched.header("last-modified")
        memory.keep_body(source, fetched.body, *validators, fetched.final_url)
    return fetched.body, fetched.final_url


def widen(fetcher: Fetcher, source: Source) -> Fetcher:
    """The fetcher for what may be larger than a page: the same manners, connections, TLS and state."""
    wide = copy(fetcher)
    wide.max_bytes = LARGEST_SITEMAP if source.kind == "sitemap" else LARGEST_FEED
    if source.host_delay is not None and source.url:
        fetcher.pacing.set_delay(host_of(source.url), source.host_delay)
    return wide


def read_file(source: Source, base: Path) -> bytes:
    """A feed, sitemap or list on disk. Raises SourceError."""
    path = base / str(source.path)
    try:
        if path.stat().st_size > LARGEST_FEED:
            raise SourceError(f"{source.id}: {path.name} is larger than {LARGEST_FEED // 2**20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{source.id}: {path} cannot be read ({error.strerror})") from error


def list_feed(source: Source, body: bytes, address: str) -> Iterator[Item]:
    """The entries of a feed that have an address."""
    for entry in read_entries(body, source.url or str(source.path)):
        url = clean_address(entry.link, address)
        if url:
            yield Item(source.id, url, None, entry.title, entry.published, entry.raw_date)


def list_sitemap(
    source: Source, fetcher: Fetcher, base: Path, memory: Memory | None, bounds: Bounds
) -> Listing:
    """The pages of a sitemap and of those that it leads to, where they are new."""
    wide = widen(fetcher, source)

    def get(address: str) -> tuple[bytes, str]:
        if source.path and address == source.path:
            return read_file(source, base), ""
        fetched = wide.fetch(address)
        return fetched.body, fetched.final_url

    complete = memory.recall(source).complete if memory else None
    walk = Walk(get, find_since(source.days, complete, datetime.now(UTC).date()), bounds)
    pages = walk.read(address_of(source))
    items = (
        Item(source.id, url, None, page.title, page.published, page.raw_date, page.language, page.publisher)
        for page in pages
        if (url := clean_address(page.link, ""))
    )
    return Listing(list(items), walk.faults)


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
