"""The rows of places.csv laid over the gazetteer when it is opened: a new row counts at once."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.gazetteer import Gazetteer
from extractors.place_names import fold_name, loosen_name
from extractors.place_overlay import Overlay
from extractors.place_words import PlaceWords, find_keys, strip_kind
from models.place import Candidate, PlaceRow

OWN = "dateline:"  # before the id of a place that only we have


def lay_over(gazetteer: Gazetteer, rows: Iterable[PlaceRow], words: PlaceWords) -> Gazetteer:
    """The gazetteer with the rows: places that it lacks added, its provinces and districts put right."""
    laid = Gazetteer(gazetteer.connection, Overlay())
    # Provinces first: what lies in them takes their names.
    for row in sorted(rows, key=lambda row: row.kind != "province"):
        known = laid.find_subdivision(row.country, row.kind, strip_kind(row.name, words))
        place = correct(known, row) if known else make_place(row, name_province(laid, row, words))
        laid.overlay.places[place.id] = place
        add_names(laid, place.id, row, words)
    return Gazetteer(gazetteer.connection, laid.overlay)  # with no look-up of the unfinished overlay kept


def correct(known: Candidate, row: PlaceRow) -> Candidate:
    """A subdivision of the sources with the name, point and size of a row."""
    return replace(
        known, name=row.name, latitude=row.latitude, longitude=row.longitude, radius_km=row.radius_km
    )


def make_place(row: PlaceRow, province: str | None) -> Candidate:
    """A place that only the overlay has."""
    return Candidate(
        id=f"{OWN}{row.id}",
        name=row.name,
        country=row.country,
        admin1=province,
        admin2=None,
        latitude=row.latitude,
        longitude=row.longitude,
        radius_km=row.radius_km,
        precision=row.precision,
        kind=row.kind,
        population=0,
        rank=0,
    )


def name_province(gazetteer: Gazetteer, row: PlaceRow, words: PlaceWords) -> str | None:
    """The province of a row as the gazetteer or another row names it; else as the row does."""
    if row.admin1 is None:
        return None
    key = strip_kind(row.admin1, words)
    known = gazetteer.find_subdivision(row.country, "province", key)
    ours = (gazetteer.overlay.places[place_id] for place_id in gazetteer.overlay.named.get(key, {}))
    found = known or next((p for p in ours if (p.country, p.kind) == (row.country, "province")), None)
    return found.name if found else row.admin1


def add_names(gazetteer: Gazetteer, place_id: str, row: PlaceRow, words: PlaceWords) -> None:
    """Makes a place found by all names of its row; its other transliterations count as in the sources."""
    overlay, respelt = gazetteer.overlay, row.country in gazetteer.respelt
    for name in (row.name, *row.aliases):
        for key in find_keys(name, row.kind, respelt, words):
            overlay.named.setdefault(key, {}).setdefault(place_id, 0 if name == row.name else 1)
        if respelt or place_id.startswith(OWN):
            overlay.alike.setdefault(loosen_name(fold_name(name)), {})[place_id] = 2
