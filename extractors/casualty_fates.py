"""What became of each victim: whoever was shot or wounded and then died is counted among the dead only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.casualty_scopes import is_single
from extractors.casualty_words import list_yielding, load_nouns
from extractors.draft import Draft
from extractors.identity import are_apart, overlap
from extractors.numerals import TENS, UNITS
from extractors.sheet import Sheet, cover
from extractors.weighing import UNREAL
from models.casualty import Casualty
from models.terms import EventType
from models.trace import Notes

PRONOUNS = frozenset({"he", "him", "himself", "she", "her", "herself", "who", "whom"})
DEFINITE = frozenset({"the", "this", "that"})
BODIES = frozenset({"body", "corpse", "remains"})
OWNERS = frozenset({"his", "her", "their", "its"})  # "his cousin" is somebody else, "his body" is he
INDEFINITE = frozenset({"a", "an", "one", "someone", "somebody"})
WHOLE = frozenset({"the", "these", "those", "they", "all", "both"})
APPOSED = 40  # characters in which "of the dead" still speaks of who is named behind it
# Whoever is counted "of the dead" is dead; relatives of the dead are not.
COUNTED_DEAD = re.compile(
    rf"\b(?:both|all|most|some|{'|'.join((*UNITS, *TENS))}|\d+) of the (?:dead|slain)\b[^.;:]*\Z",
    re.IGNORECASE,
)
DEAD = frozenset({"dead", "deceased", "slain", "killed"})
# A killing told without its manner may be any attack.
UNTOLD: frozenset[EventType] = frozenset({"violence_against_civilians", "other_attack"})
FURTHER = frozenset({"another", "other", "second", "third", "fourth", "fifth", "else"})


@dataclass(frozen=True, slots=True)
class Victim:
    """One person of an event, as the words describe him: lower-case words of the phrase, noun, words of the name."""

    start: int
    sentence: int
    words: tuple[str, ...]
    noun: str
    name: frozenset[str]
    shot: bool

    @property
    def points_back(self) -> bool:
        """Whether the words are a pronoun, a definite description or a name."""
        own = self.words[0] in OWNERS and self.noun in BODIES
        return self.noun in PRONOUNS or self.words[0] in DEFINITE or bool(self.name) or own

    @property
    def genders(self) -> set[bool]:
        """Whether a word says that it is a woman (True) or a man (False); empty where none does."""
        nouns = load_nouns()
        told = {self.noun, *self.words} - ({"her", "him"} if self.noun not in PRONOUNS else set())
        return {word in nouns.female for word in sorted(told & (nouns.female | nouns.male))}

    @property
    def role(self) -> str | None:
        """The noun, where it says what kind of person it is."""
        told = not self.name and self.noun not in PRONOUNS | load_nouns().anyone
        return self.noun if told else None


def settle_fates(events: Sequence[Draft], sheet: Sheet) -> None:
    """Takes from the injured whoever the article tells to have died."""
    dead = [
        (event, describe(c, sheet))
        for event in events
        for c in event.casualties
        if c.what == "killed" and is_victim(c) and event.status not in UNREAL
    ]
    killed = [[c for c in e.casualties if c.what == "killed"] for e in events if e.status not in UNREAL]
    for event in events:
        own = [victim for host, victim in dead if host is event]
        others = [victim for host, victim in dead if host is not event]
        before = event.casualties
        gone = {c.anchor for c in event.casualties if c.what == "injured" and speaks_of_dead(c, sheet)}
        event.casualties = [c for c in event.casualties if c.what != "injured" or c.anchor not in gone]
        hosts = [(host, victim) for host, victim in dead if host is not event and can_be_one(host, event)]
        near = [victim for host, victim in hosts if all(other is host for other, _ in hosts)]
        event.casualties = [c for c in event.casualties if not has_died(c, own, others, sheet)]
        event.casualties = drop_pointed_at(event.casualties, near, sheet)
        event.casualties = [c for c in event.casualties if not have_died(c, event.casualties, killed, sheet)]
        Notes(sheet.trace, "counts", event.spot).keep_few("loss:died", before, event.casualties)


def has_died(casualty: Casualty, own: Sequence[Victim], others: Sequence[Victim], sheet: Sheet) -> bool:
    """Whether it is one injured person who is among the dead of the event, or by name among the article's."""
    if casualty.what != "injured" or not is_victim(casualty):
        return False
    hurt = describe(casualty, sheet)
    return any(is_same(hurt, victim) for victim in own) or any(hurt.name & v.name for v in others)


def drop_pointed_at(casualties: list[Casualty], dead: Sequence[Victim], sheet: Sheet) -> list[Casualty]:
    """The casualties without "the man was shot", where the one other telling of the event has a man dead before.

    Nobody else may be hurt in this one whom the words could mean.
    """
    hurt = [describe(c, sheet) for c in casualties if c.what == "injured" and is_victim(c)]
    if not dead or not all(victim.points_back and not victim.name for victim in hurt):
        return casualties
    again = {v.start for v in hurt if v.shot and any(d.start < v.start and is_same(v, d) for d in dead)}
    return [c for c in casualties if c.what != "injured" or c.start not in again]


def can_be_one(host: Draft, event: Draft) -> bool:
    """Whether kind, places and days let two drafts tell one event."""
    if host.places and event.places and are_apart(host.places[0], event.places[0]):
        return False
    if host.interval and event.interval and not overlap(host.interval, event.interval):
        return False
    return host.type == event.type or host.type in UNTOLD


def whom_from(casualty: Casualty) -> int:
    """Where the words for the victims begin."""
    return casualty.start if casualty.whom_start is None else casualty.whom_start


def speaks_of_dead(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether the words call those who were hurt dead: "the slain men", "both of the dead were shot"."""
    words = (casualty.whom or "").casefold().replace(",", " ").split()
    own = words[: words.index("of")] if "of" in words else words
    return (
        not DEAD.isdisjoint(own)
        or COUNTED_DEAD.search(sheet.text[max(whom_from(casualty) - APPOSED, 0) : casualty.end]) is not None
    )


def have_died(
    casualty: Casualty, told: Sequence[Casualty], killed: Sequence[Sequence[Casualty]], sheet: Sheet
) -> bool:
    """Whether several who were shot are the dead told before them ("Six bodies were found. All had been shot").

    The dead of another event are so only by their number ("Three men died in Bor. The three had been shot").
    """
    if casualty.what != "injured" or casualty.rule not in list_yielding() or is_single(casualty):
        return False
    dead = [[c for c in group if c.start < casualty.start and not c.negated] for group in killed]
    first = cover(sheet.doc, casualty.start, casualty.end)[0]
    back = first.lower_ in WHOLE or sheet.doc[max(first.i - 1, 0)].lower_ in WHOLE
    if not back:
        return False
    if casualty.best is None:
        return any(c in told for group in dead for c in group)
    sums = [sum(c.best or 0 for c in group if c.scope == "event") for group in dead]
    return casualty.best in sums or any(c.best == casualty.best for group in dead for c in group)


def is_victim(casualty: Casualty) -> bool:
    """Whether it is one person of the event."""
    return is_single(casualty) and casualty.scope != "running_total" and not casualty.negated


def describe(casualty: Casualty, sheet: Sheet) -> Victim:
    """The victim whom a casualty of one person tells."""
    phrase = cover(sheet.doc, whom_from(casualty), casualty.whom_end or casualty.end)
    told = cover(sheet.doc, casualty.start, casualty.end)
    noun = told[-1].lower_
    named = told[-1].pos_ == "PROPN" and noun not in load_nouns().people
    return Victim(
        casualty.start,
        sheet.sentence_of[told.start],
        tuple(token.lower_ for token in phrase),
        noun,
        frozenset(t.lower_ for t in told if named and t.is_alpha and len(t) > 2),
        casualty.rule in list_yielding(),
    )


def is_same(hurt: Victim, dead: Victim) -> bool:
    """Whether the words for who was hurt and who died can mean one person, and the later ones point at the earlier."""
    first, later = sorted((hurt, dead), key=lambda v: v.start)
    if first.name and later.name:
        return bool(first.name & later.name)
    if (first.genders and later.genders and not first.genders & later.genders) or differ(first, later):
        return False
    if first.sentence == later.sentence:
        return later.noun in PRONOUNS
    return later.points_back or (hurt.shot and (first is dead or first.words[0] not in INDEFINITE))


def differ(first: Victim, later: Victim) -> bool:
    """Whether a word tells them apart: "another", or two kinds of person."""
    kinds = {victim.role for victim in (first, later) if victim.role}
    return len(kinds) > 1 or is_further(first) or is_further(later)


def is_further(victim: Victim) -> bool:
    """Whether a word says that it is another one."""
    return not FURTHER.isdisjoint(victim.words)
