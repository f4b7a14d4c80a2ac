"""Every day of a leap year as day of publication, against a plain calendar; and texts of every shape."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.dates import find_dates, resolve, resolve_all
from models.dates import Interval, TimeExpression

YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAY = timedelta(days=1)
WORDS = [
    *NAMES,
    *MONTHS,
    *[
        "last",
        "next",
        "this",
        "the",
        "early",
        "late",
        "mid",
        "of",
        "in",
        "on",
        "since",
        "until",
        "from",
        "to",
        "between",
        "and",
        "3",
        "17",
        "29",
        "31",
    ],
]
WORDS += [
    *[
        "2024",
        "1999",
        "-10",
        "/",
        "-",
        ",",
        ".",
        ":",
        "week",
        "month",
        "year",
        "days",
        "ago",
        "later",
        "before",
        "after",
        "first",
        "second",
        "third",
        "q3",
        "90",
        "s",
        "'",
        "0",
    ]
]


def expression(nlp: Language, words: str) -> TimeExpression:
    [mention] = find_dates(nlp(f"Four people were killed {words} in the raid."))
    assert isinstance(mention.value, TimeExpression)
    return mention.value


def bounds(value: TimeExpression, published: date) -> tuple[date | None, date | None]:
    found = resolve(value, published)
    assert found is not None
    return found.start, found.end


@pytest.mark.parametrize("weekday", range(7))
def test_weekday_is_the_last_one_and_its_own_day(blank: Language, weekday: int) -> None:
    value = expression(blank, f"on {NAMES[weekday]}")
    for day in YEAR:
        expected = next(day - n * DAY for n in range(7) if (day - n * DAY).weekday() == weekday)
        assert bounds(value, day) == (expected, expected)


@pytest.mark.parametrize("month", range(1, 13))
def test_month_and_day_are_the_last_not_after_tomorrow(blank: Language, month: int) -> None:
    value = expression(blank, f"on {MONTHS[month - 1]} 17")
    for day in YEAR:
        expected = max(d for d in (date(y, month, 17) for y in (2023, 2024)) if d <= day + DAY)
        assert bounds(value, day) == (expected, expected)


@pytest.mark.parametrize("month", range(1, 13))
def test_month_is_the_last_that_has_begun(blank: Language, month: int) -> None:
    value = expression(blank, f"in {MONTHS[month - 1]}")
    for day in YEAR:
        first = max(d for d in (date(y, month, 1) for y in (2023, 2024)) if d <= day)
        assert bounds(value, day) == (first, next_month(first) - DAY)


def test_every_day_of_the_year_is_the_last_one(blank: Language) -> None:
    for day in YEAR:
        value = expression(blank, f"on {day:%B} {day.day}")
        for late in (0, 1, 30, 200, 363):
            assert bounds(value, day + late * DAY) == (day, day)
        assert bounds(value, day - DAY) == (day, day)  # a page dated in a zone behind


@pytest.mark.parametrize("weekday", range(7))
def test_last_weekday_is_never_the_day_of_publication(blank: Language, weekday: int) -> None:
    value = expression(blank, f"last {NAMES[weekday]}")
    for day in YEAR:
        expected = next(day - n * DAY for n in range(1, 8) if (day - n * DAY).weekday() == weekday)
        assert bounds(value, day) == (expected, expected)


@pytest.mark.parametrize("weekday", range(7))
def test_planned_weekday_is_the_next_one(blank: Language, weekday: int) -> None:
    [mention] = find_dates(blank(f"Talks will resume on {NAMES[weekday]}."))
    assert isinstance(mention.value, TimeExpression)
    for day in YEAR:
        expected = next(day + n * DAY for n in range(7) if (day + n * DAY).weekday() == weekday)
        assert bounds(mention.value, day) == (expected, expected)


def next_month(day: date) -> date:
    return (day.replace(day=1) + 32 * DAY).replace(day=1)


def month_before(day: date) -> tuple[date, date]:
    end = day.replace(day=1) - DAY
    return end.replace(day=1), end


RELATIVE: list[tuple[str, Callable[[date], tuple[date, date]]]] = [
    ("today", lambda d: (d, d)),
    ("yesterday", lambda d: (d - DAY, d - DAY)),
    ("the day before yesterday", lambda d: (d - 2 * DAY, d - 2 * DAY)),
    ("overnight", lambda d: (d - DAY, d)),
    ("three days ago", lambda d: (d - 3 * DAY, d - 3 * DAY)),
    ("last week", lambda d: (d - (d.weekday() + 7) * DAY, d - (d.weekday() + 1) * DAY)),
    ("this week", lambda d: (d - d.weekday() * DAY, d)),
    ("earlier this week", lambda d: (d - d.weekday() * DAY, d)),
    ("last month", month_before),
    ("this month", lambda d: (d.replace(day=1), next_month(d) - DAY)),
    ("earlier this month", lambda d: (d.replace(day=1), d)),
    ("last year", lambda d: (date(d.year - 1, 1, 1), date(d.year - 1, 12, 31))),
    ("a week ago", lambda d: (d - (d.weekday() + 7) * DAY, d - (d.weekday() + 1) * DAY)),
    ("in the past 24 hours", lambda d: (d - DAY, d)),
    ("in the past three days", lambda d: (d - 3 * DAY, d)),
    ("the week before last", lambda d: (d - (d.weekday() + 14) * DAY, d - (d.weekday() + 8) * DAY)),
    ("last weekend", lambda d: (d - (d.weekday() + 2) * DAY, d - (d.weekday() + 1) * DAY)),
    ("three weeks ago", lambda d: (d - (d.weekday() + 21) * DAY, d - (d.weekday() + 15) * DAY)),
    ("a month ago", month_before),
    ("a year ago", lambda d: (date(d.year - 1, 1, 1), date(d.year - 1, 12, 31))),
    ("a decade ago", lambda d: (date(d.year - 10, 1, 1), date(d.year - 10, 12, 31))),
    ("since yesterday", lambda d: (d - DAY, d)),
    ("this year", lambda d: (date(d.year, 1, 1), date(d.year, 12, 31))),
]


@pytest.mark.parametrize(("words", "expected"), RELATIVE)
def test_relative_words_on_every_day(
    blank: Language, words: str, expected: Callable[[date], tuple[date, date]]
) -> None:
    value = expression(blank, words)
    for day in YEAR:
        assert bounds(value, day) == expected(day), day


def test_nothing_past_lies_after_publication(blank: Language) -> None:
    for words in ("on Friday", "on March 3", "last week", "over the weekend", "in recent days", "in spring"):
        value = expression(blank, words)
        for day in YEAR:
            start, _ = bounds(value, day)
            assert start is not None
            assert start <= day + DAY


timely = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from([" ", "", "  ", "\n"]).map(lambda gap: gap.join(words))
)
days = st.dates() | st.none()


@settings(max_examples=300, deadline=None)
@given(text=st.text() | timely, published=days)
def test_any_text_is_read_without_fault(blank: Language, text: str, published: date | None) -> None:
    mentions = find_dates(blank.make_doc(text))
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    for found in resolve_all(mentions, published):
        if found and found.start and found.end:
            assert found.start <= found.end


@settings(max_examples=200, deadline=None)
@given(text=timely, published=days, start=days, end=days)
def test_resolving_never_raises(
    blank: Language, text: str, published: date | None, start: date | None, end: date | None
) -> None:
    previous = Interval(start, end, "span", "explicit") if not (start and end and start > end) else None
    for mention in find_dates(blank.make_doc(text)):
        assert isinstance(mention.value, TimeExpression)
        resolve(mention.value, published, previous)
