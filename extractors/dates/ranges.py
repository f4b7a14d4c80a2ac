"""From one date to another, since, until, before and after a date."""

import re

from extractors.dates.explicit import month_at, read_year_after
from extractors.dates.numbers import read_day, read_short_year, read_year
from extractors.dates.openings import OPEN, read_length, read_open
from extractors.dates.points import read_point
from extractors.dates.reading import Reading, express, skip
from extractors.dates.resolution import CALENDAR
from extractors.dates.tokens import Tokens
from models.dates import TimeExpression

MONTH_DAY = r"(1[0-2]|0?[1-9])/([0-2]?[1-9]|[123]0|31)"
SLASHED = re.compile(rf"{MONTH_DAY}\s?[-–]\s?{MONTH_DAY}(?:(?:/|, )(\d{{4}}))?(?![\d/])")
DASHES = ("-", "–", "—", "−")
TO = ("to", "until", "till", "til", "through", "thru")


def read_interval(tokens: Tokens, index: int, point: Reading | None) -> Reading | None:
    """A range or an open interval; None where only a single date stands. `point` is the date read here."""
    word = tokens.word(index)
    if word in OPEN or word in {"starting", "later", "prior", "no", "beginning"}:
        return read_open(tokens, index)
    if word == "between":
        return read_pair(tokens, index + 1, read_point(tokens, index + 1), ("and", *DASHES))
    if word == "from" or (word == "overnight" and tokens.word(index + 1) == "from"):
        start = index + 1 + (word == "overnight")
        return read_pair(tokens, start, read_point(tokens, start), (*TO, *DASHES))
    return (
        read_days_of_month(tokens, index)
        or read_years(tokens, index)
        or read_slashed(tokens, index)
        or read_length(tokens, index)
        or read_pair(tokens, index, point, (*DASHES, "to", "through", "thru"))
    )


def read_pair(tokens: Tokens, index: int, first: Reading | None, joints: tuple[str, ...]) -> Reading | None:
    """Two dates and a joint; the first, read before, may leave out what the second says."""
    days = read_days_of_month(tokens, index, joints) or read_slashed(tokens, index)
    if days:
        return days
    if tokens.word(index) == "now":
        first = Reading(express("offset", days=0), index + 1)
    if first is None or tokens.word(first.end) not in joints:
        return None
    start = skip(tokens, first.end + 1, "on")
    second = read_second(tokens, start, first)
    if second is None or not joinable(first.value, second.value, tokens.word(first.end)):
        return None
    return Reading(express("range", share_year(first.value, second.value), second.value), second.end)


def read_slashed(tokens: Tokens, index: int) -> Reading | None:
    """ "10/1-11/7", "10/1-11/2/2017": month and day on both sides of a dash."""
    found = SLASHED.match(tokens.text, tokens.spans[index][0]) if tokens.word(index + 1) == "/" else None
    if found is None or (tokens.glued(index) and tokens.word(index - 1) in {"-", "/", "."}):
        return None
    year = int(found[5]) if found[5] else None
    start = express("day", year=year, month=int(found[1]), day=int(found[2]))
    end = express("day", year=year, month=int(found[3]), day=int(found[4]))
    return Reading(express("range", start, end), tokens.behind(found.end()))


def read_years(tokens: Tokens, index: int) -> Reading | None:
    """ "1961-1963", "1915-16", "2014 to 2018"."""
    first = read_year(tokens, index)
    joint = tokens.word(index + 1)
    hung = tokens.glued(index) and (
        tokens.word(index - 1) in DASHES or tokens.word(index - 1) in {"+", "/", "."}
    )
    if first is None or first[1] != index + 1 or hung or joint not in (*DASHES, "to"):
        return None
    value = express("year", year=first[0])
    second = read_year(tokens, index + 2) or short_end(tokens, index + 2, value)
    if second is None or not first[0] < second[0] < first[0] + 200 or first[0] < 1300:
        return None
    after = tokens.word(second[1])
    if (after in DASHES and tokens.glued(second[1])) or (joint == "to" and after.endswith(("s", "people"))):
        return None
    return Reading(express("range", value, express("year", year=second[0])), second[1])


def read_second(tokens: Tokens, index: int, first: Reading) -> Reading | None:
    """The end of a range: a date, a bare day or year of a range that began with one, or now."""
    kind = first.value.kind
    start = skip(tokens, index, "the")
    if kind == "day" and first.value.get("year") is None:
        day = read_day(tokens, start)
        if day and not month_follows(tokens, day[1]):
            return with_month(tokens, day, first.value)
    if kind == "year":
        year = (
            read_year(tokens, index)
            or read_short_year(tokens, index)
            or short_end(tokens, index, first.value)
        )
        if year:
            return Reading(express("year", year=year[0]), year[1])
    if tokens.word(index) in {"now", "date", "present"}:
        return Reading(express("offset", days=0), index + 1)
    return read_point(tokens, index)


def short_end(tokens: Tokens, index: int, first: TimeExpression) -> tuple[int, int] | None:
    """ "1915-16": the two last digits of a later year."""
    value, year = tokens.number(index), first.get("year")
    if value is None or not isinstance(year, int) or len(tokens.word(index)) != 2 or not tokens.glued(index):
        return None
    end = year - year % 100 + value
    return (end, index + 1) if year < end < year + 30 and tokens.word(index + 1) not in DASHES else None


def month_follows(tokens: Tokens, index: int) -> bool:
    """Whether the number before belongs to a month of its own."""
    return month_at(tokens, skip(tokens, index, "of")) is not None or (
        tokens.word(index) in {"/", "."} and tokens.glued(index + 1) and tokens.number(index + 1) is not None
    )


def with_month(tokens: Tokens, day: tuple[int, int], first: TimeExpression) -> Reading | None:
    """ "July 13-15, 2016": the second day takes the first one's month and the year behind."""
    number, begun = first.get("day"), first.get("month")
    if not isinstance(number, int) or not isinstance(begun, int):
        return None
    month = begun if day[0] > number else begun % 12 + 1
    year = read_year_after(tokens, day[1])
    return Reading(
        express("day", year=year[0] if year else None, month=month, day=day[0]), year[1] if year else day[1]
    )


def read_days_of_month(
    tokens: Tokens, index: int, joints: tuple[str, ...] = (*DASHES, "to")
) -> Reading | None:
    """ "17-18 October", "3 and 5 May" behind "between", "from the 13th to the 15th of July 2016"."""
    first = read_day(tokens, skip(tokens, index, "the"))
    if first is None or tokens.word(first[1]) not in joints:
        return None
    second = read_day(tokens, skip(tokens, first[1] + 1, "the"))
    if second is None or second[0] <= first[0]:
        return None
    month = month_at(tokens, skip(tokens, second[1], "of"))
    if month is None:
        return None
    year = read_year_after(tokens, month[1])
    value = year[0] if year else None
    start = express("day", year=value, month=month[0], day=first[0])
    end = express("day", year=value, month=month[0], day=second[0])
    return Reading(express("range", start, end), year[1] if year else month[1])


def joinable(first: TimeExpression, second: TimeExpression, joint: str) -> bool:
    """Whether two dates make a range; a dash or "to" alone joins only dates of the calendar."""
    if first.kind == "weekday" and second.kind in {"month", "season", "quarter", "year"}:
        return False  # "a visit on Friday to March's exhibition"
    if joint in {*DASHES, "to", "through", "thru", "and"}:
        same = first.kind == second.kind or (first.kind in CALENDAR and second.kind in CALENDAR)
        year, last = first.get("year"), second.get("year")
        if first.kind == "year" and second.kind == "year" and isinstance(year, int) and isinstance(last, int):
            return year < last or last < 100
        return (
            same
            or second.kind in {"offset", "weekday", "within", "part", "unit"}
            or first.kind in {"offset", "weekday", "unit", "part"}
        )
    return True


def share_year(first: TimeExpression, second: TimeExpression) -> TimeExpression:
    """The first date with the second's year, or the one before where the months turn over it."""
    year = second.get("year")
    if (
        first.get("year") is not None
        or not isinstance(year, int)
        or first.kind not in {"day", "month", "season", "quarter"}
    ):
        return first
    began, ended = first.get("month"), second.get("month")
    if first.get("shift") is not None:
        return first
    turned = isinstance(began, int) and isinstance(ended, int) and began > ended
    return express(first.kind, **{**dict(first.parts), "year": year - 1 if turned else year})
