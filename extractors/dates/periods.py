"""Named periods: years, decades, centuries, quarters, halves, seasons, numbered weeks."""

from extractors.dates.explicit import read_month, read_year_after
from extractors.dates.numbers import before_christ, read_ordinal, read_year
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import Tokens
from extractors.dates.words import DECADES, EARLY, LATE, MIDDLE, SEASONS, SHIFTS

QUARTERS = {"quarter", "qtr"}
BEFORE_SEASON = (
    EARLY
    | MIDDLE
    | LATE
    | {
        *(
            "in",
            "during",
            "by",
            "since",
            "until",
            "throughout",
            "of",
            "from",
            "through",
            "and",
            "to",
            "over",
            "spent",
        ),
        "into",
    }
)
NO_SEASON = {"of", "into", "from", "to", "for", "water", "break", "olympics", "games", "palace"}  # next word


def read_decade(tokens: Tokens, index: int) -> Reading | None:
    """ "the 1990s", "the '90s", "the nineties"."""
    start = skip(tokens, index, "the")
    word = tokens.word(start)
    if word in DECADES:
        known = start > index or tokens.word(start - 1) in {"in", "mid", "late", "early", "-"}
        return Reading(express("decade", short=DECADES[word]), start + 1) if known else None
    start = skip(tokens, start, "'", "’", "‘")
    value = tokens.number(start)
    end = skip(tokens, start + 1, "'", "’")
    if value is None or value % 10 or tokens.word(end) != "s" or (value < 100 and start == index):
        return None
    if len(tokens.word(start)) == 4 and 1000 <= value <= 2190 and not before_christ(tokens, end + 1):
        return Reading(express("decade", year=value), end + 1)
    return Reading(express("decade", short=value), end + 1) if 20 <= value <= 90 else None


def read_century(tokens: Tokens, index: int) -> Reading | None:
    """ "the 19th century", "eighteenth-century"."""
    ordinal = read_ordinal(tokens, skip(tokens, index, "the"))
    if ordinal is None:
        return None
    end = skip(tokens, ordinal[1], "-", "–")
    good = (
        tokens.word(end) in {"century", "centuries"}
        and not before_christ(tokens, end + 1)
        and 10 <= ordinal[0] <= 21
    )
    return Reading(express("century", century=ordinal[0]), end + 1) if good else None


def read_quarter(tokens: Tokens, index: int) -> Reading | None:
    """ "the third quarter of 2019", "Q3 2019", "1990's second half", "first-quarter"."""
    start = skip(tokens, index, "the")
    year = read_year(tokens, start)
    if year:
        start = skip(tokens, year[1], "'", "’", "-")
        start = skip(tokens, start, "s")
    start = skip(tokens, start, "fiscal")
    part = read_q(tokens, start) or read_nth_part(tokens, start)
    if part is None:
        return None
    kind, number, end = part
    if year is None:
        year = read_year_after(tokens, skip(tokens, end, "-") if tokens.glued(end) else end)
        end = year[1] if year else end
    return Reading(express(kind, number=number, year=year[0] if year else None), end)


def read_q(tokens: Tokens, index: int) -> tuple[str, int, int] | None:
    """ "Q3", "H2"."""
    number = tokens.number(index + 1)
    letter = tokens.word(index)
    if (
        letter not in {"q", "h"}
        or number is None
        or not tokens.glued(index + 1)
        or (not tokens.capital(index) and letter == "h")
    ):
        return None
    kind, most = ("quarter", 4) if letter == "q" else ("half", 2)
    return (kind, number, index + 2) if 1 <= number <= most else None


def read_nth_part(tokens: Tokens, index: int) -> tuple[str, int, int] | None:
    """ "third quarter", "fourth-quarter", "second half" where a year follows."""
    ordinal = read_ordinal(tokens, index)
    if ordinal is None:
        return None
    end = skip(tokens, ordinal[1], "-", "–", "fiscal")
    if tokens.word(end) in QUARTERS and ordinal[0] <= 4:
        return "quarter", ordinal[0], end + 1
    half = tokens.word(end) == "half" and ordinal[0] <= 2 and read_year_after(tokens, end + 1)
    return ("half", ordinal[0], end + 1) if half else None


def read_season(tokens: Tokens, index: int) -> Reading | None:
    """ "summer 2022", "1994 winter", "in the spring"; bare only where no verb or place can stand."""
    start = skip(tokens, index, "the")
    before = read_year(tokens, start)
    if before and tokens.word(before[1]) in SEASONS and tokens.word(before[1] + 1) not in NO_SEASON:
        return Reading(
            express("season", month=SEASONS[tokens.word(before[1])], year=before[0]), before[1] + 1
        )
    word = tokens.word(start)
    if word not in SEASONS:
        return None
    year = read_year_after(tokens, start + 1)
    if year:
        return Reading(express("season", month=SEASONS[word], year=year[0]), year[1])
    bare_fall = word == "fall" and start == index
    held = tokens.word(start + 1) == "of" and (
        tokens.word(start + 2) in SHIFTS or tokens.word(start + 2) == "that"
    )
    stopped = tokens.word(start + 1) in NO_SEASON and not held
    planned = tokens.word(index - 1) == "for" and start > index  # "planned for the spring"
    if not (tokens.word(index - 1) in BEFORE_SEASON or planned) or stopped or bare_fall:
        return None
    if planned:
        return Reading(express("season", month=SEASONS[word], needs="future"), start + 1)
    return Reading(express("season", month=SEASONS[word]), start + 1)


def read_numbered_week(tokens: Tokens, index: int) -> Reading | None:
    """ "week 23", "week 3 of 2027"."""
    start = skip(tokens, index, "the")
    number = tokens.number(start + 1)
    if (
        tokens.word(start) != "week"
        or number is None
        or not 1 <= number <= 53
        or len(tokens.word(start + 1)) > 2
    ):
        return None
    year = read_year(tokens, start + 3) if tokens.word(start + 2) == "of" else None
    return Reading(
        express("week_number", number=number, year=year[0] if year else None), year[1] if year else start + 2
    )


def read_period(tokens: Tokens, index: int) -> Reading | None:
    """A month, as the smallest named period."""
    return read_month(tokens, index)
