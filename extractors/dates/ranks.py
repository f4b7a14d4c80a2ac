"""What is counted within or beside a date: "the last week of", "the first six months of", "the week of May 3"."""

from extractors.dates.explicit import read_day_month, read_month_day
from extractors.dates.holidays import read_holiday
from extractors.dates.numbers import read_cardinal, read_ordinal
from extractors.dates.numeric import read_numeric
from extractors.dates.plain import read_holder
from extractors.dates.reading import Reading, express, read_longest, skip
from extractors.dates.tokens import Tokens, is_alone
from extractors.dates.weekdays import read_dated_weekday
from extractors.dates.words import UNITS


def read_rank(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """ "third" 3, "last" -1, "fifth last" -5."""
    if tokens.word(index) in {"last", "final", "closing"}:
        return -1, index + 1
    if tokens.word(index) == "opening":
        return 1, index + 1
    if tokens.word(index) == "latter" and tokens.word(index + 1) == "half":
        return 2, index + 1
    ordinal = read_ordinal(tokens, index)
    if ordinal and tokens.word(ordinal[1]) == "last":
        return -ordinal[0], ordinal[1] + 1
    return ordinal


def read_plain_ranked(tokens: Tokens, index: int) -> Reading | None:
    """ "20 of next month"."""
    number = tokens.number(index)
    return read_ranked_day(tokens, number, index + 1) if number and tokens.word(index + 1) == "of" else None


def is_rank_of_day(tokens: Tokens, index: int, end: int) -> bool:
    """Whether an ordinal before a period is a day: "on the third this month"; "the third this month" is any third."""
    article = skip(tokens, index, "the")
    return (
        tokens.word(index - 1) == "on"
        or tokens.number(article) is not None
        or is_alone(tokens, index, end + 2)
    )


def read_ranked_day(tokens: Tokens, rank: int, index: int) -> Reading | None:
    """ "the 20th of next month", "the 21st this month"."""
    holder = read_holder(tokens, skip(tokens, index, "of"))
    if holder is None or holder.value.get("unit") != "month" or not 1 <= rank <= 31:
        return None
    return Reading(express("within", express("day", day=rank), holder.value), holder.end)


def read_week_of(tokens: Tokens, index: int) -> Reading | None:
    """ "the week of May 3", "the week beginning February 4", "the weekend of Halloween"."""
    joint = tokens.word(index + 1)
    if joint not in {"of", "beginning", "starting", "commencing", "ending", "ended"}:
        return None
    start = skip(tokens, skip(tokens, index + 2, "on"), "the")
    day = read_longest(
        (read_dated_weekday, read_day_month, read_month_day, read_numeric, read_holiday), tokens, start
    )
    if day is None:
        ordinal = read_ordinal(tokens, start)
        day = Reading(express("day", day=ordinal[0]), ordinal[1]) if ordinal and ordinal[0] <= 31 else None
    kind = (
        "weekend_of"
        if tokens.word(index) == "weekend"
        else "week_to"
        if joint.startswith("end")
        else "week_of"
    )
    return Reading(express(kind, day.value), day.end) if day else None


def read_week_before(tokens: Tokens, index: int) -> Reading | None:
    """ "Labor Day weekend", "Halloween weekend 2021"."""
    day = read_holiday(tokens, index)
    if day is None or tokens.word(day.end) not in {"weekend", "week"}:
        return None
    kind = f"{tokens.word(day.end)}_of"
    return Reading(express(kind, day.value), day.end + 1)


def read_units(tokens: Tokens, index: int) -> tuple[str, int | None, int] | None:
    """The unit behind a rank, how many of them, and the index behind: "half", "week", "six months"."""
    if tokens.word(index) == "half":
        return "half", None, index + 1
    number = read_cardinal(tokens, index)
    if number:
        unit = UNITS.get(tokens.word(number[1]))
        good = unit and 2 <= number[0] <= 100 and tokens.word(number[1]).endswith("s")
        return (unit, number[0], number[1] + 1) if unit and good else None
    unit = UNITS.get(tokens.word(index))
    return (unit, None, index + 1) if unit else None
