"""Years: four digits where the words around them allow no count, and years that are called so."""

from extractors.dates.numbers import read_short_year, read_year
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import BREAK, Tokens, is_alone
from extractors.dates.words import EARLY, LATE, MIDDLE, MONTHS, PREPOSITIONS, SEASONS

DETERMINERS = {"the", "a", "an", "his", "her", "its", "their", "our", "s", "this", "that"}
BEFORE_YEAR = (
    (PREPOSITIONS - {"at", "for", "over", "on", "about", "within", "near", "past"}) | EARLY | MIDDLE | LATE
)
# an adverb or adjective of a count: "a nearly 1950 man garrison"
COUNTING = {
    "nearly",
    "roughly",
    "approximately",
    "barely",
    "fully",
    "about",
    "over",
    "total",
    "further",
    "mere",
}
AFTER_YEAR = {
    "",
    BREAK,
    ".",
    ",",
    ")",
    ";",
    ":",
    "-",
    "–",
    "—",
    "and",
    "or",
    "to",
    "when",
    "as",
    "'",
    "’",
    "/",
    '"',
    "”",
}


def read_bare_year(tokens: Tokens, index: int) -> Reading | None:
    """A year by itself where the words around it allow no count."""
    year = read_short_year(tokens, index) or read_year(tokens, index)
    if year is None:
        return None
    value, end = year
    if tokens.word(index) in {"'", "’", "‘"}:
        return (
            Reading(express("year", year=value), end)
            if tokens.word(index - 1) in BEFORE_YEAR | DETERMINERS
            else None
        )
    return Reading(express("year", year=value), end) if is_year(tokens, index, end) else None


def is_year(tokens: Tokens, index: int, end: int) -> bool:
    """Whether four digits are a year and no count, address or part of a telephone number."""
    before, after = word_before(tokens, index), tokens.word(end)
    if hangs_on_digits(tokens, index, end):
        return False
    if is_alone(tokens, index, end) or tokens.number(index) is None:
        return True
    # 1400 and 2120 are rather hours of the day
    if not 1500 <= (tokens.number(index) or 0) <= 2050 and before not in {"in", "year", "of", "since"}:
        return False
    if tokens.number(end) is not None or before in {"$", "#", "no", "£", "€"}:
        return False
    if after.isalpha() and tokens.glued(end) and after != "s":
        return False
    if before == "than":
        return tokens.word(index - 2) in {"later", "earlier", "sooner"}
    if before in {"year", "years", "fiscal", "fy", "cy", "circa"} or before in MONTHS or before in SEASONS:
        return True
    return fits_year(tokens, index, end)


def fits_year(tokens: Tokens, index: int, end: int) -> bool:
    """Whether the words on both sides suit a year better than a count."""
    before, after, year = word_before(tokens, index), tokens.word(end), tokens.number(index) or 0
    counted = after.isalpha() and after.endswith(("s", "people", "men", "women")) and not tokens.capital(end)
    round_number = year % 50 == 0
    if before in BEFORE_YEAR:
        return not (
            counted
            and (round_number or before not in {"in", "since", "by", "of", "until", "from"})
            and after not in {"was", "is", "has", "as"}
        )
    plausible = 1700 <= year <= 2050 and not (counted and round_number)
    if before == "for":
        return plausible and after in AFTER_YEAR
    if tokens.starts_sentence(index) and before != '"':
        return plausible and not counted and not round_number and (after in AFTER_YEAR or after.isalpha())
    if before in DETERMINERS:
        return plausible and not (round_number and year != 2000 and after.isalpha() and before == "the")
    opened = before in {"", BREAK, "(", "-", "–", ",", "—", "&"} or (
        before != "." and tokens.capital(index - 1)
    )
    return names_noun(tokens, index, end) or (plausible and after in AFTER_YEAR and opened)


def names_noun(tokens: Tokens, index: int, end: int) -> bool:
    """Whether the year stands between an adjective and its noun: "a hidden 1953 treaty", no "1953 men"."""
    adjective, noun = tokens.word(index - 1), tokens.word(end)
    led = tokens.word(index - 2) in DETERMINERS and adjective.isalpha() and adjective not in COUNTING
    single = noun.isalpha() and not noun.endswith(("s", "metre", "meter")) and not tokens.capital(end)
    measured = noun in {
        "people",
        "men",
        "women",
        "square",
        "metric",
        "km",
        "mile",
        "foot",
        "pound",
        "ton",
        "kg",
    }
    return led and single and not measured and 1900 <= (tokens.number(index) or 0) <= 2050


def word_before(tokens: Tokens, index: int) -> str:
    """The word that leads to the year; that of "mid-1996" is "mid"."""
    part = tokens.word(index - 2)
    hyphen = tokens.word(index - 1) in {"-", "–"} and tokens.glued(index)
    return part if hyphen and part in EARLY | MIDDLE | LATE else tokens.word(index - 1)


def hangs_on_digits(tokens: Tokens, index: int, end: int) -> bool:
    """Whether a hyphen ties the year to digits that are none ("138-2010", "2015-1-32", "32-2015")."""
    before = tokens.number(index - 2) is not None and len(tokens.word(index - 2)) != 4
    tied = tokens.glued(index) and tokens.word(index - 1) == "-" and tokens.glued(index - 1) and before
    behind = tokens.number(end + 1) is not None and tokens.word(end) in {"-", "/"}
    longer = behind and tokens.glued(end + 1) and tokens.word(end + 2) in {"-", "/"}
    between = behind and tokens.glued(end + 1) and tokens.glued(index) and tokens.word(index - 1) == "-"
    chained = tokens.glued(index) and tokens.word(index - 1) == tokens.word(index - 3) == "-"
    return tied or longer or between or chained


def read_year_phrase(tokens: Tokens, index: int) -> Reading | None:
    """ "the year 2008", "fiscal 1990", "year of 2008", "cy 2008"."""
    start = skip(tokens, index, "the")
    start = skip(tokens, start, "calendar", "fiscal", "full")
    named = skip(tokens, start, "year", "fy", "cy", "years")
    if named == index or (named == start and tokens.word(start - 1) != "fiscal"):
        return None
    year = read_year(tokens, skip(tokens, named, "of"))
    return Reading(express("year", year=year[0]), year[1]) if year else None
