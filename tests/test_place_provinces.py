"""Provinces that newspapers name by their town or in other spellings, and places in them."""

import pytest

from extractors.extractor import Extractor
from models.mention import PlaceValue

PROVINCES = {  # the words, the province as the gazetteer names it, its country
    "Belgorod region": ("Belgorodskaya oblast'", "RUS"),
    "Kyiv region": ("Kyivska oblast", "UKR"),
    "Odessa region": ("Odeska oblast", "UKR"),
    "Aleppo province": ("Ḩalab", "SYR"),
    "Hodeidah governorate": ("Al Ḩudaydah", "YEM"),
    "Dohuk province": ("Dahūk", "IRQ"),
    "Anbar province": ("Al Anbār", "IRQ"),
    "Jonglei state": ("Jonglei", "SSD"),
    "Plateau state": ("Plateau State", "NGA"),
    # a district is as good where a country calls its districts provinces
    "Sultan Kudarat province": ("Sultan Kudarat", "PHL"),
}


def read_places(extractor: Extractor, text: str) -> dict[str, PlaceValue]:
    mentions = extractor.find_mentions(extractor.pipeline.nlp(text))
    return {m.text: m.value for m in mentions if isinstance(m.value, PlaceValue)}


@pytest.mark.parametrize("words", PROVINCES)
def test_a_province_is_no_town(words: str, extractor: Extractor) -> None:
    place = read_places(extractor, f"Four people were killed in {words} on Monday.")[words]
    assert (place.name, place.country) == PROVINCES[words]
    assert place.precision in {"province", "district"}


def test_the_town_alone_is_the_town(extractor: Extractor) -> None:
    place = read_places(extractor, "Four people were killed in Belgorod on Monday.")["Belgorod"]
    assert (place.name, place.precision) == ("Belgorod", "exact")


def test_a_town_is_found_in_the_province_that_holds_it(extractor: Extractor) -> None:
    places = read_places(extractor, "A bomb fell on Toretsk in the Donetsk region. Toretsk lost power.")
    assert (places["Toretsk"].name, places["Toretsk"].precision) == ("Toretsk", "exact")


def test_a_listed_province_lies_in_no_other(extractor: Extractor) -> None:
    places = read_places(
        extractor, "Fighting went on in Salahuddin province, Kirkuk province and Ghoor province."
    )
    assert places["Salahuddin province"].name == "Salah ad-Din province"
    assert places["Kirkuk province"].name == "Kirkūk"


def test_a_region_is_not_the_province_of_another_name_that_its_town_lies_in(extractor: Extractor) -> None:
    text = "Four people were killed in the Bandiagara region of Mali, officials in Mali said."
    assert read_places(extractor, text)["Bandiagara region"].admin1 == "Mopti"
    assert read_places(extractor, text)["Bandiagara region"].name == "Bandiagara Cercle"
