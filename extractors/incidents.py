"""Incidents: rows of several articles that tell one real-world event share an `incident_id`.

The id is made from the row alone (family of type, place, day), so that it does not depend on which other
articles a run holds or in what order they come.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.rows import normalise
from models.article import digest
from models.event import EventRow
from models.trigger import EventTypeEntry

SURE = frozenset({"exact", "near", "district"})


def name_incidents(
    rows: Sequence[EventRow], types: Mapping[str, EventTypeEntry], original: str | None = None
) -> list[EventRow]:
    """The rows with their incident. Two rows of one article never share one: they are two events.

    `original` is the key of the article whose text this one repeats: what it tells in the same sentence is
    that article's incident, and what it has changed or added is its own.
    """
    seen: Counter[str] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    named = []
    for row in rows:
        alone = name_event(original, row, told) if original else row.event_id
        key = find_key(row, types)
        if key is None:
            named.append(row.model_copy(update={"incident_id": alone}))
            continue
        named.append(row.model_copy(update={"incident_id": digest(key, str(seen[key]))}))
        seen[key] += 1
    return named


def name_event(original: str, row: EventRow, told: Counter[tuple[str, str]]) -> str:
    """The id that the row has in the article that it is copied from: the n-th of its type in its sentence."""
    key = (normalise(row.sentence), row.event_type)
    told[key] += 1
    return digest(original, *key, str(told[key] - 1))


def find_key(row: EventRow, types: Mapping[str, EventTypeEntry]) -> str | None:
    """Family, place and day; None where place or day is not told finely enough to tell incidents apart."""
    placed = row.place_precision in SURE and row.place_id is not None
    dated = row.date_precision == "day" and row.date_source != "published"
    if not placed or not dated or row.is_aggregate or row.date_start is None:
        return None
    return "|".join((types[row.event_type].family, str(row.place_id), row.date_start.isoformat()))
