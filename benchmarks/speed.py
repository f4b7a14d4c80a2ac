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
from extractors.place_candidates import Linker
from extractors.place_links import link_places
from extractors.place_proposals import propose_places
from extractors.places import weigh_countries
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
    time_linking(extractor, articles)
    time_commands()
    watch_memory(extractor, articles, args.articles)
    return 0


def time_look_ups(extractor: Extractor) -> None:
    """Prints the median time of a first look-up, of places and of what is none, beside an empty query."""
    gazetteer = extractor.finders.places.gazetteer
    every = "SELECT name FROM place WHERE id % 149 = 0 ORDER BY id LIMIT 2000"
    places = [name for (name,) in gazetteer.connection.execute(every)]
    actors = [name for entry in extractor.finders.actors.actors.values() for name in entry.forms()][:2000]
    empty = statistics.median(
        spend(lambda: gazetteer.connection.execute("SELECT 1").fetchone()) for _ in actors
    )
    for what, names in (("places", places), ("actors", actors)):
        gazetteer.look_up.cache_clear()
        found = statistics.median(spend(lambda name=name: gazetteer.find(name)) for name in names)
        times = f"{found * 1e6:.0f} µs, {found / empty:.1f} times an empty query"
        print(f"gazetteer look-up, names of {what}: {times} (goal: 50 µs)")


def time_linking(extractor: Extractor, articles: list[Article]) -> None:
    """Prints what linking proposed places to the gazetteer adds to the rest of extraction, no name known yet."""
    wanted = [article for article in articles if extractor.prefilter.can_hold_event(article.text)]
    lexicon = extractor.finders.places
    docs = list(extractor.pipeline.parse(article.text for article in wanted))
    proposed = [(doc, propose_places(doc, lexicon.known)) for doc in docs]
    shares = []
    for _ in range(ROUNDS):
        lexicon.gazetteer.look_up.cache_clear()
        start = process_time()
        for doc, proposals in proposed:
            linker = Linker(lexicon.gazetteer, lexicon.known.words, lexicon.capitals)
            link_places(linker, doc.text, proposals, weigh_countries(doc, lexicon, {}))
        linking = process_time() - start
        _, whole = compare(extractor, wanted)
        shares.append(linking / (whole - linking))
    count = sum(len(proposals) for _, proposals in proposed)
    share = statistics.median(shares)
    print(f"linking {count} places of {len(wanted)} articles: {share:.1%} added (goal: at most 10 %)")


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
