"""Numbers inside time expressions: amounts, ordinals, days of the month and years, in digits or words."""

from extractors.dates.reading import skip
from extractors.dates.tokens import Tokens
from extractors.dates.words import NUMBERS, ORDINALS

SUFFIXES = {"st", "nd", "rd", "th"}
VAGUE = {"few", "several", "some", "many", "numerous", "couple"}
TIMES = {"hundred": 100, "thousand": 1000, "dozen": 12}

Number = tuple[int, int]  # value, index behind it


def read_cardinal(tokens: Tokens, index: int) -> Number | None:
    """A number in digits, or in words up to the hundreds ("twenty-three", "two hundred")."""
    value = tokens.number(index)
    if value is not None:
        return None if value > 10_000 else (value, index + 1)
    small = read_small(tokens, index)
    if small is None:
        return None
    value, end = small
    factor = TIMES.get(tokens.word(end))
    return (value * factor, end + 1) if factor else small


def read_small(tokens: Tokens, index: int) -> Number | None:
    """A number below a hundred in words."""
    value = NUMBERS.get(tokens.word(index))
    if value is None:
        return None
    following = skip(tokens, index + 1, "-")
    units = NUMBERS.get(tokens.word(following), 0)
    if value >= 20 and value % 10 == 0 and 0 < units < 10:
        return value + units, following + 1
    return value, index + 1


def read_amount(tokens: Tokens, index: int) -> tuple[int | None, int] | None:
    """How many units: a number, "a", "a dozen", or None for "a few"."""
    word = tokens.word(index)
    if word in {"a", "an"} and tokens.word(index + 1) in VAGUE:
        return (None, skip(tokens, index + 2, "of"))
    if word in VAGUE:
        return (None, skip(tokens, index + 1, "of", "more"))
    if word in {"a", "an"}:
        return (12, index + 2) if tokens.word(index + 1) == "dozen" else (1, index + 1)
    return read_cardinal(tokens, index)


def read_ordinal(tokens: Tokens, index: int) -> Number | None:
    """ "3rd", "third", "twenty-sixth"."""
    value = tokens.number(index)
    if value is not None:
        ordinal = tokens.word(index + 1) in SUFFIXES and tokens.glued(index + 1)
        return (value, index + 2) if ordinal else None
    word = tokens.word(index)
    if word in ORDINALS:
        return ORDINALS[word], index + 1
    following = skip(tokens, index + 1, "-")
    units = ORDINALS.get(tokens.word(following), 0)
    if NUMBERS.get(word, 0) in (20, 30) and 0 < units < 10:
        return NUMBERS[word] + units, following + 1
    return None


def read_day(tokens: Tokens, index: int) -> Number | None:
    """A day of the month: "3", "3rd", "third", "twenty-six"."""
    day = read_ordinal(tokens, index) or read_small(tokens, index)
    value = tokens.number(index)
    if day is None and value is not None and len(tokens.word(index)) <= 2 and not in_number(tokens, index):
        day = value, index + 1
    return day if day and 1 <= day[0] <= 31 else None


def in_number(tokens: Tokens, index: int) -> bool:
    """Whether the digits are a piece of a longer number: a decimal, thousands, a sum or a percentage."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    if tokens.glued(index) and (
        before in {"$", "€", "£", "#"}
        or (before in {".", ","} and tokens.number(index - 2) is not None and tokens.glued(index - 1))
    ):
        return True
    if not tokens.glued(index + 1):
        return False
    return after == "%" or (
        after in {".", ",", ":"} and tokens.number(index + 2) is not None and tokens.glued(index + 2)
    )


def read_year(tokens: Tokens, index: int) -> Number | None:
    """A year of four digits, or in words ("nineteen ninety-six", "two thousand and fifteen")."""
    word = tokens.word(index)
    if len(word) == 4 and word.isascii() and word.isdigit():
        good = (
            1000 <= int(word) <= 2199
            and not in_number(tokens, index)
            and not before_christ(tokens, index + 1)
        )
        good = good and not (tokens.glued(index + 1) and tokens.word(index + 1).isalpha())
        return (int(word), index + 1) if good else None
    return read_year_words(tokens, index)


def read_year_words(tokens: Tokens, index: int) -> Number | None:
    """A year in words."""
    century = read_small(tokens, index)
    if century is None:
        return None
    value, end = century
    if value == 2 and tokens.word(end) == "thousand":
        rest = read_small(tokens, skip(tokens, end + 1, "and"))
        return (2000 + rest[0], rest[1]) if rest else (2000, end + 1)
    if not 16 <= value <= 20:
        return None
    rest = read_small(tokens, skip(tokens, end, "hundred"))
    return (100 * value + rest[0], rest[1]) if rest and rest[0] >= 10 else None


def before_christ(tokens: Tokens, index: int) -> bool:
    """Whether "BC", "B.C." or "BCE" stands here: such years are no dates of news."""
    word = tokens.word(index)
    return word in {"bc", "bce"} or (
        word == "b" and tokens.word(index + 1) == "." and tokens.word(index + 2) == "c"
    )


def read_short_year(tokens: Tokens, index: int) -> Number | None:
    """ "'96": the two digits behind an apostrophe."""
    value = tokens.number(index + 1)
    if tokens.word(index) in {"'", "’", "‘"} and len(tokens.word(index + 1)) == 2 and tokens.glued(index + 1):
        follows_s = tokens.word(index + 2) == "s" and tokens.glued(index + 2)
        return (value, index + 2) if value is not None and not follows_s else None
    return None
