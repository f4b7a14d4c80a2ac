"""One row an incident, out of all rows that share it, with what they disagree on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.event import EventRow
from review.exports.flat import FIELDS, ROLES, make_line
from review.exports.sheets import Field, Line, Sheet
from review.jsontext import write_json
from review.values import name_date, name_injured, name_killed, name_parties, name_place, name_term

COMPARED: dict[str, Callable[[EventRow], str]] = {
    "event_type": lambda row: name_term(row.event_type),
    "status": lambda row: name_term(row.status),
    "actors": lambda row: name_parties(row.actors),
    "targets": lambda row: name_parties(row.targets),
    "place": name_place,
    "date": name_date,
    "killed": name_killed,
    "injured": name_injured,
}
MORE = (
    Field("reports", "integer", "rows that tell it", "#meta+reports"),
    Field("publishers", "text", "who published them", "#meta+source+name"),
    Field("published_first", "text", "of its reports"),
    Field("published_last", "text", "of its reports"),
    Field("disagreement", "text", "field -> what its reports say, with how many of them; JSON"),
    Field("event_ids", "text", "the rows"),
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One event of the world. `row` speaks for it: the surest report, its numbers widened by the others."""

    row: EventRow
    reports: tuple[EventRow, ...]

    @property
    def name(self) -> str:
        """Its id; a row without one is an incident of its own."""
        return self.row.incident_id or self.row.event_id

    @property
    def publishers(self) -> list[str]:
        """Who published a report of it, each once."""
        return list(dict.fromkeys(r.publisher for r in self.reports if r.publisher))


Incidents = Callable[[], Iterator[Incident]]


def alone(row: EventRow) -> Incident:
    """A row that stands for itself."""
    return Incident(row, (row,))


def merge(reports: Sequence[EventRow]) -> Incident:
    """The incident that the reports tell."""
    surest = min(reports, key=lambda r: (-r.confidence, -count_known(r), str(r.published), r.event_id))
    if len(reports) == 1:
        return alone(surest)
    widened = widen("killed", surest, reports) | widen("injured", surest, reports)
    return Incident(surest.model_copy(update=widened), tuple(reports))


def count_known(row: EventRow) -> int:
    """How many columns of the row hold a value."""
    return sum(value not in (None, (), {}) for _, value in row)


def widen(who: str, surest: EventRow, reports: Iterable[EventRow]) -> dict[str, int | None]:
    """The least and the most that any report says, with the surest one's own number."""
    ends = [[getattr(r, f"{who}_{end}") for end in ("low", "best", "high")] for r in reports]
    least = [min(known) for row in ends if (known := [n for n in row if n is not None])]
    open_ended = any(low is not None and best is high is None for low, best, high in ends)
    most = [max(known) for row in ends if (known := [n for n in row if n is not None])]
    best = getattr(surest, f"{who}_best")
    return {
        f"{who}_low": min(least, default=None),
        f"{who}_best": best if best is not None else next((e[1] for e in ends if e[1] is not None), None),
        f"{who}_high": None if open_ended else max(most, default=None),
    }


def find_disagreement(reports: Sequence[EventRow]) -> dict[str, dict[str, int]]:
    """Field -> value in words -> number of reports, for the fields of which reports say different things."""
    found: dict[str, dict[str, int]] = {}
    for name, tell in COMPARED.items():
        values: dict[str, int] = {}
        for said in filter(None, map(tell, reports)):
            values[said] = values.get(said, 0) + 1
        if len(values) > 1:
            found[name] = values
    return found


def make_incidents(incidents: Incidents) -> Sheet:
    """The table of incidents."""
    fields = (*(f for f in FIELDS if f.name != "event_id"), *MORE)
    roles = ROLES | {"id": "incident_id"}

    def read() -> Iterator[Line]:
        for incident in incidents():
            row = incident.row.model_copy(update={"incident_id": incident.name})
            line = dict(zip((f.name for f in FIELDS), make_line(row), strict=True))
            yield (*(line[f.name] for f in fields[: -len(MORE)]), *describe(incident))

    return Sheet("incidents", fields, read, roles)


def describe(incident: Incident) -> tuple[Any, ...]:
    """What is known of an incident's reports."""
    said = find_disagreement(incident.reports)
    times = sorted(map(write_moment, filter(None, (r.published for r in incident.reports))))
    return (
        len(incident.reports),
        "; ".join(incident.publishers),
        times[0] if times else None,
        times[-1] if times else None,
        write_json(said) if said else None,
        "; ".join(r.event_id for r in incident.reports),
    )


def write_moment(published: date | datetime) -> str:
    """ISO 8601, as the publisher wrote it."""
    return published.isoformat()
