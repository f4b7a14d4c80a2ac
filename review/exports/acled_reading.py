"""ACLED's table read back: the plainest row of ours that it would be written from."""

from collections.abc import Mapping
from typing import Any

from models.codebook import Books, Codebook
from models.event import Party, Weapon
from models.trigger import AcledType
from review.exports.shape import find_country, first_key, read_day, read_number
from review.exports.sides import make_party, split

TARGETED = "Civilians targeted"


def read(record: Mapping[str, Any], books: Books) -> dict[str, Any]:
    """The columns of the row that come back; what is coarser comes back as the plainest row of its kind."""
    book = books.books["acled"]
    kind = AcledType(event=record["event_type"], sub=record["sub_event_type"])
    foiled = kind == book.foiled_as
    day = read_day(record["event_date"])
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
