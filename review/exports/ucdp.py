"""UCDP GED's table: 49 columns, violence by who fights whom, the dead by side, best, low and high."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.codebook import Books, Codebook
from models.event import Count, EventRow, Party
from review.exports.acled import read_number
from review.exports.incidents import Incident
from review.exports.numbers import read_least, split_sides
from review.exports.shape import (
    Record,
    Shape,
    code_date,
    code_place,
    find_country,
    first_key,
    name_country,
    refuse_status,
)
from review.exports.sides import among, join, make_party, people, split
from review.exports.ucdp_losses import EMPTY, FIELDS, LOSSES, ROLES

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


def refuse(row: EventRow, books: Books) -> str | None:
    """Why UCDP has no such row: it counts deaths in organised violence."""
    if not books.types[row.event_type].ucdp:
        return f"type {row.event_type} is not in UCDP GED"
    if not max(n or 0 for n in (row.killed_low, row.killed_best, row.killed_high)):
        return "nobody is reported killed; UCDP GED has deadly events only"
    return refuse_status(row, books.books["ucdp"])


def write(incident: Incident, books: Books) -> Record:
    """The record of an incident."""
    row, book = incident.row, books.books["ucdp"]
    start, end = row.date_start, row.date_end
    return {
        "id": incident.name if len(incident.reports) > 1 else row.event_id,
        "relid": row.incident_id,
        "year": start.year if start else None,
        **name_sides(row, book),
        **count_dead(row, book),
        **name_sources(incident),
        "where_prec": code_place(row, book),
        "where_coordinates": row.place_name,
        "where_description": row.place_text,
        "adm_1": row.admin1,
        "adm_2": row.admin2,
        **name_point(row),
        "country": name_country(row.country, books),
        "event_clarity": 2 if row.is_aggregate else 1,
        "date_prec": code_date(row, book),
        "date_start": start,
        "date_end": end,
    }


def name_sides(row: EventRow, book: Codebook) -> Record:
    """type_of_violence, the sides and the dyad. The state is side a, whoever attacked."""
    doers, targets = list(row.actors), people(row)
    kind = find_violence(row, book)
    if kind == STATE_BASED and not among(doers, book.state):
        doers, targets = targets, doers
    one = join(p.name for p in doers) or None
    two = book.civilians if kind == ONE_SIDED else join(p.name for p in targets) or None
    dyad = f"{one} - {two}" if one and two else None
    return {"type_of_violence": kind, "side_a": one, "side_b": two, "dyad_name": dyad}


def find_violence(row: EventRow, book: Codebook) -> int | None:
    """1 with a state, 2 between armed groups, 3 against civilians; None where the parties do not tell."""
    doers, targets = list(row.actors), people(row)
    states = bool(among(doers, book.state)), bool(among(targets, book.state))
    groups = bool(among(doers, book.armed)), bool(among(targets, book.armed))
    if not (states[0] or groups[0]) or not targets:
        return None
    if states[1] or groups[1]:
        return STATE_BASED if any(states) else NON_STATE
    return ONE_SIDED if len(among(targets, book.civil)) == len(targets) else None


def count_dead(row: EventRow, book: Codebook) -> Record:
    """best, low and high, and the best number by side: a, b, civilians, unknown add up to it."""
    low = read_least(row, book.vague)
    best = row.killed_best if row.killed_best is not None else low
    high = row.killed_high if row.killed_high is not None else max(low, best)
    sides = split_sides(row, best)
    one, two = sides["actor"], sides["target"]
    if find_violence(row, book) == STATE_BASED and not among(row.actors, book.state):
        one, two = two, one
    return {
        "best": best,
        "low": low,
        "high": high,
        "deaths_a": one,
        "deaths_b": two,
        "deaths_civilians": sides["civilians"],
        "deaths_unknown": sides["unknown"],
    }


def name_sources(incident: Incident) -> Record:
    """Who wrote about it: addresses, publishers, days and headlines of the reports, and whom they quote."""
    reports = incident.reports
    voices = dict.fromkeys(name for r in reports for name in r.reported_by)
    days = (r.published.isoformat()[:10] for r in reports if r.published)
    return {
        "number_of_sources": len(incident.publishers) or len(reports),
        "source_article": join(dict.fromkeys(r.url for r in reports if r.url)) or None,
        "source_office": join(incident.publishers) or None,
        "source_date": join(dict.fromkeys(days)) or None,
        "source_headline": join(dict.fromkeys(r.title for r in reports if r.title)) or None,
        "source_original": join(voices) or None,
    }


def name_point(row: EventRow) -> Record:
    """The point in three forms: numbers, well-known text, and the cell of the PRIO grid."""
    if row.latitude is None or row.longitude is None:
        return {}
    south, west = min(int((row.latitude + 90) * 2), 359), min(int((row.longitude + 180) * 2), 719)
    return {
        "latitude": row.latitude,
        "longitude": row.longitude,
        "geom_wkt": f"POINT ({row.longitude!r} {row.latitude!r})",
        "priogrid_gid": south * 720 + west + 1,
    }


def read(record: Mapping[str, Any], books: Books) -> dict[str, Any]:
    """The columns of the row that come back."""
    book = books.books["ucdp"]
    doers, targets = read_sides(record)
    published = record["source_date"]
    return {
        "event_id": record["id"],
        "incident_id": record["relid"] or None,
        "url": record["source_article"] or None,
        "publisher": record["source_office"] or None,
        "published": date.fromisoformat(published) if published else None,
        "title": record["source_headline"] or None,
        "event_type": "other_attack",
        "status": "reported",
        "is_aggregate": str(record["event_clarity"]) == "2",
        "actors": doers,
        "targets": targets,
        "reported_by": tuple(split(record["source_original"])),
        "civilian_targeting": True if record["type_of_violence"] and targets[0].kind == "civilians" else None,
        "place_text": record["where_description"] or None,
        "place_name": record["where_coordinates"] or None,
        "admin1": record["adm_1"] or None,
        "admin2": record["adm_2"] or None,
        "country": find_country(record["country"], books),
        "latitude": read_number(record["latitude"]),
        "longitude": read_number(record["longitude"]),
        "place_precision": first_key(book.place, record["where_prec"]),
        "date_start": read_day(record["date_start"]),
        "date_end": read_day(record["date_end"]),
        "date_precision": first_key(book.date, record["date_prec"]),
        "killed_low": int(record["low"]),
        "killed_best": int(record["best"]),
        "killed_high": int(record["high"]),
        "counts": read_counts(record),
    }


def read_day(value: Any) -> date | None:
    """A day, out of a cell or as it is."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def read_sides(record: Mapping[str, Any]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Doers and targets; kinds as the type of violence tells them."""
    kinds = {
        STATE_BASED: ("state_military", "rebel_group"),
        NON_STATE: ("rebel_group", "rebel_group"),
        ONE_SIDED: ("rebel_group", "civilians"),
    }
    kind = record["type_of_violence"]
    one, two = kinds.get(int(kind), ("unknown", "unknown")) if kind else ("unknown", "unknown")
    sides = (split(record["side_a"]), one), (split(record["side_b"]), two)
    doers, targets = (tuple(make_party(name, k) for name in names) for names, k in sides)
    return doers, targets


def read_counts(record: Mapping[str, Any]) -> tuple[Count, ...]:
    """The dead of each side as a count."""
    columns = {"deaths_a": "actor", "deaths_b": "target", "deaths_civilians": "civilians"}
    told = {side: int(record[column]) for column, side in columns.items()}
    return tuple(
        Count.model_validate(
            {
                "what": "killed",
                "side": side,
                "low": n,
                "best": n,
                "high": n,
                "form": "exact",
                "scope": "event",
            }
            | {"start": 0, "end": 0}
        )
        for side, n in told.items()
        if n
    )


UCDP = Shape("ucdp", FIELDS, ROLES, refuse, write, read, LOSSES, EMPTY)
