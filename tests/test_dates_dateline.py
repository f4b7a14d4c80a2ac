"""The date of an agency's dateline."""

from datetime import date

import pytest

from extractors.dates import find_dateline_date, resolve
from models.dates import TimeExpression


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("KABUL, Nov 21 (Reuters) - Two rockets hit the base.", "Nov 21", date(2023, 11, 21)),
        ("GOMA, Congo, 3 March (AFP) — Rebels advanced.", "3 March", date(2023, 3, 3)),
        ("Port Sudan, 3 Jan 90 -- [Report] [Text] Shells fell.", "3 Jan 90", date(1990, 1, 3)),
        (
            "Quiet night on the front\n\nTRIPOLI, Tuesday, Nov. 21 (AP) - Militias met.",
            "Tuesday, Nov. 21",
            date(2023, 11, 21),
        ),
    ],
)
def test_dateline_gives_its_day(text: str, words: str, day: date) -> None:
    found = find_dateline_date(text)
    assert found is not None
    assert (found.text, text[found.start : found.end], found.rule) == (words, words, "dates:dateline")
    assert isinstance(found.value, TimeExpression)
    interval = resolve(found.value, date(2023, 11, 22))
    assert interval is not None
    assert (interval.start, interval.end) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "Two rockets hit the base on Nov 21 near Kabul.",
        "KABUL (Reuters) - Two rockets hit.",
        "",
        "Nov 21 was calm.",
        "Around 6 March 2021 (weekend of), rioters burnt a shop.",
    ],
)
def test_other_heads_have_no_dateline_date(text: str) -> None:
    assert find_dateline_date(text) is None
