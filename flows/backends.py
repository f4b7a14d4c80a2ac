"""Where the work on partitions is done: in this process, in a pool of processes, or on a Dask cluster.

The work is a function of a module that imports no Prefect: partition -> a small result, what is large being staged
on disk or at a URL. All back-ends run it alike, so that a run gives the same bytes wherever it is done.
"""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import chain, islice

from flows.answers import Answer, Backend, P, R, Say
from flows.stop import Stop

__all__ = ["Answer", "Backend", "Here", "find_backend", "map_partitions"]


def say_nothing(_words: str) -> None:
    """A `say` for whom nobody listens."""


def map_partitions(
    backend: Backend,
    work: Callable[[P], R],
    partitions: Iterable[P],
    *,
    stop: Stop | None = None,
    say: Say = say_nothing,
) -> Generator[Answer[P, R]]:
    """Does the work on each partition and gives the answers as they come, in any order.

    Partitions are taken as workers are free to do them. A worker that dies costs nothing: its partition is tried
    again, and given up with a loss only after TRIES deaths. Once a stop is asked for, or the iterator is closed,
    what is in hand is dropped and nothing of ours goes on. Raises what the work raises, and WorkerError.
    """
    return backend.answers(work, partitions, stop or Stop(), say)


@dataclass(frozen=True, slots=True)
class Here:
    """This process, one partition after the other."""

    name: str = "here"

    def answers(
        self,
        work: Callable[[P], R],
        partitions: Iterable[P],
        stop: Stop,
        say: Say,  # noqa: ARG002
    ) -> Generator[Answer[P, R]]:
        """The answers in order; a stop waits for the partition in hand."""
        for partition in partitions:
            if stop.asked:
                return
            yield Answer(partition, work(partition))


@dataclass(frozen=True, slots=True)
class Cores:
    """A process for each core, unless there is so little to do that starting them would take longer."""

    name: str = "every core"

    def answers(
        self, work: Callable[[P], R], partitions: Iterable[P], stop: Stop, say: Say
    ) -> Generator[Answer[P, R]]:
        """The answers as they come; those of a single partition from this process."""
        rest = iter(partitions)
        first = list(islice(rest, 2))
        if len(first) < 2:
            return Here().answers(work, first, stop, say)
        return make_pool(None).answers(work, chain(first, rest), stop, say)


def make_pool(workers: int | None) -> Backend:
    """So many processes, or one a core."""
    from flows.backend_pool import Pool, count_workers  # noqa: PLC0415  # only where it is asked for
    from flows.worker import find_versions  # noqa: PLC0415  # reads what the extractor is made of

    return Pool(workers or count_workers(), find_versions())


def find_backend(workers: int | None = None, dask: str | None = None) -> Backend:
    """The back-end that the options name: a cluster, else that many processes, else every core; 0 is this process.

    Raises InputError for an address that is none, and WorkerError where the library is missing.
    """
    if dask is not None:
        from flows.backend_dask import Dask, check_address  # noqa: PLC0415  # an extra
        from flows.worker import find_versions  # noqa: PLC0415  # reads what the extractor is made of

        return Dask(check_address(dask), find_versions())
    if workers is None:
        return Cores()
    return make_pool(workers) if workers else Here()
