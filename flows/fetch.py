"""Fetches pages politely: robots.txt, a pace a host, deadlines, and a typed outcome for each."""

import ssl
import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from urllib.parse import urljoin

from urllib3 import HTTPConnectionPool
from urllib3.util import Url, make_headers

from flows.addresses import EVERYWHERE, PORTS, Networks, read_url
from flows.connections import make_tls_context, open_pool
from flows.fetched import Fetched, Request
from flows.hops import Hop, StatusError, get_hop, read_retry_after
from flows.pacing import LONGEST_WAIT, Pacing
from flows.queues import HostQueues, Turn, host_of
from flows.robots import LARGEST as LARGEST_ROBOTS
from flows.robots import Robots, read_robots
from flows.traffic import Traffic
from models.errors import FetchError

__all__ = ["Fetched", "Fetcher", "Request", "fetch_all"]

REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_CHAIN = 10
RETRIES = 2
RETRIED = ("reset", "timeout", "truncated", "unreachable")
UNREACHED = ("reset", "timeout", "unreachable", "refused", "deadline", "dns")
RETRIED_STATUS = (408, 429, 500, 502, 503, 504, 522, 524)
# A server that says "too many" without saying how long.
THROTTLED_SECONDS = 30.0
# How long a caller who waits for one page is kept waiting for another try.
PATIENCE = 10.0
HEARING = 0.5  # seconds until a wish to stop is heard


class Fetcher:
    """Fetches over kept connections; one for all threads of a run. `inside`: private networks to allow."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        inside: Networks = (),
        deadline: float = 30.0,
        max_bytes: int = 5 * 2**20,
        host_delay: float = 1.0,
        backoff: float = 2.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.inside = EVERYWHERE if allow_private else inside
        self.deadline = deadline
        self.max_bytes = max_bytes
        self.backoff = backoff
        self.pacing = Pacing(host_delay)
        self.traffic = Traffic()
        self.agent = f"dateline/{version('dateline')}"
        self.headers = {"User-Agent": self.agent, "Accept": "*/*", **make_headers(accept_encoding=True)}
        self.lock = threading.Lock()
        self.pools: dict[tuple[str, str, int], HTTPConnectionPool] = {}
        self.robots: dict[str, Robots] = {}
        self.given_tls = tls

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """How TLS is checked; made once, since reading the authorities takes a while."""
        return self.given_tls or make_tls_context()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The page, tried again a few times where the network or server failed. Raises FetchError."""
        request = Request(url, etag, last_modified)
        for tried in range(RETRIES + 1):
            time.sleep(max(0.0, self.pacing.take(host_of(url))))
            try:
                return self.attempt(request)
            except FetchError as error:
                if not self.may_retry(error, host_of(url), tried, PATIENCE):
                    raise
        raise AssertionError("unreachable")

    def attempt(self, request: Request) -> Fetched:
        """The page by one try, its redirects followed. Raises FetchError."""
        url, seen = request.url, [request.url]
        self.check_robots(url)
        end = time.monotonic() + self.deadline
        headers = {**self.headers, **request.conditions}
        for _ in range(LONGEST_CHAIN + 1):
            hop = self.get(url, headers, end)
            if hop.status not in REDIRECTS:
                return accept(request, seen, hop, headers)
            url = next_address(url, hop, seen)
            if host_of(url) not in set(map(host_of, seen)):
                end += self.visit(url)
            seen.append(url)
        raise FetchError("redirect_loop", f"{request.url}: more than {LONGEST_CHAIN} redirects")

    def visit(self, url: str) -> float:
        """Waits for the turn of another host and asks its robots.txt; seconds that it took."""
        start = time.monotonic()
        time.sleep(max(0.0, self.pacing.take(host_of(url))))
        self.check_robots(url)
        return time.monotonic() - start

    def get(self, url: str, headers: dict[str, str], end: float, cut: int | None = None) -> Hop:
        """One exchange with the host of the address, the body cut at `cut` bytes. Raises FetchError."""
        parts = read_url(url)
        pool, most = self.find_pool(parts), cut or self.max_bytes
        try:
            with self.traffic.watch(host_of(url)) as exchange:
                hop = get_hop(
                    pool, url, parts.request_uri, headers=headers, end=end, max_bytes=most, cut=bool(cut)
                )
                exchange.size = len(hop.body)
        except FetchError as error:
            if error.reason in UNREACHED:
                self.pacing.note(host_of(url), reached=False)
            raise
        self.pacing.note(host_of(url), reached=True)
        return hop

    def find_pool(self, parts: Url) -> HTTPConnectionPool:
        """The pool of connections to the host of an address."""
        scheme, host = str(parts.scheme), str(parts.host)
        key = (scheme, host, parts.port or PORTS[scheme])
        with self.lock:
            if key not in self.pools:
                tls = self.tls if scheme == "https" else None
                self.pools[key] = open_pool(*key, self.inside, tls)
            return self.pools[key]

    def check_robots(self, url: str) -> None:
        """Asks the host's robots.txt, once. Raises FetchError `robots`, or what came of asking."""
        parts = read_url(url)
        host = host_of(url)
        if host not in self.robots:
            self.robots[host] = self.fetch_robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
            if self.robots[host].delay:
                self.pacing.set_delay(host, self.robots[host].delay)
        if not self.robots[host].allows(url):
            raise FetchError("robots", f"{url}: robots.txt forbids it")

    def fetch_robots(self, url: str) -> Robots:
        """A host's rules. By RFC 9309 a missing file forbids nothing, and a failing server everything."""
        end = time.monotonic() + self.deadline
        seen = [url]
        hop = self.get(url, self.headers, end, LARGEST_ROBOTS)
        while hop.status in REDIRECTS and len(seen) <= LONGEST_CHAIN:
            url = next_address(url, hop, seen)
            seen.append(url)
            hop = self.get(url, self.headers, end, LARGEST_ROBOTS)
        if hop.status >= 500 or hop.status == 429:
            pause = read_retry_after(hop.header("retry-after"))
            raise StatusError(hop.status, f"{url}: answers {hop.status}, so nothing may be fetched", pause)
        return read_robots(hop.body, self.agent) if hop.status == 200 else Robots(self.agent)

    def may_retry(self, error: FetchError, host: str, tried: int, longest: float = LONGEST_WAIT) -> bool:
        """Whether to try again, after the host was held for as long as it asks or as is decent."""
        pause = self.backoff * 2**tried
        if isinstance(error, StatusError) and error.status in RETRIED_STATUS:
            pause = max(pause, error.retry_after or THROTTLED_SECONDS * (error.status == 429))
        elif error.reason not in RETRIED:
            return False
        self.pacing.hold(host, pause)
        return tried < RETRIES and pause < longest


def fetch_all(
    fetcher: Fetcher,
    requests: Iterable[Request],
    threads: int = 8,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Request, Fetched | FetchError]]:
    """Each request with its response or typed failure, as they come; hosts take turns, one request each.

    Once `stopped`, no further request is made, but those under way still come.
    """
    queues = HostQueues(requests)
    running: dict[Future[Fetched | FetchError], Turn] = {}
    with ThreadPoolExecutor(threads) as pool:
        while running or (queues and not stopped()):
            while not stopped() and len(running) < threads and (turn := queues.take(fetcher.pacing)):
                running[pool.submit(try_once, fetcher, turn)] = turn
            for future in await_any(running, queues.pause(fetcher.pacing, free=len(running) < threads)):
                turn = running.pop(future)
                queues.release(turn)
                outcome = future.result()
                again = isinstance(outcome, FetchError) and fetcher.may_retry(outcome, turn.host, turn.tried)
                if again and not stopped():
                    queues.put_back(turn)
                else:
                    yield turn.request, outcome


def await_any(
    running: dict[Future[Fetched | FetchError], Turn], pause: float | None
) -> set[Future[Fetched | FetchError]]:
    """The tries that are done, after `pause` seconds at the latest, and soon after a wish to stop."""
    pause = HEARING if pause is None else min(pause, HEARING)
    if not running:
        time.sleep(pause)
        return set()
    return wait(running, timeout=pause, return_when=FIRST_COMPLETED).done


def try_once(fetcher: Fetcher, turn: Turn) -> Fetched | FetchError:
    """One try of a request whose host's turn it is."""
    try:
        time.sleep(max(0.0, fetcher.pacing.take(turn.host)))
        return fetcher.attempt(turn.request)
    except FetchError as error:
        return error


def accept(request: Request, way: list[str], hop: Hop, sent: dict[str, str]) -> Fetched:
    """The response to keep, `way` being the addresses that led to it. Raises StatusError where it is none."""
    unchanged = hop.status == 304 and bool(request.conditions)
    if hop.status != 200 and not unchanged:
        retry_after = read_retry_after(hop.header("retry-after"))
        raise StatusError(hop.status, f"{way[-1]}: answers {hop.status}", retry_after)
    return Fetched(
        url=request.url,
        final_url=way[-1],
        status=hop.status,
        headers=hop.headers,
        body=hop.body,
        fetched_at=datetime.now(UTC),
        redirects=tuple(way[1:-1]),
        sent=tuple(sent.items()),
    )


def next_address(url: str, hop: Hop, seen: Container[str]) -> str:
    """Where a redirect leads. Raises FetchError for a loop, and for a way out of TLS."""
    location = (hop.header("location") or "").encode("latin-1", "replace").decode("utf-8", "replace")
    if not location:
        raise FetchError("redirect", f"{url}: redirects to nowhere")
    try:
        target = urljoin(url, location.strip()).partition("#")[0]
    except ValueError as error:
        raise FetchError("redirect", f"{url}: redirects to an address that cannot be read") from error
    if target in seen:
        raise FetchError("redirect_loop", f"{url}: redirects in a circle")
    if url.startswith("https:") and read_url(target).scheme == "http":
        raise FetchError("tls_downgrade", f"{url}: redirects from https to http")
    return target
