"""Every number has the source that the text gives it; sources that disagree widen the range."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

SOURCES = [
    ("A blast killed nine miners in Bukavu, the governor said.", ["governor"]),
    # the second sentence has a source of its own
    (
        "A blast killed nine miners in Bukavu, the governor said. The clinic said that 20 people were wounded.",
        ["governor", "clinic"],
    ),
    ("A blast hit a mine in Bukavu. A union spokesman put the toll at 14 dead.", ["union spokesman"]),
    # nobody is said to tell it
    ("A blast killed nine miners in Bukavu. The governor condemned the attack.", [None]),
]


@pytest.mark.parametrize(("text", "sources"), SOURCES)
def test_a_number_has_its_own_source(extractor: Extractor, text: str, sources: list[str | None]) -> None:
    assert [c.source for r in read_rows(extractor, text) for c in r.counts] == sources


RIVALS = [
    # low, best, high
    (
        "Rebels attacked a column near Sévaré. They said they had killed 30 soldiers; the army said five had died.",
        (5, 30, 30),
    ),
    (
        "A strike on a market in Nyala killed 64 people, the rebels said. A clinic said it had 12 deaths.",
        (12, 64, 64),
    ),
    (
        "The army said it killed 20 rebels in a clash near Goma, but the rebels said three fighters died.",
        (3, 20, 20),
    ),
    # the same source brings its own number up to date
    (
        "A strike in Nyala killed six people, the clinic said. The clinic had earlier reported four deaths.",
        (6, 6, 6),
    ),
    # other people's dead add up
    (
        "The army said 12 soldiers died in a clash near Goma, and the rebels said they had lost five fighters.",
        (17, 17, 17),
    ),
]


@pytest.mark.parametrize(("text", "total"), RIVALS)
def test_rivals_widen_the_range(extractor: Extractor, text: str, total: tuple[int, int, int]) -> None:
    rows = [r for r in read_rows(extractor, text) if r.killed_best]
    assert [(r.killed_low, r.killed_best, r.killed_high) for r in rows] == [total]
