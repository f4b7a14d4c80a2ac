"""ACLED's table: 31 columns, its codes, its cautious number of dead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.codebook import Books, Codebook
from models.event import EventRow, Party, Weapon
from models.trigger import AcledType
from review.exports.acled_losses import EMPTY, FIELDS, LOSSES, ROLES
from review.exports.incidents import Incident, find_disagreement
from review.exports.numbers import read_least
from review.exports.shape import (
    Record,
    Shape,
    code_date,
    code_place,
    find_country,
    first_key,
    middle_day,
    name_country,
    refuse_status,
)
from review.exports.sides import among, join, make_party, people, split
from review.jsontext import write_json
from review.values import name_attribution, name_injured, name_range

TARGETED = "Civilians targeted"


def refuse(row: EventRow, books: Books) -> str | None:
    """Why ACLED has no such row; it codes each incident, and no sums of them."""
    book, entry = books.books["acled"], books.types[row.event_type]
    if row.is_aggregate:
        return "an aggregate sums incidents; ACLED has a row for each"
    if not entry.acled:
        return f"type {row.event_type} is not in ACLED"
    if row.status in book.foiled and entry.acled == book.foiled_of:
        return None
    return refuse_status(row, book)


def write(incident: Incident, books: Books) -> Record:
    """The record of an incident."""
    row, book = incident.row, books.books["acled"]
    kind, day = name_type(row, books), middle_day(row)
    one, two = name_doers(row, kind, books), name_targets(row, books)
    return {
        "event_id_cnty": incident.name if len(incident.reports) > 1 else row.event_id,
        "event_date": day,
        "year": day.year if day else None,
        "time_precision": code_date(row, book),
        "disorder_type": book.groups.get(kind.sub) or book.groups[kind.event],
        "event_type": kind.event,
        "sub_event_type": kind.sub,
        "actor1": one[0],
        "assoc_actor_1": one[1],
        "inter1": one[2],
        "actor2": two[0],
        "assoc_actor_2": two[1],
        "inter2": two[2],
        "interaction": name_interaction(one[2], two[2]),
        "civilian_targeting": TARGETED if row.civilian_targeting else None,
        "iso": books.numbers.get(row.country or ""),
        "country": name_country(row.country, books),
        "admin1": row.admin1,
        "admin2": row.admin2,
        "location": row.place_name,
        "latitude": None if row.latitude is None else round(row.latitude, 4),
        "longitude": None if row.longitude is None else round(row.longitude, 4),
        "geo_precision": code_place(row, book),
        "source": join(incident.publishers) or None,
        "notes": write_notes(incident),
        "fatalities": min(read_least(report, book.vague) for report in pick_counting(incident)),
    }


def pick_counting(incident: Incident) -> tuple[EventRow, ...]:
    """The reports that say how many died: the one that says least counts, one that says nothing does not."""
    telling = tuple(
        r for r in incident.reports if (r.killed_low, r.killed_best, r.killed_high) != (None,) * 3
    )
    return telling or (incident.row,)


def name_type(row: EventRow, books: Books) -> AcledType:
    """ACLED's type: by ours, then by the parties, then by weapons that have a sub-event type of their own."""
    book, entry = books.books["acled"], books.types[row.event_type]
    plain = AcledType(event=entry.acled, sub=entry.acled_sub)
    if row.status in book.foiled and book.foiled_as:
        return book.foiled_as
    if (
        entry.acled_state
        and row.actors
        and code_party(row.actors[0], row, book) == book.kinds["state_military"]
    ):
        return entry.acled_state
    own = next((book.weapons[w.category] for w in row.weapons if w.category in book.weapons), None)
    if own and entry.family == "violence":
        return own
    if entry.acled_armed and not row.civilian_targeting and among(row.targets, (*book.armed, *book.state)):
        return entry.acled_armed
    return plain


def name_doers(row: EventRow, kind: AcledType, books: Books) -> tuple[str | None, str | None, str | None]:
    """actor1, assoc_actor_1 and inter1."""
    book, entry = books.books["acled"], books.types[row.event_type]
    fought = book.groups[kind.event] == "Political violence"
    if entry.acled_doer:  # whoever is named goes along: Protesters (Chad); Teachers
        names = join(p.name for p in row.actors) or None
        return place_name(entry.acled_doer, row, books), names, book.doers[entry.acled_doer]
    if row.actors:
        first, *others = row.actors
        code = code_party(first, row, book) or (book.doers[book.nobody] if fought else None)
        return first.name, join(p.name for p in others) or None, code
    if fought:
        return place_name(book.nobody, row, books), None, book.doers[book.nobody]
    return None, None, None


def name_targets(row: EventRow, books: Books) -> tuple[str | None, str | None, str | None]:
    """actor2, assoc_actor_2 and inter2; things are no actors."""
    book, targets = books.books["acled"], people(row)
    if not targets:
        return None, None, None
    first, *others = targets
    if first.kind == "civilians":
        named = join(p.name for p in targets)
        return place_name(book.civilians, row, books), named, book.kinds["civilians"]
    return first.name, join(p.name for p in others) or None, code_party(first, row, book)


def place_name(words: str, row: EventRow, books: Books) -> str:
    """A general name with its country: Civilians (Mali)."""
    country = name_country(row.country, books)
    return f"{words} ({country})" if country else words


def code_party(party: Party, row: EventRow, book: Codebook) -> str | None:
    """The inter code; a state's forces outside their country are external."""
    if party.kind in book.state and party.country and row.country and party.country != row.country:
        return book.abroad
    return book.kinds.get(party.kind)


def name_interaction(one: str | None, two: str | None) -> str | None:
    """Both codes, the lower first; a lone one with a 0."""
    codes = sorted(filter(None, (one, two)))
    return None if not codes else codes[0] + (codes[1] if len(codes) > 1 else "0")


def write_notes(incident: Incident) -> str:
    """The sentence, then what has no column: who says so, injured, range of the dead, what reports disagree on."""
    row = incident.row
    killed, injured = name_range(row.killed_low, row.killed_best, row.killed_high), name_injured(row)
    said = find_disagreement(incident.reports)
    parts = (
        row.sentence,
        "" if row.attribution == "unknown" else f"Attribution: {name_attribution(row)}",
        f"Killed: {killed}" if killed else "",
        f"Injured: {injured}" if injured else "",
        f"Status: {row.status}" if row.status != "actual" else "",
        f"Reports disagree: {write_json(said)}" if said else "",
    )
    return " | ".join(filter(None, parts))


def read(record: Mapping[str, Any], books: Books) -> dict[str, Any]:
    """The columns of the row that come back; what is coarser comes back as the plainest row of its kind."""
    book = books.books["acled"]
    kind = AcledType(event=record["event_type"], sub=record["sub_event_type"])
    foiled = kind == book.foiled_as
    day = record["event_date"]
    day = date.fromisoformat(day) if isinstance(day, str) and day else day or None
    type_ = find_type(kind, books)
    country = find_country(record["country"], books)
    return {
        "event_id": record["event_id_cnty"],
        "event_type": type_,
        "status": book.foiled[-1] if foiled else "reported",
        "actors": read_doers(record, type_, country, books),
        "targets": read_targets(record, country, books),
        "civilian_targeting": True if record["civilian_targeting"] == TARGETED else None,
        "weapons": read_weapons(kind, books),
        "country": country,
        "admin1": record["admin1"] or None,
        "admin2": record["admin2"] or None,
        "place_name": record["location"] or None,
        "latitude": read_number(record["latitude"]),
        "longitude": read_number(record["longitude"]),
        "place_precision": first_key(book.place, record["geo_precision"]),
        "publisher": record["source"] or None,
        "date_start": day,
        "date_end": day,
        "date_precision": first_key(book.date, record["time_precision"]),
        "killed_low": int(record["fatalities"]),
    }


def find_type(kind: AcledType, books: Books) -> str:
    """The first of our types that is so in ACLED."""
    book = books.books["acled"]
    if kind == book.foiled_as:
        return next(name for name, entry in books.types.items() if entry.acled == book.foiled_of)
    known = [
        name
        for name, entry in books.types.items()
        if kind in (AcledType(event=entry.acled, sub=entry.acled_sub), entry.acled_state)
    ]
    plain = (name for name in known if not books.types[name].acled_armed)  # is so whoever its parties are
    return next(plain, known[0] if known else "other_attack")  # a weapon's own: Grenade


def read_weapons(kind: AcledType, books: Books) -> tuple[Weapon, ...]:
    """The weapon that a sub-event type is named after."""
    known = books.books["acled"].weapons.items()
    return tuple(Weapon(text=kind.sub, name=kind.sub, category=c) for c, own in known if own == kind)


def read_doers(record: Mapping[str, Any], type_: str, country: str | None, books: Books) -> tuple[Party, ...]:
    """The doers; of protesters those who were named."""
    book, also = books.books["acled"], split(record["assoc_actor_1"])
    if books.types[type_].acled_doer:
        return tuple(make_party(name, "unknown") for name in also)
    first = record["actor1"]
    if not first or first.partition(" (")[0] == book.nobody:
        return ()
    rest = (make_party(name, "unknown") for name in also)
    return (read_party(first, record["inter1"], country, book), *rest)


def read_targets(record: Mapping[str, Any], country: str | None, books: Books) -> tuple[Party, ...]:
    """The targets; of civilians those who were named."""
    book, also = books.books["acled"], split(record["assoc_actor_2"])
    if not record["actor2"]:
        return ()
    if record["actor2"].partition(" (")[0] == book.civilians and also:
        return tuple(make_party(name, "civilians") for name in also)
    rest = (make_party(name, "unknown") for name in also)
    return (read_party(record["actor2"], record["inter2"], country, book), *rest)


def read_party(name: str, code: object, country: str | None, book: Codebook) -> Party:
    """A party by its inter code."""
    if str(code) == book.abroad:
        return make_party(name, "international")
    kind = next((k for k, known in book.kinds.items() if known == str(code)), "unknown")
    return make_party(name, kind, country if kind in book.state else None)


def read_number(value: object) -> float | None:
    """A number, out of a cell or as it is."""
    return None if value in (None, "") else float(str(value))


ACLED = Shape("acled", FIELDS, ROLES, refuse, write, read, LOSSES, EMPTY)
