"""What keeping parses costs and saves, relative to parsing and to reading.

python -m benchmarks.parses [--texts N]
python -m benchmarks.parses --batches   whether a parse hangs on its batch, over all texts of the pages
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TypeVar

from extractors import load_extractor
from extractors.extractor import Extractor
from extractors.findings import hash_written
from extractors.parses import name_text, pack_docs, read_block
from flows.block_files import BlockFiles
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
    parser.add_argument("--batches", action="store_true", help="compare batch sizes and orders instead")
    asked = parser.parse_args()
    extractor = load_extractor(find_gazetteer())
    if asked.batches:
        return compare_batches(extractor)
    articles = list(islice(list_articles(), asked.texts))
    articles = [article for article in articles if extractor.wants(article)]
    list(extractor.read(articles[:64], trace=True))
    rounds = [measure(extractor, articles) for _ in range(ROUNDS)]
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    size = statistics.mean(len(a.text) for a in articles)
    print(
        f"{len(articles)} texts of {size:.0f} characters; {middle['bytes']:.0f} bytes a parse, "
        f"{middle['whole']:.0f} with what was found"
    )
    for name, whole in (
        ("pack", "parse"),
        ("load", "parse"),
        ("hash", "parse"),
        ("warm", "plain"),
        ("known", "plain"),
    ):
        print(f"  {name}, of {whole}: {middle[name] / middle[whole]:.3f}")
    more = statistics.median(one["filling"] / one["plain"] - 1 for one in rounds)
    print(f"  reading that keeps parses and hashes, more than plain reading: {more:.3f} (goal: 0.03)")
    return 0


def compare_batches(extractor: Extractor) -> int:
    """Prints how many texts are parsed otherwise in other batches than 64 as they come; 1 where any is."""
    files = sorted(PAGES.glob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in lines))
    shuffled, by_length = sorted(texts, key=name_text), sorted(texts, key=len)
    first = parse_all(extractor, texts, 64)
    unequal = 0
    for name, order, size in (
        ("1", texts, 1),
        ("7, shuffled", shuffled, 7),
        ("64, by length", by_length, 64),
    ):
        found = parse_all(extractor, order, size)
        other = sum(found[text] != wanted for text, wanted in first.items())
        print(f"batches of {name}: {other} of {len(texts)} texts differ", flush=True)
        unequal += other
    return 1 if unequal else 0


def parse_all(extractor: Extractor, texts: list[str], size: int) -> dict[str, str]:
    """A digest of each text's parse."""
    found = {}
    for start in range(0, len(texts), 1024):
        with extractor.pipeline.nlp.memory_zone():
            for doc in extractor.pipeline.nlp.pipe(texts[start : start + 1024], batch_size=size):
                found[doc.text] = name_text(pack_docs("", [(doc.text, doc)]).hex())
    return found


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
    spend("hash", lambda: [[hash_written(told) for told in one.write().values()] for one in found])
    spend("plain", lambda: list(extractor.read(articles)))
    with tempfile.TemporaryDirectory() as folder:
        known = spend("filling", lambda: fill(extractor, articles, folder))
        spend("warm", lambda: read_warm(extractor, articles, folder, [{}] * len(known)))
        spend("known", lambda: read_warm(extractor, articles, folder, known))
        times["whole"] = sum(BlockFiles(folder).sizes().values()) / len(texts)
    times["bytes"] = len(data) / len(texts)
    return times


def fill(extractor: Extractor, articles: list[Article], folder: str) -> list[Mapping[str, str]]:
    """Reads and keeps the parses and what was found in them, as a night does; gives the hashes of what was found."""
    cache = ParseCache(folder, extractor.stages["parse"])
    cache.expect(articles, known=False)
    found = [read.found for read in extractor.read(articles, cache, trace=True)]
    ParseIndex(folder).add(cache.flush(), datetime.now(UTC), "r1")
    return found


def read_warm(
    extractor: Extractor, articles: list[Article], folder: str, known: list[Mapping[str, str]]
) -> None:
    """Reads with kept parses, as a re-extraction does that knows what these finders find."""
    cache = ParseCache(folder, extractor.stages["parse"])
    cache.expect(articles)
    list(extractor.read_again(zip(articles, known, strict=True), cache))
    assert cache.hits == len(articles)
    assert not cache.flush()


if __name__ == "__main__":
    raise SystemExit(main())
