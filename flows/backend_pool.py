"""A pool of processes on this machine: one partition each at a time, so that a death is known by its partition."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import IO, Generic, Self

from flows.answers import TRIES, Answer, P, R, Say, name_partition
from flows.stop import Stop
from flows.worker import Versions, pack_call
from models.errors import WorkerError

SERVE = "import sys, json; sys.path[:] = json.loads(sys.argv[2]); from flows.pool_child import serve; serve()"
LOOK = 0.2  # seconds between looks at whether somebody asked for a stop
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
MEMORY = Path("/proc/meminfo")
SIZE = 500 * 2**20  # bytes that a worker needs: the model, and a partition of long articles
QUOTA = Path("/sys/fs/cgroup/cpu.max")  # what a container may use, which the number of cores does not tell


@dataclass(frozen=True, slots=True)
class Pool:
    """So many processes, which live as long as the run and load the extractor once."""

    workers: int
    versions: Versions = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """For people."""
        return f"pool of {self.workers}"

    def answers(
        self, work: Callable[[P], R], partitions: Iterable[P], stop: Stop, say: Say
    ) -> Generator[Answer[P, R]]:
        """The answers as they come. A stop, an error or a closed iterator kills the processes."""
        with Crew[P](self, say) as crew:
            jobs: Iterator[Job[P]] = map(Job, partitions)
            while not stop.asked:
                crew.hand_out(jobs, work)
                if not crew.busy:
                    return
                for job, done, value in crew.listen():
                    if done:
                        yield Answer(job.partition, value)  # type: ignore[arg-type]  # what the work gave
                    elif isinstance(value, Exception):
                        raise value
                    else:
                        yield Answer(job.partition, None, str(value))


@dataclass(slots=True)
class Job(Generic[P]):
    """A partition, and how often a worker has died of it."""

    partition: P
    deaths: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A process, the pipe to it, and the file that its complaints go to."""

    process: subprocess.Popen[bytes]
    line: Connection
    words: IO[bytes]

    def explain(self) -> str:
        """Why it died, in few words."""
        try:
            status = self.process.wait(timeout=5)  # the pipe closes just before the process ends
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        if status < 0:
            return f"killed by {name_signal(-status)}" + (
                ", out of memory?" if status == -signal.SIGKILL else ""
            )
        self.words.seek(0)
        last = self.words.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return last[:200] or f"status {status}"

    def stop(self) -> None:
        """Kills the process, which holds nothing worth keeping, and closes what leads to it."""
        self.process.kill()
        self.process.wait()
        self.line.close()
        self.words.close()


class Crew(Generic[P]):
    """The children of one run, and what each of them does. A context manager."""

    def __init__(self, pool: Pool, say: Say) -> None:
        self.pool = pool
        self.say = say
        self.starting: set[Connection] = set()
        self.stillborn = 0  # children one after the other that died while they started
        self.children: dict[Connection, Child] = {}
        self.busy: dict[Connection, Job[P]] = {}
        self.again: deque[Job[P]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self.children.values():
            child.process.kill()  # all at once, so that none waits for another
        for child in self.children.values():
            child.stop()

    def hand_out(self, jobs: Iterator[Job[P]], work: Callable[[P], R]) -> None:
        """Gives each child that is free a job, and starts children while there are more jobs."""
        idle = [line for line in self.children if line not in self.busy]
        while len(self.busy) < self.pool.workers:
            job = self.again.popleft() if self.again else next(jobs, None)
            if job is None:
                return
            line = idle.pop() if idle else self.start()
            try:
                line.send((pack_call(work, job.partition), self.pool.versions))
            except OSError:  # it died before it heard of this job
                self.again.append(job)
                self.bury(line)
            else:
                self.busy[line] = job

    def start(self) -> Connection:
        """The pipe to a new child."""
        child = start_child()
        self.children[child.line] = child
        self.starting.add(child.line)
        return child.line

    def listen(self) -> Iterator[tuple[Job[P], bool, object]]:
        """What the children have to say: jobs done, errors that end the run, and losses."""
        for line in wait([*self.busy], LOOK):
            assert isinstance(line, Connection)
            try:
                heard = line.recv()
            except (EOFError, OSError):
                yield from self.try_again(line)
                continue
            if heard == "ready":
                self.starting.discard(line)
                self.stillborn = 0
            else:
                yield (self.busy.pop(line), *heard)

    def try_again(self, line: Connection) -> Iterator[tuple[Job[P], bool, object]]:
        """Puts back the job of a child that died; gives it as lost where it has killed too many."""
        job, unborn = self.busy.pop(line), line in self.starting
        cause = self.bury(line)
        if not unborn:
            job.deaths += 1
            self.say(
                f"a worker process died ({cause}) at {name_partition(job.partition)}: death {job.deaths} of {TRIES}"
            )
        if job.deaths < TRIES:
            self.again.append(job)
        else:
            yield job, False, f"{TRIES} worker processes died of it ({cause})"

    def bury(self, line: Connection) -> str:
        """Why the child died. Raises WorkerError where too many die before they come to their work."""
        child = self.children.pop(line)
        cause = child.explain()
        child.stop()
        if line in self.starting:
            self.starting.discard(line)
            self.stillborn += 1
            if self.stillborn >= TRIES:
                raise WorkerError(f"worker processes do not start: {cause}")
        return cause


def start_child() -> Child:
    """A new child in a process group of its own, so that Ctrl-C reaches only the driver.

    It is started by its own line of code: the driver's main module, which may import Prefect, is not run again.
    """
    ours, theirs = Pipe()
    words = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `stop`
    with theirs:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-c", SERVE, str(theirs.fileno()), json.dumps(sys.path)],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            pass_fds=(theirs.fileno(),),
            process_group=0,
            env={**os.environ, **ONE_THREAD},
        )
    return Child(process, ours, words)


def name_signal(number: int) -> str:
    """`SIGKILL`, or the bare number where it has no name."""
    with suppress(ValueError):
        return signal.Signals(number).name
    return f"signal {number}"


def count_workers(memory: Path = MEMORY) -> int:
    """One a core, but no more than memory is free for."""
    with suppress(OSError, ValueError):
        free = memory.read_text(encoding="ascii").partition("MemAvailable:")[2].split()[0:1]
        return max(1, min(count_cores(), *(int(kilobytes) * 1024 // SIZE for kilobytes in free)))
    return count_cores()


def count_cores(quota: Path = QUOTA) -> int:
    """The cores that this process may use, by its affinity and by its container."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        most, period = quota.read_text(encoding="ascii").split()
        return min(cores, ceil(int(most) / int(period)))
    except (OSError, ValueError):  # no quota is told as `max`
        return cores
