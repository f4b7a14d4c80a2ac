"""When two parties, places or dates are one, and when they cannot be."""

from collections.abc import Sequence
from math import cos, hypot, radians

from extractors.parties import PartyMention
from models.dates import Interval
from models.mention import Mention, PlaceValue

KM_PER_DEGREE = 111.2
APART_KM = 30  # points closer than this, beyond their own radii, may be one place told twice


def share_party(some: Sequence[PartyMention], others: Sequence[PartyMention]) -> int:
    """1 if a party stands in both."""
    return int(any(is_same_party(a, b) for a in some for b in others))


def is_same_party(a: PartyMention, b: PartyMention) -> bool:
    """Whether two parties are one: same id, same name, same state, or a surname and its full name."""
    one, two = a.party, b.party
    if one.id and two.id:
        return one.id == two.id
    if one.name.casefold() == two.name.casefold():
        return True
    if (one.country and two.country and one.country != two.country) or sides_differ([a], [b]):
        return False
    return within_state(a, b) or one.name.split()[-1].casefold() == two.name.split()[-1].casefold()


def within_state(a: PartyMention, b: PartyMention) -> bool:
    """Whether both are the same state or its forces."""
    state = {"state_military", "government", "police"}
    one, two = a.party, b.party
    return one.country is not None and one.country == two.country and {one.kind, two.kind} <= state


def are_rivals(some: Sequence[PartyMention], others: Sequence[PartyMention]) -> bool:
    """Whether the actors of two drafts cannot be the same: other sides, other states, other names."""
    if sides_differ(some, others):
        return True
    states = [{p.party.country for p in ps if side_of(p) == "state"} - {None} for ps in (some, others)]
    if states[0] and states[1] and not states[0] & states[1]:
        return True
    return all(p.party.named for p in (*some, *others))


def sides_differ(some: Sequence[PartyMention], others: Sequence[PartyMention]) -> bool:
    """Whether one are of the state and the others against it."""
    sides = [{side for p in parties if (side := side_of(p))} for parties in (some, others)]
    return bool(sides[0] and sides[1] and not sides[0] & sides[1])


def side_of(item: PartyMention) -> str | None:
    """`state` or `group`; None for those who may be of either."""
    if item.party.kind in {"state_military", "police", "government"}:
        return "state"
    return "group" if item.party.kind in {"rebel_group", "militia", "criminal"} else None


def overlap(a: Interval, b: Interval) -> bool:
    """Whether two intervals share a day; open ends reach everywhere."""
    starts_before = a.start is None or b.end is None or a.start <= b.end
    return starts_before and (b.start is None or a.end is None or b.start <= a.end)


def is_narrower(a: Interval | None, b: Interval | None) -> bool:
    """Whether the first interval lies within the second and is shorter."""
    if a is None or b is None or a.start is None or a.end is None or b.start is None or b.end is None:
        return a is not None and b is None
    return b.start <= a.start and a.end <= b.end and (a.end - a.start) < (b.end - b.start)


def same_place(a: Mention, b: Mention) -> bool:
    """Whether two places are surely one: by name or id."""
    one, two = a.value, b.value
    if not isinstance(one, PlaceValue) or not isinstance(two, PlaceValue):
        return False
    return one.name.casefold() == two.name.casefold() or (one.id is not None and one.id == two.id)


def are_apart(a: Mention, b: Mention) -> bool:
    """Whether two places cannot be one, nor one lie in the other. An unknown village may lie anywhere."""
    one, two = a.value, b.value
    if not isinstance(one, PlaceValue) or not isinstance(two, PlaceValue) or same_place(a, b):
        return False
    if in_other_country(a, b):
        return True
    if {one.precision, two.precision} & {"country", "region"}:
        return False
    if "province" in {one.precision, two.precision} and one.admin1 and two.admin1:
        return one.admin1 != two.admin1
    distance = measure(one, two)
    return distance is not None and distance > APART_KM + (one.radius_km or 0) + (two.radius_km or 0)


def is_outside(a: Mention, b: Mention) -> bool:
    """Whether two spots surely lie apart, however near: neither point is within the other's radius."""
    one, two = a.value, b.value
    if not isinstance(one, PlaceValue) or not isinstance(two, PlaceValue):
        return False
    distance = measure(one, two)
    return distance is not None and distance > max(one.radius_km or 0, two.radius_km or 0)


def in_other_country(a: Mention, b: Mention) -> bool:
    """Whether two places surely lie in two countries."""
    one, two = a.value, b.value
    if not isinstance(one, PlaceValue) or not isinstance(two, PlaceValue):
        return False
    return bool(one.country and two.country and one.country != two.country)


def measure(one: PlaceValue, two: PlaceValue) -> float | None:
    """Kilometres between two points, near enough for this; None where one has no point."""
    if one.latitude is None or two.latitude is None or one.longitude is None or two.longitude is None:
        return None
    north = (one.latitude - two.latitude) * KM_PER_DEGREE
    east = (one.longitude - two.longitude) * KM_PER_DEGREE * cos(radians(one.latitude))
    return hypot(north, east)
