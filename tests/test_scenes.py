"""A list of places with a number each is an event each; everything else of one clause is one event."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

LISTS = [
    (
        "Bombs killed eight people in Kirkuk, five in Mosul and three in Baquba on Monday.",
        {"Kirkuk": 8, "Mosul": 5, "Baquba": 3},
    ),
    (
        "Eight people were killed in Kirkuk, five in Mosul and three in Baquba.",
        {"Kirkuk": 8, "Mosul": 5, "Baquba": 3},
    ),
    (
        "Militants killed five soldiers in Mosul and three policemen in Baquba on Tuesday.",
        {"Mosul": 5, "Baquba": 3},
    ),
]
ONE = [
    ("A bomb killed eight people in Kirkuk, five of them in a bus.", {"Kirkuk": 8}),
    ("A bomb killed eight people in Kirkuk and wounded five.", {"Kirkuk": 8}),
    # a part of them, not others
    ("Bombs killed eight people in Kirkuk, including five in a bus.", {"Kirkuk": 8}),
]


def count_dead(extractor: Extractor, text: str) -> dict[str | None, int | None]:
    """The dead by the place as written."""
    return {row.place_text: row.killed_best for row in read_rows(extractor, text)}


@pytest.mark.parametrize(("text", "dead"), LISTS)
def test_a_list_of_places_is_an_event_each(extractor: Extractor, text: str, dead: dict[str, int]) -> None:
    assert count_dead(extractor, text) == dead


@pytest.mark.parametrize(("text", "dead"), ONE)
def test_one_place_is_one_event(extractor: Extractor, text: str, dead: dict[str, int]) -> None:
    assert count_dead(extractor, text) == dead


def test_what_is_told_of_one_scene_is_told_of_no_other(extractor: Extractor) -> None:
    text = (
        "Bombs killed eight people in Kirkuk and five in Mosul on Monday. "
        "The Islamic State group claimed responsibility for the Mosul bombing."
    )
    claimed = {row.place_text: row.claimed_by for row in read_rows(extractor, text)}
    assert [place for place, names in claimed.items() if names] == ["Mosul"]
