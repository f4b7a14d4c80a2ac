"""Places that no gazetteer has, put where the text says that they are: in or by a place that is known."""

import re
from collections.abc import Sequence

from extractors.place_links import HELD
from extractors.place_spans import Proposal
from models.mention import PlaceValue
from models.place import Candidate

WAY = r"(?:to the )?(?:north|south)?[ -]?(?:east|west|north|south)(?:ern)?"
LINKED = re.compile(
    r"(?: [a-z]+)?(?:,|,? ?(?:and |which is |that is )?(?:located |situated |just )?"
    rf"(?:in|of|at|near|inside|within|outside|{WAY} of))"
    r"(?: the)?(?: [a-z-]+){0,2}(?: of)?(?: the)? ?|,? \(?|,? and "
)
LISTED = re.compile(r"(?: [a-z]+)?(?:,|,? and) ")  # what stands in a list is not in what follows it there
MOST = 3  # steps from one name to the next
WIDE = frozenset(("country", "continent", "sea", "region"))


def find_anchors(
    text: str, proposals: Sequence[Proposal], places: Sequence[Candidate | None]
) -> list[Candidate | None]:
    """For each name without a place the known one that the text puts it in or by: "the X mosque in Basra"."""
    return [
        find_anchor(text, proposals, places, i) if places[i] is None and proposals[i].is_told else None
        for i in range(len(proposals))
    ]


def find_anchor(
    text: str, proposals: Sequence[Proposal], places: Sequence[Candidate | None], i: int
) -> Candidate | None:
    """The first known place of the names that follow each other from one on, else the owner before it."""
    for j in range(i + 1, min(i + 1 + MOST, len(proposals))):
        between = text[proposals[j - 1].end : proposals[j].start]
        if not LINKED.fullmatch(between):
            break
        place = places[j]
        if place is not None and (not LISTED.fullmatch(between) or may_hold(place, proposals[i], between)):
            return place if place.kind not in WIDE else None
    if i and HELD.fullmatch(text[proposals[i - 1].end : proposals[i].start]):
        place = places[i - 1]
        return place if place is not None and place.kind not in WIDE else None
    return None


def may_hold(place: Candidate, proposal: Proposal, between: str) -> bool:
    """Whether a comma can say that a name is in the place behind it: "X, Borno State", "the X mosque, Mosul"."""
    own = proposal.kind
    inside = {"province"} if own and own.kind == "district" else {"province", "district"}
    part, wide = own is not None and own.part, own is not None and own.kind in {"province", "region"}
    return between == ", " and (part or (place.kind in inside and not wide))


def place_at(proposal: Proposal, anchor: Candidate, words: str | None) -> PlaceValue:
    """The value of an unknown place: its own name, at the known one's point, no more precise than near that."""
    return PlaceValue(
        name=proposal.name,
        country=anchor.country,
        admin1=anchor.name if anchor.kind == "province" else anchor.admin1,
        admin2=anchor.name if anchor.kind == "district" else anchor.admin2,
        latitude=anchor.latitude,
        longitude=anchor.longitude,
        precision="near" if anchor.precision == "exact" else anchor.precision,
        radius_km=anchor.radius_km,
        relation=words,
    )
