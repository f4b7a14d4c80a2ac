"""Speed and memory as ratios in one run: extraction against the bare pipeline, and memory over many articles.

python -m benchmarks.speed [--articles N]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

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
    time_look_ups(extractor)
    time_commands()
    watch_memory(extractor, articles, args.articles)
    return 0


def time_look_ups(extractor: Extractor) -> None:
    """Prints the median time of a gazetteer look-up beside that of an empty query, as a ratio."""
    names = [name for entry in extractor.actors.actors.values() for name in entry.forms()][:2000]
    connection = extractor.places.gazetteer.connection
    empty = statistics.median(spend(lambda: connection.execute("SELECT 1").fetchone()) for _ in names)
    found = statistics.median(
        spend(lambda name=name: extractor.places.gazetteer.find(name)) for name in names
    )
    print(f"gazetteer look-up: {found * 1e6:.0f} µs, {found / empty:.1f} times an empty query (goal: 50 µs)")


def time_commands() -> None:
    """Prints CPU seconds of `dateline --help` and of one page from cold, beside the bare interpreter."""
    page = str(sorted(FIXTURES.glob("*.html"))[0])
    dateline = str(Path(sys.executable).with_name("dateline"))
    bare = spend_child([sys.executable, "-c", "pass"])
    for name, command in (("--help", [dateline, "--help"]), ("one page", [dateline, "extract", page])):
        used = spend_child(command)
        print(f"dateline {name}: {used:.2f} s CPU, {used / bare:.0f} times the bare interpreter")


def spend(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def spend_child(command: list[str]) -> float:
    """CPU seconds of a command, the least of three runs."""
    used = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(used)


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
