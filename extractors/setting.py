"""The town or district that an article is about, where all the places that it names are that one or lie in it."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.draft import Draft
from extractors.identity import measure
from extractors.place_spans import INSIDE
from extractors.sheet import Sheet
from models.mention import Mention, PlaceValue
from models.terms import PlacePrecision

LEVELS: tuple[frozenset[PlacePrecision | None], ...] = (
    frozenset({"exact", "near", "district", "sea_or_air"}),
    frozenset({"province"}),
)
DATELINE = "places:dateline"
NEAR_KM = 15.0  # around a town's point an event of which only the town is known


def find_setting(events: Sequence[Draft], sheet: Sheet) -> Mention | None:
    """The finest place that holds every other one of its kind in the article; None where two lie apart.

    It must be where another event was, or be named twice: a minister's trip is no setting.
    """
    own = {(m.start, m.end) for event in events for m in event.places}
    named = [m for m in sheet.mentions["place"] if is_located(m) and m.rule != INSIDE]
    told = [m for m in named if DATELINE not in m.rule]
    for level in LEVELS:
        places = [m for m in told if value_of(m).precision in level]
        widest = max(places, key=lambda m: (value_of(m).radius_km or 0.0, -m.start), default=None)
        if widest and all(fits(m, widest, level) for m in named):
            there = [m for m in named if lies_in(m, widest)]
            borne = len(there) > 1 or any((m.start, m.end) in own for m in there)
            return as_setting(widest) if borne else None
    return None


def fits(mention: Mention, setting: Mention, level: frozenset[PlacePrecision | None]) -> bool:
    """Whether a place says nothing against a setting: it is in it or, being wider, around it; so is a country."""
    if lies_in(mention, setting) or value_of(mention).precision == "country":
        return True
    return value_of(mention).precision not in LEVELS[0] | level and lies_in(setting, mention)


def is_located(mention: Mention) -> bool:
    """Whether a place has a point."""
    return value_of(mention).latitude is not None


def value_of(mention: Mention) -> PlaceValue:
    """The place that a mention stands for."""
    assert isinstance(mention.value, PlaceValue)
    return mention.value


def lies_in(mention: Mention, wide: Mention) -> bool:
    """Whether a place is another one or within its radius."""
    one, two = value_of(mention), value_of(wide)
    if one.id is not None and one.id == two.id:
        return True
    far = measure(one, two)
    return far is not None and far <= (two.radius_km or 0.0) and one.country == two.country


def as_setting(place: Mention) -> Mention:
    """The place as that of an event which is told without one; no more precise than near it."""
    value, rule = value_of(place), f"whereabouts:setting -> {place.rule}"
    if value.precision not in {"exact", "near"}:
        return replace(place, rule=rule)
    wide = replace(value, precision="near", radius_km=max(NEAR_KM, value.radius_km or 0.0))
    return replace(place, rule=rule, value=wide)
