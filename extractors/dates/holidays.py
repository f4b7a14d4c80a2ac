"""Holidays and named days from the lexicon, with fixed or reckoned dates."""

from functools import cache

from extractors.dates.explicit import read_year_after
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import Tokens, split_tokens
from extractors.dates.words import SHIFTS
from extractors.phrases import LEXICONS
from models.holiday import HolidayEntry
from models.lexicon import read_entries


@cache
def load_holidays() -> dict[str, HolidayEntry]:
    """The lexicon's entries by id. Raises LexiconError."""
    return read_entries(LEXICONS / "dates.toml", HolidayEntry)


def split_words(form: str) -> tuple[str, ...]:
    """The tokens of a form, with straight apostrophes."""
    tokens = split_tokens(form.replace("’", "'"))
    return tuple(tokens.words[: len(tokens.spans)])


@cache
def index_holidays() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word -> the forms that begin with it as word tuples, longest first, with the entry's id."""
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entry in load_holidays().items():
        for form in (*entry.forms(), *entry.exact):
            words = split_words(form)
            forms.setdefault(words[0], []).append((words, name))
    return {first: tuple(sorted(found, key=lambda f: (-len(f[0]), f))) for first, found in forms.items()}


def name_in_lower(words: tuple[str, ...], name: str) -> bool:
    """Whether the form counts without a capital: all but those that the lexicon lists as exact."""
    exact = {split_words(form) for form in load_holidays()[name].exact}
    return words not in exact


def read_holiday(tokens: Tokens, index: int) -> Reading | None:
    """ "Christmas Day", "Christmas 2014", "9/11"."""
    start = skip(tokens, index, "the")
    shift = SHIFTS.get(tokens.word(start))
    start += shift is not None
    for words, name in index_holidays().get(tokens.word(start), ()):
        end = start + len(words)
        read = [word.replace("’", "'") for word in tokens.words[start:end]]
        if tuple(read) == words and (tokens.capital(start) or name_in_lower(words, name)):
            year = read_year_after(tokens, end)
            value = express("holiday", name=name, year=year[0] if year else None, shift=shift)
            return Reading(value, year[1] if year else end)
    return None
