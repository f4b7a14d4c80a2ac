"""Nouns for kinds of places: which noun says what, and names without them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.place_names import drop_articles, fold_name
from models.inflection import plural_of
from models.lexicon import read_entries
from models.place import PlaceWordEntry

DIRECTIONS = frozenset(
    f"{way}{end}"
    for way in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
    for end in ("", "ern")
) | frozenset(("central", "upper", "lower", "greater", "middle", "far", "outer", "inner", "old", "new"))
LINKS = frozenset(("of", "de", "del", "du", "do", "da", "la", "le", "the", "e", "d"))


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The entries of place_words.toml by noun, and the same by folded form for names."""

    by_noun: Mapping[str, tuple[str, PlaceWordEntry]]
    folded: Mapping[tuple[str, ...], PlaceWordEntry]
    longest: int

    def find_noun(self, noun: str) -> tuple[str, PlaceWordEntry] | None:
        """(entry's id, entry) of a noun, singular or plural, in any case."""
        return self.by_noun.get(noun.lower())


def read_place_words(path: Path) -> PlaceWords:
    """The nouns of place_words.toml. Raises LexiconError."""
    by_noun: dict[str, tuple[str, PlaceWordEntry]] = {}
    folded: dict[tuple[str, ...], PlaceWordEntry] = {}
    for name, entry in read_entries(path, PlaceWordEntry).items():
        for noun in entry.nouns:
            by_noun.setdefault(noun.lower(), (name, entry))
            by_noun.setdefault(plural_of(noun.lower()), (name, entry))
        for noun in (*entry.nouns, *map(plural_of, entry.nouns), *entry.native):
            folded.setdefault(tuple(fold_name(noun).split()), entry)
    return PlaceWords(by_noun, folded, max(map(len, folded)))


def split_kind(name: str, words: PlaceWords) -> tuple[str, PlaceWordEntry | None]:
    """(key, entry): the folded name without a noun for its kind, and that noun's entry.

    `Anbar Governorate` and `Province of Anbar` give `anbar`; `Northern Province` keeps its noun, since a
    direction alone names nothing.
    """
    tokens = fold_name(name).split()
    for size in range(min(words.longest, len(tokens) - 1), 0, -1):
        for noun, rest in ((tokens[-size:], tokens[:-size]), (tokens[:size], tokens[size:])):
            entry, name_only = words.folded.get(tuple(noun)), trim_links(rest)
            if entry and name_only and not DIRECTIONS.issuperset(name_only):
                return " ".join(name_only), entry
    return " ".join(tokens), None


def strip_kind(name: str, words: PlaceWords) -> str:
    """The folded name without a noun for its kind."""
    return split_kind(name, words)[0]


def find_keys(name: str, kind: str, respelt: bool, words: PlaceWords) -> set[str]:
    """The keys that a name is found by: provinces and districts also without the noun, names of languages
    that are spelt many ways also without the article."""
    key = fold_name(name)
    keys = {key, drop_articles(key)} if respelt else {key}
    if kind in {"province", "district"}:
        keys.add(strip_kind(name, words))
    return keys - {""}


def trim_links(tokens: list[str]) -> list[str]:
    """The tokens without `of`, `de`, `the` … at either end of what a noun leaves."""
    while tokens and tokens[0] in LINKS - {"la", "le"}:
        tokens = tokens[1:]
    while tokens and tokens[-1] in LINKS:
        tokens = tokens[:-1]
    return tokens
