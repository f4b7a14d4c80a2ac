"""An event's losses as counts: every number that was read, and whose people they were."""

from collections.abc import Sequence

from extractors.draft import Draft
from extractors.parties import PartyMention
from extractors.relevance import ARMED
from extractors.sheet import Sheet
from extractors.tree import children
from models.casualty import Casualty
from models.event import Count
from models.mention import ActorValue
from models.terms import CountSide


def count_people(draft: Draft, sheet: Sheet) -> list[Count]:
    """Every number read for the event, once each, in text order."""
    unique = {(c.what, c.start, c.end): c for c in sorted(draft.casualties, key=lambda c: (c.start, c.end))}
    return [
        Count(
            what=c.what,
            whom=c.whom,
            side=find_side(c, draft, sheet),
            low=c.low,
            best=c.best,
            high=c.high,
            form=c.form,
            scope=c.scope,
            source=c.source,
            start=c.start,
            end=c.end,
        )
        for c in unique.values()
    ]


def find_side(casualty: Casualty, draft: Draft, sheet: Sheet) -> CountSide:
    """Whose they were: civilians, whoever was aimed at; else the side of the party that they belong to."""
    value = find_victims(casualty, sheet)
    if value is not None:
        if value.kind in {"civilians", "media"}:
            return "civilians"
        if belongs(value, draft.targets):
            return "target"
        if belongs(value, draft.actors):
            return "actor"
        if value.kind in ARMED:
            return "target" if draft.actors or not draft.targets else "unknown"
    if draft.targets and all(p.party.kind in {"civilians", "media"} for p in draft.targets):
        return "civilians"
    return "unknown" if draft.type == "armed_clash" else "target"


def find_victims(casualty: Casualty, sheet: Sheet) -> ActorValue | None:
    """Who was counted, where an actor rule knows them."""
    if casualty.whom_start is None or casualty.whom_end is None:
        return None
    span = sheet.doc.char_span(casualty.whom_start, casualty.whom_end, alignment_mode="expand")
    for token in (*([span.root] if span else []), *(span or ())):
        mention = sheet.at("actor", token)
        if mention is not None and isinstance(mention.value, ActorValue):
            return mention.value
        owner = next((sheet.at("actor", c) for c in children(token, "compound", "amod")), None)
        if owner is not None and isinstance(owner.value, ActorValue):
            return owner.value
    return None


def belongs(value: ActorValue, parties: Sequence[PartyMention]) -> bool:
    """Whether victims are of one of the parties: same id, else same country and kind."""
    for item in parties:
        party = item.party
        if value.id and value.id == party.id:
            return True
        if value.kind == party.kind and (value.country == party.country or not value.country):
            return True
        if value.country and value.country == party.country and value.kind != "civilians":
            return True
    return False


def side_of_victims(casualty: Casualty, sheet: Sheet) -> str | None:
    """`civil`, `state` or `group`; None where the words do not tell."""
    value = find_victims(casualty, sheet)
    if value is None or casualty.whom is None:
        return None
    return SIDES.get(value.kind)


SIDES = {"civilians": "civil", "media": "civil", "state_military": "state", "police": "state", "rebel_group": "group",
         "militia": "group", "criminal": "group"}  # fmt: skip
