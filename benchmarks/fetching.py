"""Fetching beside trafilatura's downloader, and what a night costs: ratios and bounds in one run, on loopback.

python -m benchmarks.fetching [--requests N]

CPU time is this process's alone; the server has one of its own. Ours asks robots.txt, sends validators, keeps the
state of hosts in a file and works under a total deadline; trafilatura's does none of it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import partial
from pathlib import Path

from trafilatura.downloads import fetch_response
from trafilatura.settings import DEFAULT_CONFIG

from benchmarks.loopback import read_counts, serve_apart
from flows.archive import Archive
from flows.fetch import Fetched, Fetcher, Request, fetch_all
from flows.host_memory import HostMemory
from flows.pacing import Pacing
from flows.queues import HostQueues
from models.errors import FetchError

ROUNDS = 9
PAGES = 200
DEADLINE = 2.0


def main() -> int:
    """Prints each measure with its goal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=300, help="requests a round")
    args = parser.parse_args()
    with serve_apart() as site, tempfile.TemporaryDirectory() as folder:
        compare_requests(site, Path(folder), args.requests)
        compare_nights(site, Path(folder))
        count_hits(site, Path(folder))
        time_overruns(site)
    time_queues()
    return 0


def compare_requests(site: str, folder: Path, number: int) -> None:
    """Prints the CPU time of a request, ours and theirs, in interleaved rounds."""
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"
    requests = [
        Request(f"{site}/changed/{n % PAGES}", '"old"', "Mon, 01 Jan 2024 00:00:00 GMT")
        for n in range(number)
    ]
    with HostMemory(folder / "cpu.sqlite") as memory:
        fetcher = Fetcher(allow_private=True, host_delay=0, memory=memory)

        def ask_theirs() -> None:
            for request in requests:
                assert fetch_response(request.url, config=config)

        def ask_ours() -> None:
            for request in requests:
                assert fetcher.fetch(request.url, etag=request.etag, last_modified=request.last_modified).body

        def ask_all() -> None:
            assert all(isinstance(found, Fetched) for _, found in fetch_all(fetcher, requests))

        rounds = [
            [measure(work) / number for work in (ask_theirs, ask_ours, ask_all)] for _ in range(ROUNDS + 1)
        ]
    theirs, ours, queued = (statistics.median(times) for times in zip(*rounds[1:], strict=True))
    print(f"a request, CPU: trafilatura.fetch_response {theirs * 1e3:.2f} ms")
    for name, own, place in (("Fetcher.fetch", ours, 1), ("fetch_all, 8 threads", queued, 2)):
        ratio = statistics.median(times[place] / times[0] for times in rounds[1:])
        print(f"  {name} {own * 1e3:.2f} ms, ratio {ratio:.2f} (goal: at most 1.5)")


def measure(work: Callable[[], None]) -> float:
    """Seconds of CPU time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare_nights(site: str, folder: Path) -> None:
    """Prints what the second night on an unchanged site costs of the first one's bytes."""
    nights = []
    with Archive(folder / "archive") as archive:
        for _ in range(2):
            read_counts(site)
            kinds: list[str] = []
            with HostMemory(folder / "nights.sqlite") as memory:
                fetcher = Fetcher(allow_private=True, host_delay=0, memory=memory)
                asked = [
                    Request(url, *archive.validators(url))
                    for url in (f"{site}/page/{n}" for n in range(PAGES))
                ]
                for _, page in fetch_all(fetcher, asked):
                    assert isinstance(page, Fetched)
                    kinds.append(archive.append(page, {}).kind)
            nights.append((read_counts(site), kinds.count("response")))
    (first, stored), (second, again) = nights
    share = second["bytes"] / first["bytes"]
    print(f"second night, {PAGES} unchanged pages: {share:.2%} of the first one's bytes (goal: at most 2 %)")
    print(f"  bodies stored: {stored} the first night, {again} the second (goal: 0)")


def count_hits(site: str, folder: Path) -> None:
    """Prints how often a host is hit that answers 429 with an hour to wait, in two runs of 50 pages."""
    read_counts(site)
    reasons: list[str] = []
    start = time.monotonic()
    for _ in range(2):
        with HostMemory(folder / "hits.sqlite") as memory:
            fetcher = Fetcher(allow_private=True, host_delay=0, memory=memory)
            asked = [Request(f"{site}/throttled/{n}") for n in range(50)]
            reasons += [getattr(found, "reason", "ok") for _, found in fetch_all(fetcher, asked)]
    hits = read_counts(site)["requests"] - 1  # robots.txt
    print(
        f"429 with Retry-After: 3600, two runs of 50 pages: {hits} hit (goal: 1), {reasons.count('held')} held,"
    )
    print(f"  {time.monotonic() - start:.2f} s in all")


def time_overruns(site: str) -> None:
    """Prints by how much the slowest of some dripped answers overran the deadline."""
    for what in ("body", "headers"):
        late = []
        for _ in range(5):
            fetcher = Fetcher(allow_private=True, host_delay=0, deadline=DEADLINE)
            start = time.monotonic()
            with suppress(FetchError):
                fetcher.fetch(f"{site}/dripped/{what}")
            late.append(time.monotonic() - start - DEADLINE)
        print(f"dripped {what}: {max(late):.3f} s over a deadline of {DEADLINE:g} s (goal: at most 1 s)")


def time_queues() -> None:
    """Prints what choosing the next host costs, for few hosts and for many."""
    for hosts in (100, 10_000):
        pacing = Pacing(0.0)
        queues = HostQueues(Request(f"http://h{n % hosts}.example/{n}") for n in range(30_000))
        took = measure(partial(take_all, queues, pacing))
        print(f"next of {hosts:,} hosts: {took / 30_000 * 1e6:.1f} µs")


def take_all(queues: HostQueues, pacing: Pacing) -> None:
    """Takes every turn and gives it back."""
    while turn := queues.take(pacing):
        pacing.take(turn.host)
        queues.release(turn, pacing)


if __name__ == "__main__":
    sys.exit(main())
