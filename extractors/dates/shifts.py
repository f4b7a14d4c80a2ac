"""Periods before and behind now: last week, this month, the past 24 hours, next summer, the quarter."""

from extractors.dates.explicit import month_at
from extractors.dates.numbers import read_amount, read_cardinal, read_day, read_ordinal
from extractors.dates.reading import Reading, express, skip
from extractors.dates.relative import skip_or_so
from extractors.dates.tokens import BREAK, Tokens
from extractors.dates.words import CLOCK_UNITS, LAST, NEXT, SEASONS, SHIFTS, UNITS

KINDS_OF_UNIT = {
    "calendar",
    "fiscal",
    "full",
    "financial",
    "business",
    "working",
    "consecutive",
    "straight",
    "whole",
}
SPANS = {"decade": "year", "century": "year"}
YEARS = {"decade": 10, "century": 100}


def read_shifted(tokens: Tokens, index: int) -> Reading | None:
    """ "last week", "this month", "the next three years", "the past 24 hours", "last October"."""
    start = skip(tokens, index, "the")
    shift = SHIFTS.get(tokens.word(start))
    if shift is None:
        return read_second_next(tokens, start) or read_counted_shift(tokens, index)
    manner, start = tokens.word(start), start + 1
    if manner == "this" and tokens.word(start) in LAST | NEXT:
        manner, shift, start = tokens.word(start), SHIFTS[tokens.word(start)], start + 1
    return read_named_shift(tokens, start, shift, manner) or read_span(tokens, start, shift)


def read_second_next(tokens: Tokens, index: int) -> Reading | None:
    """ "the week after next", "the month before last"; "the night before last" is a day."""
    unit = UNITS.get(tokens.word(index))
    shift = {("after", "next"): 2, ("before", "last"): -2}.get(
        (tokens.word(index + 1), tokens.word(index + 2))
    )
    if unit is None or shift is None or UNITS.get(tokens.word(index + 3)):
        return None
    value = express("offset", days=shift) if unit == "day" else express("unit", unit=unit, shift=shift)
    return Reading(value, index + 3)


def read_named_shift(tokens: Tokens, index: int, shift: int, manner: str) -> Reading | None:
    """The unit, month, season or day of the month behind "last", "this" or "next"."""
    end = index + 1 if tokens.word(index) in KINDS_OF_UNIT else index
    unit = UNITS.get(tokens.word(end)) if not tokens.word(end).endswith("s") else None
    if tokens.word(end) == "season":
        unit = "season"
    if unit == "day" or (unit and tokens.word(end + 1) == "-" and tokens.glued(end + 1)):
        return None
    if unit:
        if tokens.word(end - 1) == manner and manner in {"present"}:
            return None
        if manner == "past" and (unit in {"decade", "century"} or lasts(tokens, index, unit)):
            return Reading(
                express("span", unit=SPANS.get(unit, unit), count=YEARS.get(unit, 1), shift=-1), end + 1
            )
        story = manner if manner in {"following", "previous", "preceding"} else None
        return Reading(express("unit", unit=unit, shift=shift, manner=story), end + 1)
    season = SEASONS.get(tokens.word(index))
    dropped = tokens.word(index) == "fall" and falls(tokens, index)
    if season and manner not in {"present"} and not dropped:
        return Reading(express("season", month=season, shift=shift), index + 1)
    month = month_at(tokens, index)
    if (
        month
        and manner not in {"present", "current"}
        and (tokens.capital(index) or tokens.word(index) not in {"may", "march"})
    ):
        day = read_day(tokens, month[1])
        if day:
            return Reading(express("day", month=month[0], day=day[0], shift=shift), day[1])
        return Reading(express("month", month=month[0], shift=shift), month[1])
    return read_shifted_day(tokens, index, shift)


def lasts(tokens: Tokens, index: int, unit: str) -> bool:
    """Whether "past" tells how long: "over the past week" reaches up to now; "last" is the calendar's."""
    led = tokens.word(index - 2 - (tokens.word(index - 2) == "the"))
    return unit in {"week", "month", "year"} and led in {
        "in",
        "over",
        "during",
        "within",
        "for",
        "throughout",
    }


def falls(tokens: Tokens, index: int) -> bool:
    """Whether "the last fall in prices" and "the next fall of snow" tell of a loss, not of the autumn."""
    after = tokens.word(index + 1)
    return after == "of" or (after == "in" and tokens.word(index - 2) == "the")


def read_shifted_day(tokens: Tokens, index: int, shift: int) -> Reading | None:
    """ "next 6th of April"."""
    day = read_ordinal(tokens, index)
    month = month_at(tokens, skip(tokens, day[1], "of")) if day and day[0] <= 31 else None
    if day is None or month is None:
        return None
    return Reading(express("day", month=month[0], day=day[0], shift=shift), month[1])


def read_span(tokens: Tokens, index: int, shift: int) -> Reading | None:
    """The counted units behind "last" or "next": "two weeks", "few days", "24 hours", "20-plus months"."""
    start = skip(tokens, index, "consecutive", "straight")
    amount = read_amount(tokens, start)
    count, end = amount if amount else (None, start)
    end = skip(tokens, skip(tokens, end, "-"), "plus", "long", "full", "business", "working", "calendar")
    working = tokens.word(end - 1) in {"business", "working"}
    if shift == 0 or (amount is None and not tokens.word(end).endswith("s")):
        return None
    word = tokens.word(end)
    unit = "hour" if word in CLOCK_UNITS else UNITS.get(word)
    if unit is None or (count or 0) > 3000:
        return None
    counted = count is not None or (amount is None and tokens.word(index - 1) != "past")
    if tokens.word(end + 1) == "of" and unit != "hour" and counted:
        return None  # "the last days of the regime", "the first three weeks of"
    unit = "workday" if working and unit == "day" else unit
    return Reading(express("span", unit=unit, count=count, shift=shift), skip_or_so(tokens, end + 1))


def read_counted_shift(tokens: Tokens, index: int) -> Reading | None:
    """ "5 past years", "two upcoming months"; "recent days"."""
    start = skip(tokens, index, "more")
    if tokens.word(start) == "recent":
        unit = UNITS.get(tokens.word(start + 1))
        plural = tokens.word(start + 1).endswith("s")
        return Reading(express("span", unit=unit, shift=-1), start + 2) if unit and plural else None
    number = read_cardinal(tokens, index)
    if number is None:
        return None
    shift = SHIFTS.get(tokens.word(number[1]))
    unit = UNITS.get(tokens.word(number[1] + 1))
    if (
        not shift
        or unit is None
        or number[0] > 3000
        or not (tokens.word(number[1] + 1).endswith("s") or number[0] == 1)
    ):
        return None
    return Reading(express("span", unit=unit, count=number[0], shift=shift), number[1] + 2)


def read_weekend(tokens: Tokens, index: int) -> Reading | None:
    """ "the weekend"; "in the week", "for the month", "the latest quarter" where no noun follows."""
    if tokens.word(index) != "the":
        return None
    start = skip(tokens, index + 1, "latest")
    word = tokens.word(start)
    if word == "weekend":
        return None if tokens.word(start + 1) == "of" else Reading(express("unit", unit="weekend"), start + 1)
    unit = "quarter" if word == "period" and start > index + 1 else UNITS.get(word)
    if unit is None or word.endswith("s") or unit in {"day", "century", "decade"}:
        return None
    placed = start > index + 1 or tokens.word(index - 1) in {"in", "for", "during", "throughout", "of"}
    stops = tokens.word(start + 1) in {
        "",
        BREAK,
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "and",
        "but",
        "to",
        "from",
        "ended",
        "'",
        "’",
    }
    latest = start > index + 1
    return Reading(express("unit", unit=unit, bare=1), start + 1) if latest or (placed and stops) else None
