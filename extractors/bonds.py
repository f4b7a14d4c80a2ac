"""What ties two drafts of one article together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.casualty_words import load_nouns
from extractors.draft import Draft
from extractors.identity import is_outside, same_place, share_party
from extractors.parties import PartyMention
from extractors.retelling import FAR, measure_gap
from extractors.sheet import Sheet
from extractors.weighing import UNREAL
from models.reason import EventReason
from models.terms import EventType
from models.trigger import EventTypeEntry

DOERS = frozenset({"unknown", "rebel_group", "militia", "criminal"})  # kinds of "the gunmen", "the rebels"
NEAR = 2  # sentences over which losses belong to the event before without further sign
SOFT = frozenset({"crossed", "place", "type"})  # what the same losses overrule, one at a time
SEARCHES: frozenset[EventType] = frozenset({"raid", "arrest", "seizure"})
COUSINS: tuple[frozenset[EventType], ...] = (
    frozenset({"bombing", "suicide_bombing", "armed_assault"}),
    frozenset({"air_strike", "bombing", "drone_attack", "missile_or_rocket_attack", "shelling"}),
    frozenset(
        {"armed_assault", "armed_clash", "raid", "assassination", "execution", "violence_against_civilians"}
    ),
    frozenset({"abduction", "hijacking"}),
    SEARCHES,
    frozenset({"protest", "riot"}),
)
OPEN: frozenset[EventType] = frozenset({"other_attack", "violence_against_civilians"})
APART: frozenset[EventType] = frozenset(
    {"shootdown", "arson_or_sabotage", "sexual_violence"}
)  # join only their like


@dataclass(frozen=True, slots=True)
class Ground:
    """What merging knows beside the drafts: the text, the words that say "another", the kinds of event."""

    sheet: Sheet
    anew: frozenset[int]
    types: Mapping[str, EventTypeEntry]


def same_reality(event: Draft, draft: Draft) -> bool:
    """Whether both are news or both history, and both happened or are unreal in the same way."""
    if (event.status == "historical") != (draft.status == "historical"):
        return False
    unreal = {event.status, draft.status} & UNREAL
    return not unreal or event.status == draft.status


def can_be_one(event: Draft, draft: Draft, types: Mapping[str, EventTypeEntry]) -> bool:
    """Whether the types allow one event, the draft's own word being specific or not."""
    if event.is_aggregate != draft.is_aggregate and not points_at_sum(event, draft):
        return False
    if event.type == draft.type or draft.is_pointer:
        return True
    if types[event.type].family != types[draft.type].family:
        return {event.type, draft.type} <= SEARCHES
    if {event.type, draft.type} & APART:
        return draft.is_loss and event.type == "arson_or_sabotage"
    if draft.is_loss or event.is_loss or draft.type in OPEN or event.type in OPEN or points_openly(draft):
        return True
    return any({event.type, draft.type} <= cousins for cousins in COUSINS)


def points_openly(draft: Draft) -> bool:
    """Whether it only speaks of "the attack", whose type its parties made ("accused them of the attack")."""
    return draft.refers_back and draft.trigger.entry.type in OPEN and not draft.weapons


def points_at_sum(event: Draft, draft: Draft) -> bool:
    """Whether a draft may speak of the whole that an aggregate sums: not one with a day of its own."""
    if event.is_aggregate and draft.date is not None and not draft.is_pointer:
        return False
    if have_other_dead(event, draft):
        return False
    return draft.refers_back or draft.is_loss or draft.is_pointer


def have_other_dead(event: Draft, draft: Draft) -> bool:
    """Whether both tell a number of dead, and not the same one."""
    one, two = ({c.best for c in d.casualties if c.what == "killed" and c.best} for d in (event, draft))
    return bool(one) and bool(two) and not one & two


def tells_more_dead(event: Draft, draft: Draft) -> bool:
    """Whether an attack word of its own tells more dead than the event has: that is no part of it."""
    if not is_own_attack(draft):
        return False
    one, two = (
        [c.best for c in d.casualties if c.what == "killed" and c.scope == "event" and c.best]
        for d in (event, draft)
    )
    return bool(one) and bool(two) and max(two) > sum(one)


def find_bond(event: Draft, draft: Draft) -> EventReason | None:
    """What ties them: a word that points back, a shared party, place or toll, or nearness alone; None if nothing.

    Nearness is no reason to give an event an actor, a target or a means that it did not have.
    """
    gap = measure_gap(event, draft)
    claim = draft.sources.claimed_by and not draft.places and not draft.date
    if draft.is_pointer or (draft.refers_back and not brings_actor(event, draft)):
        return "bond:points-back"
    if claim:
        return "bond:claim"
    beside = gap == 0 and event.type != draft.type and not (draft.is_loss or event.is_loss)
    if beside:
        return None  # the syntax of their sentence made two events of them
    if strong := find_strong_bond(event, draft):
        return strong
    if is_elsewhere(event, draft):
        return None
    if (brings_actor(event, draft) and not completes(event, draft)) or means_differ(event, draft):
        return "bond:points-back" if draft.refers_back and gap <= NEAR else None
    same = event.type == draft.type and gap <= 1
    near = same or (gap <= NEAR and (draft.is_loss or not (draft.places or draft.date)))
    return "bond:near" if near else None


def is_same_scene(event: Draft, draft: Draft) -> bool:
    """Whether the next sentence says where "the attack" was, or where "the gunmen" did it to those already told.

    Then another place is a better one, not another attack.
    """
    if measure_gap(event, draft) > 1:
        return False
    goes_on = bool(draft.actors) and all(means_doer(actor, event) for actor in draft.actors)
    return draft.refers_back or (goes_on and bool(share_party(event.targets, draft.targets)))


def find_strong_bond(event: Draft, draft: Draft) -> EventReason | None:
    """Whether they share a toll, or as much of parties and place as can be no chance; None if neither."""
    gap = measure_gap(event, draft)
    if gap <= FAR and share_toll(event, draft):
        return "bond:toll"
    if tells_more_dead(event, draft):
        return None
    shared = share_party(tell(event.actors), tell(draft.actors)) + share_party(
        tell(event.targets), tell(draft.targets)
    )
    shared += bool(event.places and draft.places and same_place(event.places[0], draft.places[0]))
    enough = shared > 1 or (shared > 0 and (event.type == draft.type or gap <= NEAR))
    return "bond:shared" if enough else None


def tell(parties: Sequence[PartyMention]) -> list[PartyMention]:
    """The parties that a word tells apart from others: "people" and "men" are everywhere."""
    anyone = load_nouns().generic
    return [p for p in parties if p.party.name.casefold() not in anyone]


def is_own_attack(draft: Draft) -> bool:
    """Whether a draft says more than that there were losses, and points at no attack told before."""
    return not draft.refers_back and bool(not draft.is_loss or draft.weapons or draft.actors)


def is_elsewhere(event: Draft, draft: Draft) -> bool:
    """Whether a draft has a place of its own, and other dead or no part in the event's: two quarters are two scenes."""
    if not is_own_attack(draft) or not (event.places and draft.places):
        return False
    one, two = event.places[0], draft.places[0]
    if same_place(one, two):
        return False
    return have_other_dead(event, draft) or is_outside(one, two)


def brings_actor(event: Draft, draft: Draft) -> bool:
    """Whether a draft names an actor whom the event does not have."""
    if not draft.actors or share_party(event.actors, draft.actors):
        return False
    return not all(means_doer(actor, event) for actor in draft.actors)


def means_doer(actor: PartyMention, event: Draft) -> bool:
    """Whether "the gunmen", "the attackers" are those whom the event has, or has left unnamed."""
    if not actor.points_back or actor.party.kind not in DOERS:
        return False
    kinds = {p.party.kind for p in event.actors}
    return kinds <= DOERS and (actor.party.kind == "unknown" or kinds <= {actor.party.kind, "unknown"})


def completes(event: Draft, draft: Draft) -> bool:
    """Whether the next sentence only says who did what the event leaves open, to nobody else."""
    next_door = event.type == draft.type and measure_gap(event, draft) <= 1
    return next_door and not event.actors and not (event.targets and draft.targets)


def means_differ(event: Draft, draft: Draft) -> bool:
    """Whether both name weapons, and of other classes."""
    one, two = ({use.weapon.category for use in d.weapons} for d in (event, draft))
    return bool(one) and bool(two) and not one & two


def share_toll(event: Draft, draft: Draft) -> bool:
    """Whether both tell the same number, of two or more, of the same loss."""
    told = {(c.what, c.best) for c in event.casualties if (c.best or 0) > 1}
    return any((c.what, c.best) in told for c in draft.casualties)
