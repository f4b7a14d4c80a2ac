"""One date or period with what follows it: "Monday night", "May this year", "next year's first quarter"."""

from extractors.dates.explicit import read_day_month, read_month_day, read_year_first
from extractors.dates.holidays import read_holiday
from extractors.dates.numeric import read_numeric
from extractors.dates.periods import (
    read_century,
    read_decade,
    read_numbered_week,
    read_period,
    read_quarter,
    read_season,
)
from extractors.dates.reading import Reader, Reading, express, read_longest, skip
from extractors.dates.relative import (
    read_ago,
    read_ahead,
    read_counted_weekday,
    read_offset,
    read_ordinal_day,
    read_plain_weekday,
    read_year_ago,
)
from extractors.dates.shifts import read_shifted, read_weekend
from extractors.dates.story import read_story
from extractors.dates.tokens import Tokens
from extractors.dates.weekdays import read_dated_weekday, read_weekday, skip_part_of_day
from extractors.dates.years import read_bare_year, read_year_phrase

PLAIN: tuple[Reader, ...] = (
    read_dated_weekday,
    read_holiday,  # before the numeric reader: 9/11
    read_numeric,
    read_day_month,
    read_month_day,
    read_year_first,
    read_period,
    read_quarter,
    read_year_phrase,
    read_decade,
    read_century,
    read_season,
    read_numbered_week,
    read_offset,
    read_counted_weekday,
    read_plain_weekday,
    read_ago,
    read_year_ago,
    read_ahead,
    read_shifted,
    read_story,
    read_weekend,
    read_ordinal_day,
    read_bare_year,
)
DAY_KINDS = {"day", "weekday", "offset", "holiday"}
YEARLESS = {"week_number", "day", "month", "season", "quarter", "half", "holiday"}


def read_plain(tokens: Tokens, index: int) -> Reading | None:
    """A date or period with what follows it: a part of the day, a year or week that holds it."""
    reading = read_longest(PLAIN, tokens, index)
    return read_tail(tokens, reading) if reading else None


def read_tail(tokens: Tokens, reading: Reading) -> Reading:
    """The reading, grown over "night", "of last year", "this month", "in 2019", "from last week"."""
    kind = reading.value.kind
    if kind in DAY_KINDS or kind == "story":
        reading = Reading(reading.value, skip_part_of_day(tokens, reading.end))
    end = skip(tokens, reading.end, ",")
    end = skip(tokens, end, "of", "from", "in", "during", "-")
    holds = read_holder(tokens, end) or read_week_ago(tokens, end)
    if holds and fits(reading, holds):
        return Reading(express("within", reading.value, holds.value), holds.end)
    if kind in {"unit", "story", "ago"}:
        return read_possessed(tokens, reading)
    return reading


def read_holder(tokens: Tokens, index: int) -> Reading | None:
    """ "last year", "this month", "that year", "next week"."""
    reading = read_longest((read_shifted, read_story), tokens, index)
    if reading is None or reading.value.kind not in {"unit", "story"} or reading.value.get("unit") == "day":
        return None
    counted = reading.value.kind == "story" and reading.value.get("count") not in (0, 1, -1)
    return None if counted else reading


def read_week_ago(tokens: Tokens, index: int) -> Reading | None:
    """ "two weeks ago", "three weeks from now", as what a weekday may lie in."""
    reading = read_ago(tokens, index)
    known = reading and reading.value.get("unit") == "week" and reading.value.get("count")
    return reading if known else None


def fits(reading: Reading, holder: Reading) -> bool:
    """Whether the first can lie in the second and leaves open in which one."""
    value, unit = reading.value, holder.value.get("unit")
    if value.kind == "weekday":
        return unit == "week" and value.get("manner") is None
    if value.kind not in YEARLESS or value.get("year") is not None or value.get("shift") is not None:
        return False
    if value.kind == "day" and value.get("month") is None:
        return unit == "month"
    return unit == "year"


def read_possessed(tokens: Tokens, reading: Reading) -> Reading:
    """ "next year's first quarter", "last week's Sunday", "next week Mon"."""
    end = reading.end
    if tokens.word(end) in {"'", "’"} and tokens.word(end + 1) == "s":
        end += 2
    end = skip(tokens, end, "-", "on")
    weekday = read_weekday(tokens, end)
    if (
        weekday is None
        and tokens.word(end) in {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
        and tokens.capital(end)
    ):
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(tokens.word(end)), end + 1
    if weekday and reading.value.get("unit") == "week":
        return Reading(express("within", express("weekday", day=weekday[0]), reading.value), weekday[1])
    if end == reading.end:
        return reading
    inner = read_quarter(tokens, end)
    if inner and inner.value.get("year") is None and reading.value.get("unit") == "year":
        return Reading(express("within", inner.value, reading.value), inner.end)
    return reading
