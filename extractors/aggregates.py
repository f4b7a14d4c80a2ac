"""Aggregates among the events of an article: where their actors stand, and which events they already count."""

from collections.abc import Sequence

from extractors.draft import Draft
from extractors.identity import overlap, share_party
from extractors.parties import PartyMention, References, read_parties
from extractors.sheet import Sheet
from extractors.syntax import find_complements
from extractors.triggers import Trigger
from extractors.weighing import UNREAL

SIDES = frozenset({"between"})


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


def link_parts(drafts: Sequence[Draft]) -> None:
    """Marks the single events that an aggregate of the same parties and period already counts."""
    wholes = [d for d in drafts if d.is_aggregate and d.status not in UNREAL and d.interval and d.targets]
    for draft in drafts:
        if draft.is_aggregate or draft.is_saying or draft.status in UNREAL or draft.interval is None:
            continue
        for whole in wholes:
            same = share_party(whole.targets, draft.targets) and whole.actors and draft.actors
            assert whole.interval is not None
            if same and whole.type == draft.type and overlap(whole.interval, draft.interval):
                draft.part_of = whole
                break
