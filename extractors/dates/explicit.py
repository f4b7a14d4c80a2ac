"""Calendar dates in words: days, months, with or without year."""

from extractors.dates.numbers import read_day, read_short_year, read_year
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import Tokens, is_alone
from extractors.dates.words import ANYWHERE, EARLY, LATE, MIDDLE, MONTHS, PREPOSITIONS, SHIFTS

AMBIGUOUS = {"may", "march", "jan", "mar", "dec", "sep"}  # words and names as well as months
BEFORE_MONTH = (
    (PREPOSITIONS - {"for", "as", "past"})
    | SHIFTS.keys()
    | EARLY
    | MIDDLE
    | LATE
    | ANYWHERE
    | {"-", "–", "the", "(", "/"}
)
# behind "the March" these do not begin a noun
NO_NOUN = PREPOSITIONS | {
    "was",
    "is",
    "has",
    "had",
    "will",
    "that",
    "which",
    "who",
    "against",
    "under",
    "with",
}


def month_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The month named here and the index behind it and its full stop."""
    word = tokens.word(index)
    if word not in MONTHS:
        return None
    short = len(word) <= 4 and word not in {"may", "june", "july"}
    end = index + 1
    if short and tokens.word(end) == "." and tokens.glued(end):
        end += 1
    return MONTHS[word], end


def read_year_after(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The year behind a month or day, with what may join them: ", 2016", " of 2016", "'96"."""
    start = skip(tokens, index, ",")
    joined = skip(tokens, start, "of", "in", "the")
    joined = skip(tokens, joined, "year")
    year = read_year(tokens, joined) or read_short_year(tokens, joined)
    if year is None and tokens.word(index) == "of" and len(tokens.word(index + 1)) == 2:
        number = tokens.number(index + 1)
        year = (number, index + 2) if number is not None and number > 31 else None
    return year


def read_month_day(tokens: Tokens, index: int) -> Reading | None:
    """ "October 17", "Oct. 17th, 2015", "march the third"."""
    month = month_at(tokens, index)
    if month is None or (
        tokens.word(index) in {"may", "march"} and not tokens.capital(index) and in_sentence(tokens, index)
    ):
        return None
    number, end = month
    end = skip(tokens, end, "the", "/", "-") if tokens.word(end) != "-" or tokens.glued(end) else end
    day = read_day(tokens, end)
    if day is None or (tokens.word(index - 1) == "in" and not read_year_after(tokens, day[1])):
        return None
    if tokens.word(day[1]) in {"-", "/"} and tokens.glued(day[1]) and (year := read_year(tokens, day[1] + 1)):
        return Reading(express("day", year=year[0], month=number, day=day[0]), year[1])
    return with_year(tokens, day[1], number, day[0])


def in_sentence(tokens: Tokens, index: int) -> bool:
    """Whether "may" or "march" in lower case stands behind a word that a date does not follow."""
    return not (index == 0 or tokens.word(index - 1) in BEFORE_MONTH or tokens.word(index - 1).isdigit())


def read_day_month(tokens: Tokens, index: int) -> Reading | None:
    """ "17 October", "the 3rd of March 2016", "second of Aug"."""
    start = skip(tokens, index, "the")
    day = read_day(tokens, start)
    if day is None or (tokens.word(index - 1) in {".", ","} and tokens.glued(index)):
        return None
    end = skip(tokens, day[1], "day")
    end = skip(tokens, end, "of", "/", "-", "in") if tokens.word(end) != "in" or end > day[1] else end
    month = month_at(tokens, end)
    if month is None or (
        tokens.word(end) in {"may", "march"}
        and not tokens.capital(end)
        and tokens.word(end - 1) != "of"
        and not is_alone(tokens, index, end + 2)
    ):
        return None
    if tokens.word(month[1]) in {"-", "/"} and tokens.glued(month[1]):
        year = read_year(tokens, month[1] + 1)
        short = (
            tokens.number(month[1] + 1)
            if len(tokens.word(month[1] + 1)) == 2 and not month_at(tokens, month[1] + 2)
            else None
        )
        if year or short is not None:
            value = year[0] if year else short
            return Reading(express("day", year=value, month=month[0], day=day[0]), month[1] + 2)
    return with_year(tokens, month[1], month[0], day[0])


def with_year(tokens: Tokens, index: int, month: int, day: int) -> Reading:
    """The day, with the year where one follows."""
    year = read_year_after(tokens, index)
    if year is None:
        return Reading(express("day", month=month, day=day), index)
    return Reading(express("day", year=year[0], month=month, day=day), year[1])


def read_year_first(tokens: Tokens, index: int) -> Reading | None:
    """ "2019 Aug 1", "2019-aug-1", "2017 april"."""
    year = read_year(tokens, index)
    if year is None:
        return None
    month = month_at(tokens, skip(tokens, year[1], "-", "/", ","))
    if month is None:
        return None
    day = read_day(tokens, skip(tokens, month[1], "-", "/"))
    value = (
        express("day", year=year[0], month=month[0], day=day[0])
        if day
        else express("month", year=year[0], month=month[0])
    )
    return Reading(value, day[1] if day else month[1])


def read_month(tokens: Tokens, index: int) -> Reading | None:
    """A month, with its year or bare: "November 2022", "October"."""
    month = month_at(tokens, index)
    if month is None:
        return None
    joined = skip(tokens, month[1], "-", "/") if tokens.glued(month[1]) else month[1]
    year = read_year(tokens, joined) or read_year_after(tokens, joined)
    if (year is not None and tokens.capital(index)) or (year and tokens.word(index) not in AMBIGUOUS):
        return Reading(express("month", year=year[0], month=month[0]), year[1])
    return Reading(express("month", month=month[0]), month[1]) if is_bare_month(tokens, index) else None


def is_bare_month(tokens: Tokens, index: int) -> bool:
    """Whether the word alone is a month, not the verb "may", a march or a person called Jan or June."""
    word, before, after = tokens.word(index), tokens.word(index - 1), tokens.word(index + 1)
    if is_alone(tokens, index, index + 1):
        return word not in {"may", "mar"} or before == "in"
    if begins_range(tokens, index):
        return True
    expected = before in BEFORE_MONTH and before != "the"
    if word in AMBIGUOUS or len(word) <= 3:
        written = tokens.capital(index) or before in {"in", "from", "last", "next"}
        alone = expected and written and after not in {"'", "’"} and not names_person(tokens, index)
        return alone or describes_noun(tokens, index)
    if not tokens.capital(index):
        return expected
    named = tokens.written(index + 1)[:1].isupper() and tokens.written(index + 1)[1:].islower()
    return expected or not named or not tokens.starts_sentence(index)


def begins_range(tokens: Tokens, index: int) -> bool:
    """Whether a further month follows behind a dash or "to": "May to March"."""
    joint = index + 1 + (tokens.word(index + 1) == "." and tokens.glued(index + 1))
    joined = tokens.word(joint) in {"-", "–", "to", "through"}
    return tokens.capital(index) and joined and month_at(tokens, joint + 1) is not None


def names_person(tokens: Tokens, index: int) -> bool:
    """Whether a short month without a full stop leads to a surname: "Jan Egeland"."""
    short = len(tokens.word(index)) == 3 and tokens.word(index) != "may"
    return short and tokens.capital(index + 1) and month_at(tokens, index + 1) is None


def describes_noun(tokens: Tokens, index: int) -> bool:
    """Whether the month stands before its noun: "the March killings", not "the March on Rome"."""
    after = tokens.word(index + 1)
    noun = after.isalpha() and not tokens.capital(index + 1) and not after.endswith("ed")
    led = tokens.word(index - 1) in {"the", "a", "an", "its", "their", "his", "her"}
    return led and tokens.capital(index) and noun and after not in NO_NOUN
