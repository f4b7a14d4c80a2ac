"""The values of a row in words, the same in terminal, page and explanation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from models.event import EventRow, Party


def name_term(term: str) -> str:
    """A term of a closed list in words: `air_strike` is "air strike"."""
    return term.replace("_", " ")


def name_parties(parties: Iterable[Party]) -> str:
    """Names of parties, joined; empty where there is none."""
    return "; ".join(party.name for party in parties)


def name_sides(row: EventRow) -> str:
    """Who → whom; a dash where the text does not say."""
    if not (row.actors or row.targets):
        return "–"
    return f"{name_parties(row.actors) or '–'} → {name_parties(row.targets) or '–'}"


def name_weapons(row: EventRow) -> str:
    """Means used, joined; empty where none is told."""
    return "; ".join(weapon.name for weapon in row.weapons)


def name_place(row: EventRow) -> str:
    """Place, province and country, as far as known, without repeating a name."""
    parts = (row.place_name or row.place_text, row.admin1, row.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def locate(row: EventRow) -> str:
    """The place with what is known of its precision and coordinates."""
    known = row.latitude is not None and row.longitude is not None
    point = f"{row.latitude:.4f}, {row.longitude:.4f}" if known else ""
    radius = "" if row.place_radius_km is None else f"± {row.place_radius_km:g} km"
    precision = name_term(row.place_precision or "")
    return " · ".join(part for part in (name_place(row), precision, point, radius, row.place_id) if part)


def name_days(row: EventRow) -> str:
    """First and last day; one day where they are the same; empty where unknown."""
    start, end = row.date_start, row.date_end
    if start == end:
        return start.isoformat() if start else ""
    return f"{start or '…'} – {end or '…'}"


def name_date(row: EventRow) -> str:
    """The days with their precision and where they come from."""
    parts = (name_days(row), row.date_precision, row.date_source)
    return " · ".join(part for part in parts if part)


def name_instant(published: datetime | date) -> str:
    """Day, time and zone of publication, or the bare day."""
    return published.isoformat(" ", "minutes") if isinstance(published, datetime) else published.isoformat()


def name_range(low: int | None, best: int | None, high: int | None) -> str:
    """A number as far as it is known: `8`, `3–8`, `≥ 24`, `≤ 20`; empty where there is none."""
    if low is None and high is None:
        return "" if best is None else str(best)
    if low == high:
        return str(low)
    if high is None:
        return f"≥ {low}"
    return f"≤ {high}" if low is None else f"{low}–{high}"


def name_killed(row: EventRow) -> str:
    """People killed, as a range."""
    return name_range(row.killed_low, row.killed_best, row.killed_high)


def name_injured(row: EventRow) -> str:
    """People injured, as a range."""
    return name_range(row.injured_low, row.injured_best, row.injured_high)


def name_attribution(row: EventRow) -> str:
    """How the actor is known, and who says so."""
    voices = {
        "claimed by": row.claimed_by,
        "accused by": row.accused_by,
        "denied by": row.denied_by,
        "reported by": row.reported_by,
    }
    told = (f"{verb} {', '.join(names)}" for verb, names in voices.items() if names)
    return "; ".join((row.attribution, *told))


FIELDS: Mapping[str, Callable[[EventRow], str]] = {
    "event_type": lambda row: name_term(row.event_type),
    "status": lambda row: name_term(row.status),
    "actors": lambda row: name_parties(row.actors),
    "targets": lambda row: name_parties(row.targets),
    "attribution": name_attribution,
    "weapons": name_weapons,
    "place": locate,
    "date": name_date,
    "killed": name_killed,
    "injured": name_injured,
    "attacks": lambda row: name_range(row.attacks_low, row.attacks_best, row.attacks_high),
}


def name_field(row: EventRow, field: str) -> str:
    """The value of a field of `evidence` in words."""
    return FIELDS[field](row) if field in FIELDS else ""


# The fields of `evidence` that a row may lack: whether it has a value there.
VALUED: Mapping[str, Callable[[EventRow], bool]] = {
    "event_type": lambda row: bool(row.event_type),
    "actors": lambda row: bool(row.actors),
    "targets": lambda row: bool(row.targets),
    "weapons": lambda row: bool(row.weapons),
    "place": lambda row: row.place_text is not None,
    "date": lambda row: row.date_start is not None or row.date_end is not None,
    "killed": lambda row: bool(name_killed(row)),
    "injured": lambda row: bool(name_injured(row)),
}
