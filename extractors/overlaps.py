"""Words that two finders claim: who of them is right."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.place_spans import INSIDE
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import PartyKind

ARMED: frozenset[PartyKind] = frozenset({"rebel_group", "militia", "criminal", "state_military", "police"})
GUESSED = ("ner:", "names:")  # rules that take a capitalised word for a party without knowing it


def settle_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in text order: a linked place beats a guessed party, a weapon beats a party that is its owner's.

    "Bakhmut" is no organisation; in "U.S. fighter jets" the party is the U.S., not a fighter.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.label))
    places = [m for m in ordered if m.label == "place" and is_linked(m)]
    weapons = [m for m in ordered if m.label == "weapon"]
    known = [m for m in ordered if isinstance(m.value, ActorValue) and m.value.kind in ARMED]
    settled = [settle(m, places, weapons) for m in ordered if not is_theirs(m, known)]
    return sorted((m for m in settled if m is not None), key=lambda m: (m.start, m.end, m.label))


def is_theirs(mention: Mention, known: list[Mention]) -> bool:
    """Whether a place that no gazetteer has only bears an armed party's name: "a Maoist camp", "Hamas positions"."""
    value = mention.value
    unknown = isinstance(value, PlaceValue) and value.id is None
    return unknown and any(actor.start == mention.start and actor.end < mention.end for actor in known)


def settle(mention: Mention, places: list[Mention], weapons: list[Mention]) -> Mention | None:
    """The mention, what is left of it, or None."""
    value = mention.value
    if not isinstance(value, ActorValue):
        return mention
    guessed = mention.rule.startswith(GUESSED) and value.kind == "unknown"
    if guessed and any(meet(mention, place) for place in places):
        return None
    if guessed and any(weapon.start <= mention.start and mention.end <= weapon.end for weapon in weapons):
        return None  # "Warplanes struck": a capital makes no party of them
    for weapon in weapons:
        if mention.start < weapon.start < mention.end < weapon.end:
            return cut_before(mention, value, weapon)
        if weapon.start <= mention.start and mention.end < weapon.end:
            return None if value.form == "nominal" else mention
    return mention


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
