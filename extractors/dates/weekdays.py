"""Weekdays, alone and before the date that they belong to: "Tuesday", "Monday night, Nov 20", "Thursday (Nov. 16)"."""

from extractors.dates.explicit import month_at, read_day_month, read_month_day
from extractors.dates.numbers import read_day, read_ordinal
from extractors.dates.numeric import read_numeric
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import BREAK, Tokens, is_alone
from extractors.dates.words import MONTHS, PARTS_OF_DAY, SHIFTS, WEEKDAYS

SHORT_WEEKDAYS = {"sun", "sat", "mon", "wed", "fri", "thu", "tue", "weds", "thur", "thurs", "tues"}


def read_weekday(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The weekday named here (Monday 0) and the index behind it and its full stop."""
    word = tokens.word(index)
    plural = word.endswith("days") and word[:-1] in WEEKDAYS
    if word not in WEEKDAYS or plural:
        return None
    end = index + 1
    if word in SHORT_WEEKDAYS:
        dotted = tokens.word(end) == "." and tokens.glued(end)
        end += dotted
        if not is_short_weekday(tokens, index, end):
            return None
    return WEEKDAYS[word], end


def is_short_weekday(tokens: Tokens, index: int, end: int) -> bool:
    """Whether "Sun", "Sat" or "Wed" is a day: it stands alone, by a date or behind last, this or next."""
    after = skip(tokens, end, ",")
    dated = month_at(tokens, after) or read_ordinal(tokens, after) or read_day_month(tokens, after)
    if dated or tokens.word(index - 1) in SHIFTS or tokens.word(index - 1) in {"or"}:
        return True
    return is_alone(tokens, index, end) and (end > index + 1 or tokens.word(index) not in {"sun", "sat"})


def skip_part_of_day(tokens: Tokens, index: int) -> int:
    """The index behind "night", "early morning", "at dawn" after a day."""
    start = skip(tokens, index, "early", "late", "at")
    return start + 1 if tokens.word(start) in PARTS_OF_DAY else index


def read_dated_weekday(tokens: Tokens, index: int) -> Reading | None:
    """ "Thursday, Nov 16", "Monday 19 December", "Fri 14th"; the date decides, the weekday only checks."""
    weekday = read_weekday(tokens, index)
    if weekday is None:
        return None
    date = read_day_beside(tokens, weekday[1])
    if date:
        return Reading(express("day", weekday=weekday[0], **dict(date.value.parts)), date.end)
    day = read_bare_day(tokens, weekday[1])
    return Reading(express("day", weekday=weekday[0], day=day[0]), day[1]) if day else None


def read_day_beside(tokens: Tokens, index: int) -> Reading | None:
    """The date behind a weekday and its part of the day: "morning, October 17", "(Nov. 16)", ", on 16 October"."""
    bracket = tokens.word(index) == "("
    start = index + 1 if bracket else skip(tokens, skip_part_of_day(tokens, index), ",")
    if tokens.word(start - 1) == ",":
        start = skip(tokens, start, "on")
    start = skip(tokens, start, "the") if tokens.word(start + 1) != BREAK else start
    date = read_day_month(tokens, start) or read_month_day(tokens, start) or read_numeric(tokens, start)
    if date is None or date.value.kind != "day":
        return None
    if not bracket:
        return date
    return Reading(date.value, date.end + 1) if tokens.word(date.end) == ")" else None


def read_bare_day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The day of the month alone behind a weekday: "14th", "the 14th", and "14" where the sentence stops."""
    start = skip(tokens, index, ",")
    start = skip(tokens, start, "the") if tokens.word(start + 1) != BREAK else start
    day = read_ordinal(tokens, start) if tokens.number(start) is not None else None
    stops = tokens.word(start + 1) in {"", ".", "!", ","}
    if day is None and start == index and len(tokens.word(start)) <= 2 and stops:
        day = read_day(tokens, start)
    return day if day and day[0] <= 31 and tokens.word(day[1]) not in MONTHS else None
