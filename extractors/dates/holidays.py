"""Holidays and named days from the lexicon, with fixed or reckoned dates."""

from functools import cache

from pydantic import Field, model_validator

from extractors.dates.explicit import read_year_after
from extractors.dates.reading import Reading, express, skip
from extractors.dates.tokens import Tokens, split_tokens
from extractors.dates.words import SHIFTS
from extractors.phrases import LEXICONS
from models.lexicon import Entry, read_entries


class HolidayEntry(Entry):
    """A named day: by month and day, by the nth weekday of a month, by days from Easter; one year or all."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    weekday: int | None = Field(default=None, ge=0, le=6, description="Monday is 0")
    nth: int | None = Field(default=None, ge=-1, le=5, description="-1 is the last of the month")
    shift: int = Field(default=0, description="days behind that weekday")
    easter: int | None = Field(default=None, description="days from Western Easter Sunday")
    year: int | None = Field(default=None, description="the one year of a day like 9/11")

    @model_validator(mode="after")
    def names_a_day(self) -> "HolidayEntry":
        """A day must follow from the entry."""
        if self.easter is None and (self.month is None or (self.day is None) == (self.nth is None)):
            raise ValueError("needs month and day, month, weekday and nth, or easter")
        return self


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
