"""Fates: one person is not both injured and killed by one event."""

import pytest

from extractors import extract_events
from extractors.extractor import Extractor
from models.article import Article

DIED = [
    "A 31-year-old man was shot outside a bakery in Tulsa on Friday. He died at a hospital an hour later.",
    "Gunmen shot Dana Whitcomb near her home in Tulsa on Friday. Whitcomb died of her wounds on Sunday.",
    "A woman was killed in a shooting in Tulsa on Friday. The woman was shot twice in the chest.",
]
SURVIVED = [
    "A man was killed in a shooting in Tulsa on Friday. A woman was shot in the leg.",
    "Gunmen killed a farmer in Tulsa on Friday. Another man was wounded in the arm.",
    "A teacher was killed in a shooting in Tulsa on Friday. The guard was shot in the hand.",
]


def find_losses(extractor: Extractor, text: str) -> tuple[int, int]:
    """The killed and injured of all rows."""
    ((_, rows),) = extract_events(extractor, [Article(text=text, doc_id="fates")])
    return sum(r.killed_best or 0 for r in rows), sum(r.injured_best or 0 for r in rows)


@pytest.mark.parametrize("text", DIED)
def test_whoever_was_shot_and_died_is_only_dead(extractor: Extractor, text: str) -> None:
    assert find_losses(extractor, text) == (1, 0)


@pytest.mark.parametrize("text", SURVIVED)
def test_somebody_else_who_was_shot_stays_injured(extractor: Extractor, text: str) -> None:
    assert find_losses(extractor, text) == (1, 1)
