"""A kind of deed, the toll of a whole war and attacks of words are no single events; what looks like them may be."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

GENERIC = [
    "The death squads kill peasants, teachers and priests.",
    "They only know how to murder people.",
    "Soldiers who bomb villages are criminals.",
]
REAL = [
    "Gunmen kill traders.",  # a headline
    "The rebels kill soldiers in Suchitoto.",
    "The gunmen kill two traders.",
    "The gunmen killed traders and priests.",
    "The gunmen attack the mayor.",
    "The rebels used bombs to kill the guards.",
]
TOLLS = [
    "In ten years of war 70,000 people have been killed.",
    "The war, in which 70,000 people have been killed, goes on.",
    "Since the war began, the army has killed more than 20,000 people.",
]
LOSSES = [
    "On Monday, in the tenth year of the war, 120 people were killed in Gao.",
    "Two people were killed in the war.",
    "A bomb killed 120 people at a shrine.",
]


@pytest.mark.parametrize("text", GENERIC)
def test_kinds_of_deeds_are_generic(extractor: Extractor, text: str) -> None:
    assert {row.status for row in read_rows(extractor, text)} == {"generic"}


@pytest.mark.parametrize("text", REAL)
def test_news_in_such_words_stays_news(extractor: Extractor, text: str) -> None:
    assert {row.status for row in read_rows(extractor, text)} == {"actual"}


@pytest.mark.parametrize("text", TOLLS)
def test_the_toll_of_a_war_sums(extractor: Extractor, text: str) -> None:
    assert {(row.status, row.is_aggregate) for row in read_rows(extractor, text)} == {("historical", True)}


@pytest.mark.parametrize("text", LOSSES)
def test_losses_of_one_event_do_not(extractor: Extractor, text: str) -> None:
    assert {(row.status, row.is_aggregate) for row in read_rows(extractor, text)} == {("actual", False)}


def test_the_toll_of_a_war_is_not_that_of_a_bomb(extractor: Extractor) -> None:
    text = "A bomb killed a guard in Suchitoto on Monday. More than 50,000 people have died in the nine-year war."
    assert [r.killed_best for r in read_rows(extractor, text) if r.status == "actual"] == [1]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The bishop attacked the government in his homily.", 0),
        ("The minister attacked the press in a speech on Monday.", 0),
        ("The Taliban claimed the attack on a bank in Kunduz in a statement on Monday.", 1),
        ("Gunmen attacked the minister during a speech in Kano on Monday.", 1),
        ("Rebels attacked a post in Gao, the army said in a statement.", 1),
    ],
)
def test_attacks_of_words_are_no_events(extractor: Extractor, text: str, rows: int) -> None:
    assert len(read_rows(extractor, text)) == rows


@pytest.mark.parametrize(
    ("text", "status", "killed"),
    [
        ("The army repelled an attack on a post in Gao, killing five rebels.", "actual", 5),
        ("Guards foiled an attempt to kill the mayor in Gao; one guard was wounded.", "actual", None),
        ("Guards foiled an attempt to kill the mayor in Gao.", "thwarted", 1),
        ("The army repelled an attack on a post in Gao, and nobody was killed.", "thwarted", 0),
    ],
)
def test_what_had_victims_was_not_thwarted(
    extractor: Extractor, text: str, status: str, killed: int | None
) -> None:
    [row] = read_rows(extractor, text)
    assert (row.status, row.killed_best) == (status, killed)
