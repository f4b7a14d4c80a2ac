"""Mentions with their resolved value, in the shape that event-row.md gives them."""

from typing import Any

from models.dates import Interval
from models.mention import ActorValue, CountValue, Mention, PlaceValue, WeaponValue


def show_mention(mention: Mention, interval: Interval | None) -> dict[str, Any]:
    """Label, offsets, text and the value's own keys; dates as ISO days."""
    head = {"label": mention.label, "start": mention.start, "end": mention.end, "text": mention.text}
    return {**head, **show_value(mention, interval)}


def show_value(mention: Mention, interval: Interval | None) -> dict[str, Any]:
    """The keys that the label has."""
    value = mention.value
    if isinstance(value, ActorValue):
        return {"id": value.id, "kind": value.kind, "country": value.country}
    if isinstance(value, WeaponValue):
        return {"id": value.id, "category": value.category}
    if isinstance(value, PlaceValue):
        names = ("id", "latitude", "longitude", "country")
        return {name: getattr(value, name) for name in names}
    if isinstance(value, CountValue):
        return {"low": value.low, "best": value.best, "high": value.high}
    if interval is None:
        return {"date_start": None, "date_end": None}
    days = {"date_start": interval.start, "date_end": interval.end}
    return {name: day.isoformat() if day else None for name, day in days.items()}
