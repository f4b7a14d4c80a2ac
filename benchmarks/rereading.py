"""Pages out of the archive to articles, beside trafilatura over the same bytes in memory.

python -m benchmarks.rereading [--pages N]
"""

from __future__ import annotations

import argparse
import logging
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import trafilatura
from trafilatura.meta import reset_caches

from benchmarks.archive_pages import make_pages
from flows.archive import Archive, Record
from flows.fetched import Fetched
from flows.pages import Page, Reader, read_one
from models.article import Article

ROUNDS = 5
Work = Callable[[], int]


def main() -> int:
    """Prints the ratios, medians of interleaved rounds in CPU time, the child's included."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=60)
    pages = list(make_pages(parser.parse_args().pages))
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as base:
        with Archive(Path(base)) as archive:
            for page in pages:
                archive.append(page, {})
        with Archive(Path(base), read_only=True) as archive:
            compare(archive, pages)
    return 0


def compare(archive: Archive, pages: list[Fetched]) -> None:
    """Times each way in turns, against the library's; the start of the child, one a run, is told apart."""
    records = list(archive.records())
    here, apart, starts = [], [], []
    for _ in range(ROUNDS):
        bare = spend(lambda: read_bare(pages), len(pages))
        here.append(bare / spend(lambda: read_here(archive), len(pages)))
        starts.append(spend(lambda: read_apart(archive, records[:1]), 1))
        apart.append(bare / (spend(lambda: read_apart(archive, records), len(pages)) - starts[-1]))
    print("to articles, of trafilatura with metadata over the same bytes in memory (goal: at least 0.95)")
    print(f"  archive, in this process: {statistics.median(here):.3f}")
    print(f"  archive, in the child that can be killed: {statistics.median(apart):.3f}")
    print(f"  the child's start, once a run: {statistics.median(starts):.1f} s")


def spend(work: Work, wanted: int) -> float:
    """CPU seconds of a piece of work, which must give that many articles; the library begins without its caches."""
    reset_caches()
    start = cpu_seconds()
    assert work() == wanted
    return cpu_seconds() - start


def read_bare(pages: list[Fetched]) -> int:
    """The articles that the library alone finds."""
    found = (trafilatura.bare_extraction(page.body, page.url, with_metadata=True) for page in pages)
    return sum(one is not None for one in found)


def to_page(fetched: Fetched) -> Page:
    """A page of the archive as the nightly run reads it."""
    return Page(fetched.body, fetched.final_url, charset=fetched.charset, fetched=fetched.fetched_at.date())


def read_here(archive: Archive) -> int:
    """The articles of all pages of the archive."""
    found = (read_one(to_page(archive.read(record))) for record in archive.records())
    return sum(isinstance(one, Article) for one in found)


def read_apart(archive: Archive, records: list[Record]) -> int:
    """The same through the child."""
    with Reader() as reader:
        return sum(isinstance(reader.read(to_page(archive.read(record))), Article) for record in records)


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    raise SystemExit(main())
