"""Dates in digits: ISO, slashes, dots, and the compact form."""

import re

from extractors.dates.reading import Reading, express
from extractors.dates.tokens import Tokens, is_alone
from extractors.dates.words import WEEKDAYS

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|(?![\d%])(?![-/]\d))")
TRIPLE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d%])")
MONTH_YEAR = re.compile(r"(?:(\d{1,2})[-/](\d{4})|(\d{4})[-/](\d{2}))(?![\d%])(?![-/.]\d)")
PAIR = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})(?![\d%])(?![/.]\d)(?!\s?(?:%|per\b|million|billion|-?(?:inch|mm|km)))"
)
COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
CUES = WEEKDAYS.keys() | {
    "on",
    "from",
    "between",
    "until",
    "by",
    "since",
    "before",
    "after",
    "this",
    "next",
    "last",
}


def read_numeric(tokens: Tokens, index: int) -> Reading | None:
    """A date in digits that no longer number holds."""
    if tokens.number(index) is None:
        return None
    start = tokens.spans[index][0]
    if (tokens.glued(index) and tokens.word(index - 1) in {".", ",", "/", "$", "+"}) or glued_word(
        tokens, index
    ):
        return None
    for pattern, read in READERS:
        found = pattern.match(tokens.text, start)
        if found and (reading := read(tokens, index, found)):
            return reading
    return None


def glued_word(tokens: Tokens, index: int) -> bool:
    """Whether the digits hang on a letter or on other digits by a hyphen ("ABC-12345", "138-2010-2015")."""
    before = tokens.word(index - 1)
    if not tokens.glued(index):
        return False
    return before.isalnum() or (
        before == "-"
        and tokens.glued(index - 1)
        and tokens.word(index - 2).isalnum()
        and tokens.number(index - 2) is None
    )


def read_iso(tokens: Tokens, _index: int, found: re.Match[str]) -> Reading | None:
    """Year, month, day."""
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    return build(tokens, found, year, month, day) if 1000 <= year <= 2199 else None


def read_triple(tokens: Tokens, _index: int, found: re.Match[str]) -> Reading | None:
    """Day and month in the order that the rest of the text shows; month first where nothing shows it."""
    if found[2] == "." and len(found[4]) == 2 and not 0 < int(found[1]) <= 31:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    # who writes dots writes the day first
    day_first = first > 12 or (second <= 12 and (found[2] == "." or puts_day_first(tokens.text)))
    month, day = (second, first) if day_first else (first, second)
    return build(tokens, found, year, month, day)


def puts_day_first(text: str) -> bool:
    """Whether a numeric date of the text can only be read day first, and none only month first."""
    dates = [(int(m[1]), int(m[3])) for m in TRIPLE.finditer(text)]
    return any(a > 12 >= b for a, b in dates) and not any(b > 12 >= a for a, b in dates)


def read_month_year(tokens: Tokens, index: int, found: re.Match[str]) -> Reading | None:
    """A month and its year."""
    year, month = int(found[2] or found[3]), int(found[1] or found[4])
    # "the 2006-07 season" and "in 2006-07" are two years
    if found[3] and (year + 1) % 100 == month and not is_alone(tokens, index, index + 3):
        return None
    if not (1900 <= year <= 2199 and 1 <= month <= 12) or (
        tokens.glued(index) and tokens.word(index - 1) == "-"
    ):
        return None
    return Reading(express("month", year=year, month=month), tokens.behind(found.end()))


def read_pair(tokens: Tokens, index: int, found: re.Match[str]) -> Reading | None:
    """ "10/31": month and day, only where a word that dates follow says so or nothing else stands there."""
    end = tokens.behind(found.end())
    before = tokens.word(index - 1)
    dotted = found[0][len(found[1])] != "/"
    listed = (
        before in {",", "or", "and", "to", "-"}
        and "/" in tokens.text[max(0, found.start() - 8) : found.start()]
    )
    if dotted and not (before in WEEKDAYS or before in {"on"} or is_alone(tokens, index, end)):
        return None
    if not (
        before in CUES
        or listed
        or is_alone(tokens, index, end)
        or "date" in tokens.words[max(0, index - 8) : index]
    ):
        return None
    if dotted and found[0][len(found[1])] == "-" and tokens.word(index - 1) not in {"on"}:
        return None
    first, second = int(found[1]), int(found[2])
    month, day = (second, first) if first > 12 else (first, second)
    return build(tokens, found, None, month, day)


def read_compact(tokens: Tokens, _index: int, found: re.Match[str]) -> Reading | None:
    """Eight digits."""
    return build(tokens, found, int(found[1]), int(found[2]), int(found[3]))


def build(tokens: Tokens, found: re.Match[str], year: int | None, month: int, day: int) -> Reading | None:
    """The day, where month and day can be one."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Reading(express("day", year=year, month=month, day=day), tokens.behind(found.end()))


READERS = (
    (ISO, read_iso),
    (TRIPLE, read_triple),
    (COMPACT, read_compact),
    (MONTH_YEAR, read_month_year),
    (PAIR, read_pair),
)
