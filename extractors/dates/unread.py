"""Explicit dates in forms that the grammar lacks: dateparser reads them, and is believed as far as the text goes."""

import re
from collections.abc import Iterable, Sequence

from extractors.dates.reading import express
from models.dates import TimeExpression
from models.mention import Mention

FULL = re.compile(r"(?=.*\b(?:1[89]|20)\d\d\b).*\d+\D+\d")  # a year and a further number
SETTINGS = {
    "PREFER_DATES_FROM": "past",
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RETURN_AS_TIMEZONE_AWARE": False,
}
LONGEST = 40


def read_unread(spans: Iterable[tuple[int, int, str]], known: Sequence[Mention]) -> list[Mention]:
    """The known dates, and in place of a month or year alone the whole date that the model's span holds.

    dateparser fills in what is missing and reads "17-18 October" as a year (research of 2026-11), so nothing is
    taken from it but what stands in the words: the year's four digits and the day's number.
    """
    dates = list(known)
    for start, end, text in spans:
        inside = [m for m in dates if m.start < end and start < m.end]
        if len(text) > LONGEST or not FULL.search(text) or not all(is_coarse(m, start, end) for m in inside):
            continue
        mention = read_one(start, end, text)
        if mention is not None:
            dates = [*(m for m in dates if m not in inside), mention]
    return sorted(dates, key=lambda m: (m.start, m.end))


def is_coarse(mention: Mention, start: int, end: int) -> bool:
    """Whether a date within the span names a month or year only."""
    value = mention.value
    coarse = isinstance(value, TimeExpression) and value.kind in {"month", "year"}
    return coarse and start <= mention.start and mention.end <= end


def read_one(start: int, end: int, text: str) -> Mention | None:
    """The date that the words name in full, or None."""
    from dateparser import parse  # noqa: PLC0415  # costs a third of a second, and is seldom needed

    day = parse(text, languages=["en"], settings=SETTINGS)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if day is None or day.year not in numbers or day.day not in numbers:
        return None
    value = express("day", year=day.year, month=day.month, day=day.day)
    return Mention("date", start, end, text, "dates:dateparser", value)
