"""Intervals with one open end: since, until, before and after a date, or later."""

from extractors.dates.numbers import read_amount
from extractors.dates.plain import DAY_KINDS
from extractors.dates.points import read_point
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import BREAK, Tokens
from extractors.dates.words import PARTS_OF_DAY, UNITS
from models.dates import TimeExpression

OPEN = {
    "since": "since",
    "until": "until",
    "till": "until",
    "til": "until",
    "before": "before",
    "after": "after",
}
ENDS = {"", BREAK, ".", ",", ";", ":", "!", "?", ")", "and", "or"}
OR_LATER = {
    **dict.fromkeys(("later", "after", "beyond"), "after_or_on"),
    "earlier": "until",
    "before": "until",
}
CALENDAR = {
    "day",
    "month",
    "year",
    "holiday",
    "quarter",
    "season",
    "decade",
    "century",
    "within",
    "nth",
    "part",
}


def read_open(tokens: Tokens, index: int) -> Reading | None:
    """ "since October 17", "until the end of June"; "before 2010" and "after May 3" where no noun follows."""
    word = tokens.word(index)
    kind, start = OPEN.get(word), index + 1
    if word in {"starting", "beginning"} and tokens.word(index + 1) != "of":
        kind, start = "after_or_on", skip(tokens, index + 1, "on", "from")
    if word == "no" and tokens.word(index + 1) in {"later", "earlier"} and tokens.word(index + 2) == "than":
        kind, start = ("until" if tokens.word(index + 1) == "later" else "after_or_on"), index + 3
    if word == "later" and tokens.word(index + 1) == "than":
        kind, start = "after", index + 2
    if word == "prior" and tokens.word(index + 1) == "to":
        kind, start = "before", index + 2
    if kind is None:
        return None
    if kind == "since" and tokens.word(start) == "then":
        return Reading(express(kind, express("then")), start + 1)
    point = read_point(tokens, start)
    if point is None or point.value.kind in {"span", "ago", "story"}:
        return None
    if kind in {"before", "after"} and tokens.word(skip(tokens, start, "the")) in PARTS_OF_DAY:
        return point if point.value.kind in DAY_KINDS else None  # "before noon on 21 June" is on that day
    if kind in {"before", "after"} and (tokens.word(point.end) not in ENDS or not names_date(point.value)):
        return None
    if tokens.word(point.end) in {"'", "’"} or (word == "beginning" and not names_date(point.value)):
        return None
    return Reading(express(kind, point.value), point.end)


def read_length(tokens: Tokens, index: int) -> Reading | None:
    """ "for three days from Monday", "a week starting on May 3": a stretch with its first day."""
    amount = read_amount(tokens, index)
    unit = UNITS.get(tokens.word(amount[1])) if amount else None
    if amount is None or unit is None or not amount[0] or amount[0] > 500:
        return None
    end = skip(tokens, amount[1] + 1, ",")
    joint, starts = tokens.word(end), skip(tokens, end + 1, "on", "from")
    if not (joint in {"starting", "beginning"} or (joint == "from" and tokens.word(index - 1) == "for")):
        return None
    point = read_point(tokens, starts)
    if point is None or point.value.kind not in {"day", "weekday", "offset", "holiday"}:
        return None
    return Reading(express("length", point.value, unit=unit, count=amount[0]), point.end)


def names_date(value: TimeExpression) -> bool:
    """Whether an open interval may begin or end there: a day or period of the calendar."""
    return (value.kind in CALENDAR and value.kind != "holiday") or value.kind == "part"


def read_or_later(tokens: Tokens, reading: Reading) -> Reading | None:
    """ "2012 or later", "May 3 and after"; None where no such words follow."""
    word, joint = tokens.word(reading.end + 1), tokens.word(reading.end)
    kind = OR_LATER.get(word)
    closed = word in {"later", "earlier"} or tokens.word(reading.end + 2) in ENDS
    if kind is None or joint not in {"or", "and"} or not closed or not names_date(reading.value):
        return None
    if joint == "and" and tokens.word(reading.end + 2) not in ENDS:
        return None
    return Reading(express(kind, reading.value), reading.end + 2)
