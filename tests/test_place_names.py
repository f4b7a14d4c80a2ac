"""Names of places among other names: where they begin and end, and which are no place."""

import pytest

from extractors.extractor import Extractor
from models.mention import PlaceValue

FOUND = {
    # the whole of a longer name, and not its beginning
    "Floods hit Rio Grande do Sul and Baja California.": {
        "Rio Grande do Sul": "BRA",
        "Baja California": "MEX",
    },
    # the place in the name of an office, a body, a person's title
    "Harare Mayor Ben Moyo met UK Treasury staff.": {"Harare": "ZWE", "UK": "GBR"},
    "The Owensboro Public Schools were closed in Kentucky.": {"Owensboro": "USA", "Kentucky": "USA"},
    # a possessive parts two names
    "Troops entered northwestern Syria’s Idlib province.": {
        "northwestern Syria": "SYR",
        "Idlib province": "SYR",
    },
    "The UK’s envoy left Malta.": {"UK": "GBR", "Malta": "MLT"},
    # the dateline, also behind a title and before a colon; a town before a state, also where a title is glued to it
    "Two held in raid. NEW DELHI: Officers in India searched a house.": {"NEW DELHI": "IND", "India": "IND"},
    "Deputy shot - CBS DenverAURORA, Colo. - A deputy was shot.": {"AURORA": "USA", "Colo.": "USA"},
    # a city that the model takes for a person's name
    "Talks went on between Tamil Nadu and Karnataka in India.": {
        "Tamil Nadu": "IND",
        "Karnataka": "IND",
        "India": "IND",
    },
    # an unknown place stands in the known one that the text puts it in
    "A shell fell near the Qorbat mosque in the old quarter of Mosul, Iraq.": {
        "Qorbat mosque": "IRQ",
        "Mosul": "IRQ",
        "Iraq": "IRQ",
    },
    # each of a list of villages is one, in the district that the list ends with
    "Rebels entered Tamparsi, Banjaridi and Larabi villages of Sambalpur district in India.": {
        "Tamparsi": "IND",
        "Banjaridi": "IND",
        "Larabi": "IND",
        "Sambalpur district": "IND",
        "India": "IND",
    },
    # a quarter may be called after a people
    "A house in the Saudi neighbourhood of Rafah was hit.": {"Saudi neighbourhood": "PSE", "Rafah": "PSE"},
    # a capital may be told by its country alone; capital that is money is none
    "A car bomb exploded in the Somali capital.": {"Somali capital": "SOM"},
    "Shells fell near the Ukrainian capital on Monday.": {"Ukrainian capital": "UKR"},
    "Firms said that the Chinese capital market grew.": {},
    # a name before a police force is where they are
    "Peshawar police found a rifle.": {"Peshawar": "PAK"},
}
NONE = (
    # families and their houses, makers, kinds of forces, people
    "A strike hit the home of the al-Hamdan family.",
    "They shot at the house of Professor Hassan Rafati.",
    "A Mazda struck a Ford Bronco.",
    "Federal Police and National Guard officers met a Saudi general.",
    "The Blue Jays beat the Red Sox.",
    # offices and what armed parties hold
    "Three rebels surrendered before the DIG on Monday.",
    "Police raided a Maoist camp and Hamas positions.",
)


def find(extractor: Extractor, text: str, url: str | None = None) -> dict[str, PlaceValue]:
    """The values of a text's places by their words."""
    mentions = extractor.find_mentions(extractor.pipeline.nlp(text), url)
    return {m.text: m.value for m in mentions if isinstance(m.value, PlaceValue)}


@pytest.mark.parametrize("text", FOUND)
def test_names_are_cut_where_places_end(text: str, extractor: Extractor) -> None:
    assert {name: value.country for name, value in find(extractor, text).items()} == FOUND[text]


@pytest.mark.parametrize("text", NONE)
def test_other_names_are_no_places(text: str, extractor: Extractor) -> None:
    assert find(extractor, text) == {}


def test_an_unknown_place_is_no_more_precise_than_near_the_known_one(extractor: Extractor) -> None:
    found = find(extractor, "A shell fell near the Qorbat mosque in the old quarter of Mosul, Iraq.")
    unknown, town = found["Qorbat mosque"], found["Mosul"]
    assert (unknown.latitude, unknown.longitude) == (town.latitude, town.longitude)
    assert (unknown.name, unknown.id, unknown.precision) == ("Qorbat mosque", None, "near")


def test_an_unknown_place_beside_another_sentence_s_town_has_no_point(extractor: Extractor) -> None:
    found = find(extractor, "A shell fell near the Qorbat mosque. Talks in Mosul, Iraq, went on.")
    assert found["Qorbat mosque"].latitude is None


@pytest.mark.parametrize(
    ("text", "province"),
    [
        # beside a town in a list is not in it, but in what the list ends with
        ("Gunmen burned the villages of Qwarbo and Maiduguri in Nigeria.", None),
        ("Gunmen burned the villages of Qwarbo, Maiduguri and Bama in Borno State, Nigeria.", "Borno"),
        ("Gunmen burned the village of Qwarbo, Borno State, in Nigeria.", "Borno"),
    ],
)
def test_a_list_holds_no_unknown_place(text: str, province: str | None, extractor: Extractor) -> None:
    assert find(extractor, text)["Qwarbo"].admin1 == province


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.example.co.uk/news/1", "GBR"),
        ("http://news.example.ca:8080/a", "CAN"),
        ("https://example.com/ca", "GBR"),  # a path is no domain
        ("https://example.tv/1", "GBR"),  # nor is one that is sold to anybody a country's
        (None, "GBR"),
    ],
)
def test_the_outlet_s_country_decides_between_namesakes(
    url: str | None, country: str, extractor: Extractor
) -> None:
    text = "Officers in London searched a flat; a man from Windsor was held."
    assert find(extractor, text, url)["London"].country == country


def test_a_region_weighs_for_no_country_of_a_namesake(extractor: Extractor) -> None:
    found = find(extractor, "Envoys of Melbourne and Victoria spoke of the Middle East.")
    assert found["Melbourne"].country == "AUS"


def test_a_building_named_after_a_distant_town_is_not_there(extractor: Extractor) -> None:
    text = "A blast hit the Tripoli hotel in Gaza City. The wounded were taken to Khan Younis in Gaza."
    assert find(extractor, text)["Tripoli hotel"].country in {"PSE", None}


def test_a_namesake_outside_the_named_district_is_not_meant(extractor: Extractor) -> None:
    text = "A farmer was killed at Karanja in the Latehar District of Jharkhand, India."
    assert "Karanja" not in find(extractor, text)
    assert (
        find(extractor, "A farmer was killed at Karanja in Maharashtra, India.")["Karanja"].country == "IND"
    )


def test_both_ends_of_a_road_are_only_near(extractor: Extractor) -> None:
    found = find(extractor, "Two men were shot on the road between Maiduguri and Damboa, in Nigeria.")
    assert (found["Maiduguri"].precision, found["Damboa"].precision) == ("near", "near")


def test_miles_at_sea_are_longer(extractor: Extractor) -> None:
    found = find(extractor, "A tanker was hit 58 nautical miles west of the Yemeni port of Hodeidah.")
    assert found["Hodeidah"].relation == "107 km west of"
    assert found["Hodeidah"].precision == "near"
