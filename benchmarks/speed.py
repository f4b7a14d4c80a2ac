"""Speed and memory as ratios in one run: extraction against the bare pipeline, and memory over many articles.

python -m benchmarks.speed [--articles N]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
from collections.abc import Iterator
from time import process_time

from extractors import load_extractor
from extractors.extractor import Extractor
from extractors.html import read_page
from flows.home import ROOT, find_gazetteer
from models.article import Article
from models.errors import PageError

ROUNDS = 5
FIXTURES = ROOT / "fixtures" / "articles"


def main() -> int:
    """Prints words per second of both, their ratio round by round, and the growth of memory."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--articles", type=int, default=10_000, help="how many articles memory is watched over"
    )
    args = parser.parse_args()
    extractor = load_extractor(find_gazetteer())
    articles = read_fixtures()
    words = sum(len(a.text.split()) for a in articles)
    compare(extractor, articles)
    ratios = []
    for number in range(ROUNDS):
        bare, whole = compare(extractor, articles)
        ratios.append(bare / whole)
        rates = f"bare {words / bare:,.0f} words/s, dateline {words / whole:,.0f}"
        print(f"round {number + 1}: {rates}, ratio {ratios[-1]:.3f}")
    print(f"ratio, median of {ROUNDS}: {statistics.median(ratios):.3f} (goal: at least 0.7)")
    watch_memory(extractor, articles, args.articles)
    return 0


def read_fixtures() -> list[Article]:
    """The fixture pages as articles; stubs and walls are left out."""
    found = []
    for path in sorted(FIXTURES.glob("*.html")):
        try:
            found.append(read_page(path.read_bytes(), None, doc_id=path.stem))
        except PageError as error:
            print(f"left out {path.name}: {error}")
    return found


def compare(extractor: Extractor, articles: list[Article]) -> tuple[float, float]:
    """CPU seconds of the bare pipeline and of whole extraction over the same texts."""
    start = process_time()
    for _ in extractor.pipeline.parse(a.text for a in articles):
        pass
    middle = process_time()
    for _ in extractor.extract_events(articles):
        pass
    return middle - start, process_time() - middle


def watch_memory(extractor: Extractor, articles: list[Article], count: int) -> None:
    """Peak memory after each tenth of so many articles: flat, if nothing is held on to."""

    def repeat() -> Iterator[Article]:
        for number in range(count):
            base = articles[number % len(articles)]
            yield Article(text=f"{base.text}\n{number}", doc_id=f"{base.doc_id}-{number}")

    for done, _ in enumerate(extractor.extract_events(repeat()), 1):
        if done % max(count // 10, 1) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{done:>7,} articles: peak memory {peak} MiB")


if __name__ == "__main__":
    sys.exit(main())
