"""One queue a host: a host with ten thousand pages does not keep two hundred small ones waiting."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from urllib.parse import urlsplit

from flows.addresses import PORTS
from flows.fetched import Request
from flows.pacing import Pacing

USUAL = {scheme: f":{port}" for scheme, port in PORTS.items()}


@dataclass(frozen=True, slots=True)
class Turn:
    """A request in its host's queue, and how often it was tried."""

    request: Request
    host: str
    tried: int = 0


class HostQueues:
    """The requests that wait, by host; a host is busy while one of its requests is under way.

    Idle hosts stand in a heap by the earliest instant at which they may be asked. Pacing only ever moves that
    instant later, so it is looked at anew when it has come: asking all hosts each time is too slow for many.
    """

    def __init__(self, requests: Iterable[Request]) -> None:
        self.waiting: dict[str, deque[Turn]] = {}
        self.number = count()
        for request in requests:
            host = host_of(request.url)
            self.waiting.setdefault(host, deque()).append(Turn(request, host))
        self.idle: list[tuple[float, int, str]] = [(0.0, next(self.number), host) for host in self.waiting]

    def __bool__(self) -> bool:
        return bool(self.waiting)

    def take(self, pacing: Pacing) -> Turn | None:
        """The next request of the host that has been due longest, None where no host is due.

        A host that is held for long is due too: its requests fail at once instead of keeping the run.
        """
        while self.idle and self.idle[0][0] <= pacing.clock():
            _, _, host = heappop(self.idle)
            due = pacing.due(host)
            if due <= 0:
                return self.waiting[host].popleft()
            heappush(self.idle, (pacing.clock() + due, next(self.number), host))
        return None

    def put_back(self, turn: Turn) -> None:
        """Lets the request be tried again, before the others of its host; it is released after that."""
        self.waiting[turn.host].appendleft(replace(turn, tried=turn.tried + 1))

    def release(self, turn: Turn, pacing: Pacing) -> None:
        """Marks the request as done with: its host may be asked again."""
        if self.waiting[turn.host]:
            instant = pacing.clock() + pacing.due(turn.host)
            heappush(self.idle, (instant, next(self.number), turn.host))
        else:
            del self.waiting[turn.host]

    def pause(self, pacing: Pacing, *, free: bool) -> float | None:
        """Seconds until a host may be due, None where only a request under way can change anything."""
        return max(0.0, self.idle[0][0] - pacing.clock()) if self.idle and free else None


def host_of(url: str) -> str:
    """The host of an address, with its port where that is not the usual one; empty where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc.rpartition("@")[2].lower().removesuffix(USUAL.get(parts.scheme, ":"))
