"""When each host may be asked again."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from flows.host_memory import HostMemory
from models.errors import FetchError

# A host that fails so often in a row is down: asking on would only cost time.
FAILURES, DOWN_SECONDS = 5, 600.0
UNREACHED = ("reset", "timeout", "unreachable", "refused", "deadline", "dns")
# What is said for a host that is not there; 500 is more often the fault of one page.
DOWN_STATUS = (502, 503, 504, 521, 522, 523, 524)
# Leaving a host alone for longer than this is no waiting but a failure; its own pace may be slower.
LONGEST_WAIT = 60.0
# A shorter hold is over before another run begins.
REMEMBERED = 10.0


class Pacing:
    """The time before which each host must not be asked; safe between threads.

    A host is scheme-less: `name:port`, not its registered domain. Robots.txt is written for a host, platforms put
    thousands of papers under one domain, and what one publisher's few hosts take together is little.
    """

    def __init__(
        self,
        host_delay: float,
        memory: HostMemory | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.host_delay = host_delay
        self.memory = memory or HostMemory()
        self.clock = clock
        self.lock = threading.Lock()
        self.delays: dict[str, float] = {}
        self.next: dict[str, float] = {}
        self.held = {host: clock() + seconds for host, seconds in self.memory.holds().items()}
        self.failures: Counter[str] = Counter()

    def due(self, host: str) -> float:
        """Seconds until the host may be asked; 0 or less means now. A host held for long fails, so now too."""
        with self.lock:
            now = self.clock()
            return 0.0 if self.held.get(host, 0.0) - now > LONGEST_WAIT else self.ready(host) - now

    def ready(self, host: str) -> float:
        """The instant from which the host may be asked."""
        return max(self.next.get(host, 0.0), self.held.get(host, 0.0))

    def take(self, host: str, longest: float = float("inf")) -> float:
        """Books the host's next turn; seconds until it.

        Raises FetchError `held` where the host is to be left alone for long, or its turn is `longest` away.
        """
        if not host:
            return 0.0  # no address, so nobody will be asked
        with self.lock:
            now = self.clock()
            held, turn = self.held.get(host, 0.0) - now, max(now, self.ready(host))
            if held > LONGEST_WAIT or turn - now > longest:
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
        """Leaves the host alone for so long, in the next run too."""
        with self.lock:
            until = self.clock() + seconds
            longer = until > self.held.get(host, 0.0)
            self.held[host] = max(self.held.get(host, 0.0), until)
        if longer and seconds > REMEMBERED:
            self.memory.hold(host, seconds)

    def note(self, host: str, *, reached: bool) -> None:
        """Counts failures in a row; after some, the host is held for a while."""
        with self.lock:
            self.failures[host] = 0 if reached else self.failures[host] + 1
            down = self.failures[host] >= FAILURES
        if down:
            self.hold(host, DOWN_SECONDS)
