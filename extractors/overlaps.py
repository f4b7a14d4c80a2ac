"""Words that two finders claim: who of them is right."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.place_spans import INSIDE
from models.mention import ActorValue, Mention, PlaceValue
from models.reason import MentionReason, NoteField
from models.terms import PartyKind
from models.trace import Trace, spot

ARMED: frozenset[PartyKind] = frozenset({"rebel_group", "militia", "criminal", "state_military", "police"})
GUESSED = ("ner:", "names:")  # rules that take a capitalised word for a party without knowing it


Claim = tuple[MentionReason, Mention]  # why another finder's words count, and which


def settle_overlaps(mentions: Iterable[Mention], trace: Trace | None = None) -> list[Mention]:
    """The mentions in text order: a linked place beats a guessed party, a weapon beats a party that is its owner's.

    "Bakhmut" is no organisation; in "U.S. fighter jets" the party is the U.S., not a fighter.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.label))
    places = [m for m in ordered if m.label == "place" and is_linked(m)]
    weapons = [m for m in ordered if m.label == "weapon"]
    known = [m for m in ordered if isinstance(m.value, ActorValue) and m.value.kind in ARMED]
    settled: list[Mention] = []
    for mention in ordered:
        claim = find_claim(mention, known, places, weapons)
        left = settle(mention, claim)
        settled += [left] if left is not None else []
        if claim is not None and trace is not None:
            note_lost(mention, claim, trace)
    return sorted(settled, key=lambda m: (m.start, m.end, m.label))


def find_claim(
    mention: Mention, known: list[Mention], places: list[Mention], weapons: list[Mention]
) -> Claim | None:
    """What has the better right to a mention's words, or to some of them; None where nothing has."""
    value = mention.value
    if not isinstance(value, ActorValue):
        party = find_bearer(mention, known)
        return None if party is None else ("mention:bears-party", party)
    if mention.rule.startswith(GUESSED) and value.kind == "unknown":
        if place := next((p for p in places if meet(mention, p)), None):
            return "mention:is-place", place
        if weapon := next((w for w in weapons if w.start <= mention.start and mention.end <= w.end), None):
            return "mention:is-weapon", weapon  # "Warplanes struck": a capital makes no party of them
    for weapon in weapons:
        if mention.start < weapon.start < mention.end < weapon.end:
            return "mention:weapon-of", weapon
        if weapon.start <= mention.start and mention.end < weapon.end:
            return ("mention:in-weapon", weapon) if value.form == "nominal" else None
    return None


def find_bearer(mention: Mention, known: list[Mention]) -> Mention | None:
    """The armed party whose name a place that no gazetteer has only bears: "a Maoist camp", "Hamas positions"."""
    value = mention.value
    if not isinstance(value, PlaceValue) or value.id is not None:
        return None
    return next((a for a in known if a.start == mention.start and a.end < mention.end), None)


def settle(mention: Mention, claim: Claim | None) -> Mention | None:
    """The mention, what a claim leaves of it, or None."""
    if claim is None:
        return mention
    reason, winner = claim
    if reason == "mention:weapon-of" and isinstance(mention.value, ActorValue):
        return cut_before(mention, mention.value, winner)
    return None


def note_lost(mention: Mention, claim: Claim, trace: Trace) -> None:
    """Keeps why a mention lost its words."""
    name: NoteField = "place" if isinstance(mention.value, PlaceValue) else "actors"
    trace.add(name, claim[0], spot(mention), other=spot(claim[1]))


def meet(one: Mention, two: Mention) -> bool:
    """Whether two mentions share a character."""
    return one.start < two.end and two.start < one.end


def is_linked(mention: Mention) -> bool:
    """Whether a place has a point and is not part of a longer name."""
    value = mention.value
    return isinstance(value, PlaceValue) and value.latitude is not None and mention.rule != INSIDE


def cut_before(mention: Mention, value: ActorValue, weapon: Mention) -> Mention | None:
    """The owner before a weapon: the country that the words name, or nobody."""
    text = mention.text[: weapon.start - mention.start].rstrip()
    if not text or value.country is None:
        return None
    owner = replace(value, name=text, kind="government", id=None, named=True, form="country", plural=False)
    return replace(mention, end=mention.start + len(text), text=text, value=owner)
