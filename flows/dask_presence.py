"""The scheduler of a cluster and its workers: who is there, and how long nobody may be."""

import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from flows.answers import Say
from models.errors import WorkerError

if TYPE_CHECKING:
    from distributed import Client

LOOK = 0.2  # seconds between questions while there are no workers
COUNT = 2.0  # seconds between questions for the workers there are
CLOSING = 5.0  # seconds to say good-bye


@contextmanager
def connect(address: str, answer: float) -> Iterator["Client"]:
    """A client of the scheduler. With it goes all that it has on the cluster. Raises WorkerError."""
    from distributed import Client  # noqa: PLC0415  # an extra, and slow to import

    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it logs what we say in a line
    try:
        try:
            client = Client(address, timeout=answer, set_as_default=False, name="dateline")
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            words = " ".join(str(error).split())[:200]
            raise WorkerError(f"{address}: no Dask scheduler that we can speak to ({words})") from error
        try:
            yield client
        finally:
            with suppress(OSError):
                client.close(timeout=CLOSING)
    finally:
        logger.setLevel(level)


class Presence:
    """Whether scheduler and workers are there. Nobody waits for them for ever."""

    def __init__(self, address: str, answer: float, workers: float, client: "Client", say: Say) -> None:
        self.address = address
        self.answer = answer  # seconds that the scheduler may take to answer, or to come back
        self.workers = workers  # seconds that it may be without workers
        self.client = client
        self.say = say
        self.found = 0
        self.asked = -COUNT  # when the workers were counted last
        self.silent: float | None = None  # since when the scheduler has not answered
        self.empty: float | None = None  # since when it has had no worker
        self.crowded = False

    def count(self) -> int:
        """The workers that jobs can be sent to. Raises WorkerError where nobody has been there for too long."""
        now = time.monotonic()
        if self.client.status == "running" and now - self.asked < (COUNT if self.found else LOOK):
            return self.found
        self.asked = now
        threads = self.ask()
        self.found = len(threads or ())
        if threads is not None:
            self.watch_workers(threads, now)
        return self.found

    def watch_workers(self, threads: Mapping[str, int], now: float) -> None:
        """Tells where workers are missing or of another kind. Raises WorkerError where none has come for too long."""
        if not self.crowded and max(threads.values(), default=1) > 1:
            self.say(f"{self.address}: of a worker's threads only one reads; start workers with --nthreads 1")
            self.crowded = True
        if threads:
            self.empty = None
        elif self.empty is None:
            self.empty = now
            self.say(f"{self.address}: no worker there; waiting {self.workers:g} s for one")
        elif now - self.empty > self.workers:
            raise WorkerError(f"{self.address}: no worker for {self.workers:g} s; start some, then run again")

    def ask(self) -> dict[str, int] | None:
        """Threads by worker, as the scheduler has them now, or no answer. Raises WorkerError where it is lost."""
        lost = self.client.status == "closed"
        if self.client.status == "running":
            with suppress(OSError, CancelledError):
                found: dict[str, int] = self.client.sync(self.client.scheduler.ncores, callback_timeout=COUNT)
                self.silent = None
                return found
        self.silent = self.silent or time.monotonic()
        if lost or time.monotonic() - self.silent > self.answer:
            raise WorkerError(f"{self.address}: the scheduler is gone; what is finished is kept, run again")
        return None
