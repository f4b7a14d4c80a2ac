"""Which nouns can be whom or what an attack is aimed at."""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extractors.phrases import LEXICONS
from extractors.tree import children
from models.casualty import PeopleEntry
from models.inflection import plural_of
from models.lexicon import read_entries

FILE = "non_targets.toml"
ABSTRACT = re.compile(r"[a-z]{3,}(?:[ts]ion|ment|ity|ness|ism|ance|ence|ship)s?\Z")


@dataclass(frozen=True, slots=True)
class NonTargets:
    """Lower-case nouns, singular and plural, by why they are no target."""

    measure: frozenset[str]
    abstract: frozenset[str]
    means: frozenset[str]
    owned: frozenset[str]
    concrete: frozenset[str]


@cache
def load_non_targets() -> NonTargets:
    """The lexicon. Raises LexiconError."""
    entries = read_entries(LEXICONS / FILE, PeopleEntry)
    return NonTargets(
        **{
            name: frozenset(f for w in entry.words for f in (w, plural_of(w)))
            for name, entry in entries.items()
        }
    )


def find_measured(noun: Token) -> Token | None:
    """Whom a number or measure counts ("a number of villagers", "two of the guards"); None where it is none."""
    if noun.lower_ not in load_non_targets().measure and noun.pos_ not in {"NUM", "DET", "PRON"}:
        return None
    inner = [t for of in children(noun, "prep") if of.lower_ == "of" for t in children(of, "pobj")]
    return inner[0] if inner else None


def stands_for_owner(noun: Token) -> bool:
    """Whether what is aimed at is the noun's owner ("an attempt on his life")."""
    return noun.lower_ in load_non_targets().owned


def can_be_hit(noun: Token) -> bool:
    """Whether the noun is a person or a thing: no measure, no abstract noun, no shot."""
    lexicon, word = load_non_targets(), noun.lower_
    if word in lexicon.concrete:
        return True
    if word in lexicon.measure or word in lexicon.abstract or word in lexicon.means:
        return False
    if noun.ent_type_ or noun.pos_ == "PROPN":
        return True
    return ABSTRACT.match(word) is None
