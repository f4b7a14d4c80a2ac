"""Kills nightly runs at random moments and proves that nothing is lost, fetched again or left broken.

    python -m benchmarks.kills --kills 50 --pages 500

A site of several hosts on loopback counts what it is asked for. `dateline ingest` is started on it and killed with
SIGKILL after a random time, and again on the same home until a run comes to its end; then all is checked, and a
new home begins, until there were that many kills.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Warcio

from flows.receipts import find_store, list_receipts
from flows.store import Store
from tests.nights import feed_of, publish, put, write_sources
from tests.servers import Site, serve

HOSTS = 50  # each is asked once a second
PEACE = """<html lang="en"><head><title>Fair number {number} opens</title></head><body><article><h1>The fair opens</h1>
<p>The book fair of the county opened for the {number}th time on Monday, and the mayor said that she looked forward
to the readings of this week, which are held in the old library beside the market hall and cost nothing.</p>
<p>Last year so many readers came that the hall had to be closed for an hour, and buses ran late.</p></article></body>
</html>"""


@dataclass
class Tries:
    """What the kills met, and what they broke."""

    kills: int = 0
    homes: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    refetched: int = 0
    pages: int = 0
    faults: list[str] = field(default_factory=list)


def start_run(sources: Path, home: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "benchmarks.kills", "--run", str(sources), str(home)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def run_once(sources: Path, home: Path) -> None:
    """What is killed: the run as `dateline ingest --no-prefect` does it."""
    from datetime import timedelta  # noqa: PLC0415

    from flows.ingest import ingest  # noqa: PLC0415

    ingest(sources, home, allow_private=True, fresh=timedelta(hours=6))


def kill_runs(folder: Path, kills: int, pages: int, seed: int = 7) -> Tries:
    """Kills so many runs of so many pages."""
    chance, tries = random.Random(seed), Tries()
    with ExitStack() as stack:
        sites = [stack.enter_context(serve()) for _ in range(HOSTS)]
        for number, site in enumerate(sites):
            publish(site, *range(number, pages, HOSTS))
            fill_site(site, range(number, pages, HOSTS))
        feeds = {f"town{number}": feed_of(site) for number, site in enumerate(sites)}
        sources = write_sources(folder, **feeds)
        began = time.monotonic()
        start_run(sources, folder / "whole").wait()
        longest = time.monotonic() - began
        check_home(tries, folder / "whole", sites, pages)
        wanted = read_rows(folder / "whole")
        while tries.kills < kills:
            home = folder / f"home{tries.homes}"
            kill_until_done(tries, home, sources, sites, chance, longest, kills)
            check_home(tries, home, sites, pages)
            if read_rows(home) != wanted:
                tries.faults.append(f"{home.name}: other rows than those of a run that nobody killed")
            tries.homes += 1
            sys.stderr.write(f"{tries.kills} kills, {tries.homes} homes, {len(tries.faults)} faults\n")
    return tries


def fill_site(site: Site, numbers: range) -> None:
    """Makes most of the pages peaceful, as most news is."""
    for number in numbers:
        if number % 10:
            put(site, f"/{number}.html", PEACE.format(number=number).encode())


def kill_until_done(
    tries: Tries,
    home: Path,
    sources: Path,
    sites: list[Site],
    chance: random.Random,
    longest: float,
    kills: int,
) -> None:
    """Starts runs on the home and kills them, until one ends by itself or there were enough kills."""
    for site in sites:
        site.requests.clear()
    while True:
        run = start_run(sources, home)
        try:
            wait = chance.uniform(0.0, 1.2 * longest) if tries.kills < kills else None
            if run.wait(wait):
                tries.faults.append(f"{home.name}: a run ended with {run.returncode}")
            return
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        tries.kills += 1
        tries.stages[find_stage(home)] += 1
        for site in sites:
            forget_unsaved(site, read_urls(home))


def forget_unsaved(site: Site, saved: Counter[str]) -> None:
    """Takes requests whose answers the killed run had not kept out of the site's log: they may come again."""
    site.requests[:] = [(path, headers) for path, headers in site.requests if saved[site.url(path)]]


def find_stage(home: Path) -> str:
    """How far the run was, by what it left."""
    staging = home / "staging"
    if not staging.exists():
        return "before" if not (home / "tables" / "runs").exists() else "after"
    if (home / "tables" / "articles").exists():
        return "commit"
    if any(path.stat().st_size for path in staging.glob("*.jsonl")):
        return "extract"
    return "fetch" if read_urls(home) else "plan"


def read_urls(home: Path) -> Counter[str]:
    """The pages that are whole in the archive's files, finished or not, by how often they are."""
    urls: Counter[str] = Counter()
    for path in (home / "archive").glob("*.warc.gz*"):
        for member in read_whole(path):
            head = dict(
                line.split(": ", 1) for line in member.partition(b"\r\n\r\n")[0].decode().splitlines()[1:]
            )
            if head["WARC-Type"] == "response":
                urls[head["WARC-Target-URI"]] += 1
    return urls


def read_whole(path: Path) -> Iterator[bytes]:
    """The gzip members of a file up to the first that is not whole, by nothing of ours."""
    data = path.read_bytes()
    while data:
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        member = inflate.decompress(data)
        if not inflate.eof:
            return
        yield member
        data = inflate.unused_data


def check_home(tries: Tries, home: Path, sites: list[Site], pages: int) -> None:
    """Every page is there once and was sent once; both readers read every file; the receipt is ok."""
    urls = read_urls(home)
    if len(urls) != pages or set(urls.values()) != {1}:
        tries.faults.append(
            f"{home.name}: {len(urls)} pages of {pages}, at most {max(urls.values(), default=0)} times"
        )
    for path in (home / "archive").glob("*.warc.gz*"):
        with path.open("rb") as file:
            counted = sum(
                len(one.content_stream().read()) >= 0 for one in Warcio(file, check_digests="raise")
            )
        with path.open("rb") as file:
            read = sum(
                one.verify_block_digest() for one in ArchiveIterator(file, strict_mode=True, parse_http=False)
            )
        if path.suffix == ".open" or counted != read:
            tries.faults.append(
                f"{home.name}: {path.name} is read differently by the two readers, or unfinished"
            )
    hits = Counter(site.url(path) for site in sites for path, _ in site.requests if path.endswith(".html"))
    tries.refetched += sum(number - 1 for number in hits.values())
    tries.pages += pages
    if not (home / "staging").exists() and list_receipts(home, 1)[0][0].ok:
        return
    tries.faults.append(f"{home.name}: the last receipt is not ok, or the staging folder was left")


def read_rows(home: Path) -> set[str]:
    """The events, without what differs from run to run."""
    return {row.model_copy(update={"run_id": ""}).model_dump_json() for row in Store(find_store(home)).rows()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--run", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_once(*given.run)
        return
    with tempfile.TemporaryDirectory() as folder:
        tries = kill_runs(Path(folder), given.kills, given.pages, given.seed)
    stages = ", ".join(f"{stage} {number}" for stage, number in tries.stages.most_common())
    print(f"{tries.kills} kills ({stages}), {tries.homes} homes of {given.pages} pages")
    print(f"committed pages fetched again: {tries.refetched}; faults: {len(tries.faults)}")
    for fault in tries.faults:
        print(f"! {fault}")
    sys.exit(1 if tries.faults or tries.refetched else 0)


if __name__ == "__main__":
    main()
