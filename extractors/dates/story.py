"""Dates relative to the story's last date: the next day, two days later, that month, the same night."""

from extractors.dates.numbers import read_amount, read_ordinal
from extractors.dates.reading import Reading, express, skip
from extractors.dates.relative import skip_or_so
from extractors.dates.tokens import BREAK, Tokens
from extractors.dates.words import PARTS_OF_DAY, UNITS

DAYS = {"day": "day", **dict.fromkeys(PARTS_OF_DAY - {"overnight"}, "day")}
UNIT_OR_PART = UNITS | DAYS
STOPS = {
    "",
    BREAK,
    ".",
    ",",
    ";",
    ":",
    ")",
    "!",
    "?",
    "and",
    "or",
    "but",
    "when",
    "-",
    "–",
    "—",
    "in",
    "at",
    "on",
    "with",
    '"',
    "”",
}
BACK = {"earlier", "before", "previously", "prior"}
ON = {"later", "after", "afterwards", "afterward", "thereafter"}


def read_story(tokens: Tokens, index: int) -> Reading | None:
    """Any of the story-relative forms."""
    return read_that(tokens, index) or read_next_day(tokens, index) or read_later(tokens, index)


def read_that(tokens: Tokens, index: int) -> Reading | None:
    """ "that day", "the same night", "that same year", "later that month", "earlier in the day"."""
    start = skip(tokens, index, "earlier", "later")
    moved = start > index
    word, following = tokens.word(start), tokens.word(start + 1)
    if moved and (word, following) == ("in", "the"):
        unit = UNITS.get(tokens.word(start + 2))
        if unit in {"day"}:
            return Reading(express("story", unit="day", count=0), start + 3)
        return None
    if word == "that":
        end = skip(tokens, start + 1, "same", "very")
    elif word in {"the", "this"} and following in {"same", "very"}:
        end = skip(tokens, start + 2, "same")
    elif moved and word == "same":
        end = start + 1
    else:
        return read_day_of_event(tokens, index)
    unit = UNIT_OR_PART.get(tokens.word(end))
    if unit is None or tokens.word(end).endswith("s"):
        return None
    return Reading(express("story", unit=unit, count=0), end + 1)


def read_day_of_event(tokens: Tokens, index: int) -> Reading | None:
    """ "on this day", "on the day"."""
    good = (
        tokens.word(index) == "this"
        and tokens.word(index + 1) == "day"
        and tokens.word(index - 1) in {"on", "to"}
    )
    return Reading(express("story", unit="day", count=0), index + 2) if good else None


def read_next_day(tokens: Tokens, index: int) -> Reading | None:
    """ "the next day", "the following night", "the previous evening", "the day before", "the day after"."""
    start = skip(tokens, index, "the", "very")
    word = tokens.word(start)
    sign = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(word)
    if sign and tokens.word(start + 1) in DAYS:
        return Reading(express("story", unit="day", count=sign), start + 2)
    if start > index and word in UNIT_OR_PART and not word.endswith("s"):
        sign = {"before": -1, "after": 1, "following": 1}.get(tokens.word(start + 1))
        if sign and tokens.word(start + 2) in STOPS - {"in", "at", "on", "with"}:
            return Reading(express("story", unit=UNIT_OR_PART[word], count=sign), start + 2)
    return None


def read_later(tokens: Tokens, index: int) -> Reading | None:
    """ "two days later", "a week earlier", "three months before", "days later"."""
    amount = read_amount(tokens, index)
    count, end = amount if amount else (None, index)
    end = skip(tokens, end, "more")
    word = tokens.word(end)
    unit = UNITS.get(word)
    if unit is None or (amount is None and not word.endswith("s")):
        return None
    end = skip_or_so(tokens, end + 1)
    way = tokens.word(end)
    if way not in BACK | ON or (
        way in {"after", "before", "prior"} and tokens.word(end + 1) not in STOPS - {"in", "at", "on", "with"}
    ):
        return None
    if tokens.word(end + 1) == "than" or (count or 0) > 3000:
        return None
    sign = 1 if way in ON else -1
    return Reading(express("story", unit=unit, count=sign * count if count else None, sign=sign), end + 1)


def read_anniversary(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Which anniversary stands here ("the 10th anniversary of") and the index behind "of"."""
    ordinal = read_ordinal(tokens, skip(tokens, index, "the"))
    if ordinal is None:
        return None
    end = skip(tokens, skip(tokens, ordinal[1], "-"), "year")
    if tokens.word(end) != "anniversary" or tokens.word(end + 1) != "of":
        return None
    return ordinal[0], end + 2
