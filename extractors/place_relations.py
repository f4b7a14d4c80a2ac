"""What the text says of a place beside its name: near it, 30 km south of it, its northern part."""

import re
from dataclasses import dataclass
from math import cos, radians

from extractors.place_spans import BEFORE, Proposal
from models.mention import PlaceValue
from models.place import Candidate
from models.terms import PlacePrecision

WAYS = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
}
WAYS["northwest"] = 315
WAY = r"(?P<way>(?:north|south)[ -]?(?:east|west)?|east|west)(?:ern)?"
LEAD = (
    r"(?:the )?(?:(?:[A-Z][a-z]+ )?(?:[a-z]+ )?(?:town|city|village|district|province|capital|suburb|port) of )?"
    r"(?:the )?$"
)
NEAR = re.compile(
    r"\b(?P<relation>[Nn]ear|[Oo]utside|[Cc]lose to|around|next to|in the vicinity of|vicinity of|adjacent to|"
    rf"on the (?:outskirts|edge|edges) of|outskirts of|not far from|beside|overlooking) {LEAD}"
)
SIDE = re.compile(rf"\b(?P<relation>(?:just )?(?:to the )?{WAY} of) {LEAD}")
FAR = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)[ -]?"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|(?:nautical |sea )?miles?|mi|nm)\b[^.;,]{0,20}? "
    rf"(?:(?:to the )?{WAY} of|from|outside|away from|off) {LEAD}"
)
BETWEEN = re.compile(rf"\b(?P<relation>between) (?:[A-Z][^.;,]{{1,40}} and )?{LEAD}")
UNITS = (("mi", 1.609), ("n", 1.852), ("sea", 1.852))  # kilometres of a mile, and of a mile at sea


@dataclass(frozen=True, slots=True)
class Relation:
    """The words, and how far and where to from the place they name."""

    text: str
    distance_km: float | None = None
    bearing: float | None = None


def find_relation(text: str, proposal: Proposal) -> Relation | None:
    """What the words before a place say of it."""
    lead = text[max(0, proposal.start - BEFORE) : proposal.start]
    far = FAR.search(lead)
    if far:
        scale = next((km for unit, km in UNITS if far["unit"].startswith(unit)), 1.0)
        distance = float(far["number"].replace(",", ".")) * scale
        way = far["way"]
        words = f"{round(distance)} km {way} of" if way else f"{round(distance)} km from"
        return Relation(words, distance, bearing_of(way) if way else None)
    for pattern in (SIDE, NEAR, BETWEEN):
        found = pattern.search(lead)
        if found:
            return Relation(found["relation"].lower())
    return Relation(proposal.direction) if proposal.direction else None


def bearing_of(way: str) -> float:
    """Degrees from north of a direction."""
    return WAYS[re.sub("[ -]", "", way)]


def value_of(proposal: Proposal, place: Candidate | None, relation: Relation | None) -> PlaceValue:
    """The place as linked, widened by its noun and by its relation."""
    words = relation.text if relation else None
    if place is None:
        kind = proposal.kind
        return PlaceValue(proposal.name, precision=kind.precision if kind else None, relation=words)
    precision, radius = fit_noun(proposal, place)
    latitude, longitude = place.latitude, place.longitude
    if relation and words != proposal.direction:
        precision, radius = fit_relation(relation, precision, radius)
        latitude, longitude = move(latitude, longitude, relation)
    elif proposal.direction and place.kind == "country":
        precision = "region"
    return PlaceValue(
        name=place.name,
        id=place.id,
        country=place.country,
        admin1=place.name if place.kind == "province" else place.admin1,
        admin2=place.name if place.kind == "district" else place.admin2,
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        radius_km=round(radius, 1),
        relation=words,
    )


def fit_noun(proposal: Proposal, place: Candidate) -> tuple[PlacePrecision, float]:
    """Precision and radius where the noun by the name says another kind than what was linked."""
    kind = proposal.kind
    if (
        kind is None
        or kind.kind == place.kind
        or (kind.precision == place.precision == "exact" and not kind.part)
    ):
        return place.precision, place.radius_km
    if kind.part and place.precision == "exact":
        inside = place.kind in {"settlement", "district"}
        return ("near" if inside else "exact"), max(
            place.radius_km, kind.radius_km
        ) if inside else place.radius_km
    if kind.kind in {"province", "district"} and place.precision == "exact":
        return kind.precision, max(kind.radius_km, place.radius_km)
    if kind.kind == "region" and place.precision == "exact":
        return "near", max(15.0, place.radius_km)
    return place.precision, place.radius_km


def fit_relation(
    relation: Relation, precision: PlacePrecision, radius: float
) -> tuple[PlacePrecision, float]:
    """A relation to a point makes it near and wider; areas only grow."""
    if relation.distance_km is not None:
        spread = relation.distance_km * (0.3 if relation.bearing is not None else 1.0)
        return ("near" if precision in {"exact", "near"} else precision), radius + spread
    if precision not in {"exact", "near"}:
        return precision, radius + 20
    return "near", max(2 * radius, radius + (10 if relation.text == "near" else 20))


def move(latitude: float, longitude: float, relation: Relation) -> tuple[float, float]:
    """The point so many kilometres off in a direction; unmoved where either is not told."""
    if relation.distance_km is None or relation.bearing is None:
        return latitude, longitude
    north = relation.distance_km * cos(radians(relation.bearing))
    east = relation.distance_km * cos(radians(90 - relation.bearing))
    shrink = max(0.1, cos(radians(latitude)))
    return round(latitude + north / 111.2, 4), round(longitude + east / (111.2 * shrink), 4)
