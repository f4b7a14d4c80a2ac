"""Where and when of an event: which place and date of the sentence are its own, and whether an agreement is one."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

PLACES = {
    # the place within the place, however many nouns stand between; a landmark is not where it was
    "A bomb exploded at a market in the town of Kukawa, in Nigeria's Borno State, on Tuesday.": "Kukawa",
    "Fighters stormed a hotel in Mogadishu's Hodan district on Tuesday.": "Hodan district",
    "Troops shot a man in the village of Qarawa, south of Nablus in the West Bank.": "Qarawa",
    "Gunmen attacked a mine near the border between Burkina Faso and Niger.": "border between Burkina Faso and Niger",
    # where it was told is not where it was, unless nothing else is told
    "In Paris, the ministry said that troops had killed a rebel leader in Kidal.": "Kidal",
    "In Kidal, the ministry said that troops had killed a rebel leader.": "Kidal",
    # who launched them is no place; where they were is
    "The air force shot down 41 drones launched by Russia on Friday.": None,
    "The air force shot down 41 drones over Russia on Friday.": "Russia",
    # whose a company or a train is, and where somebody comes from, is not where it was, unless nothing else is told
    "Rebels burned a tanker of a Kolkata-based company at Dhabatand in Giridih District.": "Dhabatand",
    "A Gao district official was shot dead in Bamako.": "Bamako",
    "Gunmen shot dead the mayor of Bunia on Monday.": "Bunia",
    # a name that the model takes for a people, near which something happened; its namesakes abroad are hamlets
    "Gunmen attacked a convoy near Kidal on Thursday.": "Kidal",
}
COUNTRIES = {
    # a country that acts, speaks, owns or is dealt with is not where it happens
    "U.S. troops were attacked by gunmen on Monday. U.S. officials said two soldiers were killed.": None,
    "Gunmen kidnapped two French engineers. France said on Monday that it knew nothing.": None,
    "Gangs stormed a court to destroy papers meant to extradite the bosses to the United States.": None,
    "The United States condemned the bombing of a bus near Suchitoto. A bomb killed two guards.": "SLV",
    "Russia shelled two villages on Monday, killing a woman.": None,
    "Two guards were killed on Monday. The minister held talks on Iran.": None,
    "Rebels launched an attack on Chad on Monday.": "TCD",
    # one that something goes to, comes into or befalls is
    "Iran fired rockets at Israel on Monday.": "ISR",
    "Rockets were fired from Lebanon into Israel on Monday.": "ISR",
    "Israel was hit by rockets on Monday, killing two people.": "ISR",
    "Two people were killed in Turkey on Monday. Gunmen attacked a bus, Turkey said.": "TUR",
    # a state arrests and executes at home
    "Iran executed three men on Monday.": "IRN",
    "Iran killed three men on Monday.": None,
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


def test_land_that_is_occupied_is_not_seized_anew(extractor: Extractor) -> None:
    rows = read_rows(extractor, "Troops shot dead two men in the occupied West Bank on Tuesday.")
    assert {row.event_type for row in rows} == {"armed_assault"}


def test_land_that_troops_occupied_is(extractor: Extractor) -> None:
    rows = read_rows(extractor, "Rebel troops occupied the town of Bunagana on Tuesday.")
    assert "seizure" in {row.event_type for row in rows}


@pytest.mark.parametrize("text", DATES)
def test_each_event_has_its_own_date(text: str, extractor: Extractor) -> None:
    assert {row.event_type: row.date_text for row in read_rows(extractor, text)} == DATES[text]


@pytest.mark.parametrize("text", PLACES)
def test_event_has_its_own_place(text: str, extractor: Extractor) -> None:
    assert {row.place_text for row in read_rows(extractor, text)} == {PLACES[text]}


@pytest.mark.parametrize("text", COUNTRIES)
def test_country_says_where(text: str, extractor: Extractor) -> None:
    rows = [r for r in read_rows(extractor, text) if r.event_type != "accusation_or_condemnation"]
    assert {row.country for row in rows} == {COUNTRIES[text]}


@pytest.mark.parametrize("text", STATUS)
def test_to_agree_makes_a_truce_and_plans_an_attack(text: str, extractor: Extractor) -> None:
    assert [row.status for row in read_rows(extractor, text)] == [STATUS[text]]
