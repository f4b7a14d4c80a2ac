"""The words that tell what happened to people, looked up by token."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from extractors.phrases import LEXICONS
from models.casualty import CasualtyEntry, PeopleEntry
from models.inflection import inflect
from models.lexicon import read_entries

FILE = "casualties.toml"
Role = Literal["verb", "noun", "adjective", "counted", "toll"]


@dataclass(frozen=True, slots=True)
class Word:
    """What a form of the lexicon tells: its entry's id, the entry, and how it takes its people."""

    name: str
    entry: CasualtyEntry
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Nouns:
    """Lower-case nouns by what they say of people."""

    people: frozenset[str]
    groups: frozenset[str]
    amounts: frozenset[str]
    others: frozenset[str]
    one: frozenset[str]
    nobody: frozenset[str]
    parts: frozenset[str]
    naming: frozenset[str]
    describing: frozenset[str]
    several: frozenset[str]
    anybody: frozenset[str]
    fatal: frozenset[str]
    organisations: frozenset[str]
    generic: frozenset[str]
    kin: frozenset[str]
    tellings: frozenset[str]
    causing: frozenset[str]
    unknown: frozenset[str]
    anyone: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]


@cache
def load_words() -> dict[str, Word]:
    """Every form of the casualty lexicon. Raises LexiconError."""
    words: dict[str, Word] = {}
    for name, entry in read_entries(LEXICONS / FILE, CasualtyEntry).items():
        for form, role in list_forms(entry):
            known = words.get(form)
            roles = known.roles if known and known.name == name else frozenset()
            if known is None or known.name == name:
                words[form] = Word(name, entry, roles | {role})
    return words


@cache
def load_nouns() -> Nouns:
    """The nouns for people. Raises LexiconError."""
    entries = read_entries(LEXICONS / "people.toml", PeopleEntry)
    return Nouns(**{name: frozenset(entry.words) for name, entry in entries.items()})


@cache
def list_yielding() -> frozenset[str]:
    """The rules of the words that give way to plainer ones."""
    return frozenset(f"{FILE}:{word.name}" for word in load_words().values() if word.entry.yields)


def list_forms(entry: CasualtyEntry) -> list[tuple[str, Role]]:
    """The forms of an entry with their roles."""
    verbs = [form for verb in entry.verbs for form in inflect(verb)]
    forms: list[tuple[str, Role]] = [(form, "verb") for form in (*verbs, *entry.forms)]
    forms += [(form, "noun") for form in entry.nouns]
    forms += [(form, "adjective") for form in entry.adjectives]
    forms += [(form, "counted") for form in entry.counted]
    forms += [(form, "toll") for form in entry.tolls]
    return forms


AGENT = re.compile(
    r"(?:[a-z]{2,}(?:man|woman|boy|girl|ist|ee|eer|ess|ian|ier|ster|keeper)|[a-z]{3,}(?:er|or|ant))s?\Z"
)


def is_somebody(token: Token) -> bool:
    """Whether the token names or describes people, by lexicon, name or pronoun."""
    nouns = load_nouns()
    if token.lower_ in nouns.people or token.lower_ in nouns.one:
        return True
    if is_age(token):
        return True
    if token.pos_ == "NOUN" and AGENT.match(token.lower_) and token.lower_ not in nouns.others:
        return True
    return token.ent_type_ in ("PERSON", "NORP") and token.pos_ in ("PROPN", "NOUN", "ADJ")


def is_loss_noun(token: Token) -> bool:
    """Whether the noun can stand for people by itself: "deaths", "injuries"."""
    word = load_words().get(token.lower_)
    return word is not None and word.entry.bare and "counted" in word.roles


def is_age(token: Token) -> bool:
    """Whether the word ends an age that stands for a person: "a 15-year-old"."""
    if token.lower_ not in ("old", "olds") or token.i < 3 or token.dep_ in ("amod", "acomp", "conj"):
        return False
    return token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "year"


def is_thing(token: Token) -> bool:
    """Whether the token is no word for people, by lexicon or as a date, place or sum."""
    if token.lower_ in load_nouns().others:
        return True
    if is_age(token):
        return False
    return token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") and token.pos_ != "NUM"
