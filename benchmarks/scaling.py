"""The same partitions on one worker and on two: a pool of processes, and Dask workers of a scheduler on loopback.

    python -m benchmarks.scaling [--partitions N] [--rounds R] [--long N]

Reading is by CPU time, so that other work on the machine does not count: two workers take as long as the one of them
that used more, one worker as long as all its partitions. Work that does nothing tells what the engine itself costs.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, process_time

from benchmarks.scaling_work import do_nothing, read_articles
from flows.answers import Backend
from flows.backend_dask import Dask
from flows.backend_pool import Pool
from flows.backends import map_partitions
from tests.clusters import run_cluster

EMPTY = 300  # partitions that do nothing


def main() -> int:
    """Prints speed-up, cost of the engine and memory; medians of interleaved rounds after one that warms up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--long", type=int, default=60, help="partitions of the measurement of memory")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, clusters(Path(folder)) as (one, two):
        compare("pool", Pool(1), Pool(2), given.partitions, given.rounds)
        compare("Dask", Dask(one), Dask(two), given.partitions, given.rounds)
        for backend in (Pool(2), Dask(two)):
            weigh_engine(backend)
        weigh_memory(Dask(two), given.long)
    return 0


@contextmanager
def clusters(folder: Path) -> Iterator[tuple[str, str]]:
    """Addresses of a scheduler with one worker and of another with two."""
    with run_cluster(folder / "one", 1) as one, run_cluster(folder / "two", 2) as two:
        yield one.address, two.address


def compare(name: str, one: Backend, two: Backend, partitions: int, rounds: int) -> None:
    """The speed-up of the second worker."""
    found = [(read(one, partitions), read(two, partitions)) for _ in range(rounds + 1)][1:]
    ratio = statistics.median(alone / both for (alone, _), (both, _) in found)
    wall = statistics.median(alone / both for (_, alone), (_, both) in found)
    print(
        f"{name}: two workers are {ratio:.2f} times as fast as one by CPU, {wall:.2f} by the clock (goal: 1.8)"
    )


def read(backend: Backend, partitions: int) -> tuple[float, float]:
    """CPU seconds of the worker that used most, and seconds by the clock from the first answer on."""
    used: dict[int, float] = defaultdict(float)
    began = 0.0
    for answer in map_partitions(backend, read_articles, range(partitions)):
        began = began or monotonic()
        assert answer.result
        used[answer.result.worker] += answer.result.seconds
    return max(used.values()), monotonic() - began


def weigh_engine(backend: Backend) -> None:
    """What a partition costs besides its work."""
    began, wall = process_time(), monotonic()
    since: dict[int, list[float]] = defaultdict(list)
    for answer in map_partitions(backend, do_nothing, range(EMPTY)):
        assert answer.result
        since[answer.result.worker].append(answer.result.since)
    driver = (process_time() - began) / EMPTY
    worker = sum(max(one) - min(one) for one in since.values()) / EMPTY
    clock = (monotonic() - wall) / EMPTY
    print(
        f"{backend.name.split()[0]}: a partition costs {1000 * driver:.1f} ms of the driver and {1000 * worker:.1f} ms "
        f"of its worker, {1000 * clock:.1f} ms by the clock"
    )


def weigh_memory(backend: Backend, partitions: int) -> None:
    """Whether a worker grows."""
    sizes: dict[int, list[float]] = defaultdict(list)
    for answer in map_partitions(backend, read_articles, range(partitions)):
        assert answer.result
        sizes[answer.result.worker].append(answer.result.megabytes)
    for megabytes in sizes.values():
        third = len(megabytes) // 3
        print(
            f"a worker of {backend.name}: {megabytes[0]:.0f} MB after its first partition, "
            f"{megabytes[third]:.0f} after a third, {megabytes[-1]:.0f} after all {len(megabytes)}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
