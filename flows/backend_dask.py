"""An existing Dask cluster: the same partitions on its workers, by `dask.distributed` and nothing around it."""

import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Generic
from urllib.parse import urlsplit
from uuid import uuid4

from flows.answers import Answer, P, R, Say, name_partition
from flows.dask_call import Call
from flows.dask_presence import Presence, connect
from flows.stop import Stop
from flows.worker import Versions, pack_call
from models.errors import DatelineError, InputError, WorkerError

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK = 0.2  # seconds between looks at whether somebody asked for a stop
ANSWER = 30.0  # seconds that a scheduler may take to answer, or to come back
WORKERS = 300.0  # seconds that a cluster may be without workers
RETURNS = 3  # how often somebody may clear the cluster under us


@dataclass(frozen=True, slots=True)
class Dask:
    """The workers of the scheduler at that address: those there are, and those that join."""

    address: str
    versions: Versions = field(default_factory=dict, repr=False)
    answer: float = ANSWER
    workers: float = WORKERS

    @property
    def name(self) -> str:
        """For people."""
        return f"dask {self.address}"

    def answers(
        self, work: Callable[[P], R], partitions: Iterable[P], stop: Stop, say: Say
    ) -> Generator[Answer[P, R]]:
        """The answers as they come. A stop, an error or a closed iterator takes all our tasks off the cluster."""
        with connect(self.address, self.answer) as client:
            cluster = Cluster(self, client, work, partitions, say)
            while not stop.asked and cluster.hand_out():
                yield from cluster.listen()


@dataclass(slots=True)
class Job(Generic[P]):
    """A partition, how often workers have died of it, and how often the scheduler gave it back undone."""

    partition: P
    deaths: int = 0
    returns: int = 0


class Cluster(Generic[P, R]):
    """The jobs of one run: one a worker at a time, so that a death is known by its partition."""

    def __init__(
        self, dask: Dask, client: "Client", work: Callable[[P], R], partitions: Iterable[P], say: Say
    ) -> None:
        self.dask = dask
        self.client = client
        self.work = work
        self.say = say
        self.jobs = map(Job[P], partitions)
        self.again: deque[Job[P]] = deque()  # jobs that came back undone
        self.suspects: deque[Job[P]] = deque()  # jobs that workers died of: done at the end, each alone
        self.flying: dict[str, tuple[Job[P], Any]] = {}
        self.landed: SimpleQueue[str] = SimpleQueue()
        self.prefix = f"dateline-{uuid4().hex}"  # other runs on the cluster have keys of their own
        self.sent = 0
        self.presence = Presence(dask.address, dask.answer, dask.workers, client, say)

    def hand_out(self) -> bool:
        """Sends a job for each worker that is free; false once all are done."""
        room = self.presence.count()
        while True:
            if not self.again:
                self.again.extend(islice(self.jobs, 1))
            if not self.again and not self.flying:
                self.again.extend(self.suspects.popleft() for _ in range(min(1, len(self.suspects))))
            if not self.again or len(self.flying) >= room:
                return bool(self.again or self.flying)
            self.send(self.again.popleft())

    def send(self, job: Job[P]) -> None:
        """Puts the job on the cluster."""
        self.sent += 1
        key = f"{self.prefix}-{self.sent}"
        call = Call(pack_call(self.work, job.partition), self.dask.versions)
        future = self.client.submit(pickle.loads, pickle.dumps(call), key=key, pure=False)
        self.flying[key] = job, future
        future.add_done_callback(lambda done: self.landed.put(done.key))

    def listen(self) -> Iterator[Answer[P, R]]:
        """The answer that comes next, if one comes soon."""
        try:
            key = self.landed.get(timeout=LOOK)
        except Empty:
            return
        job, future = self.flying[key]
        try:
            heard = self.read(future)
        except (OSError, CancelledError):  # who holds the result, or the scheduler, has just gone
            future.add_done_callback(lambda done: self.landed.put(done.key))
            return
        del self.flying[key]
        future.release()  # else a worker that dies later would have done this for nothing
        yield from self.settle(job, *heard)

    def read(self, future: "Future") -> tuple[Any, BaseException | None]:
        """Result, or error, or neither where the scheduler gave the job back undone."""
        if future.status == "error":
            return None, future.exception(timeout=self.dask.answer)
        if future.status == "cancelled":
            return None, None
        return (future.result(timeout=self.dask.answer),), None

    def settle(
        self, job: Job[P], result: tuple[R] | None, error: BaseException | None
    ) -> Iterator[Answer[P, R]]:
        """The answer, if there is one; else the job is tried again. Raises what ends the run."""
        if result:
            yield Answer(job.partition, result[0])
        elif error is None:
            job.returns += 1
            if job.returns > RETURNS:
                raise WorkerError(
                    f"{self.dask.address}: our tasks were taken off the cluster {RETURNS} times"
                )
            self.again.append(job)
        elif isinstance(error, DatelineError):
            raise error
        elif isinstance(error, ImportError):
            raise WorkerError(
                f"{self.dask.address}: a worker has no dateline, or another one: install ours there ({error})"
            ) from error
        else:
            yield from self.suspect(job, error)

    def suspect(self, job: Job[P], error: BaseException) -> Iterator[Answer[P, R]]:
        """Puts the job off until it can be tried alone, or gives it up."""
        kind = type(error).__name__
        cause = (
            "workers died of it"
            if kind == "KilledWorker"
            else f"{kind}: {' '.join(str(error).split())[:200]}"
        )
        job.deaths += 1
        if job.deaths > 1:
            yield Answer(job.partition, None, f"{cause}, also when it was tried alone")
            return
        self.say(f"{cause} at {name_partition(job.partition)}: to be tried again alone")
        self.suspects.append(job)


def check_address(address: str) -> str:
    """The address. Raises InputError where it is none, and WorkerError where the library is missing."""
    try:
        parts = urlsplit(address)
        valid = parts.scheme in {"tcp", "tls"} and bool(parts.hostname and parts.port) and not parts.path
    except ValueError:
        valid = False
    if not valid:
        raise InputError(f"--dask {address}: not the address of a scheduler, like tcp://scheduler:8786")
    if find_spec("distributed") is None:
        raise WorkerError("--dask needs a library that is missing: pip install 'dateline[dask]'")
    return address
