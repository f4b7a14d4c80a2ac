"""One queue a host: a host with ten thousand pages does not keep two hundred small ones waiting."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flows.fetched import Request
from flows.pacing import LONGEST_WAIT, Pacing


@dataclass(frozen=True, slots=True)
class Turn:
    """A request in its host's queue, and how often it was tried."""

    request: Request
    host: str
    tried: int = 0


class HostQueues:
    """The requests that wait, by host; a host is busy while one of its requests is under way."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self.waiting: dict[str, deque[Turn]] = {}
        self.busy: set[str] = set()
        for request in requests:
            host = host_of(request.url)
            self.waiting.setdefault(host, deque()).append(Turn(request, host))

    def __bool__(self) -> bool:
        return bool(self.waiting)

    def take(self, pacing: Pacing) -> Turn | None:
        """The next request of the host that has been due longest, None where no host is due.

        A host that is held for long is due too: its requests fail at once instead of keeping the run.
        """
        dues = {host: pacing.due(host) for host in self.waiting if host not in self.busy}
        host = next((host for host, due in dues.items() if due > LONGEST_WAIT), None)
        host = host if host is not None else min(dues, key=dues.__getitem__, default=None)
        if host is None or 0 < dues[host] <= LONGEST_WAIT:
            return None
        self.busy.add(host)
        turn = self.waiting[host].popleft()
        if not self.waiting[host]:
            del self.waiting[host]
        return turn

    def release(self, turn: Turn) -> None:
        """Marks the request as done with: its host may be asked again."""
        self.busy.discard(turn.host)

    def put_back(self, turn: Turn) -> None:
        """Lets the request be tried again, before the others of its host."""
        self.waiting.setdefault(turn.host, deque()).appendleft(replace(turn, tried=turn.tried + 1))

    def pause(self, pacing: Pacing, *, free: bool) -> float | None:
        """Seconds until a host is due, None where only a request under way can change anything."""
        idle = [pacing.due(host) for host in self.waiting if host not in self.busy]
        return max(0.0, min(idle)) if idle and free else None


def host_of(url: str) -> str:
    """The host and port of an address, empty where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
