"""One date or period with what hangs on it: "late on Monday", "the end of last year", "two days after May 3"."""

from extractors.dates.explicit import read_day_month, read_month_day
from extractors.dates.moves import read_beside, read_moved
from extractors.dates.numeric import read_numeric
from extractors.dates.plain import DAY_KINDS, PLAIN, read_plain, read_tail
from extractors.dates.ranks import (
    is_rank_of_day,
    read_plain_ranked,
    read_rank,
    read_ranked_day,
    read_units,
    read_week_before,
    read_week_of,
)
from extractors.dates.reading import Reading, express, read_longest, skip
from extractors.dates.relative import read_offset, read_plain_weekday
from extractors.dates.tokens import Tokens
from extractors.dates.weekdays import read_dated_weekday, read_weekday
from extractors.dates.words import ANYWHERE, EARLY, LATE, MIDDLE, PARTS_OF_DAY, UNITS

PARTS = (
    dict.fromkeys(EARLY, "early") | dict.fromkeys(MIDDLE, "mid") | dict.fromkeys(LATE, "late")
    | {"earlier": "earlier", "later": "later", "remainder": "later", "rest": "later", "remaining": "later"}
)  # fmt: skip
NOUNS = {"beginning", "start", "middle", "end", "close", "rest", "remainder", "remaining"}
SHORT_ENDS = {"eom": "month", "eoy": "year"}


def read_point(tokens: Tokens, index: int) -> Reading | None:
    """The longest date or period that begins here, with its modifiers."""
    return read_longest((read_modified, read_nth, read_beside, read_moved, read_plain), tokens, index)


def read_modified(tokens: Tokens, index: int) -> Reading | None:
    """ "early 2022", "mid-November", "the end of the year", "late on Thursday", "earlier this week"."""
    start = skip(tokens, index, "the")
    start = skip(tokens, start, "very")
    word = tokens.word(start)
    if word == "overnight" and tokens.word(start + 1) in {"into", "to"}:
        return read_night_into(tokens, start + 2)
    if word in PARTS_OF_DAY:
        return read_hour(tokens, start)
    part = PARTS.get(word)
    if part is None:
        return read_end(tokens, start)
    end = skip(tokens, start + 1, "-", "–")
    if word == "latter":
        end = skip(tokens, end, "part", "stages")
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
    start = skip(tokens, index + 1, "of", "on", "from")
    reading = read_longest(
        (read_dated_weekday, read_day_month, read_month_day, read_plain_weekday, read_numeric, read_offset),
        tokens,
        start,
    )
    return read_tail(tokens, reading) if reading else None


def read_night_into(tokens: Tokens, index: int) -> Reading | None:
    """ "overnight into Wednesday": that day and the one before."""
    day = read_plain(tokens, index)
    if day is None or day.value.kind not in DAY_KINDS:
        return None
    return Reading(express("range", express("move", day.value, unit="day", count=-1), day.value), day.end)


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
    if weekday:
        return read_nth_weekday(tokens, rank, weekday)
    units = read_units(tokens, end)
    if units is None:
        of_day = start + 2 >= end and is_rank_of_day(tokens, index, end)
        return read_ranked_day(tokens, rank, end) if of_day else None
    unit, count, joint = units
    last = rank == -1 and unit in {"week", "month", "year", "quarter"} and tokens.word(joint) == "in"
    whole = None if last else read_ranked_whole(tokens, joint)
    if whole is None or (count and rank not in (1, -1)):
        return None
    return Reading(express("nth", whole.value, rank=rank, unit=unit, count=count), whole.end)


def read_nth_weekday(tokens: Tokens, rank: int, weekday: tuple[int, int]) -> Reading | None:
    """ "second Monday of last month", "the third Tuesday after May 3"."""
    day, joint = weekday
    whole = read_ranked_whole(tokens, joint)
    if whole:
        return Reading(express("nth", whole.value, rank=rank, day=day), whole.end)
    sign = {"after": 1, "following": 1, "before": -1}.get(tokens.word(joint))
    base = read_plain(tokens, joint + 1) if sign and rank > 0 else None
    if base is None or base.value.kind not in {"day", "holiday", "month"}:
        return None
    return Reading(express("weekday_from", base.value, day=day, count=(sign or 1) * rank), base.end)


def read_ranked_whole(tokens: Tokens, index: int) -> Reading | None:
    """The period behind "of" or "in" that a rank counts in."""
    whole = read_whole(tokens, index + 1) if tokens.word(index) in {"of", "in"} else None
    return None if whole is None or whole.value.kind in DAY_KINDS | {"span", "ago"} else whole
