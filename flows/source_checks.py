"""What each source would bring tonight. Feeds, sitemaps and robots.txt are asked for; nothing is stored."""

import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from extractors.instants import day_of
from flows.feeds import Item, Listing, list_items, read_sources
from flows.fetch import Fetcher
from flows.fetched import Fetched
from flows.memory import Memory, show_name
from flows.queues import host_of
from flows.sitemaps import Bounds
from flows.warc_files import find_files
from flows.warc_pages import read_file, read_wanted
from models.checked import Checked
from models.errors import ArchiveError, FetchError, SourceError
from models.receipt import SourceCount, check_bounds
from models.source import Source, hide_secret

TITLES = 3
HOSTS = 3  # whose robots.txt is asked
PAGES, SECONDS = 20, 20.0  # how much of a WARC source is looked at
Fault = FetchError | SourceError | OSError


def choose_sources(path: Path, names: Iterable[str]) -> list[Source]:
    """The named sources, else all that are not paused. Raises SourceError for a name that is none."""
    sources = read_sources(path)
    for name in names:
        if name not in sources:
            raise SourceError(f"{path.name}: no source [{name}]; there are {', '.join(sources) or 'none'}")
    return [sources[name] for name in names] or [one for one in sources.values() if not one.paused]


def check_source(
    source: Source, fetcher: Fetcher, base: Path, memory: Memory | None = None, bounds: Bounds | None = None
) -> Checked:
    """What the source has, or why it cannot be read."""
    try:
        if source.kind == "warc":
            return check_archive(source, fetcher, base, memory)
        listing = list_items(source, fetcher, base, memory, bounds)
    except (FetchError, SourceError, OSError) as error:
        robots = "forbidden" if isinstance(error, FetchError) and error.reason == "robots" else ""
        return Checked(source, robots=robots, faults=(tell(source, error),))
    days = [day_of(item.feed_published) for item in listing.items if item.feed_published]
    return Checked(
        source,
        items=len(listing.items),
        newest=max(days, default=None),
        titles=tuple(item.title or name_of(item) for item in listing.items[:TITLES]),
        robots=ask_robots(listing.items, fetcher),
        faults=(*(tell(source, fault) for fault in listing.faults), *check_number(source, listing)),
    )


def tell(source: Source, error: Fault) -> str:
    """The error's line without the source's name."""
    return hide_secret(" ".join(str(error).split())).removeprefix(f"{source.id}: ")


def name_of(item: Item) -> str:
    """What a page without a title is called."""
    return item.url or (show_name(item.path.name) if item.path else "")


def check_number(source: Source, listing: Listing) -> list[str]:
    """A line where the number of items breaks the source's bounds."""
    count = SourceCount(source=source.id, items=len(listing.items), left=len(listing.items))
    bounds = {source.id: (source.minimum, source.maximum)}
    return [fault.removeprefix(f"{source.id}: ") for fault in check_bounds([count], bounds)]


def ask_robots(items: Iterable[Item], fetcher: Fetcher) -> str:
    """What robots.txt says of the first page on each of some hosts."""
    firsts: dict[str, str] = {}
    for item in items:
        if item.url and not item.path:
            firsts.setdefault(host_of(item.url), item.url)
    verdicts = {host: ask_host(url, fetcher) for host, url in islice(firsts.items(), HOSTS)}
    if len(set(verdicts.values())) <= 1:
        return next(iter(verdicts.values()), "")
    return ", ".join(f"{verdict}: {host}" for host, verdict in verdicts.items())


def ask_host(url: str, fetcher: Fetcher) -> str:
    """What robots.txt says of a page."""
    try:
        fetcher.check_robots(url, time.monotonic() + fetcher.deadline)
    except FetchError as error:
        return "forbidden" if error.reason == "robots" else f"unknown ({error.reason})"
    return "allowed"


def check_archive(source: Source, fetcher: Fetcher, base: Path, memory: Memory | None) -> Checked:
    """The next pages of a WARC source, from where the last run left it. Raises what reading raises."""
    wanted, end = read_wanted(source), time.monotonic() + SECONDS
    places = memory.recall(source).places if memory else {}
    pages: list[Fetched] = []
    faults: list[str] = []
    left = [
        file for file in find_files(source, fetcher, base) if not (at := places.get(file.name)) or not at.done
    ]
    for file in left:
        with file.open(places.get(file.name)) as opened:
            for found in read_file(opened, file.name, wanted):
                pages += [found] if isinstance(found, Fetched) else []
                faults += [str(found)] if isinstance(found, ArchiveError) else []
                if len(pages) >= PAGES or time.monotonic() > end or len(faults) >= PAGES:
                    return sum_up(source, pages, faults, more=True)
    return sum_up(source, pages, faults, more=False)


def sum_up(source: Source, pages: list[Fetched], faults: list[str], *, more: bool) -> Checked:
    """What was seen of a WARC source."""
    newest = max((page.fetched_at.date() for page in pages), default=None)
    titles = tuple(page.url for page in pages[:TITLES])
    return Checked(source, len(pages), more, newest, titles, faults=tuple(faults[:TITLES]))
