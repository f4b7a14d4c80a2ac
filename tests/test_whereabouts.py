"""Where an event was whose own sentence does not say: from the sentences around, and from who acts."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

TOLD = {
    # the next sentence says where it was
    "Two soldiers were shot dead on Monday. The incident happened near the village of Tessit in Mali.": "Tessit",
    "A strike killed six people in their home. The house was in Beit Lahia, Gaza.": "Beit Lahia",
    # a noun stands for a town that was named before
    "Officials met in Bunia, Congo, on Friday. Gunmen opened fire in the town and killed two people.": "Bunia",
    # the police who act are at work there
    "Kandahar police arrested three militants on Sunday, officials in Afghanistan said.": "Kandahar",
    # every place that the article names is one town, where another of its events was, or lies in it
    "A bomb killed two people in Kandahar, Afghanistan. A day later gunmen shot dead a tribal elder.": "Kandahar",
    # counter-examples: the next sentence speaks of something else, or says where the convoy goes to
    "Gunmen killed four soldiers in a convoy on Monday. The convoy was due to leave Kidal on Friday.": None,
    "Gunmen killed four soldiers on Monday. The minister was in Paris.": None,
    "Officials met in Bunia on Friday. Gunmen opened fire in a town and killed two people.": None,
    "Army police arrested three militants on Sunday.": None,
}


APART = {  # the last event's place: other towns are named, or nothing says that the report is about the town
    "A bomb killed two people in Kandahar. Troops left Herat. Gunmen shot dead a tribal elder.": None,
    "A bomb killed two people in Kandahar. Gunmen shot dead an elder. Rebels executed a judge in 2015.": None,
    "KABUL (AP) - Gunmen shot dead a tribal elder on Monday.": None,
    "A shell killed two in Kharkiv. Troops left the Donetsk region. Gunmen shot dead a guard.": None,
    # a town of two names in the article, one of them its province's
    "A bomb killed two in Donetsk region's Toretsk. Toretsk lost power. Gunmen shot dead a guard.": "Toretsk",
}


@pytest.mark.parametrize("text", APART)
def test_the_setting_is_told_by_the_whole_article(text: str, extractor: Extractor) -> None:
    assert read_rows(extractor, text)[-1].place_text == APART[text]


@pytest.mark.parametrize("text", TOLD)
def test_place_is_found_around_the_sentence(text: str, extractor: Extractor) -> None:
    rows = read_rows(extractor, text)
    assert rows
    assert {row.place_text for row in rows} == {TOLD[text]}


def test_the_rule_that_found_it_is_told(extractor: Extractor) -> None:
    [row] = read_rows(extractor, "Kandahar police arrested three militants on Sunday.")
    assert [span.rule.split(" ")[0] for span in row.evidence["place"]] == ["whereabouts:police"]
    assert row.place_precision == "near"


def test_a_list_of_places_stays_together(extractor: Extractor) -> None:
    [row] = read_rows(extractor, "Russia launched 41 drones against the Kharkiv, Sumy and Poltava regions.")
    assert row.place_precision == "province"
    assert [row.place_text, *(p.text for p in row.other_places)] == ["Kharkiv", "Sumy", "Poltava regions"]


def test_towns_tell_more_of_the_country_than_countries_that_act(extractor: Extractor) -> None:
    text = (
        "Gunmen shot dead a mayor on Monday. The United States and Spain condemned it. "
        "Schools in Ayacucho, Huancayo and Lima were closed."
    )
    killing = next(row for row in read_rows(extractor, text) if row.actors and row.actors[0].text == "Gunmen")
    assert (killing.country, killing.place_text, killing.place_precision) == ("PER", None, "country")


def test_a_day_goes_on_with_a_pronoun(extractor: Extractor) -> None:
    text = "The rebels reached Bunia on Friday. They burned forty houses and killed two people."
    assert {row.date_text for row in read_rows(extractor, text)} == {"Friday"}


def test_a_day_does_not_go_on_without_one(extractor: Extractor) -> None:
    text = "The minister spoke in Bunia on Friday. Rebels burned forty houses."
    assert {row.date_text for row in read_rows(extractor, text)} == {None}
