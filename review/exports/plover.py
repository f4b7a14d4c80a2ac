"""POLECAT's table of PLOVER events: 39 columns, and PLOVER's own of text, size and auxiliary modes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.codebook import Books, Codebook
from models.event import Count, EventRow, Party
from review.exports.acled import read_number
from review.exports.incidents import Incident
from review.exports.numbers import count_people, first_known
from review.exports.plover_losses import EMPTY, FIELDS, LOSSES, ROLES
from review.exports.shape import Record, Shape, refuse_status
from review.exports.sides import join, split
from review.exports.ucdp import read_day

GEONAMES = "geonames:"


def refuse(row: EventRow, books: Books) -> str | None:
    """Why PLOVER has no such row. It has words for what is past, planned, supposed or did not happen."""
    return refuse_status(row, books.books["plover"])


def write(incident: Incident, books: Books) -> Record:
    """The record of an incident; of several reports the surest one's."""
    row, book = incident.row, books.books["plover"]
    entry = books.types[row.event_type]
    place = row.place_id or ""
    return {
        "Event ID": incident.name if len(incident.reports) > 1 else row.event_id,
        "Event Date": row.date_start,
        "End Date": row.date_end,
        "Event Type": entry.plover,
        "Event Mode": entry.plover_mode or None,
        "Quad Code": book.groups[entry.plover],
        "Contexts": join(entry.plover_contexts) or None,
        **name_parties("Actor", row.actors, book),
        **name_parties("Recipient", row.targets, book),
        "Placename": row.place_name,
        "District": row.admin2,
        "Province": row.admin1,
        "Country": row.country,
        "Latitude": row.latitude,
        "Longitude": row.longitude,
        "GeoNames ID": place.removeprefix(GEONAMES) if place.startswith(GEONAMES) else None,
        "Raw Placename": row.place_text,
        "Source": row.publisher,
        "Publication Date": row.published.isoformat()[:10] if row.published else None,
        "Language": row.language,
        "Version": row.extractor_version,
        "Auxiliary Modes": book.auxiliary.get(row.status),
        "Text": row.sentence,
        "Dead": row.killed_best if row.killed_best is not None else row.killed_low,
        "Injured": row.injured_best if row.injured_best is not None else row.injured_low,
        "Arrested": count_people(row, "detained"),
        "URL": row.url,
    }


def name_parties(role: str, parties: Sequence[Party], book: Codebook) -> Record:
    """Names, countries and sectors of a side, in the same order in each cell."""
    sectors = [book.kinds[p.kind] for p in parties]
    return {
        f"{role} Name": join(p.name for p in parties) or None,
        f"{role} Country": join(p.country or "" for p in parties) or None,
        f"Primary {role} Sector": sectors[0] if sectors else None,
        f"{role} Sectors": join(sectors) or None,
        f"{role} Name Raw": join(p.text for p in parties) or None,
    }


def read(record: Mapping[str, Any], books: Books) -> dict[str, Any]:
    """The columns of the row that come back."""
    book, place = books.books["plover"], record["GeoNames ID"]
    auxiliary = {words: status for status, words in book.auxiliary.items()}
    published = record["Publication Date"]
    return {
        "event_id": record["Event ID"],
        "event_type": find_type(record["Event Type"], record["Event Mode"] or "", record["Contexts"], books),
        "status": auxiliary.get(record["Auxiliary Modes"] or "", "reported"),
        "actors": read_parties("Actor", record, book),
        "targets": read_parties("Recipient", record, book),
        "place_name": record["Placename"] or None,
        "place_text": record["Raw Placename"] or None,
        "place_id": f"{GEONAMES}{place}" if place else None,
        "admin1": record["Province"] or None,
        "admin2": record["District"] or None,
        "country": record["Country"] or None,
        "latitude": read_number(record["Latitude"]),
        "longitude": read_number(record["Longitude"]),
        "date_start": read_day(record["Event Date"]),
        "date_end": read_day(record["End Date"]),
        "publisher": record["Source"] or None,
        "published": date.fromisoformat(published) if published else None,
        "language": record["Language"] or None,
        "url": record["URL"] or None,
        "sentence": record["Text"],
        "extractor_version": record["Version"],
        "killed_best": read_whole(record["Dead"]),
        "injured_best": read_whole(record["Injured"]),
        "counts": read_detained(record["Arrested"]),
    }


def find_type(event: str, mode: str, contexts: str | None, books: Books) -> str:
    """The first of our types that is so in PLOVER."""
    for name, entry in books.types.items():
        if (entry.plover, entry.plover_mode, join(entry.plover_contexts)) == (event, mode, contexts or ""):
            return name
    return "other_attack"


def read_parties(role: str, record: Mapping[str, Any], book: Codebook) -> tuple[Party, ...]:
    """The parties of a side."""
    kinds = {code: kind for kind, code in book.kinds.items()}
    cells = (record[f"{role} {what}"] for what in ("Name", "Name Raw", "Country", "Sectors"))
    names, texts, countries, sectors = map(split, cells)
    countries = countries or [""] * len(names)
    found = zip(names, texts, countries, sectors, strict=True)
    keys = ("name", "text", "country", "kind")
    parties = (dict(zip(keys, (n, t, c or None, kinds[s]), strict=True)) for n, t, c, s in found)
    return tuple(Party.model_validate(party | {"named": False}) for party in parties)


def read_whole(value: object) -> int | None:
    """A whole number, out of a cell or as it is."""
    return None if value in (None, "") else int(str(value))


def read_detained(value: object) -> tuple[Count, ...]:
    """The people arrested, as a count."""
    people = read_whole(value)
    if people is None:
        return ()
    told = {"what": "detained", "side": "unknown", "form": "exact", "scope": "event", "start": 0, "end": 0}
    return (Count.model_validate(told | dict.fromkeys(("low", "best", "high"), first_known((people,)))),)


PLOVER = Shape("plover", FIELDS, ROLES, refuse, write, read, LOSSES, EMPTY)
