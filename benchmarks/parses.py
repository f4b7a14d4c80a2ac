"""What keeping parses costs and saves, relative to parsing and to reading.

python -m benchmarks.parses [--texts N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TypeVar

from extractors import load_extractor
from extractors.extractor import Extractor
from extractors.parses import name_text, pack_docs, read_block
from flows.home import find_gazetteer
from flows.parse_cache import ParseCache
from flows.parse_index import ParseIndex
from models.article import Article

PAGES = Path(__file__).parent / "pages"
ROUNDS = 5
Times = dict[str, float]
Thing = TypeVar("Thing")


def main() -> int:
    """Prints medians of interleaved rounds in CPU time; each round has the same texts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=200, help="a round")
    articles = list(islice(list_articles(), parser.parse_args().texts))
    extractor = load_extractor(find_gazetteer())
    articles = [article for article in articles if extractor.wants(article)]
    list(extractor.read(articles[:64], trace=True))
    rounds = [measure(extractor, articles) for _ in range(ROUNDS)]
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    size = statistics.mean(len(a.text) for a in articles)
    print(f"{len(articles)} texts of {size:.0f} characters; {middle['bytes']:.0f} bytes a text")
    for name, whole in (("pack", "parse"), ("load", "parse"), ("hash", "parse"), ("warm", "plain")):
        print(f"  {name}, of {whole}: {middle[name] / middle[whole]:.3f}")
    more = statistics.median(one["filling"] / one["plain"] - 1 for one in rounds)
    print(f"  reading that keeps parses and hashes, more than plain reading: {more:.3f} (goal: 0.03)")
    return 0


def list_articles() -> list[Article]:
    """Texts of all benchmark pages in turn, joined by six, so that they are as long as a report."""
    files = [path.read_text(encoding="utf-8").splitlines() for path in sorted(PAGES.glob("*.jsonl"))]
    joined = [
        "\n\n".join(json.loads(line)["text"] for line in lines[start : start + 6])
        for start in range(0, 120, 6)
        for lines in files
        if lines[start : start + 6]
    ]
    return [Article(text, f"text-{n}", published=date(2026, 1, 1)) for n, text in enumerate(joined)]


def measure(extractor: Extractor, articles: list[Article]) -> Times:
    """CPU seconds of one round, and the bytes a text."""
    times: Times = {}
    texts = [article.text for article in articles]

    def spend(name: str, work: Callable[[], Thing]) -> Thing:
        start = process_time()
        done = work()
        times[name] = process_time() - start
        return done

    docs = spend("parse", lambda: list(extractor.pipeline.parse(texts)))
    data = spend("pack", lambda: pack_docs("m", zip(texts, docs, strict=True)))
    vocab = extractor.pipeline.nlp.vocab
    spend("load", lambda: [(block := read_block(data)), [block.load(name_text(t), t, vocab) for t in texts]])
    found = [extractor.find_all(doc, article) for doc, article in zip(docs, articles, strict=True)]
    spend("hash", lambda: [one.hash_all() for one in found])
    spend("plain", lambda: list(extractor.read(articles)))
    with tempfile.TemporaryDirectory() as folder:
        spend("filling", lambda: fill(extractor, articles, folder))
        spend("warm", lambda: read_warm(extractor, articles, folder))
    times["bytes"] = len(data) / len(texts)
    return times


def fill(extractor: Extractor, articles: list[Article], folder: str) -> None:
    """Reads and keeps the parses, as a night does."""
    cache = ParseCache(folder, extractor.stages["parse"])
    cache.expect(articles, known=False)
    list(extractor.read(articles, cache, trace=True))
    ParseIndex(folder).add(cache.flush(), datetime.now(UTC), "r1")


def read_warm(extractor: Extractor, articles: list[Article], folder: str) -> None:
    """Reads with kept parses, as a re-extraction does."""
    cache = ParseCache(folder, extractor.stages["parse"])
    cache.expect(articles)
    list(extractor.read(articles, cache, trace=True))
    assert cache.hits == len(articles)


if __name__ == "__main__":
    raise SystemExit(main())
