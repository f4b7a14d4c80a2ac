"""Dates relative to the day of publication: yesterday, two days ago, next Friday, in a week."""

from extractors.dates.numbers import read_amount, read_ordinal
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import BREAK, Tokens, is_alone
from extractors.dates.weekdays import read_dated_weekday, read_weekday
from extractors.dates.words import LAST, NEXT, SHIFTS, UNITS

OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "tomorrows": 1, "tmrw": 1, "tmr": 1}
HALF_DAYS = {"morning", "afternoon", "evening"}
NAMED_DAYS = {"black", "bloody", "ash", "palm", "holy", "good", "cyber", "super", "easter"}
PAPERS = {"times", "telegraph", "mirror", "express", "mail", "school", "league", "tribune", "herald"}


def read_offset(tokens: Tokens, index: int) -> Reading | None:
    """ "today", "yesterday morning", "the day after tomorrow", "last night", "this morning", "overnight"."""
    word, following = tokens.word(index), tokens.word(index + 1)
    if word in OFFSETS:
        return None if is_paper(tokens, index) else Reading(express("offset", days=OFFSETS[word]), index + 1)
    if word == "last" and following in {"night", "evening"}:
        return Reading(express("offset", days=-1), index + 2)
    if word == "this" and following in HALF_DAYS:
        return Reading(express("offset", days=0), index + 2)
    if word == "overnight":
        return Reading(express("overnight"), index + 1)
    return read_second_offset(tokens, index)


def is_paper(tokens: Tokens, index: int) -> bool:
    """Whether "Today" is the end of a name within a sentence: "USA Today", "Russia Today reported"."""
    named = (
        tokens.written(index) == "Today" and tokens.capital(index - 1) and tokens.word(index - 1).isalpha()
    )
    return named and (tokens.word(index - 1) == "usa" or tokens.word(index + 1) not in {"", BREAK, ".", "!"})


def read_second_offset(tokens: Tokens, index: int) -> Reading | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    start = skip(tokens, index, "the")
    if tokens.word(start) != "day" or tokens.word(start + 1) not in {"before", "after"}:
        return None
    base = tokens.word(start + 2)
    days = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}.get((tokens.word(start + 1), base))
    return Reading(express("offset", days=days), start + 3) if days else None


def read_plain_weekday(tokens: Tokens, index: int) -> Reading | None:
    """ "Tuesday", "last Friday", "this coming Sunday", "2 sundays from now"."""
    start = skip(tokens, index, "the")
    shift = SHIFTS.get(tokens.word(start))
    manner = None
    if shift is not None:
        manner = tokens.word(start)
        start += 1
        if manner == "this" and tokens.word(start) in LAST | NEXT:
            manner, start = tokens.word(start), start + 1
    elif start > index:
        return None
    weekday = read_weekday(tokens, start)
    if weekday is None or tokens.word(index - 1) in NAMED_DAYS | {"every", "each"}:
        return None
    if tokens.word(weekday[1]) in PAPERS and tokens.capital(weekday[1]):
        return None
    beyond = {("after", "next"): 2, ("before", "last"): -2}.get(
        (tokens.word(weekday[1]), tokens.word(weekday[1] + 1))
    )
    if beyond and shift is None:
        return Reading(express("weekday_count", day=weekday[0], count=beyond), weekday[1] + 2)
    dated = read_dated_weekday(tokens, start) if shift is not None else None
    if dated and dated.value.get("month"):
        return dated
    return Reading(express("weekday", day=weekday[0], manner=manner), weekday[1])


def read_counted_weekday(tokens: Tokens, index: int) -> Reading | None:
    """ "two Sundays from now", "three Fridays ago"."""
    amount = read_amount(tokens, index)
    if amount is None or amount[0] is None or amount[0] > 60:
        return None
    word = tokens.word(amount[1])
    weekday = read_weekday_plural(word)
    sign, end = read_direction(tokens, amount[1] + 1)
    if weekday is None or sign == 0:
        return None
    return Reading(express("weekday_count", day=weekday, count=sign * amount[0]), end)


def read_weekday_plural(word: str) -> int | None:
    """The weekday of "Sundays"."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    singular = word.removesuffix("s")
    return names.index(singular) if singular in names else None


def read_direction(tokens: Tokens, index: int) -> tuple[int, int]:
    """Minus one for "ago", one for "from now" and "hence", else nought; and the index behind."""
    word = tokens.word(index)
    if word == "ago":
        return -1, index + 1
    if word == "hence":
        return 1, index + 1
    if word == "from" and tokens.word(index + 1) == "now":
        return 1, index + 2
    return 0, index


def read_ago(tokens: Tokens, index: int) -> Reading | None:
    """ "two days ago", "a few weeks ago", "20-plus years ago", "three weeks from now", "years ago"."""
    amount = read_amount(tokens, index)
    count, end = amount if amount else (None, index)
    end = skip(tokens, end, "more")
    unit = UNITS.get(tokens.word(end))
    if unit is None or (amount is None and not tokens.word(end).endswith("s")):
        return None
    end = skip_or_so(tokens, end + 1)
    sign, end = read_direction(tokens, end)
    if sign == 0 or (count or 0) > 3000:
        return None
    if count and tokens.word(end) == "today":
        return Reading(express("move", express("offset", days=0), unit=unit, count=sign * count), end + 1)
    return Reading(express("ago", unit=unit, count=count and sign * count, sign=sign), end)


def skip_or_so(tokens: Tokens, index: int) -> int:
    """The index behind "or so" or "or two"."""
    if tokens.word(index) == "or" and tokens.word(index + 1) in {"so", "two", "three"}:
        return index + 2
    return index


def read_year_ago(tokens: Tokens, index: int) -> Reading | None:
    """ "year-ago", "year-earlier" before a noun; with "quarter" or "period" behind."""
    if (
        tokens.word(index) != "year"
        or tokens.word(index + 1) != "-"
        or tokens.word(index + 2) not in {"ago", "earlier"}
    ):
        return None
    end = skip(tokens, index + 3, "quarter", "period", "month")
    return Reading(express("story", unit="year", count=-1, like=1), end)


def read_ahead(tokens: Tokens, index: int) -> Reading | None:
    """ "in two weeks": a date only in talk of the future, else how long something took."""
    if tokens.word(index) != "in":
        return None
    amount = read_amount(tokens, index + 1)
    if amount is None or amount[0] is None:
        return None
    unit = UNITS.get(tokens.word(amount[1]))
    if unit is None or amount[0] > 500 or tokens.word(amount[1] + 1) in {"'", "’", "of", "from"}:
        return None
    return Reading(express("ago", unit=unit, count=amount[0], sign=1, needs="future"), amount[1] + 1)


def read_ordinal_day(tokens: Tokens, index: int) -> Reading | None:
    """ "on the 24th": a day of the month that the text leaves out."""
    start = skip(tokens, index, "the")
    before = tokens.word(index - 1)
    ordinal = read_ordinal(tokens, start)
    if ordinal is None or ordinal[0] > 31 or not (before == "on" or is_alone(tokens, index, ordinal[1])):
        return None
    after = tokens.word(ordinal[1])
    if after.isalpha() and after not in {
        "and",
        "to",
        "when",
        "but",
        "as",
        "at",
        "he",
        "she",
        "they",
        "it",
        "with",
        "in",
        "after",
        *("was", "were", "had", "has"),
    }:
        return None
    digits = tokens.number(start) is not None
    alone = is_alone(tokens, index, ordinal[1]) and start > index
    return Reading(express("day", day=ordinal[0]), ordinal[1]) if digits or alone else None
