"""Fetches pages politely: robots.txt, a pace a host, deadlines, and a typed outcome for each."""

import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from queue import Empty, SimpleQueue

from urllib3 import HTTPConnectionPool
from urllib3.util import Url, make_headers

from flows.addresses import EVERYWHERE, PORTS, Networks, read_url
from flows.connections import make_tls_context, open_pool
from flows.fetched import Fetched, Request, accept
from flows.hops import Hop, StatusError, get_hop
from flows.host_memory import HostMemory
from flows.lookups import Lookups
from flows.pacing import DOWN_STATUS, LONGEST_WAIT, UNREACHED, Pacing
from flows.queues import HostQueues, Turn, host_of
from flows.redirects import LONGEST_CHAIN, find_target
from flows.robots import Robots
from flows.robots_files import KnownFaultError, RobotsFiles
from flows.traffic import Traffic
from models.errors import FetchError

__all__ = ["Fetched", "Fetcher", "Request", "fetch_all"]

Try = Future[Fetched | FetchError]

RETRIES = 2
RETRIED = ("reset", "timeout", "truncated", "unreachable")
RETRIED_STATUS = (408, 429, 500, 502, 503, 504, 522, 524)
# A server that says "too many" without saying how long.
THROTTLED_SECONDS = 30.0
# How long a caller who waits for one page is kept waiting for another try.
PATIENCE = 10.0
# Hosts whose connections are kept; each holds up to two files open.
MOST_POOLS = 200
# Seconds until a wish to stop is heard.
HEARING = 0.5


class Fetcher:
    """Fetches over kept connections; one for all threads of a run. `inside`: private networks to allow.

    `memory` is what earlier runs knew of hosts: whom to leave alone, and their robots.txt. Once `stopped`,
    nobody is waited for any more: what was not asked yet fails with the reason `stopped`.
    """

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
        memory: HostMemory | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.lookups = Lookups(EVERYWHERE if allow_private else inside)
        self.stopped = stopped
        self.deadline = deadline
        self.max_bytes = max_bytes
        self.backoff = backoff
        self.memory = memory or HostMemory()
        self.pacing = Pacing(host_delay, self.memory)
        self.traffic = Traffic()
        self.agent = f"dateline/{version('dateline')}"
        self.headers = {"User-Agent": self.agent, "Accept": "*/*", **make_headers(accept_encoding=True)}
        self.robots = RobotsFiles(self.get, self.agent, self.headers, self.memory)
        self.lock = threading.Lock()
        self.pools: OrderedDict[tuple[str, str, int], HTTPConnectionPool] = OrderedDict()
        # Made once, and for copies too, since reading the authorities takes a while.
        self.find_tls = cache(lambda: tls or make_tls_context())

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The page, tried again a few times where the network or server failed. Raises FetchError."""
        request = Request(url, etag, last_modified)
        for tried in range(RETRIES + 1):
            self.await_turn(host_of(url))
            try:
                return self.attempt(request)
            except FetchError as error:
                if not self.may_retry(error, host_of(url), tried, PATIENCE):
                    raise
        raise AssertionError("unreachable")

    def await_turn(self, host: str, longest: float = float("inf")) -> None:
        """Waits until the host may be asked. Raises FetchError `held` where that is too far away, or `stopped`."""
        pause = self.pacing.take(host, longest)
        end = time.monotonic() + pause
        while pause > 0 and not self.stopped():  # even no time at all would give the processor away
            time.sleep(min(pause, HEARING))
            pause = end - time.monotonic()
        if self.stopped():
            raise FetchError("stopped", f"{host}: was not asked, since the run was to stop")

    def attempt(self, request: Request) -> Fetched:
        """The page by one try, its redirects followed. Raises FetchError.

        The waits for the turns of other hosts on the way come on top of the deadline, up to a minute of them.
        """
        url, seen = request.url, [request.url]
        self.check_robots(url)
        end = time.monotonic() + self.deadline
        latest = end + LONGEST_WAIT
        for _ in range(LONGEST_CHAIN + 1):
            headers = {**self.headers, **request.conditions_for(url)}
            hop = self.get(url, headers, end)
            target = find_target(url, hop, seen)
            if target is None:
                return accept(request, seen, hop, headers)
            end = min(latest, end + self.visit(target, seen, latest))
            seen.append(target)
            url = target
        raise FetchError("redirect_loop", f"{request.url}: more than {LONGEST_CHAIN} redirects")

    def visit(self, url: str, seen: Iterable[str], latest: float) -> float:
        """Asks the robots.txt for an address on the way, after its host's turn has come; seconds that it took."""
        start = time.monotonic()
        if host_of(url) not in map(host_of, seen):
            self.await_turn(host_of(url), max(0.0, latest - start))
        self.check_robots(url, min(latest, time.monotonic() + self.deadline))
        return time.monotonic() - start

    def get(self, url: str, headers: Mapping[str, str], end: float, cut: int | None = None) -> Hop:
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
        self.pacing.note(host_of(url), reached=hop.status not in DOWN_STATUS)
        return hop

    def find_pool(self, parts: Url) -> HTTPConnectionPool:
        """The pool of connections to the host of an address; that of the host asked longest ago is given up."""
        scheme, host = str(parts.scheme), str(parts.host)
        key = (scheme, host, parts.port or PORTS[scheme])
        with self.lock:
            if key not in self.pools:
                tls = self.find_tls() if scheme == "https" else None
                self.pools[key] = open_pool(*key, self.lookups, tls)
            self.pools.move_to_end(key)
            if len(self.pools) > MOST_POOLS:
                self.pools.popitem(last=False)[1].close()
            return self.pools[key]

    def check_robots(self, url: str, end: float | None = None) -> None:
        """Raises FetchError `robots` where the host's robots.txt forbids the address, or what came of asking."""
        if not self.fetch_robots(url, end).allows(url):
            raise FetchError("robots", f"{url}: robots.txt forbids it")

    def fetch_robots(self, url: str, end: float | None = None) -> Robots:
        """The rules of the host of an address, asked for once a day; sets its pace by them. Raises FetchError."""
        robots, new = self.robots.find(url, end or time.monotonic() + self.deadline)
        if new and robots.delay:
            self.pacing.set_delay(host_of(url), robots.delay)
        return robots

    def may_retry(self, error: FetchError, host: str, tried: int, longest: float = LONGEST_WAIT) -> bool:
        """Whether to try again, after who answered was held for as long as it asks or as is decent."""
        pause = self.backoff * 2**tried
        if isinstance(error, StatusError) and error.status in RETRIED_STATUS:
            pause = max(pause, error.retry_after or THROTTLED_SECONDS * (error.status == 429))
            host = host_of(error.url) or host
        elif error.reason not in RETRIED or isinstance(error, KnownFaultError):
            return False
        self.pacing.hold(host, pause)
        return tried < RETRIES and pause < longest


def fetch_all(
    fetcher: Fetcher,
    requests: Iterable[Request],
    threads: int = 8,
) -> Iterator[tuple[Request, Fetched | FetchError]]:
    """Each request with its response or typed failure, as they come; hosts take turns, one request each.

    Once the fetcher is stopped, no further request is made, but those under way still come.
    """
    stopped = fetcher.stopped
    queues = HostQueues(requests)
    running: dict[Try, Turn] = {}
    done: SimpleQueue[Try] = SimpleQueue()
    with ThreadPoolExecutor(threads) as pool:
        while running or (queues and not stopped()):
            while not stopped() and len(running) < threads and (turn := queues.take(fetcher.pacing)):
                begun = pool.submit(try_once, fetcher, turn)
                running[begun] = turn
                begun.add_done_callback(done.put)
            pause = queues.pause(fetcher.pacing, free=len(running) < threads)
            future = await_one(done, HEARING if pause is None else min(pause, HEARING))
            if future is None:
                continue
            turn, outcome = running.pop(future), future.result()
            again = isinstance(outcome, FetchError) and fetcher.may_retry(outcome, turn.host, turn.tried)
            again = again and not stopped()
            if again:
                queues.put_back(turn)
            queues.release(turn, fetcher.pacing)
            if not again and not is_stopped(outcome):
                yield turn.request, outcome


def is_stopped(outcome: Fetched | FetchError) -> bool:
    """Whether the request was never made, since the run was to stop."""
    return isinstance(outcome, FetchError) and outcome.reason == "stopped"


def await_one(done: SimpleQueue[Try], pause: float) -> Try | None:
    """A try that is done, None where none is after `pause` seconds."""
    try:
        return done.get(timeout=pause)
    except Empty:
        return None


def try_once(fetcher: Fetcher, turn: Turn) -> Fetched | FetchError:
    """One try of a request whose host's turn it is."""
    try:
        fetcher.await_turn(turn.host)
        return fetcher.attempt(turn.request)
    except FetchError as error:
        return error
