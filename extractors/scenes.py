"""One sentence's list of places, each with losses of its own: "killed eight in Kirkuk, five in Mosul"."""

from collections.abc import Sequence
from copy import copy
from dataclasses import fields, replace
from typing import Any, TypeVar

from extractors.casualty_lists import WHERE
from extractors.draft import Draft
from extractors.identity import are_apart
from extractors.sheet import Sheet, cover
from extractors.sources import Sources
from extractors.tree import children
from models.casualty import Casualty
from models.mention import Mention

T = TypeVar("T", Draft, Sources)


def split_scenes(draft: Draft, sheet: Sheet) -> list[Draft]:
    """The draft, or one for each place that has its own number of victims; the first keeps what has no place."""
    if draft.is_aggregate or len(draft.casualties) < 2:
        return [draft]
    first, *others = sorted(draft.casualties, key=lambda c: c.start)
    placed = [(c, p) for c in others if c.scope == "event" and (p := find_own_place(c, sheet)) is not None]
    home = find_own_place(first, sheet) or find_place_between(first, placed[0][0], sheet) if placed else None
    later = [(c, place) for c, place in placed if home is not None and are_apart(home, place)]
    if home is None or not later:
        return [draft]
    scenes = dict.fromkeys(place for _, place in later)
    here = replace(
        draft,
        places=[home, *(p for p in draft.places if p != home and p not in scenes)],
        casualties=[c for c in draft.casualties if c not in {loss for loss, _ in later}],
    )
    return [here, *(copy_to(draft, place, [c for c, p in later if p == place]) for place in scenes)]


def copy_to(draft: Draft, place: Mention, losses: Sequence[Casualty]) -> Draft:
    """The draft at another place, with these losses: what later sentences tell of one scene is told of no other."""
    twin = copy_lists(draft)
    twin.sources = copy_lists(draft.sources)
    twin.places, twin.casualties, twin.strays = [place], [*losses], []
    return twin


def copy_lists(item: T) -> T:
    """The same values with lists of its own."""
    twin = copy(item)
    for field in fields(item):
        value: Any = getattr(item, field.name)
        if isinstance(value, list):
            setattr(twin, field.name, [*value])
    return twin


def find_own_place(casualty: Casualty, sheet: Sheet) -> Mention | None:
    """The place that hangs on the number or its noun itself ("five in Mosul", "six farmers near Magwi")."""
    end = casualty.end if casualty.whom_end is None else max(casualty.end, casualty.whom_end)
    head = cover(sheet.doc, casualty.start, end).root
    inner = [t for prep in children(head, "prep") if prep.lower_ in WHERE for t in children(prep, "pobj")]
    return next((place for t in inner if (place := sheet.at("place", t)) is not None), None)


def find_place_between(first: Casualty, later: Casualty, sheet: Sheet) -> Mention | None:
    """The place that stands behind one number and before the next: where the first were."""
    span = cover(sheet.doc, first.start, first.end)
    places = sheet.inside("place", sheet.sentence_of[span.start])
    return next((m for m in places if first.end <= m.start < later.start), None)
