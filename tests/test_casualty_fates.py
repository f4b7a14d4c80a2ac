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
    "Gunmen killed Omar Said in Tulsa on Friday. His cousin was wounded in the arm.",
    "Gunmen killed a farmer in Tulsa on Friday. Another man was wounded in the arm.",
    "A teacher was killed in a shooting in Tulsa on Friday. The guard was shot in the hand.",
]
# A second telling, which its own doer keeps a row of its own.
RETOLD = {
    "Soldiers shot dead a clerk in Homs on Friday. The army denied it and said rebels shot the man.": (1, 0),
    "Police killed a boy in Homs on Friday. Rebels fired on a house, and the boy was shot, police said.": (
        1,
        0,
    ),
    "Police killed a boy in Homs on Friday. Rebels fired on a house, and a girl was shot, police said.": (
        1,
        1,
    ),
    "Police killed a boy in Homs on Friday. Rebels shot at a bus in Hama on Friday, and the boy was hit.": (
        1,
        0,
    ),
}

GROUPS = {
    "A driver and two guards were killed near Gimbi on Monday. The three were dragged from a car and shot.": (
        3,
        0,
    ),
    "Two people were shot dead in Nairobi. Both of the dead, a student and a rider, had been shot in the chest.": (
        2,
        0,
    ),
    "A driver and two guards died in an ambush in Oromia. The three were shot near Gimbi by the OLA, he said.": (
        3,
        0,
    ),
    "Gunmen killed three guards in Oromia. The two herders were shot near Gimbi by the OLA, he said.": (3, 2),
    "Gunmen killed three guards in Gimbi. They shot and wounded five herders on the road to Nejo.": (3, 5),
    "A man was killed in a shooting in Tulsa. Officers found a man with a gunshot wound, who was dead.": (
        1,
        0,
    ),
}


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


@pytest.mark.parametrize("text", RETOLD)
def test_the_dead_man_is_no_injured_one_of_a_second_telling(extractor: Extractor, text: str) -> None:
    assert find_losses(extractor, text) == RETOLD[text]


@pytest.mark.parametrize("text", GROUPS)
def test_several_who_were_shot_are_the_dead_told_before(extractor: Extractor, text: str) -> None:
    assert find_losses(extractor, text) == GROUPS[text]
