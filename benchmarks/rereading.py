"""Pages out of the archive to articles, beside trafilatura over the same bytes in memory.

python -m benchmarks.rereading [--pages N]
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

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
    """Prints the ratios, medians of interleaved rounds in CPU time; each round has pages that are new to all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=30, help="a round")
    size = parser.parse_args().pages
    pages = list(make_pages(size * (ROUNDS + 1)))
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as base, Reader() as reader:
        with Archive(Path(base)) as archive:
            records = [archive.append(page, {}) for page in pages]
        with Archive(Path(base), read_only=True) as archive:
            rounds = range(0, len(pages), size)
            ratios = [compare(archive, reader, pages[n : n + size], records[n : n + size]) for n in rounds]
    here, apart = (statistics.median(column) for column in zip(*ratios[1:], strict=True))
    print("to articles, of trafilatura with metadata over the same bytes in memory (goal: at least 0.95)")
    print(f"  archive, in this process: {here:.3f}")
    print(f"  archive, in the child that can be killed: {apart:.3f}")
    return 0


def compare(
    archive: Archive, reader: Reader, pages: list[Fetched], records: list[Record]
) -> tuple[float, float]:
    """The library's time over ours, in this process and with the child; the first round warms all up."""
    bare = spend(reader, len(pages), lambda: read_bare(pages))
    here = spend(reader, len(pages), lambda: read_here(archive, records))
    apart = spend(reader, len(pages), lambda: read_apart(archive, reader, records))
    return bare / here, bare / apart


def spend(reader: Reader, wanted: int, work: Work) -> float:
    """CPU seconds of a piece of work, the child's included; it must give that many articles."""
    reset_caches()  # what the library has kept of these pages a moment ago
    start = cpu_seconds(reader)
    assert work() == wanted
    return cpu_seconds(reader) - start


def cpu_seconds(reader: Reader) -> float:
    """CPU time of this process and of the child, as Linux tells it."""
    if reader.child is None:
        return process_time()
    fields = Path(f"/proc/{reader.child.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    user, system = map(int, fields.split()[11:13])
    return process_time() + (user + system) / os.sysconf("SC_CLK_TCK")


def read_bare(pages: list[Fetched]) -> int:
    """The articles that the library alone finds."""
    found = (trafilatura.bare_extraction(page.body, page.url, with_metadata=True) for page in pages)
    return sum(one is not None for one in found)


def to_page(fetched: Fetched) -> Page:
    """A page of the archive as the nightly run reads it."""
    return Page(fetched.body, fetched.final_url, charset=fetched.charset, fetched=fetched.fetched_at.date())


def read_here(archive: Archive, records: list[Record]) -> int:
    """The articles of these records."""
    return sum(isinstance(read_one(to_page(archive.read(record))), Article) for record in records)


def read_apart(archive: Archive, reader: Reader, records: list[Record]) -> int:
    """The same through the child."""
    return sum(isinstance(reader.read(to_page(archive.read(record))), Article) for record in records)


if __name__ == "__main__":
    raise SystemExit(main())
