"""Sentences that only say who did or did not do what the sentence before tells: claims and denials."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.parties import References, read_parties
from extractors.sheet import Sheet
from extractors.sources import (
    GUILT,
    RESPONSIBILITY,
    SourceLexicon,
    find_speakers,
    is_nobody,
    mark,
    name_all,
)
from extractors.syntax import find_objects, find_subjects, is_passive
from extractors.tree import children
from extractors.weighing import UNREAL
from models.terms import EventType

BACK = frozenset({"it", "this", "that", "them", "these"})
REACH = 2  # sentences between an attack and who claims it
IMPUTED = GUILT - {"claim", "claims"}  # a claim may be about anything, an accusation is of a deed
OPEN: frozenset[EventType] = frozenset({"other_attack", "violence_against_civilians"})
DOUBTED = frozenset({"alleged", "reported"})


@dataclass(frozen=True, slots=True)
class Followup:
    """What a sentence says of the event before it; `speakers` are those who claim or deny."""

    role: Literal["claim", "deny"]
    speakers: tuple[Token, ...]
    verb: Token


def attach_followups(
    events: Sequence[Draft], sheet: Sheet, references: References, lexicon: SourceLexicon
) -> None:
    """Gives claims and denials without an event word of their own to the event told just before."""
    for number, sentence in enumerate(sheet.sentences):
        followup = read_followup(sentence, lexicon)
        host = None if followup is None else find_told(events, number, followup)
        if followup is not None and host is not None:
            attach(host, number, followup, sheet, references)


def read_followup(sentence: Span, lexicon: SourceLexicon) -> Followup | None:
    """Who claims or denies what went before ("The army denied it."); None where nobody does."""
    verb = sentence.root
    speakers = tuple(t for t in find_speakers(verb) if not is_nobody(t))
    if not speakers or children(verb, "neg"):
        return None
    taken = find_subjects(verb) if is_passive(verb) else find_objects(verb)
    bare = [t for t in taken if not children(t, "prep", "acl", "relcl")]
    if verb.lower_ in lexicon.claim and any(t.lower_ in RESPONSIBILITY for t in bare):
        return Followup("claim", speakers, verb)
    denied = verb.lower_ in lexicon.deny and not children(verb, "dative")
    if denied and any(t.lower_ in BACK or t.lower_ in IMPUTED for t in bare):
        return Followup("deny", speakers, verb)
    return None


def find_told(events: Sequence[Draft], number: int, followup: Followup) -> Draft | None:
    """The event that is meant: of the sentence before; a claim may also mean what the article opens with."""
    real = [e for e in events if not e.is_saying and e.status not in UNREAL | {"generic", "historical"}]
    if followup.role == "claim":
        attacks = [e for e in real if e.sentence < number and not (e.is_loss and e.type in OPEN)]
        near = [e for e in attacks if told_at(e, number, REACH)]
        return next(iter(near or attacks), None)
    near = [e for e in real if told_at(e, number, 1)]
    doubted = [e for e in near if e.sources.attribution or e.status in DOUBTED]
    return next(iter(doubted or near), None)


def told_at(event: Draft, number: int, reach: int) -> bool:
    """Whether one of the sentences just before tells the event."""
    return any(number - reach <= n < number for n in event.sentences)


def attach(host: Draft, number: int, followup: Followup, sheet: Sheet, references: References) -> None:
    """Adds the names of those who claim or deny; who claims it is an actor."""
    names = name_all(followup.speakers, sheet, references)
    if not names:
        return
    if followup.role == "deny":
        host.sources.denied_by += names
    else:
        host.sources.claimed_by += names
        claimants = read_parties(followup.speakers, sheet, references, agents=True)
        known = {(p.party.name, p.party.id) for p in host.actors}
        host.actors += [p for p in claimants if (p.party.name, p.party.id) not in known]
    mark(host.sources, followup.verb, followup.role)
    host.sentences = sorted({*host.sentences, number})
