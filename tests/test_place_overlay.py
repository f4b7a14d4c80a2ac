"""The overlay: a row of places.csv counts at once, beside the places of the file and in their stead."""

import re
import shutil
from pathlib import Path

import pytest

from extractors.gazetteer import Gazetteer
from extractors.loading import name_version
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.place_entries import lay_over
from extractors.place_words import PlaceWords, read_place_words, strip_kind
from extractors.places import compile_places, find_places
from models.errors import LexiconError
from models.mention import PlaceValue
from models.place import read_places
from tests.test_gazetteer import HEADER, ROW, small, whole, write  # noqa: F401

NEW = "qalat-zurmik,Qalat Zurmik,Kalat Zourmik|Zurmik Heights,SYR,Homs,34.9,38.1,3,exact,settlement"
TEXT = "Shells fell on Qalat Zurmik, and two men were killed at Zurmik Heights in Syria."


@pytest.fixture
def lexicons(tmp_path: Path) -> Path:
    """A copy of the lexicons that a test may write to."""
    return Path(shutil.copytree(LEXICONS, tmp_path / "lexicons"))


@pytest.fixture(scope="module")
def words() -> PlaceWords:
    return read_place_words(LEXICONS / "place_words.toml")


def add_row(lexicons: Path, row: str) -> int:
    """Writes a row at the end of places.csv and gives its line."""
    path = lexicons / "places.csv"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n{row}\n", encoding="utf-8")
    return text.count("\n") + 2


def lay(gazetteer: Gazetteer, folder: Path, words: PlaceWords, *rows: str) -> Gazetteer:
    """The gazetteer with an overlay of these rows."""
    write(folder / "places.csv", "\n".join((HEADER, *rows, "")))
    return lay_over(gazetteer, read_places(folder / "places.csv"), words)


def read_ids(pipeline: Pipeline, gazetteer: Gazetteer, lexicons: Path) -> dict[str, str | None]:
    """The ids of the places of the text by their words."""
    found = find_places(pipeline.nlp(TEXT), compile_places(gazetteer, lexicons))
    return {m.text: m.value.id for m in found if isinstance(m.value, PlaceValue)}


def test_new_row_is_found_and_linked(pipeline: Pipeline, whole: Gazetteer, lexicons: Path) -> None:  # noqa: F811
    assert "dateline:qalat-zurmik" not in read_ids(pipeline, whole, lexicons).values()
    add_row(lexicons, NEW)
    found = read_ids(pipeline, whole, lexicons)
    assert found["Qalat Zurmik"] == found["Zurmik Heights"] == "dateline:qalat-zurmik"


def test_new_row_changes_the_version(whole: Gazetteer, lexicons: Path) -> None:  # noqa: F811
    before = name_version(whole, lexicons)
    add_row(lexicons, NEW)
    assert before == name_version(whole, LEXICONS) != name_version(whole, lexicons)


@pytest.mark.parametrize(
    ("cell", "wrong", "said"),
    [
        ("34.9", "349", "'latitude' is '349'"),
        (",exact,", ",roughly,", "'precision' is 'roughly'"),
        ("qalat-zurmik", "ain-al-asad-air-base", "id 'ain-al-asad-air-base' stands twice"),
    ],
)
def test_wrong_row_names_file_and_line(
    whole: Gazetteer,  # noqa: F811
    lexicons: Path,
    cell: str,
    wrong: str,
    said: str,
) -> None:
    line = add_row(lexicons, NEW.replace(cell, wrong))
    with pytest.raises(LexiconError, match=re.escape(f"places.csv:{line}: {said}")):
        compile_places(whole, lexicons)


@pytest.mark.parametrize("name", ["Tel Nawr", "tel nawr", "Tall-Nawr", "Tel al-Nawr", "Till Nawwar"])
def test_row_is_found_however_it_is_spelt(
    small: Gazetteer,  # noqa: F811
    tmp_path: Path,
    words: PlaceWords,
    name: str,
) -> None:
    assert small.find(name) == []
    [place] = lay(small, tmp_path, words, ROW).find(name)
    assert (place.id, place.admin1, place.population) == ("dateline:tel-nawr", "Ar Raqqah", 0)


def test_row_stands_beside_its_namesakes(small: Gazetteer, tmp_path: Path, words: PlaceWords) -> None:  # noqa: F811
    laid = lay(small, tmp_path, words, "tabqa-hill,Tall Abyad,,IRQ,,33,44,2,exact,mountain")
    assert [place.id for place in laid.find("Tall Abyad")] == [
        "geonames:170000",
        *(place.id for place in small.find("Tall Abyad")[1:]),
        "dateline:tabqa-hill",
    ]


def test_row_puts_a_province_right(small: Gazetteer, tmp_path: Path, words: PlaceWords) -> None:  # noqa: F811
    laid = lay(small, tmp_path, words, ROW, "raqqa,Raqqa,Rakka,SYR,,36.0,39.0,90,province,province")
    [province] = laid.find("Rakka")
    assert (province.id, province.name, province.latitude, province.radius_km) == (
        "geonames:172957",
        "Raqqa",
        36.0,
        90.0,
    )
    assert laid.find("Tall Abyad")[0].admin1 == laid.find("Tel Nawr")[0].admin1 == "Raqqa"
    assert [place.rank for place in laid.find("Ar Raqqah") if place.id == province.id] == [1]
    assert [place.rank for place in laid.find("Raqqa") if place.id == province.id] == [0]


def test_row_lies_in_a_province_that_another_row_adds(
    small: Gazetteer,  # noqa: F811
    tmp_path: Path,
    words: PlaceWords,
) -> None:
    province = "jazira,Jazira,Jezireh,SYR,,36.5,40.9,80,province,province"
    laid = lay(small, tmp_path, words, ROW.replace("Raqqa", "Jezireh province"), province)
    assert laid.find("Tel Nawr")[0].admin1 == "Jazira"
    assert laid.find("Jezireh")[0].id == "dateline:jazira"


def test_provinces_of_our_rows_are_known(whole: Gazetteer, words: PlaceWords) -> None:  # noqa: F811
    rows = read_places(LEXICONS / "places.csv")
    laid = lay_over(whole, rows, words)
    asked = {(row.country, row.admin1) for row in rows if row.admin1}
    lost = [
        (country, name)
        for country, name in asked
        if not any(
            p.kind == "province" and p.country == country for p in laid.find_key(strip_kind(name, words))
        )
    ]
    assert lost == []
