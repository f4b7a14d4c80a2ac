"""What is told only of its doers is background to what becomes of them; what is fresh or told for itself is news."""

import pytest

from extractors.extractor import Extractor
from models.event import EventRow
from tests.reading import read_rows

HISTORY = [
    # (text read on Wednesday 15 May 2024, its past deed's trigger)
    ("Police arrested a rebel who was involved in the killing of eight guards.", "killing"),
    ("A rebel wanted for the murder of two traders gave himself up to the army in Gao.", "murder"),
    ("A rebel accused of killing two traders was shot dead by soldiers near Gao.", "killing"),
    ("Soldiers killed a rebel wanted for the murder of a mayor.", "murder"),
    ("Police arrested three men over the killing of two priests in Mopti.", "killing"),
    ("Police arrested a man in connection with the killing of six porters in Kano.", "killing"),
    ("A rebel who had masterminded the blast that killed 11 guards was arrested in Gao.", "blast"),
    ("A court in Kano jailed three men for a bombing that killed nine people in Mopti.", "bombing"),
    ("A rebel was arrested in Gao. Police said that he had earlier killed two traders in Mopti.", "killed"),
    ("Two rebels surrendered in Gao. They confessed to the murder of a trader.", "murder"),
]
NEWS = [
    # the attack is itself the news: it is of the last days
    ("Police arrested a man over Sunday's bombing in Kano, which killed four people.", "bombing"),
    ("Three men wanted for the killing of two priests in Mopti on Monday were still at large.", "killing"),
    # it is told for itself as well
    (
        "A bomb killed four people in Kano. Police arrested two men in connection with the bombing.",
        "killed",
    ),
    # nothing becomes of its doers
    ("Soldiers were involved in the killing of four villagers in Mopti, witnesses said.", "killing"),
    ("Amnesty accused the army of killing villagers in Moura.", "killing"),
    ("Gunmen shot dead two traders in Mopti. They had earlier attacked a bus near Gao.", "attacked"),
    # others did it than those who were arrested
    ("Police arrested a thief in Gao. Soldiers were involved in the killing of four villagers.", "killing"),
    # they were caught in the act, they deny it, or it is still to come
    ("Police arrested a man after he took part in an attack on a bus in Gao.", "attack"),
    ("A man was arrested in Gao. A mayor denied involvement in the killing of two traders.", "killing"),
    ("Police arrested a rebel. Troops are to take part in an attack on Mopti.", "attack"),
    # a man who is shot at the scene is part of the same news
    ("A gunman who had stabbed three people in Kano was shot dead by police.", "stabbed"),
    ("Police arrested a man. Rebels who wanted to rule the town killed two traders in Gao.", "killed"),
]


def find_row(extractor: Extractor, text: str, trigger: str) -> EventRow:
    return next(r for r in read_rows(extractor, text) if r.trigger == trigger)


@pytest.mark.parametrize(("text", "trigger"), HISTORY)
def test_what_is_told_of_its_doers_is_history(extractor: Extractor, text: str, trigger: str) -> None:
    assert find_row(extractor, text, trigger).status == "historical"


@pytest.mark.parametrize(("text", "trigger"), NEWS)
def test_news_stays_news(extractor: Extractor, text: str, trigger: str) -> None:
    assert find_row(extractor, text, trigger).status != "historical"


@pytest.mark.parametrize(("text", "trigger"), HISTORY)
def test_undated_history_is_not_dated_by_its_page(extractor: Extractor, text: str, trigger: str) -> None:
    assert find_row(extractor, text, trigger).date_source is None


def test_the_dead_of_a_past_deed_are_not_those_of_the_news(extractor: Extractor) -> None:
    rows = read_rows(extractor, "Soldiers killed a rebel wanted for the murder of a mayor in Gao.")
    assert [(r.status, r.killed_best) for r in rows] == [("actual", 1), ("historical", 1)]


def test_the_date_of_an_arrest_is_not_that_of_the_deed(extractor: Extractor) -> None:
    text = "A rebel involved in the killing of two priests in March 2024 was arrested in Gao on Monday."
    rows = {r.event_type: r for r in read_rows(extractor, text)}
    assert rows["arrest"].date_text == "Monday"
    assert rows["violence_against_civilians"].date_text == "March 2024"


def test_whoever_is_accused_and_shot_accuses_nobody(extractor: Extractor) -> None:
    rows = read_rows(extractor, "A rebel accused of killing two traders was shot dead by soldiers near Gao.")
    [accusation] = [r for r in rows if r.event_type == "accusation_or_condemnation"]
    assert not accusation.actors
