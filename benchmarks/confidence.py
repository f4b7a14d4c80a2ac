"""Learns how sure a row is from development corpora, and measures how far its confidence can be believed.

python -m benchmarks.confidence CORPORA [--scorer FOLDER]

Writes `extractors/trained/confidence.toml` and `benchmarks/confidence.md`. A row is right where the corpus has the
event: a MUC-4 template that it is aligned with, or an ECB+ action in its sentence; rows of what a corpus does not
judge are left out. What is learned holds no word of a text: only the weights of the signs in `extractors/signs.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.judges import JUDGES
from benchmarks.logistic import (
    Case,
    cross_validate,
    keep_learned,
    labels,
    list_bins,
    measure_gap,
    measure_rank,
)
from benchmarks.readings import find_corpora, read_documents
from extractors import load_extractor
from extractors.confidence import DOUBT, TRAINED
from extractors.extractor import Extractor
from extractors.signs import hear_voice, read_signs
from flows.home import find_gazetteer

TABLE = Path(__file__).resolve().parent / "confidence.md"
HEAD = """# How far confidence can be believed

`python -m benchmarks.confidence CORPORA`. Rows of development corpora by the confidence that weights learned without
their document give them, and how many of them the corpus has as an event.

| confidence | rows | mean | right |
|---|---|---|---|"""


def main() -> int:
    """Learns, writes weights and table; the exit status is 0, or 2 where there is nothing to learn from."""
    corpora = find_corpora(__doc__)
    if corpora is None:
        return 2
    extractor = load_extractor(find_gazetteer())
    cases = [case for name in JUDGES for case in collect_cases(name, corpora, extractor)]
    head = "Log odds that a row is right, by sign (extractors/signs.py). Written by benchmarks/confidence.py."
    keep_learned(cases, TRAINED, head, TABLE, describe)
    return 0


def collect_cases(name: str, corpora: Path, extractor: Extractor) -> Iterator[Case]:
    """The judged rows of one corpus."""
    for read in read_documents(name, corpora, extractor, settled=False):
        voice = hear_voice(read.sheet)
        verdicts = JUDGES[name](read.document, read.rows)
        for event, verdict in zip(read.events, verdicts, strict=True):
            if verdict is not None:
                yield Case(name, read.document["doc_id"], read_signs(event, read.sheet, voice), verdict)


def describe(cases: Sequence[Case]) -> Iterator[str]:
    """The reliability table, by cross-validation over documents."""
    found, right = cross_validate(cases), labels(cases)
    below = found < DOUBT
    yield HEAD
    yield from list_bins(found, right)
    yield ""
    yield f"Expected calibration error {measure_gap(found, right):.3f}."
    yield f"Area under the ROC curve {measure_rank(found, right):.3f}."
    yield f"Below {DOUBT}: {int(below.sum())} rows, {right[below].mean():.2f} of them right."
    yield ""
    yield "| corpus | rows | right | mean confidence | area under the ROC curve |\n|---|---|---|---|---|"
    for name in JUDGES:
        mine = [n for n, case in enumerate(cases) if case.corpus == name]
        area = measure_rank(found[mine], right[mine])
        yield f"| {name} | {len(mine)} | {right[mine].mean():.2f} | {found[mine].mean():.2f} | {area:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
