"""Reading a WARC source against a bare fastwarc iterator over the same file, and the key of an address.

python -m benchmarks.sources [--pages N]
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from courlan import clean_url
from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.fetched import Fetched
from flows.home import ROOT
from flows.page_keys import key_of
from flows.warc_files import Opened
from flows.warc_pages import read_file, read_wanted
from flows.warc_records import make_group
from models.source import Source

ROUNDS = 7
WORDS = 12_000  # a page of about 90 kB, as those of outlets are


def main() -> int:
    """Prints the medians of interleaved rounds, and their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        path.write_bytes(b"".join(map(make_record, range(pages))))
        print(f"{pages} pages on 50 domains, {path.stat().st_size / 2**20:.1f} MiB packed")
        jobs = {
            "fastwarc, all bodies": lambda: read_bare(path),
            "one domain of 50": lambda: read_source(path, ["paper7.com"]),
            "all pages": lambda: read_source(path, []),
        }
        compare(jobs)
    urls = [f"https://www.paper.com/2024/03/05/story-{n}.html?utm_source=rss&page={n}" for n in range(5000)]
    compare(
        {
            "courlan.clean_url": lambda: len([*map(clean_url, urls)]),
            "key_of": lambda: len([*map(key_of, urls)]),
        }
    )
    return 0


def compare(jobs: dict[str, Callable[[], int]]) -> None:
    """CPU time of each job, the first being what the others are measured by."""
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        key_of.cache_clear()
        for name, job in jobs.items():
            start = process_time()
            job()
            took[name].append(process_time() - start)
    bare = statistics.median(next(iter(took.values())))
    for name, times in took.items():
        print(
            f"{name}: {statistics.median(times):.3f} s CPU, {bare / statistics.median(times):.2f} of the speed"
        )


def make_record(number: int) -> bytes:
    """A capture of a page of words of our own sample pages."""
    chance = random.Random(number)
    words = chance.choices(vocabulary(), k=WORDS)
    body = f"<html lang=en><body><p>{' '.join(words)}</p></body></html>".encode()
    url = f"https://live.paper{number % 50}.com/{number}.html"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    fetched = Fetched(url, url, 200, headers, body, datetime(2024, 3, 5, tzinfo=UTC))
    group = make_group(fetched, {}, f"sha1:{number}", None)
    return group.first + group.rest


def vocabulary(found: list[str] = []) -> list[str]:  # noqa: B006 - read once
    """The words of the sample pages."""
    if not found:
        for path in sorted((ROOT / "fixtures" / "articles").glob("*.html")):
            found += path.read_text(encoding="utf-8", errors="replace").split()
    return found


def read_bare(path: Path) -> int:
    """All bodies, by the library alone."""
    with path.open("rb") as file:
        records = ArchiveIterator(io.BytesIO(file.read()), parse_http=False)
        return sum(len(r.reader.read()) for r in records if r.record_type == WarcRecordType.response)


def read_source(path: Path, domains: list[str]) -> int:
    """The wanted pages, as the nightly run reads them."""
    wanted = read_wanted(Source.model_validate({"id": "b", "kind": "warc", "path": "x", "domains": domains}))
    with path.open("rb") as file:
        return sum(isinstance(step, Fetched) for step in read_file(Opened(file, 0, ""), "b", wanted))


if __name__ == "__main__":
    sys.exit(main())
