"""Learns which actor mention near an event names its doer, and measures how far that can be believed.

python -m benchmarks.perpetrators CORPORA [--scorer FOLDER]

Writes `extractors/trained/perpetrators.toml` and `benchmarks/perpetrators.md`. Learned from the MUC-4 templates that
a row is aligned with: a mention is right if it agrees with one of the template's perpetrators. What is learned holds
no word of a text: only the weights of the signs in `extractors/actor_signs.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.judges import align_muc4
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
from extractors.actor_signs import read_actor_signs, read_value
from extractors.extractor import Extractor
from extractors.perpetrators import APART, LIKELY, TRAINED, list_candidates
from flows.home import find_gazetteer

TABLE = Path(__file__).resolve().parent / "perpetrators.md"
HEAD = """# How far linked perpetrators can be believed

`python -m benchmarks.perpetrators CORPORA`. Pairs of an event and an actor mention near it, by the probability that
weights learned without their document give them, and how many of them name who did it by the MUC-4 key.

| probability | pairs | mean | right |
|---|---|---|---|"""


def main() -> int:
    """Learns, writes weights and table; the exit status is 0, or 2 where there is nothing to learn from."""
    corpora = find_corpora(__doc__)
    if corpora is None:
        return 2
    cases = list(collect_cases(corpora, load_extractor(find_gazetteer())))
    head = (
        "Log odds that an actor mention names the doer (extractors/actor_signs.py). "
        "Written by benchmarks/perpetrators.py."
    )
    keep_learned(cases, TRAINED, head, TABLE, describe)
    return 0


def collect_cases(corpora: Path, extractor: Extractor) -> Iterator[Case]:
    """Each event that a template tells, with each actor mention near it."""
    for read in read_documents("muc4", corpora, extractor, settled=True):
        told = align_muc4(read.document, read.rows)
        for number, event in enumerate(read.events):
            key = told.get(read.rows[number]["event_id"])
            if key is None or event.is_saying or event.type in APART:
                continue
            for mention in list_candidates(event, read.cast):
                signs = read_actor_signs(event, number, mention, read.cast)
                forms = (mention.text, read_value(mention, read.cast.references).name)
                yield Case("muc4", read.document["doc_id"], signs, is_perpetrator(forms, key))


def is_perpetrator(forms: tuple[str, ...], key: Any) -> bool:
    """Whether the key names the actor among those who did it, optional entries included."""
    from scoring import names  # noqa: PLC0415  # the scorer is known only when the command line names it

    slots = ("perp_individual", "perp_organization")
    entries = [entry for slot in slots for entry in key.entries.get(slot, ())]
    return any(names.agree_any(forms, entry.values) for entry in entries)


def describe(cases: Sequence[Case]) -> Iterator[str]:
    """The reliability table, by cross-validation over documents."""
    found, right = cross_validate(cases), labels(cases)
    ruled = [n for n, case in enumerate(cases) if case.signs["doer"]]
    free = [n for n, case in enumerate(cases) if not case.signs["doer"] and found[n] >= LIKELY]
    yield HEAD
    yield from list_bins(found, right)
    yield ""
    yield f"Expected calibration error {measure_gap(found, right):.3f}."
    yield f"Area under the ROC curve {measure_rank(found, right):.3f}."
    yield f"Mentions that grammar reads as the doer: {len(ruled)}, {right[ruled].mean():.2f} of them right."
    yield f"Others that are linked as likely (from {LIKELY}): {len(free)}, {right[free].mean():.2f} of them right."


if __name__ == "__main__":
    sys.exit(main())
