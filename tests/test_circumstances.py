"""Where and when of an event: which place and date of the sentence are its own, and whether an agreement is one."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

PLACES = {
    # who launched them is no place; where they were is
    "The air force shot down 41 drones launched by Russia on Friday.": None,
    "The air force shot down 41 drones over Russia on Friday.": "Russia",
    # a name that the model takes for a people, near which something happened; its namesakes abroad are hamlets
    "Gunmen attacked a convoy near Kidal on Thursday.": "Kidal",
}
STATUS = {
    "The army and the rebels agreed on Saturday to a ceasefire in Sudan.": "actual",
    "The two militias agreed to attack the camp at Rubaya.": "planned",
}


DATES = {
    # the year belongs to the bombing, the day to the arrest
    "Police jailed two men for the 2019 bombing of a bus in Nice.": {"arrest": None, "bombing": "2019"},
    "Police on Friday arrested two men for the 2019 bombing of a bus in Nice.": {
        "arrest": "Friday",
        "bombing": "2019",
    },
}


@pytest.mark.parametrize("text", DATES)
def test_each_event_has_its_own_date(text: str, extractor: Extractor) -> None:
    assert {row.event_type: row.date_text for row in read_rows(extractor, text)} == DATES[text]


@pytest.mark.parametrize("text", PLACES)
def test_event_has_its_own_place(text: str, extractor: Extractor) -> None:
    assert {row.place_text for row in read_rows(extractor, text)} == {PLACES[text]}


@pytest.mark.parametrize("text", STATUS)
def test_to_agree_makes_a_truce_and_plans_an_attack(text: str, extractor: Extractor) -> None:
    assert [row.status for row in read_rows(extractor, text)] == [STATUS[text]]
