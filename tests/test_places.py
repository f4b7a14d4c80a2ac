"""Places in sentences: found, linked, and told no more precisely than the text does."""

import sqlite3

import pytest

from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.places import PlaceLexicon, compile_places, find_places
from flows.home import find_gazetteer
from models.errors import GazetteerError
from models.mention import Mention, PlaceValue
from tests.conftest import check


@pytest.fixture(scope="module")
def lexicon(pipeline: Pipeline) -> PlaceLexicon:
    path = find_gazetteer()
    if not path.exists():
        raise GazetteerError("the gazetteer is missing: run `make setup`")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    return compile_places(Gazetteer(connection), LEXICONS)


def country_of(mention: Mention) -> str | None:
    assert isinstance(mention.value, PlaceValue)
    return mention.value.country


def read(pipeline: Pipeline, lexicon: PlaceLexicon, text: str) -> dict[str, PlaceValue]:
    """The values of a text's places by their words."""
    found = find_places(pipeline.nlp(text), lexicon)
    assert all(text[m.start : m.end] == m.text for m in found)
    return {m.text: m.value for m in found if isinstance(m.value, PlaceValue)}


@pytest.mark.parametrize(
    "sentence",
    [
        # model:GPE, places.csv, countries.toml, places:kind, places:preposition, places:repeated, dateline
        "Gunmen killed four people in [Maiduguri](PLACE=NGA), [Nigeria](PLACE=NGA).",
        "Rockets landed near [Ain al-Asad air base](PLACE=IRQ) in [Iraq](PLACE=IRQ) on Monday.",
        "Shells hit [Chasiv Yar](PLACE=UKR) and [Kostiantynivka](PLACE=UKR) in [Ukraine](PLACE=UKR).",
        "The attack in [Helmand province](PLACE=AFG) was claimed by the Taliban.",
        "Near [Palmyra](PLACE=SYR), one strike destroyed a tank, officials in [Syria](PLACE=SYR) said.",
        "[BOGOTA](PLACE=COL) (AP) - Rebels blew up a pipeline in [Arauca](PLACE=COL), [Colombia](PLACE=COL).",
        "A drone struck a tanker in the [Red Sea](PLACE), off [Hodeidah](PLACE=YEM) in [Yemen](PLACE=YEM).",
        "Smugglers were shot on the [Iraqi-Syrian border](PLACE) and the [Chad-Sudan border](PLACE).",
        # counter-examples: demonyms, people with names of countries, institutions, common words
        "Iraqi and Turkish officers met a Syrian general.",
        "The Iraqi-Syrian talks ended.",
        "Jordan Peterson met Chad Miller.",
        "The Police and the Army denied it.",
        "An officer read the statement in a calm voice.",
    ],
)
def test_places_are_found(pipeline: Pipeline, lexicon: PlaceLexicon, sentence: str) -> None:
    check(pipeline.nlp, lambda doc: find_places(doc, lexicon), sentence, country_of)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Clashes broke out in Tripoli, Lebanon, on Friday.", "Tripoli", "LBN"),
        ("Militias clashed in Tripoli as Libya's two governments talked.", "Tripoli", "LBY"),
        ("Rebels attacked San Miguel, the Salvadoran army said in San Salvador.", "San Miguel", "SLV"),
        ("The army of Peru said that rebels attacked San Miguel near Ayacucho.", "San Miguel", "PER"),
        ("Russian troops entered Georgia and shelled Gori.", "Georgia", "GEO"),
        ("Two men were shot in Georgia, Alabama and Tennessee, US officials said.", "Georgia", "USA"),
        ("The Niger army fought Boko Haram near Diffa.", "Niger", "NER"),
        ("Bandits raided three villages in Niger State, Nigeria.", "Niger State", "NGA"),
    ],
)
def test_context_decides_between_namesakes(
    pipeline: Pipeline, lexicon: PlaceLexicon, text: str, words: str, country: str
) -> None:
    assert read(pipeline, lexicon, text)[words].country == country


def test_outlet_may_decide_where_the_text_is_silent(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    doc = pipeline.nlp("Maoists blew up a railway track near Bhojpur, police said.")
    places = {name: country_of(find_places(doc, lexicon, {name: 2.0})[0]) for name in ("IND", "NPL")}
    assert places == {"IND": "IND", "NPL": "NPL"}


@pytest.mark.parametrize(
    ("text", "words", "precision"),
    [
        ("A bomb went off in Kirkuk, Iraq.", "Kirkuk", "exact"),
        ("A bomb went off near Kirkuk, Iraq.", "Kirkuk", "near"),
        ("A bomb went off in Kirkuk province, Iraq.", "Kirkuk province", "province"),
        ("A bomb went off in northern Iraq.", "northern Iraq", "region"),
        ("A bomb went off in Iraq.", "Iraq", "country"),
        ("Fighting spread across Darfur in Sudan.", "Darfur", "region"),
        ("A frigate sank in the Black Sea.", "Black Sea", "sea_or_air"),
        ("Fighters took the Rutba district of Anbar in Iraq.", "Rutba district", "district"),
    ],
)
def test_precision_is_the_text_s(
    pipeline: Pipeline, lexicon: PlaceLexicon, text: str, words: str, precision: str
) -> None:
    assert read(pipeline, lexicon, text)[words].precision == precision


def test_near_is_wider_than_in(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    inside = read(pipeline, lexicon, "A bomb went off in Kirkuk, Iraq.")["Kirkuk"]
    near = read(pipeline, lexicon, "A bomb went off near Kirkuk, Iraq.")["Kirkuk"]
    assert near.relation == "near"
    assert inside.radius_km is not None
    assert near.radius_km is not None
    assert near.radius_km > inside.radius_km


def test_a_distance_and_a_direction_move_the_point(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    town = read(pipeline, lexicon, "A convoy was hit in Bakhmut, Ukraine.")["Bakhmut"]
    south = read(pipeline, lexicon, "A convoy was hit 30 km south of Bakhmut, Ukraine.")["Bakhmut"]
    assert south.relation == "30 km south of"
    assert south.precision == "near"
    assert town.latitude is not None
    assert south.latitude is not None
    assert town.latitude - south.latitude == pytest.approx(30 / 111.2, abs=0.01)
    assert south.longitude == pytest.approx(town.longitude, abs=0.01)


def test_a_direction_without_distance_moves_nothing(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    town = read(pipeline, lexicon, "A convoy was hit in Bakhmut, Ukraine.")["Bakhmut"]
    south = read(pipeline, lexicon, "A convoy was hit south of Bakhmut, Ukraine.")["Bakhmut"]
    assert (south.latitude, south.precision, south.relation) == (town.latitude, "near", "south of")


def test_a_name_speaks_for_no_namesake_of_its_own(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    text = "In Washington, the Pentagon said that US forces had killed a leader in Syria's Idlib province."
    assert read(pipeline, lexicon, text)["Washington"].admin1 == "District of Columbia"


def test_unknown_village_has_no_point(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    value = read(pipeline, lexicon, "Gunmen burned the village of Qwarbozzo in Nigeria.")["Qwarbozzo"]
    assert (value.id, value.latitude, value.country, value.precision) == (None, None, None, "exact")


def test_river_is_not_the_country_it_is_named_like(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    value = read(pipeline, lexicon, "A ferry sank on the Niger River in Mali.")["Niger River"]
    assert value.precision == "region"
    assert value.country is None


def test_place_inside_an_organisation_says_so(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    doc = pipeline.nlp("The Basra Health Directorate said that five people died in Basra, Iraq.")
    rules = [m.rule for m in find_places(doc, lexicon) if m.text == "Basra"]
    assert rules[0] == "places:inside"
    assert rules[1] != "places:inside"


def test_same_text_same_mentions(pipeline: Pipeline, lexicon: PlaceLexicon) -> None:
    text = "Fighters from Idlib and Aleppo met in Ankara, near the villages of Kafr Nabl and Sarmin in Syria."
    assert find_places(pipeline.nlp(text), lexicon) == find_places(pipeline.nlp(text), lexicon)
