"""Learns how sure a row is from development corpora, and measures how far its confidence can be believed.

python -m benchmarks.confidence CORPORA [--scorer FOLDER]

Writes `extractors/trained/confidence.toml` and `benchmarks/confidence.md`. A row is right where the corpus has the
event: a MUC-4 template that it is aligned with, a WikiEvents event of conflict or death, or an ECB+ action in its
sentence; rows of what a corpus does not judge are left out. What is learned holds no word of a text: only the weights
of the signs in `extractors/signs.py`. The table is made by cross-validation over documents.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.judges import JUDGES
from extractors import load_extractor
from extractors.confidence import DOUBT, TRAINED
from extractors.events import find_events, finish_events
from extractors.extractor import Extractor, find_day, resolve_dates
from extractors.signs import hear_voice, read_signs
from flows.home import find_gazetteer
from models.article import Article, read_published
from models.weights import Weights

TABLE = Path(__file__).resolve().parent / "confidence.md"
FOLDS = 5
RIDGE = 10.0  # strength of the penalty on weights, in observations
STEPS = 40
BINS = 10

Document = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One row: its corpus, its document, its signs, whether the corpus has its event, and the weight it carries."""

    corpus: str
    document: str
    signs: dict[str, float]
    right: bool


def main() -> int:
    """Learns, writes weights and table; the exit status is 0, or 2 where there is nothing to learn from."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of corpora, each with a dev.jsonl")
    parser.add_argument(
        "--scorer", type=Path, help="folder of score.py (default: ../score beside the corpora)"
    )
    args = parser.parse_args()
    scorer = args.scorer or args.corpora.resolve().parent / "score"
    if not (scorer / "score.py").is_file() or not args.corpora.is_dir():
        print(f"error: no corpora at {args.corpora} or no scorer at {scorer}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(scorer))
    extractor = load_extractor(find_gazetteer())
    cases = [case for name in JUDGES for case in collect_cases(name, args.corpora, extractor)]
    names = sorted({sign for case in cases for sign in case.signs})
    write_weights(names, fit(table(cases, names), labels(cases)))
    write_table(cases, cross_validate(cases, names))
    return 0


def collect_cases(name: str, corpora: Path, extractor: Extractor) -> Iterator[Case]:
    """The judged rows of one corpus."""
    lines = (corpora / name / "dev.jsonl").read_text(encoding="utf-8").split("\n")
    documents = [json.loads(line) for line in lines if line]
    articles = [to_article(document) for document in documents]
    docs = extractor.pipeline.parse(article.text for article in articles)
    for document, article, doc in zip(documents, articles, docs, strict=True):
        mentions = extractor.find_mentions(doc)
        sheet, day = extractor.lay_out(doc, mentions), find_day(article)
        events = find_events(sheet, day, resolve_dates(mentions, article), extractor.words)
        voice = hear_voice(sheet)
        signs = [read_signs(event, sheet, voice) for event in events]
        rows = finish_events(events, sheet, article, day, extractor.words, ("", ""))
        verdicts = JUDGES[name](document, [row.model_dump(mode="json") for row in rows])
        for row_signs, verdict in zip(signs, verdicts, strict=True):
            if verdict is not None:
                yield Case(name, document["doc_id"], row_signs, verdict)


def to_article(document: Document) -> Article:
    """A corpus document as it is scored: in true casing where it has it, else in the machine's."""
    text = document.get("text_mixed") or document.get("text_truecased") or document["text"]
    date = document.get("date")
    return Article(text=text, doc_id=document["doc_id"], published=read_published(date) if date else None)


def table(cases: list[Case], names: list[str]) -> np.ndarray:
    """One line a case, one column a sign, and a last column of ones."""
    rows = [[*(case.signs.get(name, 0.0) for name in names), 1.0] for case in cases]
    return np.array(rows)


def labels(cases: list[Case]) -> np.ndarray:
    """1 where the row is right."""
    return np.array([float(case.right) for case in cases])


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression with a penalty on all weights but the intercept, by Newton's method."""
    weights = np.zeros(signs.shape[1])
    penalty = np.full(signs.shape[1], RIDGE)
    penalty[-1] = 0.0
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (odds - right) + penalty * weights
        bend = (signs * (odds * (1 - odds))[:, None]).T @ signs + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def cross_validate(cases: list[Case], names: list[str]) -> np.ndarray:
    """The confidence of each case by weights that were learned without its document."""
    keys = sorted({(case.corpus, case.document) for case in cases})
    fold = {key: number % FOLDS for number, key in enumerate(keys)}
    folds = np.array([fold[case.corpus, case.document] for case in cases])
    signs, right = table(cases, names), labels(cases)
    found = np.zeros(len(cases))
    for number in range(FOLDS):
        weights = fit(signs[folds != number], right[folds != number])
        found[folds == number] = 1 / (1 + np.exp(-signs[folds == number] @ weights))
    return found


def write_weights(names: list[str], weights: np.ndarray) -> None:
    """The weights as TOML, three digits, sorted by name."""
    made = Weights(
        intercept=round(float(weights[-1]), 3),
        weights={name: round(float(value), 3) for name, value in zip(names, weights, strict=False)},
    )
    lines = [f'"{name}" = {value}' for name, value in made.weights.items() if value]
    head = "# Log odds that a row is right, by sign (extractors/signs.py). Written by benchmarks/confidence.py.\n"
    body = "\n".join([f"{head}\nintercept = {made.intercept}", "", "[weights]", *lines, ""])
    TRAINED.write_text(body, encoding="utf-8")


def write_table(cases: list[Case], found: np.ndarray) -> None:
    """How often rows of each confidence were right."""
    right = labels(cases)
    lines = [HEAD]
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = (found >= low) & ((found < high) | (number == BINS - 1))
        if inside.any():
            said, was = found[inside].mean(), right[inside].mean()
            lines.append(f"| {low:.1f}-{high:.1f} | {inside.sum()} | {said:.2f} | {was:.2f} |")
    below = found < DOUBT
    gap = float(np.abs(bin_gaps(found, right)).sum())
    lines += [
        "",
        f"Expected calibration error {gap:.3f}; area under the ROC curve {rank(found, right):.3f}.",
        f"Below {DOUBT}: {int(below.sum())} rows, {right[below].mean():.2f} of them right.",
        "",
        "| corpus | rows | right | mean confidence | area under the ROC curve |",
        "|---|---|---|---|---|",
    ]
    for name in JUDGES:
        mine = np.array([case.corpus == name for case in cases])
        if mine.any():
            area = rank(found[mine], right[mine])
            lines.append(
                f"| {name} | {mine.sum()} | {right[mine].mean():.2f} | {found[mine].mean():.2f} | {area:.3f} |"
            )
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def bin_gaps(found: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Share of rows in each bin times the difference between confidence and truth."""
    number = np.minimum((found * BINS).astype(int), BINS - 1)
    sums = [(found - right)[number == n].sum() for n in range(BINS)]
    return np.array(sums) / len(found)


def rank(found: np.ndarray, right: np.ndarray) -> float:
    """How often a right row stands above a wrong one."""
    order = np.argsort(np.argsort(found, kind="stable"), kind="stable") + 1.0
    good, bad = right.sum(), (1 - right).sum()
    if not good or not bad:
        return float("nan")
    return float((order[right > 0].sum() - good * (good + 1) / 2) / (good * bad))


HEAD = """# How far confidence can be believed

`python -m benchmarks.confidence CORPORA`. Rows of development corpora by the confidence that weights learned without
their document give them, and how many of them the corpus has as an event.

| confidence | rows | mean | right |
|---|---|---|---|"""

if __name__ == "__main__":
    sys.exit(main())
