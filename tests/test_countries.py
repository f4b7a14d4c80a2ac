"""countries.toml: complete, free of clashes, and of the words that others rely on."""

import pytest

from extractors.phrases import LEXICONS
from models.lexicon import CountryEntry, find_clashes, read_entries
from models.place import read_country_points


@pytest.fixture(scope="module")
def countries() -> dict[str, CountryEntry]:
    return read_entries(LEXICONS / "countries.toml", CountryEntry)


def test_all_countries_have_a_point(countries: dict[str, CountryEntry]) -> None:
    assert len(countries) == 250
    assert set(read_country_points(LEXICONS / "country_points.csv")) == set(countries)


def test_no_word_stands_under_two_countries(countries: dict[str, CountryEntry]) -> None:
    for read in (
        lambda entry: {*entry.forms(), *entry.exact},
        lambda entry: entry.demonyms,
        lambda entry: entry.metonyms,
    ):
        assert find_clashes((form, name) for name, entry in countries.items() for form in read(entry)) == []


@pytest.mark.parametrize(
    ("alpha3", "field", "word"),
    [
        ("COD", "aliases", "DR Congo"),
        ("MMR", "aliases", "Burma"),
        ("USA", "exact", "U.S."),
        ("IRQ", "demonyms", "Iraqis"),
        ("NER", "demonyms", "Nigerien"),
        ("NGA", "demonyms", "Nigerian"),
        ("PHL", "demonyms", "Filipinos"),
        ("RUS", "metonyms", "the Kremlin"),
        ("GBR", "metonyms", "Whitehall"),
        ("UKR", "metonyms", "Kyiv"),
    ],
)
def test_words_of_countries(countries: dict[str, CountryEntry], alpha3: str, field: str, word: str) -> None:
    assert word in getattr(countries[alpha3], field)


def test_only_shared_or_absent_demonyms_are_left_out(countries: dict[str, CountryEntry]) -> None:
    assert [name for name, entry in countries.items() if entry.metonyms and not entry.demonyms] == [
        "COG",
        "VAT",
    ]
