"""The cheapest test first: whether a raw text can hold an event at all, at millions of words a second."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from models.lexicon import WeaponEntry
from models.trigger import EventEntry


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Automata over lower-cased text: event words, event words that need a weapon, and weapons."""

    events: AhoCorasick
    armed: AhoCorasick
    weapons: AhoCorasick

    def can_hold_event(self, text: str) -> bool:
        """False only where no event word of the lexicon stands in the text with what it needs."""
        lower = text.lower()
        if has_word(self.events, lower):
            return True
        return has_word(self.armed, lower) and has_word(self.weapons, lower)


def compile_prefilter(events: Mapping[str, EventEntry], weapons: Mapping[str, WeaponEntry]) -> Prefilter:
    """The automata for these lexicons. Phrasal verbs are looked for by their first word: objects may follow it."""
    plain, armed = set[str](), set[str]()
    for entry in events.values():
        if entry.level != "anaphor":
            forms = {*entry.noun_forms(), *entry.aliases, *(f.split()[0] for f in entry.verb_forms())}
            (armed if entry.uses else plain).update(forms)
    return Prefilter(
        build(plain), build(armed), build(f for w in weapons.values() for f in (*w.forms(), *w.exact))
    )


def build(forms: Iterable[str]) -> AhoCorasick:
    """An automaton of the forms in lower case. Matches overlap: "denied attacking" holds "ied attack"."""
    return AhoCorasick(sorted({form.lower() for form in forms}), matchkind=MatchKind.Standard)


def has_word(automaton: AhoCorasick, lower: str) -> bool:
    """Whether one of the forms stands in the text as whole words."""
    return any(
        not (start and lower[start - 1].isalnum()) and not (end < len(lower) and lower[end].isalnum())
        for _, start, end in automaton.find_matches_as_indexes(lower, overlapping=True)
    )
