"""A sitemap with all that it leads to, within bounds, and only what is new."""

import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urljoin

from extractors.instants import day_of
from flows.page_keys import WEB, key_of
from flows.sitemap_entries import Further, Listed, read_sitemap
from models.article import Published
from models.errors import FetchError

Get = Callable[[str], tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a source's sitemaps is read."""

    depth: int = 5
    files: int = 200
    pages: int = 50_000
    seconds: float = 600.0


@dataclass(slots=True)
class Walk:
    """Sitemaps on their way: what waits, what was seen, what was found."""

    get: Get
    since: date
    bounds: Bounds = field(default_factory=Bounds)
    waiting: list[tuple[int, int, int, str]] = field(default_factory=list)  # a heap, the newest first
    seen: set[str] = field(default_factory=set)
    pages: list[Listed] = field(default_factory=list)
    faults: list[FetchError] = field(default_factory=list)
    files: int = 0

    def read(self, address: str) -> list[Listed]:
        """The pages that changed on `since` or later, and those of which no date is known.

        Raises FetchError where the first sitemap gives nothing, and `stopped`; faults of others are kept.
        """
        self.put(Further(address), address, 0)
        end = time.monotonic() + self.bounds.seconds
        while self.waiting:
            fault = self.find_limit(address, end)
            if fault:
                self.faults.append(fault)
                break
            *_, depth, link = heapq.heappop(self.waiting)
            self.read_file(depth, link)
        if self.files == 1 and self.faults and not self.pages:
            raise self.faults[0]
        return self.pages

    def find_limit(self, address: str, end: float) -> FetchError | None:
        """The bound that is reached."""
        left = f"{len(self.waiting)} sitemaps are left unread"
        if self.files >= self.bounds.files:
            return FetchError("limit", f"{address}: leads to over {self.bounds.files} sitemaps; {left}")
        if len(self.pages) >= self.bounds.pages:
            return FetchError("limit", f"{address}: lists over {self.bounds.pages} pages; {left}")
        if time.monotonic() > end:
            return FetchError("limit", f"{address}: takes over {self.bounds.seconds:g} s; {left}")
        return None

    def read_file(self, depth: int, address: str) -> None:
        """Takes what one file lists; after a fault, what came before it."""
        self.files += 1
        try:
            body, base = self.get(address)
            for found in self.take(read_sitemap(body, address), address):
                link = found.link if found.link.startswith(WEB) else urljoin(base, found.link)
                if isinstance(found, Listed):
                    self.pages.append(found if link is found.link else replace(found, link=link))
                elif depth == self.bounds.depth:
                    raise FetchError(
                        "limit", f"{address}: sitemaps in sitemaps, over {depth} deep; not followed"
                    )
                else:
                    self.put(found, link, depth + 1)
        except FetchError as error:
            if error.reason == "stopped":
                raise
            self.faults.append(error)
        except ValueError as error:  # of urljoin
            self.faults.append(
                FetchError("url", f"{address}: names an address that cannot be read ({error})")
            )

    def take(self, entries: Iterator[Listed | Further], address: str) -> Iterator[Listed | Further]:
        """The entries that are new. Raises FetchError at the bound."""
        for entry in entries:
            if isinstance(entry, Further) or is_new(self.since, entry.published, entry.modified):
                if len(self.pages) >= self.bounds.pages:
                    words = f"lists over {self.bounds.pages} pages; the rest is left out"
                    raise FetchError("limit", f"{address}: {words}")
                yield entry

    def put(self, found: Further, link: str, depth: int) -> None:
        """Puts a sitemap on the list, unless it was there or is old. Raises FetchError at the bound."""
        key = key_of(link)
        if key not in self.seen and is_new(self.since, found.modified):
            if len(self.seen) >= self.bounds.pages:
                words = f"is one of over {self.bounds.pages} sitemaps; the rest is left out"
                raise FetchError("limit", f"{link}: {words}")
            day = day_of(found.modified).toordinal() if found.modified else 0
            heapq.heappush(self.waiting, (-day, len(self.seen), depth, link))
            self.seen.add(key)


def is_new(since: date, *dates: Published | None) -> bool:
    """Whether the latest of the dates is on that day or later; also where there is none."""
    days = [day_of(one) for one in dates if one]
    return not days or max(days) >= since


def find_since(days: int | None, complete: Published | None, today: date) -> date:
    """The day from which on entries count: so many days back, else from the last complete run on.

    Some days more than that, since a page that could not be had then is listed still; a week for a new source.
    """
    if days is not None:
        return today - timedelta(days=min(days, today.toordinal() - 1))
    return day_of(complete) - timedelta(days=3) if complete else today - timedelta(days=7)
