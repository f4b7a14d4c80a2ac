"""One date or period with what hangs on it: "late on Monday", "the end of last year", "two days after May 3"."""

from extractors.dates.explicit import read_dated_weekday, read_day_month, read_month_day, read_weekday
from extractors.dates.holidays import read_holiday
from extractors.dates.numbers import read_amount, read_ordinal
from extractors.dates.numeric import read_numeric
from extractors.dates.plain import DAY_KINDS, PLAIN, read_holder, read_plain, read_tail
from extractors.dates.reading import Reading, express, read_longest, skip
from extractors.dates.relative import read_offset, read_plain_weekday
from extractors.dates.story import read_anniversary
from extractors.dates.tokens import Tokens
from extractors.dates.words import ANYWHERE, EARLY, LATE, MIDDLE, PARTS_OF_DAY, UNITS

PARTS = (
    dict.fromkeys(EARLY, "early") | dict.fromkeys(MIDDLE, "mid") | dict.fromkeys(LATE, "late")
    | {"earlier": "earlier", "later": "later", "remainder": "later", "rest": "later", "remaining": "later"}
)  # fmt: skip
NOUNS = {"beginning", "start", "middle", "end", "close", "rest", "remainder", "remaining"}
SHORT_ENDS = {"eom": "month", "eoy": "year"}


def read_point(tokens: Tokens, index: int) -> Reading | None:
    """The longest date or period that begins here, with its modifiers."""
    return read_longest((read_modified, read_nth, read_moved, read_plain), tokens, index)


def read_modified(tokens: Tokens, index: int) -> Reading | None:
    """ "early 2022", "mid-November", "the end of the year", "late on Thursday", "earlier this week"."""
    start = skip(tokens, index, "the")
    start = skip(tokens, start, "very")
    word = tokens.word(start)
    if word in PARTS_OF_DAY:
        return read_hour(tokens, start)
    part = PARTS.get(word)
    if part is None:
        return read_end(tokens, start)
    end = skip(tokens, start + 1, "-", "–")
    if word == "latter":
        end = skip(tokens, end, "part", "half", "stages")
    end = skip(tokens, end, "part") if word in EARLY | LATE else end
    joined = skip(tokens, end, "of", "in", "on")
    if word in NOUNS and tokens.word(end) != "of" and not (word == "end" and joined == end):
        return None
    reading = read_whole(tokens, skip(tokens, joined, "around"))
    if reading is None:
        return None
    if word in ANYWHERE and (
        reading.value.kind == "story" or (joined > end and reading.value.kind != "unit")
    ):
        return reading
    if reading.value.kind in DAY_KINDS or (
        reading.value.kind == "story" and reading.value.get("unit") == "day"
    ):
        return reading if word not in NOUNS else None
    return Reading(express("part", reading.value, which=part), reading.end)


def read_whole(tokens: Tokens, index: int) -> Reading | None:
    """What has an early and a late part: any period, and "the month" or "the week" by itself."""
    nth = read_nth(tokens, index)
    if nth:
        return nth
    plain = read_longest(PLAIN, tokens, index)
    if plain:
        return read_tail(tokens, plain)
    start = skip(tokens, index, "the")
    unit = UNITS.get(tokens.word(start))
    bare = unit in {"week", "month", "year", "quarter", "decade", "fortnight"} and not tokens.word(
        start
    ).endswith("s")
    joined = tokens.word(index - 1) in {"of", "in"}
    return Reading(express("unit", unit=unit, bare=1), start + 1) if bare and joined else None


def read_hour(tokens: Tokens, index: int) -> Reading | None:
    """ "the night of May 3", "dawn on Sunday", "midnight Friday"."""
    start = skip(tokens, index + 1, "of", "on")
    reading = read_longest(
        (read_dated_weekday, read_day_month, read_month_day, read_plain_weekday, read_numeric, read_offset),
        tokens,
        start,
    )
    return read_tail(tokens, reading) if reading else None


def read_end(tokens: Tokens, index: int) -> Reading | None:
    """ "year-end", "the month's end", "year end"."""
    if tokens.word(index) in SHORT_ENDS:
        return Reading(
            express("part", express("unit", unit=SHORT_ENDS[tokens.word(index)], bare=1), which="late"),
            index + 1,
        )
    unit = UNITS.get(tokens.word(index))
    if unit not in {"year", "month", "week"} or tokens.word(index).endswith("s"):
        return None
    end = index + 1
    if tokens.word(end) in {"'", "’"} and tokens.word(end + 1) == "s":
        end += 2
    end = skip(tokens, end, "-")
    late = tokens.word(end) == "end"
    return (
        Reading(express("part", express("unit", unit=unit, bare=1), which="late"), end + 1) if late else None
    )


def read_nth(tokens: Tokens, index: int) -> Reading | None:
    """ "the last week of July", "second Monday of last month", "the 15th day of May", "the week of May 3"."""
    start = skip(tokens, index, "the")
    found = read_rank(tokens, start)
    unit = UNITS.get(tokens.word(start))
    if found is None and unit in {"week", "weekend"}:
        return read_week_of(tokens, start)
    if found is None:
        return read_week_before(tokens, index) or read_plain_ranked(tokens, start)
    rank, end = found
    weekday = read_weekday(tokens, end)
    unit = None if weekday else UNITS.get(tokens.word(end))
    unit = "half" if tokens.word(end) == "half" else unit
    if not (weekday or unit):
        return read_ranked_day(tokens, rank, end) if start + 2 >= end else None
    joint = weekday[1] if weekday else end + 1
    if tokens.word(joint) not in {"of", "in"} or (
        rank == -1 and unit in {"week", "month", "year", "quarter"} and tokens.word(joint) == "in"
    ):
        return None
    whole = read_whole(tokens, joint + 1)
    if whole is None or whole.value.kind in DAY_KINDS | {"span", "ago"}:
        return None
    return Reading(
        express("nth", whole.value, rank=rank, unit=unit, day=weekday[0] if weekday else None), whole.end
    )


def read_rank(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """ "third" 3, "last" -1, "fifth last" -5."""
    if tokens.word(index) in {"last", "final", "closing"}:
        return -1, index + 1
    if tokens.word(index) == "opening":
        return 1, index + 1
    ordinal = read_ordinal(tokens, index)
    if ordinal and tokens.word(ordinal[1]) == "last":
        return -ordinal[0], ordinal[1] + 1
    return ordinal


def read_plain_ranked(tokens: Tokens, index: int) -> Reading | None:
    """ "20 of next month"."""
    number = tokens.number(index)
    return read_ranked_day(tokens, number, index + 1) if number and tokens.word(index + 1) == "of" else None


def read_ranked_day(tokens: Tokens, rank: int, index: int) -> Reading | None:
    """ "the 20th of next month", "the 21st this month"."""
    holder = read_holder(tokens, skip(tokens, index, "of"))
    if holder is None or holder.value.get("unit") != "month" or not 1 <= rank <= 31:
        return None
    return Reading(express("within", express("day", day=rank), holder.value), holder.end)


def read_week_of(tokens: Tokens, index: int) -> Reading | None:
    """ "the week of May 3", "the week beginning February 4", "the weekend of Halloween"."""
    joint = tokens.word(index + 1)
    if joint == "after" and tokens.word(index + 2) == "next":
        return Reading(express("unit", unit="week", shift=2), index + 3)
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


def read_moved(tokens: Tokens, index: int) -> Reading | None:
    """ "two days after last Monday", "the day before May 3", "three weeks from tomorrow"; anniversaries."""
    anniversary = read_anniversary(tokens, index)
    if anniversary:
        base = read_plain(tokens, skip(tokens, anniversary[1], "the"))
        return Reading(express("anniversary", base.value, count=anniversary[0]), base.end) if base else None
    start = skip(tokens, index, "the")
    amount = (1, start) if start > index else read_amount(tokens, index)
    if amount is None or amount[0] is None or amount[0] > 3000:
        return None
    unit = UNITS.get(tokens.word(amount[1]))
    sign = {"after": 1, "before": -1, "from": 1, "following": 1}.get(tokens.word(amount[1] + 1))
    if unit is None or sign is None:
        return None
    base = read_plain(tokens, amount[1] + 2)
    if base is None or base.value.kind in {"year", "story", "unit", "range", "span"}:
        return None
    return Reading(express("move", base.value, unit=unit, count=sign * amount[0]), base.end)
