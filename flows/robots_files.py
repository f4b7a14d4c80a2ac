"""Each site's robots.txt: asked once a day, remembered between runs, and obeyed when it cannot be had."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.addresses import read_url
from flows.fetched import Request
from flows.hops import Hop, StatusError, read_retry_after
from flows.host_memory import LONGEST_KEPT, HostMemory, RobotsFile
from flows.pacing import DOWN_STATUS, UNREACHED
from flows.redirects import LONGEST_CHAIN, REDIRECTS, next_address
from flows.robots import LARGEST, Robots, read_robots
from models.errors import FetchError

Get = Callable[[str, Mapping[str, str], float, int], Hop]

# How long an answer may be used without asking again (RFC 9309 2.4).
FRESH = 86400.0
# Rules that stand ready in memory; one file's can be some megabytes. Others are read again when needed.
MOST_READY = 500
# What is served in the place of a robots.txt but cannot hold rules, or leads nowhere: as good as none.
NO_RULES = ("wrong_type", "redirect", "redirect_loop", "tls_downgrade", "scheme", "url")
UNREACHABLE = (429, *range(500, 600))
# A file that could not be had so often is not asked for again by each page, for so many seconds.
TRIES, FAILED_SECONDS = 3, 600.0
DOWN = (*UNREACHED, *(f"status_{status}" for status in DOWN_STATUS))  # that is counted of the host as a whole


class KnownFaultError(FetchError):
    """A robots.txt that could not be had a moment ago and was not asked for again: nobody to wait for."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How often a site's file could not be had of late, until when that counts, and why the last time."""

    tries: int
    until: float
    reason: str
    words: str


class RobotsFiles:
    """The rules of all sites for one agent; safe between threads. `get` fetches one address, cut in length."""

    def __init__(self, get: Get, agent: str, headers: Mapping[str, str], memory: HostMemory) -> None:
        self.get = get
        self.agent = agent
        self.headers = headers
        self.memory = memory
        self.lock = threading.Lock()
        self.ready: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self.failed: OrderedDict[str, Failure] = OrderedDict()

    def find(self, url: str, end: float) -> tuple[Robots, bool]:
        """The rules for an address, asked for by `end` at the latest, and whether they were just read.

        By RFC 9309 a missing file forbids nothing, and a failing server everything. Raises FetchError.
        """
        origin = origin_of(url)
        with self.lock:
            until, robots = self.ready.get(origin, (0.0, Robots(self.agent)))
            if until > time.monotonic():
                self.ready.move_to_end(origin)
                return robots, False
        file = self.try_file(origin, end)
        robots = read_robots(file.body, self.agent)
        with self.lock:
            self.ready[origin] = (time.monotonic() + max(FRESH - file.age, 60.0), robots)
            while len(self.ready) > MOST_READY:
                self.ready.popitem(last=False)
        return robots, True

    def try_file(self, origin: str, end: float) -> RobotsFile:
        """The file, unless it could not be had a few times of late. Raises FetchError."""
        with self.lock:
            known = self.failed.get(origin)
        if known and known.until <= time.monotonic():
            known = None
        if known and known.tries >= TRIES:
            raise KnownFaultError(known.reason, known.words)
        try:
            file = self.find_file(origin, end)
        except FetchError as error:
            if error.reason not in DOWN:
                self.note_failure(origin, known.tries + 1 if known else 1, error)
            raise
        with self.lock:
            self.failed.pop(origin, None)
        return file

    def note_failure(self, origin: str, tries: int, error: FetchError) -> None:
        """Remembers that a site's file could not be had."""
        failure = Failure(tries, time.monotonic() + FAILED_SECONDS, error.reason, str(error))
        with self.lock:
            self.failed[origin] = failure
            self.failed.move_to_end(origin)
            while len(self.failed) > MOST_READY:
                self.failed.popitem(last=False)

    def find_file(self, origin: str, end: float) -> RobotsFile:
        """The file as remembered where that is fresh, else as the site has it now. Raises FetchError."""
        known = self.memory.robots(origin)
        if known and 0 <= known.age < FRESH:
            return known
        try:
            file = self.ask(origin, known, end)
        except FetchError as error:
            if known and 0 <= known.age < LONGEST_KEPT and getattr(error, "retry_after", None) is None:
                return known
            raise
        self.memory.keep_robots(origin, file)
        return file

    def ask(self, origin: str, known: RobotsFile | None, end: float) -> RobotsFile:
        """The file as the site has it. Raises FetchError where it may not be taken for missing."""
        url = f"{origin}/robots.txt"
        etag, last_modified = (known.etag, known.last_modified) if known else (None, None)
        conditions = Request(url, etag, last_modified).conditions
        try:
            hop = self.follow(url, {**self.headers, **conditions}, end)
        except FetchError as error:
            if error.reason in NO_RULES:
                return RobotsFile(404, b"")
            raise
        if hop.status in UNREACHABLE:
            pause = read_retry_after(hop.header("retry-after"))
            words = f"{url}: answers {hop.status}, so nothing may be fetched"
            raise StatusError(hop.status, words, pause, url)
        if hop.status == 304 and known and conditions:
            return RobotsFile(known.status, known.body, known.etag, known.last_modified)
        body = hop.body[:LARGEST] if hop.status == 200 else b""
        return RobotsFile(hop.status, body, hop.header("etag"), hop.header("last-modified"))

    def follow(self, url: str, headers: Mapping[str, str], end: float) -> Hop:
        """The answer at the end of the redirects. Raises FetchError."""
        seen = [url]
        hop = self.get(url, headers, end, LARGEST)
        while hop.status in REDIRECTS and len(seen) <= LONGEST_CHAIN:
            url = next_address(url, hop, seen)
            seen.append(url)
            hop = self.get(url, headers, end, LARGEST)
        return hop


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for."""
    parts = read_url(url)
    return f"{parts.scheme}://{parts.netloc}"
