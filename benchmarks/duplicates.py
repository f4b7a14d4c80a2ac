"""Near-duplicates: recall on made copies, links between reports on one event, and cost beside reading a page.

python -m benchmarks.duplicates [--corpora FOLDER]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from time import process_time

import numpy as np

from extractors.duplicates import PERMUTATIONS, Fingerprint, First, Originals, is_copy, take_fingerprint
from extractors.html import read_page
from flows.home import ROOT
from models.errors import PageError

PAGES, FIXTURES = ROOT / "benchmarks" / "pages", ROOT / "fixtures" / "articles"
FRAME = "The Daily Post. Read more of the world's news on our page, and share this story with your friends."
BANDS = 64  # of two rows: the finest that finds anything alike


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, help="folder with ecbplus_violent/dev.jsonl")
    args = parser.parse_args()
    dice = random.Random(5)
    texts = [*make_texts(dice, 4), *make_texts(dice, 8), *make_texts(dice, 12)]
    words = [len(text.split()) for text in texts]
    print(f"{len(texts)} made articles of {min(words)} to {max(words)} words")
    prints = [must(text) for text in texts]
    for name, change in COPIES.items():
        pairs = [(one, must(change(text, dice))) for one, text in zip(prints, texts, strict=True)]
        near = sum(is_near(*pair) and is_copy(pair[0].shingles, pair[1].shingles) for pair in pairs) / len(
            pairs
        )
        bands = sum(share_band(*pair) for pair in pairs) / len(pairs)
        print(f"{name}: recall {near:.4f}; candidates by {BANDS} bands of 2 rows instead {bands:.4f}")
    unlike = [must(text) for text in make_texts(random.Random(9), 8)]
    linked = sum(is_copy(a.shingles, b.shingles) for a, b in combinations(unlike, 2))
    print(f"unlike articles: {linked} of {len(unlike) * (len(unlike) - 1) // 2} pairs linked")
    if args.corpora:
        measure_events(args.corpora / "ecbplus_violent" / "dev.jsonl")
    measure_cost(texts)
    return 0


def make_texts(dice: random.Random, size: int) -> list[str]:
    """Articles of so many of the made passages; no passage is used twice."""
    lines = (line for path in sorted(PAGES.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    passages = [str(json.loads(line)["text"]) for line in lines]
    dice.shuffle(passages)
    return [" ".join(passages[n : n + size]) for n in range(0, len(passages) - size, size)]


def change_words(text: str, dice: random.Random, share: float) -> str:
    words = text.split()
    return " ".join(dice.choice(words) if dice.random() < share else word for word in words)


def drop_quarter(text: str, dice: random.Random) -> str:
    words = text.split()
    start = dice.randrange(len(words) * 3 // 4)
    return " ".join([*words[:start], *words[start + len(words) // 4 :]])


COPIES: dict[str, Callable[[str, random.Random], str]] = {
    "first 30 %": lambda text, _: " ".join(text.split()[: len(text.split()) * 3 // 10]),
    "first 60 %": lambda text, _: " ".join(text.split()[: len(text.split()) * 6 // 10]),
    "5 % of words changed": lambda text, dice: change_words(text, dice, 0.05),
    "15 % of words changed": lambda text, dice: change_words(text, dice, 0.15),
    "frame of an outlet": lambda text, _: f"{FRAME} {text} {FRAME}",
    "a quarter dropped": drop_quarter,
    "frame, and the first 30 %": lambda text, _: (
        f"{FRAME} {' '.join(text.split()[: len(text.split()) * 3 // 10])}"
    ),
}


def must(text: str) -> Fingerprint:
    found = take_fingerprint(text)
    assert found is not None
    return found


def is_near(one: Fingerprint, two: Fingerprint) -> bool:
    originals = Originals()
    originals.keep(First("a", "a"), None, one)
    return bool(originals.find_alike(two))


def share_band(one: Fingerprint, two: Fingerprint) -> bool:
    """Whether the usual index by bands would have brought the two together."""
    return bool((one.sketch == two.sketch).reshape(BANDS, PERMUTATIONS // BANDS).all(axis=1).any())


def measure_events(path: Path) -> None:
    """How many pairs of reports of one topic are linked, by the share of three-word shingles in common."""
    topics: dict[object, list[Fingerprint]] = defaultdict(list)
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        if found := take_fingerprint(record["text"]):
            topics[record["topic"]].append(found)
    shares = sorted(
        len(np.intersect1d(a.shingles, b.shingles)) / min(len(a.shingles), len(b.shingles))
        for prints in topics.values()
        for a, b in combinations(prints, 2)
    )
    linked = sum(is_copy(a.shingles, b.shingles) for p in topics.values() for a, b in combinations(p, 2))
    quantiles = ", ".join(f"{q:.0%} {shares[int(len(shares) * q)]:.2f}" for q in (0.5, 0.9, 0.95, 0.99))
    print(
        f"reports of one topic: {linked} of {len(shares)} pairs linked; shared shingles by quantile: {quantiles}"
    )


def measure_cost(texts: list[str]) -> None:
    """What placing one text among 15,000 costs beside reading a page, in CPU time, medians of five rounds."""
    pages = [path.read_bytes() for path in sorted(FIXTURES.glob("*.html"))]
    originals = Originals()
    for number in range(15_000):
        originals.place(f"a{number}", f"k{number}", f"{texts[number % len(texts)]} {number}")
    shares, places = [], []
    for turn in range(5):
        start = process_time()
        read_all(pages)
        middle = process_time()
        for number, text in enumerate(texts[:100]):
            originals.place(f"b{turn}{number}", f"m{turn}{number}", text)
        places.append((process_time() - middle) / 100)
        shares.append(places[-1] / ((middle - start) / len(pages)))
    print(
        f"placing a text among {len(originals.seen)}: {statistics.median(places) * 1000:.1f} ms, "
        f"{statistics.median(shares):.2f} of reading a page"
    )


def read_all(pages: Iterable[bytes]) -> None:
    for data in pages:
        try:
            read_page(data, "https://paper.example/a")
        except PageError:
            continue


if __name__ == "__main__":
    raise SystemExit(main())
