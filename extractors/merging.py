"""Which drafts of one article tell the same event, and what they make together."""

from collections.abc import Callable, Sequence

from extractors.bonds import (
    OPEN,
    SOFT,
    Ground,
    find_bond,
    find_strong_bond,
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
from models.reason import EventReason
from models.trace import Notes, Trace


def merge_drafts(drafts: Sequence[Draft], ground: Ground) -> list[Draft]:
    """The events of the article, each with every sentence that tells it. Pointers without an event are dropped.

    Once all sentences are read, events that have come to share parties or losses are merged as well.
    """
    events: list[Draft] = []
    waiting: list[Draft] = []
    lost: list[Draft] = []
    for draft in drafts:
        draft.is_new = is_new(draft, ground)
        host = find_host(draft, events, ground, find_bond)
        if host is not None:
            absorb(host, draft, ground.sheet.trace)
        elif draft.is_pointer:
            waiting.append(draft)
        else:
            events.append(draft)
            lost += absorb_waiting(draft, waiting, ground.sheet.trace)
            waiting = []
    if ground.sheet.trace is not None:
        for pointer in (*lost, *waiting):
            ground.sheet.trace.add("word", "event:pointer", pointer.spot)
    return merge_events(events, ground)


def merge_events(events: Sequence[Draft], ground: Ground) -> list[Draft]:
    """The events, those that more than nearness ties together as one."""
    merged: list[Draft] = []
    for event in events:
        host = find_host(event, merged, ground, find_strong_bond)
        if host is None:
            merged.append(event)
        else:
            absorb(host, event, ground.sheet.trace)
    return merged


def absorb_waiting(draft: Draft, waiting: Sequence[Draft], trace: Trace | None) -> list[Draft]:
    """Gives a new event the pointers that stood just before it ("The incident took place in …"); returns the others."""
    lost = []
    for pointer in waiting:
        if (
            draft.sentence - pointer.sentence <= 1
            and not draft.is_saying
            and not find_conflicts(pointer, draft)
        ):
            absorb(draft, pointer, trace)
            if trace is not None:
                trace.add("word", "event:pointed-at", pointer.spot, other=draft.spot)
        else:
            lost.append(pointer)
    return lost


def find_host(
    draft: Draft,
    events: Sequence[Draft],
    ground: Ground,
    bind: Callable[[Draft, Draft], EventReason | None],
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
            note_merged(event, draft, "bond:losses", ground.sheet.trace)
            return event
    free = [
        event
        for event, obstacles in hosts
        if not obstacles - ({"place"} if is_same_scene(event, draft) else set())
    ]
    for event in free:
        if bond := bind(event, draft):
            note_merged(event, draft, bond, ground.sheet.trace)
            return event
    note_apart(draft, hosts, ground.sheet.trace)
    return None


def note_merged(host: Draft, draft: Draft, bond: EventReason, trace: Trace | None) -> None:
    """Keeps that a draft tells an event again, and what ties the two."""
    if trace is not None:
        trace.add("word", bond, draft.spot, other=host.spot)


def note_apart(draft: Draft, hosts: Sequence[tuple[Draft, set[str]]], trace: Trace | None) -> None:
    """Keeps why a draft is none of the events told before: what tells them apart, or that nothing ties them."""
    if trace is not None:
        for event, obstacles in hosts:
            reason: EventReason = "event:apart" if obstacles else "event:unbound"
            trace.add("event_type", reason, draft.spot, draft.spot, event.spot, ", ".join(sorted(obstacles)))


def absorb(host: Draft, draft: Draft, trace: Trace | None = None) -> None:
    """Adds to an event what another sentence tells of it; what was known stays, finer places and dates win."""
    absorb_words(host, draft)
    host.casualties.extend(draft.casualties)
    if "armed_clash" in {host.type, draft.type} and are_crossed(host, draft):
        sides = [t for t in draft.targets if t.party.kind != "other"]
        things = [t for t in draft.targets if t not in sides]
        draft.actors, draft.targets = sides, [*draft.actors, *things]  # told the other way round
    elif are_crossed(host, draft):
        kept = [drop_victims(d.actors, host.casualties) for d in (host, draft)]
        for side, actors in zip((host, draft), kept, strict=True):
            Notes(trace, "actors", host.spot).keep_few("party:victim", side.actors, actors)
            side.actors = actors
    host.strays.extend(draft.strays)
    absorb_parties(host, draft, trace)
    host.weapons = settle_uses([*host.weapons, *draft.weapons], trace, host.spot)
    places = Notes(trace, "place", host.spot)
    finer = finer_places(host.places, draft.places)
    if not finer or finer[:1] == host.places[:1]:
        places.drop("place:known", draft.places)
    else:
        for place in host.places:
            places.add("place:finer", place, finer[0])
    host.places = finer
    absorb_date(host, draft, Notes(trace, "date", host.spot))
    if (host.is_loss or host.type in OPEN) and draft.type not in OPEN and not draft.is_pointer:
        if host.type != draft.type and trace is not None:
            trace.add("event_type", "type:open", host.spot, host.spot, draft.spot, host.type)
        host.type = draft.type
    if draft.is_aggregate and not host.is_aggregate:
        host.is_aggregate, host.attacks, host.attacks_at = True, draft.attacks, draft.attacks_at
    for name in ("reported_by", "claimed_by", "accused_by", "denied_by", "evidence"):
        getattr(host.sources, name).extend(getattr(draft.sources, name))


def absorb_parties(host: Draft, draft: Draft, trace: Trace | None) -> None:
    """Adds the parties of another sentence: not "the gunmen" that the event has, nor who acts in it already."""
    actors, targets = Notes(trace, "actors", host.spot), Notes(trace, "targets", host.spot)
    others = [a for a in draft.actors if not (host.actors and means_doer(a, host))]
    actors.keep_few("party:means-doer", draft.actors, others)
    joined = join_parties(host.actors, others)
    actors.keep_few("party:same", [*host.actors, *others], joined)
    host.actors = joined
    told = join_parties(host.targets, draft.targets)
    targets.keep_few("party:same", [*host.targets, *draft.targets], told)
    host.targets = targets.keep_few(
        "party:acts", told, [t for t in told if not share_party([t], host.actors)]
    )


def absorb_date(host: Draft, draft: Draft, notes: Notes) -> None:
    """Takes the date of another sentence where it is the first or the better one."""
    narrower = not host.is_aggregate and is_narrower(draft.interval, host.interval)
    better = host.date is None or narrower or (host.date_of_news and not draft.date_of_news)
    if draft.date is not None and better:
        if host.date is not None:
            notes.add("date:narrower", host.date, draft.date)
        host.date, host.interval, host.date_of_news = draft.date, draft.interval, draft.date_of_news
    elif draft.date is not None and host.date is not None:
        notes.add("date:known", draft.date, host.date)


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
