"""On which side of publication a date lies, read on 22 November 2023: one sentence for each cue, and one against."""

import pytest
from spacy.language import Language

from tests.dated import check_dates

AHEAD = [
    "On [Friday](DATE=2023-11-24), voters will choose a mayor.",
    "They must leave by [Friday](DATE=2023-11-24).",
    "The rebels gave the families [until noon Friday](DATE=..2023-11-24) to pay.",
    "The truce was extended [until Saturday](DATE=..2023-11-25).",
    "Omar K. Haddad will succeed Salim P. Nasser on [December 5](DATE=2023-12-05).",
    "The hearing is on [December 5](DATE=2023-12-05).",
    "He ignored the [December 5](DATE=2023-12-05) deadline.",
    "He threatened those who take part in [the 5 December](DATE=2023-12-05) elections.",
    "The mayor refused to put off the vote on [December 5](DATE=2023-12-05).",
    "They set [December 5](DATE=2023-12-05) as the deadline.",
    "They gave him until 9 a.m. [Friday](DATE=2023-11-24) to pay.",
    "Protesters planned a rally on [Saturday](DATE=2023-11-25).",
    "The cell may strike on [Friday](DATE=2023-11-24).",
]
BEHIND = [
    "On [Friday](DATE=2023-11-17), voters chose a mayor who will govern.",
    "The garrison had left by [Friday](DATE=2023-11-17).",
    "The families were held [until Tuesday](DATE=..2023-11-21) in a cellar.",
    "The army extended its offer on [Saturday](DATE=2023-11-18).",
    "He would not comment on [Tuesday](DATE=2023-11-21)'s raid.",
    "The minister could not be reached on [Tuesday](DATE=2023-11-21).",
    "They waited [until Friday](DATE=..2023-11-17) to attack.",
    "The cell may be behind an attack on [Friday](DATE=2023-11-17).",
    "He would have been freed on [Friday](DATE=2023-11-17), his lawyer said.",
    "Ahead of the vote, the army on [Sunday](DATE=2023-11-19) closed the road.",
    "He mourned those who died in [the 5 December](DATE=2022-12-05) bombing.",
    "The elections of [17 October](DATE=2023-10-17) were calm.",
    "A raid on [December 5](DATE=2022-12-05) killed two.",
    "Chronicle: rebels attack a convoy on [December 5](DATE=2022-12-05).",
    "Blast in Kabul, [December 5](DATE=2022-12-05).",
]


@pytest.mark.parametrize("sentence", AHEAD)
def test_plans_lie_ahead(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize("sentence", BEHIND)
def test_what_has_happened_lies_behind(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)
