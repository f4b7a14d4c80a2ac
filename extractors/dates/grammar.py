"""The walk over a text that finds its time expressions, longest first, from left to right."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from extractors.dates.holidays import index_holidays
from extractors.dates.openings import read_or_later
from extractors.dates.points import read_point
from extractors.dates.ranges import read_interval
from extractors.dates.reading import Reading, express
from extractors.dates.relative import OFFSETS
from extractors.dates.tense import is_deadline, is_pending, lies_ahead, load_names, opens_sentence
from extractors.dates.tokens import BREAK, Tokens, is_alone
from extractors.dates.words import (
    ANYWHERE,
    DECADES,
    EARLY,
    LATE,
    MIDDLE,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS_OF_DAY,
    SEASONS,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)
from models.dates import TimeExpression

AMOUNTS = {"a", "an", "several", "few", "some", "couple", "more"}
OPENERS = {"since", "until", "till", "til", "before", "after", "from", "between", "starting", "prior", "no"}
QUOTES = {"'", "’", "‘"}
STARTERS = {
    *(MONTHS.keys() | WEEKDAYS.keys() | UNITS.keys() | NUMBERS.keys() | ORDINALS.keys() | SEASONS.keys()),
    *(DECADES.keys() | SHIFTS.keys() | EARLY | MIDDLE | LATE | ANYWHERE | PARTS_OF_DAY | OFFSETS.keys()),
    *(AMOUNTS | OPENERS | QUOTES | {"the", "that", "in", "recent", "same", "q", "h", "rest", "remaining"}),
    *("final", "opening", "fy", "cy", "eom", "eoy", "now"),
}
# words too common, or too far from time, to make the readers run by themselves
FUNCTION = {
    *(AMOUNTS | OPENERS - {"starting", "prior"} | QUOTES | NUMBERS.keys()),
    *("the", "that", "in", "same", "now", "q", "h", "later", "beginning", "start", "end"),
}
PLURAL_DAYS = {f"{day}s" for day in WEEKDAYS}
TIMELY = (
    (STARTERS - FUNCTION) | PLURAL_DAYS | {"st", "nd", "rd", "th", "s", "nineteen", "eighteen", "thousand"}
)
MARKS = {"/", "-", "–", "."}
REACH = 8  # words that may stand between the first word of an expression and the first that tells time
FREQUENT = {"every", "each", "per"}
NAME = "name"  # the kind of what looks like a date and is a name
DENIAL = 8  # words before "until" among which its denial stands
NEGATION = {(quote, "t") for quote in QUOTES}
STOPS = {".", ",", ";", ":", "but", "and", BREAK}


def find_readings(tokens: Tokens) -> Iterator[tuple[int, Reading]]:
    """Each expression with the index of its first token, left to right, without overlap."""
    holidays = index_holidays()
    behind = 0
    for index in find_starts(tokens):
        if index < behind:
            continue
        word = tokens.words[index]
        if word in STARTERS or word in holidays or "0" <= word[0] <= "9":
            reading = read_here(tokens, index)
            if reading:
                behind = reading.end
                if reading.value.kind != NAME:
                    yield index, reading


def find_starts(tokens: Tokens) -> Iterator[int]:
    """The indexes from which a word that tells time lies within reach: the cheap test before the readers."""
    holidays = index_holidays()
    free = 0
    for index in range(len(tokens.spans)):
        word = tokens.words[index]
        timely = word in TIMELY or (word == "then" and tokens.word(index - 1) == "since")
        if timely or word in holidays or is_dating_number(tokens, index, word):
            yield from range(max(free, index - REACH), index + 1)
            free = index + 1


def is_dating_number(tokens: Tokens, index: int, word: str) -> bool:
    """Whether digits could be a year, or day and month with a mark between."""
    if not "0" <= word[0] <= "9":
        return False
    return len(word) in (4, 8) or tokens.words[index + 1] in MARKS or tokens.words[index - 1] in QUOTES


def read_here(tokens: Tokens, index: int) -> Reading | None:
    """The longest expression that begins at the token and is a date where it stands."""
    point = read_point(tokens, index)
    reading = read_interval(tokens, index, point)
    if reading is None or (point and point.end > reading.end):
        reading = point
    if reading is None or is_frequent(tokens, index):
        return None
    if names_other(tokens, index, reading):
        return Reading(express(NAME), reading.end)
    reading = read_or_later(tokens, reading) or reading
    reading = settle_part(tokens, index, reading)
    value = reading.value
    if value.get("needs") == "future" and not (
        lies_ahead(tokens, index, reading.end) or is_alone(tokens, index, reading.end)
    ):
        return None
    if is_aged(tokens, reading.end):
        return None
    if not depends_on_now(value):
        if is_aside(tokens, index, reading):
            return mark(reading, "aside")
        return mark(reading, "opens") if value.kind == "year" and opens_sentence(tokens, index) else reading
    tense = read_tense(tokens, index, reading)
    return mark(reading, tense) if tense else reading


def settle_part(tokens: Tokens, index: int, reading: Reading) -> Reading:
    """What words before change: "so far this year" has not ended, "not until Friday" is on Friday."""
    value = reading.value
    before = tokens.words[max(0, index - DENIAL) : index]
    if before[-2:] == ["so", "far"] and value.kind == "unit" and value.get("shift") == 0:
        return Reading(express("part", value, which="earlier"), reading.end)
    if value.kind == "until" and is_denied(before):
        return Reading(value.inner[0], reading.end)
    return reading


def is_denied(before: Sequence[str]) -> bool:
    """Whether the last words of the clause deny it."""
    clause = list(takewhile(lambda word: word not in STOPS, reversed(before)))
    return (
        "not" in clause or "never" in clause or any(pair in NEGATION for pair in pairwise(reversed(clause)))
    )


def is_aside(tokens: Tokens, index: int, reading: Reading) -> bool:
    """Whether a date with its year is only mentioned: in brackets, or as what was still to come."""
    value = reading.value
    if value.get("year") is None and not any(inner.get("year") is not None for inner in value.inner):
        return False
    before = tokens.words[max(0, index - 12) : index][::-1]
    bracketed = "(" in before and ")" not in before[: before.index("(")]
    return bracketed or lies_ahead(tokens, index, reading.end)


def read_tense(tokens: Tokens, index: int, reading: Reading) -> str | None:
    """Where the words put a date that could lie on either side of publication; None for the past."""
    # a phrase alone has no tense, nor has "the June 3 deadline"
    if is_alone(tokens, index, reading.end) or is_deadline(tokens, reading.end):
        return "nearest"
    if lies_ahead(tokens, index, reading.end):
        # "they will protest at Wednesday's arrest": whose event it is tells no tense
        owned = tokens.word(reading.end) in QUOTES and tokens.word(reading.end + 1) == "s"
        return "nearest" if owned else "future"
    pending = is_pending(tokens, index, reading.end)
    kinds = {reading.value.kind, *(inner.kind for inner in reading.value.inner)}
    if ("until" in kinds or tokens.word(index - 1) == "by") and (pending or "weekday" not in kinds):
        return "nearest"  # a deadline is seldom a year old
    return "pending" if pending else None


def is_frequent(tokens: Tokens, index: int) -> bool:
    """Whether the words before tell how often ("every Friday", "every third Sunday")."""
    before = tokens.word(index - 1)
    return before in FREQUENT or (
        tokens.word(index - 2) in FREQUENT and (before == "other" or before in ORDINALS)
    )


def names_other(tokens: Tokens, index: int, reading: Reading) -> bool:
    """Whether the day is only part of a name: "the 23 March Movement", "Black September"."""
    value, before = reading.value, tokens.word(index - 1)
    led = tokens.word(index) == "the" or before == "the"
    named = tokens.written(reading.end) in load_names() or tokens.word(reading.end) == "movement"
    black = value.kind == "month" and before == "black" and tokens.capital(index - 1)
    return value.kind in {"day", "month"} and value.get("year") is None and ((led and named) or black)


def mark(reading: Reading, name: str) -> Reading:
    """The reading with one more part: a phrase without a sentence, or talk of the future."""
    value = reading.value
    return Reading(
        TimeExpression(value.kind, tuple(sorted((*value.parts, (name, 1)))), value.inner), reading.end
    )


def is_aged(tokens: Tokens, end: int) -> bool:
    """Whether "old" follows, so that the number is an age."""
    return tokens.word(end) in {"old", "olds"} or (tokens.word(end) == "-" and tokens.word(end + 1) == "old")


def depends_on_now(value: TimeExpression) -> bool:
    """Whether the expression, or one inside it, could lie on either side of publication."""
    if (
        value.kind in {"day", "month", "season", "quarter", "half", "weekday", "holiday", "unit"}
        and value.get("year") is None
    ):
        return True
    return any(depends_on_now(inner) for inner in value.inner)
