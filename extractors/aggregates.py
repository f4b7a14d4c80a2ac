"""Aggregates among the events of an article: where their actors stand, and which events they already count."""

from collections.abc import Sequence

from extractors.draft import Draft
from extractors.identity import are_apart, overlap, share_party, sides_differ
from extractors.parties import PartyMention, References, read_parties
from extractors.sheet import Sheet
from extractors.syntax import find_complements
from extractors.totals import total_people
from extractors.triggers import Trigger
from extractors.weighing import UNREAL
from models.terms import CountWhat, EventType

SIDES = frozenset({"between"})
GENERAL: frozenset[EventType] = frozenset(
    {"other_attack", "violence_against_civilians", "armed_assault", "armed_clash"}
)
TOLLS: tuple[CountWhat, ...] = ("killed", "injured")


def complete_aggregates(
    drafts: Sequence[Draft], pointers: Sequence[Trigger], sheet: Sheet, references: References
) -> None:
    """Gives an aggregate without actors those whom the sentence before sets against its targets.

    "The escalation between A and B began in May. Since then there have been 20 attacks on B": A did them.
    """
    for draft in drafts:
        if not draft.is_aggregate or draft.actors or not draft.targets:
            continue
        for trigger in pointers:
            if draft.sentence - sheet.sentence_of[trigger.head.i] != 1:
                continue
            sides = read_parties(find_complements(trigger.head, SIDES), sheet, references, agents=False)
            others = [p for p in sides if not aims_at(draft.targets, p)]
            if len(sides) > len(others):
                draft.actors = [p for p in others if p.party.kind != "other"]


def aims_at(targets: Sequence[PartyMention], item: PartyMention) -> bool:
    """Whether a party is among the targets, as itself, as its state or as its property."""
    if share_party(targets, [item]):
        return True
    return any(p.party.country and p.party.country == item.party.country for p in targets)


def link_parts(drafts: Sequence[Draft], sheet: Sheet) -> None:
    """Marks the single events that an aggregate, or a toll that sums them, already counts."""
    singles = [d for d in drafts if is_single(d)]
    for whole in drafts:
        if whole.is_saying or whole.status in UNREAL or whole.part_of is not None:
            continue
        parts = find_alike(whole, singles) or find_summed(whole, singles, sheet)
        for part in parts:
            part.part_of = part.part_of or whole


def is_single(draft: Draft) -> bool:
    """Whether it is one event that took place."""
    return not (draft.is_aggregate or draft.is_saying or draft.status in UNREAL)


def find_alike(whole: Draft, singles: Sequence[Draft]) -> list[Draft]:
    """The single events of the aggregate's own parties, type and period."""
    if not (whole.is_aggregate and whole.interval and whole.targets and whole.actors):
        return []
    return [
        d
        for d in singles
        if whole.type == d.type
        and d.actors
        and share_party(whole.targets, d.targets)
        and d.interval is not None
        and overlap(whole.interval, d.interval)
    ]


def find_summed(whole: Draft, singles: Sequence[Draft], sheet: Sheet) -> list[Draft]:
    """The events told after it whose dead, or else injured, its own toll sums.

    An aggregate may count more than its parts; a plain toll must be the very sum of two or more of them.
    """
    later = [d for d in singles if d is not whole and d.sentence > whole.sentence and can_be_part(d, whole)]
    for what in TOLLS:
        total = total_people(what, whole, sheet).best
        found = [(d, number) for d in later if (number := total_people(what, d, sheet).best)]
        summed = sum(number for _, number in found)
        exact = summed == total and len(found) > 1
        if total and len(found) > 1 and (exact or (whole.is_aggregate and summed <= total)):
            return [d for d, _ in found]
    return []


def can_be_part(draft: Draft, whole: Draft) -> bool:
    """Whether actors, date and place let an event be one of those that a toll sums."""
    if whole.interval and draft.interval and not overlap(whole.interval, draft.interval):
        return False
    if whole.actors and draft.actors and sides_differ(whole.actors, draft.actors):
        return False
    apart = bool(draft.places and whole.places) and are_apart(draft.places[0], whole.places[0])
    return draft.part_of is None and not apart and are_one_kind(draft, whole)


def are_one_kind(draft: Draft, whole: Draft) -> bool:
    """Whether a toll's own word can stand for the event: a sum of bombings counts no shootings."""
    return whole.is_loss or whole.type == draft.type or whole.type in GENERAL
