"""Which drafts of one article tell the same event, and what they make together."""

from collections.abc import Callable, Sequence

from extractors.bonds import (
    OPEN,
    SOFT,
    Ground,
    has_bond,
    has_strong_bond,
    is_same_scene,
    means_doer,
    same_reality,
)
from extractors.draft import Draft
from extractors.identity import is_narrower, is_same_party, share_party
from extractors.means import settle_uses
from extractors.novelty import is_new
from extractors.obstacles import are_crossed, find_conflicts, find_obstacles
from extractors.parties import PartyMention
from extractors.retelling import drop_victims, tell_same_losses
from models.mention import Mention, PlaceValue


def merge_drafts(drafts: Sequence[Draft], ground: Ground) -> list[Draft]:
    """The events of the article, each with every sentence that tells it. Pointers without an event are dropped.

    Once all sentences are read, events that have come to share parties or losses are merged as well.
    """
    events: list[Draft] = []
    waiting: list[Draft] = []
    for draft in drafts:
        draft.is_new = is_new(draft, ground)
        host = find_host(draft, events, ground, has_bond)
        if host is not None:
            absorb(host, draft)
        elif draft.is_pointer:
            waiting.append(draft)
        else:
            events.append(draft)
            absorb_waiting(draft, waiting)
            waiting = []
    return merge_events(events, ground)


def merge_events(events: Sequence[Draft], ground: Ground) -> list[Draft]:
    """The events, those that more than nearness ties together as one."""
    merged: list[Draft] = []
    for event in events:
        host = find_host(event, merged, ground, has_strong_bond)
        if host is None:
            merged.append(event)
        else:
            absorb(host, event)
    return merged


def absorb_waiting(draft: Draft, waiting: Sequence[Draft]) -> None:
    """Gives a new event the pointers that stood just before it ("The incident took place in …")."""
    for pointer in waiting:
        if (
            draft.sentence - pointer.sentence <= 1
            and not draft.is_saying
            and not find_conflicts(pointer, draft)
        ):
            absorb(draft, pointer)


def find_host(
    draft: Draft, events: Sequence[Draft], ground: Ground, is_bound: Callable[[Draft, Draft], bool]
) -> Draft | None:
    """The event already told that the draft tells again; None if it is a new one.

    One with the same losses comes first, else the nearest.
    """
    if draft.is_saying or draft.is_new:
        return None
    real = [e for e in reversed(events) if not e.is_saying and same_reality(e, draft)]
    hosts = [(e, find_obstacles(e, draft, ground)) for e in real]
    for event, obstacles in hosts:
        soft = len(obstacles) < 2 and obstacles <= SOFT
        if soft and tell_same_losses(event, draft, ground.sheet, obstacles):
            return event
    free = [
        event
        for event, obstacles in hosts
        if not obstacles - ({"place"} if is_same_scene(event, draft) else set())
    ]
    return next((event for event in free if is_bound(event, draft)), None)


def absorb(host: Draft, draft: Draft) -> None:
    """Adds to an event what another sentence tells of it; what was known stays, finer places and dates win."""
    absorb_words(host, draft)
    host.casualties.extend(draft.casualties)
    if "armed_clash" in {host.type, draft.type} and are_crossed(host, draft):
        sides = [t for t in draft.targets if t.party.kind != "other"]
        things = [t for t in draft.targets if t not in sides]
        draft.actors, draft.targets = sides, [*draft.actors, *things]  # told the other way round
    elif are_crossed(host, draft):
        host.actors, draft.actors = (drop_victims(d.actors, host.casualties) for d in (host, draft))
    host.strays.extend(draft.strays)
    host.actors = join_parties(
        host.actors, [a for a in draft.actors if not (host.actors and means_doer(a, host))]
    )
    host.targets = [t for t in join_parties(host.targets, draft.targets) if not share_party([t], host.actors)]
    host.weapons = settle_uses([*host.weapons, *draft.weapons])
    host.places = finer_places(host.places, draft.places)
    narrower = not host.is_aggregate and is_narrower(draft.interval, host.interval)
    better = host.date is None or narrower or (host.date_of_news and not draft.date_of_news)
    if draft.date is not None and better:
        host.date, host.interval, host.date_of_news = draft.date, draft.interval, draft.date_of_news
    if (host.is_loss or host.type in OPEN) and draft.type not in OPEN and not draft.is_pointer:
        host.type = draft.type
    if draft.is_aggregate and not host.is_aggregate:
        host.is_aggregate, host.attacks, host.attacks_at = True, draft.attacks, draft.attacks_at
    for name in ("reported_by", "claimed_by", "accused_by", "denied_by", "evidence"):
        getattr(host.sources, name).extend(getattr(draft.sources, name))


def absorb_words(host: Draft, draft: Draft) -> None:
    """Adds to an event only that another sentence speaks of it again."""
    host.triggers.extend(draft.triggers)
    host.record = host.record and draft.record
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
