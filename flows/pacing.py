"""When each host may be asked again."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from models.errors import FetchError

# A host that fails so often in a row is down: asking on would only cost time.
FAILURES, DOWN_SECONDS = 5, 600.0
# Waiting longer than this for a host is no waiting but a failure.
LONGEST_WAIT = 60.0


class Pacing:
    """The time before which each host must not be asked; safe between threads."""

    def __init__(self, host_delay: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.host_delay = host_delay
        self.clock = clock
        self.lock = threading.Lock()
        self.delays: dict[str, float] = {}
        self.next: dict[str, float] = {}
        self.failures: Counter[str] = Counter()

    def due(self, host: str) -> float:
        """Seconds until the host may be asked; 0 or less means now."""
        with self.lock:
            return self.next.get(host, 0.0) - self.clock()

    def take(self, host: str) -> float:
        """Books the host's next turn; seconds until it. Raises FetchError `held` where it is far away."""
        if not host:
            return 0.0  # no address, so nobody will be asked
        with self.lock:
            now = self.clock()
            turn = max(now, self.next.get(host, 0.0))
            if turn - now > LONGEST_WAIT:
                raise FetchError("held", f"{host}: is left alone for another {turn - now:.0f} s")
            self.next[host] = turn + max(self.host_delay, self.delays.get(host, 0.0))
            return turn - now

    def set_delay(self, host: str, seconds: float) -> None:
        """Leaves at least so long between requests to the host, as its robots.txt or the source asks."""
        with self.lock:
            self.delays[host] = max(self.delays.get(host, 0.0), seconds)
            if host in self.next:
                self.next[host] = max(self.next[host], self.clock() + seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long."""
        with self.lock:
            self.next[host] = max(self.next.get(host, 0.0), self.clock() + seconds)

    def note(self, host: str, *, reached: bool) -> None:
        """Counts failures in a row; after some, the host is held for a while."""
        with self.lock:
            self.failures[host] = 0 if reached else self.failures[host] + 1
            down = self.failures[host] >= FAILURES
        if down:
            self.hold(host, DOWN_SECONDS)
