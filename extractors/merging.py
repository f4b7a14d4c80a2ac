"""Which drafts of one article tell the same event, and what they make together."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.identity import (
    are_apart,
    are_rivals,
    is_narrower,
    is_same_party,
    overlap,
    same_place,
    share_party,
)
from extractors.means import settle_uses
from extractors.parties import PartyMention
from extractors.weighing import UNREAL
from models.mention import Mention, PlaceValue
from models.terms import EventType
from models.trigger import EventTypeEntry

NEAR = 2  # sentences over which losses belong to the event before without further sign
FAR = 8  # sentences over which the same toll is the same event
KNOWN = frozenset({"him", "her", "he", "she", "the", "his", "their", "its", "them", "that", "this"})
COUSINS: tuple[frozenset[EventType], ...] = (
    frozenset({"bombing", "suicide_bombing", "armed_assault"}),
    frozenset({"air_strike", "bombing", "drone_attack", "missile_or_rocket_attack", "shelling"}),
    frozenset(
        {"armed_assault", "armed_clash", "raid", "assassination", "execution", "violence_against_civilians"}
    ),
    frozenset({"abduction", "hijacking"}),
    frozenset({"raid", "arrest", "seizure"}),
    frozenset({"protest", "riot"}),
)
OPEN: frozenset[EventType] = frozenset({"other_attack", "violence_against_civilians"})
APART: frozenset[EventType] = frozenset(
    {"shootdown", "arson_or_sabotage", "sexual_violence"}
)  # join only their like


def merge_drafts(
    drafts: Sequence[Draft], anew: Sequence[Span], types: Mapping[str, EventTypeEntry]
) -> list[Draft]:
    """The events of the article, each with every sentence that tells it. Pointers without an event are dropped."""
    events: list[Draft] = []
    waiting: list[Draft] = []
    fresh = {span.root.i for span in anew}
    for draft in drafts:
        host = find_host(draft, events, fresh, types)
        if host is not None:
            absorb(host, draft)
        elif draft.is_pointer:
            waiting.append(draft)
        else:
            events.append(draft)
            absorb_waiting(draft, waiting)
            waiting = []
    return events


def absorb_waiting(draft: Draft, waiting: Sequence[Draft]) -> None:
    """Gives a new event the pointers that stood just before it ("The incident took place in …")."""
    for pointer in waiting:
        if draft.sentence - pointer.sentence <= 1 and not draft.is_saying and not conflicts(pointer, draft):
            absorb(draft, pointer)


def find_host(
    draft: Draft, events: Sequence[Draft], fresh: set[int], types: Mapping[str, EventTypeEntry]
) -> Draft | None:
    """The event already told that the draft tells again, the nearest first; None if it is a new one."""
    if draft.is_saying or any(c.i in fresh for c in draft.trigger.head.children):
        return None
    for event in reversed(events):
        if event.is_saying or not same_reality(event, draft) or conflicts(event, draft):
            continue
        if not can_be_one(event, draft, types):
            continue
        if has_bond(event, draft):
            return event
    return None


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
        return {event.type, draft.type} <= COUSINS[4]
    if {event.type, draft.type} & APART:
        return draft.is_loss and event.type == "arson_or_sabotage"
    if draft.is_loss or event.is_loss or draft.type in OPEN or event.type in OPEN:
        return True
    return any({event.type, draft.type} <= cousins for cousins in COUSINS)


def points_at_sum(event: Draft, draft: Draft) -> bool:
    """Whether a draft may speak of the whole that an aggregate sums: not one with a day of its own."""
    if event.is_aggregate and draft.date is not None and not draft.is_pointer:
        return False
    return draft.refers_back or draft.is_loss or draft.is_pointer


def has_bond(event: Draft, draft: Draft) -> bool:
    """Whether something ties them: a word that points back, a shared party, place or toll, or nearness alone.

    Nearness is no reason to give an event an actor, a target or a means that it did not have.
    """
    gap = draft.sentence - max(event.sentences)
    claim = draft.sources.claimed_by and not draft.places and not draft.date
    if draft.is_pointer or claim or (draft.refers_back and not brings_actor(event, draft)):
        return True
    if gap <= FAR and share_toll(event, draft):
        return True
    shared = share_party(event.actors, draft.actors) + share_party(event.targets, draft.targets)
    shared += bool(event.places and draft.places and same_place(event.places[0], draft.places[0]))
    if shared > 1 or (shared > 0 and (event.type == draft.type or gap <= NEAR)):
        return True
    if (brings_actor(event, draft) and not completes(event, draft)) or means_differ(event, draft):
        return draft.refers_back and gap <= NEAR
    same = event.type == draft.type and gap <= 1
    return same or (gap <= NEAR and (draft.is_loss or not (draft.places or draft.date)))


def brings_actor(event: Draft, draft: Draft) -> bool:
    """Whether a draft names an actor whom the event does not have."""
    return bool(draft.actors) and not share_party(event.actors, draft.actors)


def completes(event: Draft, draft: Draft) -> bool:
    """Whether the next sentence only says who did what the event leaves open, to nobody else."""
    next_door = event.type == draft.type and draft.sentence - max(event.sentences) <= 1
    return next_door and not event.actors and not (event.targets and draft.targets)


def means_differ(event: Draft, draft: Draft) -> bool:
    """Whether both name weapons, and of other classes."""
    one, two = ({use.weapon.category for use in d.weapons} for d in (event, draft))
    return bool(one) and bool(two) and not one & two


def share_toll(event: Draft, draft: Draft) -> bool:
    """Whether both tell the same number of the same loss; of one victim, whether the later words can mean the first."""
    told = {(c.what, c.best) for c in event.casualties if c.best}
    again = [c for c in draft.casualties if (c.what, c.best) in told]
    return any((c.best or 0) > 1 or is_known(c.whom) for c in again)


def is_known(whom: str | None) -> bool:
    """Whether a victim is pointed at: a pronoun, a definite description, a name."""
    if not whom:
        return True
    first = whom.split()[0]
    return first.casefold() in KNOWN or (
        first[0].isupper() and first.casefold() not in {"a", "an", "one", "another"}
    )


def conflicts(event: Draft, draft: Draft) -> bool:
    """Whether actors, places or dates tell two events apart. In a clash either side may be told as the actor."""
    if "armed_clash" not in {event.type, draft.type} and parties_conflict(event, draft):
        return True
    told = event.date is not None and draft.date is not None
    if told and event.interval and draft.interval and not overlap(event.interval, draft.interval):
        return True
    return bool(event.places and draft.places) and are_apart(event.places[0], draft.places[0])


def parties_conflict(event: Draft, draft: Draft) -> bool:
    """Whether the actors are rivals, or whoever acts in one suffers in the other."""
    strangers = event.actors and draft.actors and not share_party(event.actors, draft.actors)
    if strangers and are_rivals(event.actors, draft.actors):
        return True
    return any(
        share_party(one.actors, two.targets) and not share_party(one.actors, two.actors)
        for one, two in ((event, draft), (draft, event))
    )


def absorb(host: Draft, draft: Draft) -> None:
    """Adds to an event what another sentence tells of it; what was known stays, finer places and dates win."""
    absorb_words(host, draft)
    host.casualties.extend(draft.casualties)
    host.strays.extend(draft.strays)
    host.actors = join_parties(host.actors, draft.actors)
    host.targets = [t for t in join_parties(host.targets, draft.targets) if not share_party([t], host.actors)]
    host.weapons = settle_uses([*host.weapons, *draft.weapons])
    host.places = finer_places(host.places, draft.places)
    narrower = not host.is_aggregate and is_narrower(draft.interval, host.interval)
    if draft.date is not None and (host.date is None or narrower):
        host.date, host.interval = draft.date, draft.interval
    if (host.is_loss or host.type in OPEN) and draft.type not in OPEN and not draft.is_pointer:
        host.type = draft.type
    if draft.is_aggregate and not host.is_aggregate:
        host.is_aggregate, host.attacks, host.attacks_at = True, draft.attacks, draft.attacks_at
    for name in ("reported_by", "claimed_by", "accused_by", "denied_by", "evidence"):
        getattr(host.sources, name).extend(getattr(draft.sources, name))


def absorb_words(host: Draft, draft: Draft) -> None:
    """Adds to an event only that another sentence speaks of it again."""
    host.triggers.extend(draft.triggers)
    host.sentences = sorted({*host.sentences, *draft.sentences})


def join_parties(parties: Sequence[PartyMention], more: Sequence[PartyMention]) -> list[PartyMention]:
    """Parties of both, each once; a name takes the place of the description that it explains."""
    joined = list(parties)
    for item in more:
        twin = next((n for n, p in enumerate(joined) if is_same_party(p, item)), None)
        if twin is None:
            joined.append(item)
        elif item.party.named and not joined[twin].party.named:
            joined[twin] = item
    return joined


def finer_places(places: Sequence[Mention], more: Sequence[Mention]) -> list[Mention]:
    """The places of both, the finer one first where one lies in the other."""
    if not places or not more:
        return list(places or more)
    coarse = {"country": 2, "region": 2, "province": 1}
    first, second = places[0].value, more[0].value
    if not isinstance(first, PlaceValue) or not isinstance(second, PlaceValue):
        return list(places)
    finer = coarse.get(second.precision or "", 0) < coarse.get(first.precision or "", 0)
    return list(more if finer else places)
