"""Dates that are counted from others, or within them, read on 22 November 2023."""

import pytest
from spacy.language import Language

from tests.dated import check_dates

COUNTED = [
    "He was shot on [Monday two weeks ago](DATE=2023-11-06).",
    "He was shot [a week ago on Monday](DATE=2023-11-13), near a mill.",
    "Strikes killed 40 in [the first six months of 2023](DATE=2023-01-01..2023-06-30).",
    "Nine died in [the last two weeks of July](DATE=2023-07-18..2023-07-31).",
    "Attacks doubled in [the latter half of 2021](DATE=2021-07-01..2021-12-31).",
    "A truce for [three days from Monday](DATE=2023-11-20..2023-11-22) held.",
    "The curfew will last for [a week starting on Saturday](DATE=2023-11-25..2023-12-01).",
    "More than [two weeks after October 7](DATE=2023-10-21..), the road was shut.",
    "More than [a month before May 3, 2021](DATE=..2021-04-03), he fled.",
    "He was killed less than [a week before May 3, 2021](DATE=2021-04-26..2021-05-03).",
    "Less than [three days after May 3, 2021](DATE=2021-05-03..2021-05-06), he was freed.",
    "They will vote in [the week after next](DATE=2023-12-04..2023-12-10).",
    "A church burnt on [the first Sunday after Easter 2021](DATE=2021-04-11).",
    "Courts sat [the past three business days](DATE=2023-11-17..2023-11-22).",
    "He died [10 days before May 3, 2021](DATE=2021-04-23).",
]
NEAR = [
    "[Nine years ago today](DATE=2014-11-22) the mayor was shot.",
    "On [the first anniversary of the October 7](DATE=2023-10-07) attacks they prayed.",
    "It cost 900 lives in [the past decade](DATE=2013-11-22..2023-11-22).",
    "[The week before last](DATE=2023-11-06..2023-11-12) was quiet.",
    "He was seized [the night before last](DATE=2023-11-20).",
    "The village was shelled [the night before last Tuesday](DATE=2023-11-20).",
]
PLAIN = [
    "He was shot [a week ago](DATE=2023-11-13..2023-11-19). On [Monday](DATE=2023-11-20) he died.",
    "They fought for three days from the hills.",
    "The first six men of [2023](DATE=2023-01-01..2023-12-31) to fall were medics.",
    "The siege of three days began a week, starting a famine.",
]


@pytest.mark.parametrize("sentence", COUNTED)
def test_counted_dates(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize("sentence", PLAIN)
def test_counts_beside_dates(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize("sentence", NEAR)
def test_days_near_publication(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)
