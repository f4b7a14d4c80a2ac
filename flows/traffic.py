"""What each host costs: requests, bytes and the time that its answers take."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.receipt import MOST_HOSTS, HostCount


@dataclass(slots=True)
class Exchange:
    """A request that is under way."""

    host: str
    began: float
    size: int | None = None  # of the answer, once it is there


class Traffic:
    """Counts exchanges by host; safe between threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.hosts: dict[str, HostCount] = {}
        self.total = HostCount(host="all")
        self.open: dict[int, Exchange] = {}

    @contextmanager
    def watch(self, host: str) -> Iterator[Exchange]:
        """An exchange with the host, which tells the size of its answer; one without an answer has failed."""
        exchange = Exchange(host, time.monotonic())
        with self.lock:
            self.open[id(exchange)] = exchange
        try:
            yield exchange
        finally:
            with self.lock:
                del self.open[id(exchange)]
                before = self.hosts.get(host) or HostCount(host=host)
                seconds = time.monotonic() - exchange.began
                self.hosts[host] = add_exchange(before, exchange, seconds)
                self.total = add_exchange(self.total, exchange, seconds)

    def receive(self, host: str, size: int, seconds: float) -> None:
        """Counts what comes of an answer's body once the exchange is over, as of a large file."""
        with self.lock:
            before = self.hosts.get(host) or HostCount(host=host)
            self.hosts[host] = add_bytes(before, size, seconds)
            self.total = add_bytes(self.total, size, seconds)

    def slowest(self) -> tuple[HostCount, ...]:
        """The hosts that took longest, the slowest first."""
        with self.lock:
            ordered = sorted(self.hosts.values(), key=lambda count: (-count.seconds, count.host))
        return tuple(ordered[:MOST_HOSTS])

    def in_hand(self) -> list[str]:
        """The hosts whose answers are waited for, the longest wait first."""
        with self.lock:
            waits = sorted(self.open.values(), key=lambda exchange: exchange.began)
        return list(dict.fromkeys(exchange.host for exchange in waits))


def add_exchange(before: HostCount, exchange: Exchange, seconds: float) -> HostCount:
    """The count with one exchange more."""
    return HostCount(
        host=before.host,
        requests=before.requests + 1,
        failed=before.failed + (exchange.size is None),
        bytes=before.bytes + (exchange.size or 0),
        seconds=before.seconds + seconds,
    )


def add_bytes(before: HostCount, size: int, seconds: float) -> HostCount:
    """The count with so many bytes more."""
    return before.model_copy(update={"bytes": before.bytes + size, "seconds": before.seconds + seconds})
