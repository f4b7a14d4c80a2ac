"""The rows as flat tables without a loss: one of events, and one each of what an event has several of."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models.event import Count, EventRow, Evidence, OtherPlace, Part, Party, Told, Weapon
from models.schema import Kind, read_columns
from review.exports.sheets import Field, Line, Sheet

Rows = Callable[[], Iterator[EventRow]]
APART = ("counts", "sentences", "evidence")  # have a table of their own, and no column in the first
PARTIES = ("actors", "targets")
VOICES = ("claimed_by", "accused_by", "denied_by", "reported_by")
KEY = Field("event_id", "text", "the event that it belongs to")
TABLES: dict[str, tuple[type[Part], tuple[str, ...]]] = {
    "parties": (Party, (*PARTIES, *VOICES)),
    "weapons": (Weapon, ("weapons",)),
    "places": (OtherPlace, ("other_places",)),
    "counts": (Count, ("counts",)),
    "sentences": (Told, ("sentences",)),
}
HXL = {
    "event_id": "#event+id",
    "incident_id": "#event+group",
    "url": "#meta+source+url",
    "publisher": "#meta+source+name",
    "published": "#date+reported",
    "event_type": "#event+type",
    "status": "#event+status",
    "actors": "#group+name+attacker",
    "targets": "#group+name+target",
    "weapons": "#cause+weapon",
    "place_name": "#loc+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "country": "#country+code+v_iso3",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "sentence": "#description",
    "confidence": "#indicator+confidence",
} | {
    f"{who}_{end}": f"#affected+{who}+{end}"
    for who in ("killed", "injured")
    for end in ("low", "best", "high")
}
ROLES: dict[Any, str] = {
    "id": "event_id",
    "latitude": "latitude",
    "longitude": "longitude",
    "start": "date_start",
    "end": "date_end",
    "kind": "event_type",
    "place": "place_name",
    "killed": "killed_best",
    "title": "title",
    "text": "sentence",
    "url": "url",
    "updated": "published",
}


def make_fields() -> tuple[Field, ...]:
    """The columns of the first table; lists become the names in them, joined."""
    kept = [c for c in read_columns() if c.name not in APART]
    kinds: dict[Kind, Kind] = {"list": "text", "instant": "text"}
    return tuple(Field(c.name, kinds.get(c.kind, c.kind), c.description, HXL.get(c.name, "")) for c in kept)


FIELDS = make_fields()


def make_events(rows: Rows) -> Sheet:
    """The first table."""

    def nested() -> Iterator[dict[str, Any]]:
        return (row.model_dump(mode="json") for row in rows())

    return Sheet("events", FIELDS, lambda: map(make_line, rows()), ROLES, nested)


def make_line(row: EventRow) -> Line:
    """A row as a line of the first table."""
    return tuple(flatten(getattr(row, field.name), field) for field in FIELDS)


def flatten(value: Any, field: Field) -> Any:
    """A value of one cell; `published` keeps its zone as text."""
    if isinstance(value, tuple):
        return "; ".join(item if isinstance(item, str) else item.name for item in value)
    return value.isoformat() if field.name == "published" and value else value


def make_details(rows: Rows) -> tuple[Sheet, ...]:
    """The tables of parties, weapons, places, counts and sentences, and of the evidence."""
    return (*(make_detail(name, rows) for name in TABLES), make_evidence(rows))


def make_detail(name: str, rows: Rows) -> Sheet:
    """One of them: event, column of the row, place in its list, and the keys of the part."""
    part, columns = TABLES[name]
    keys = [Field(c.name, c.kind, c.description) for c in read_columns(part)]
    fields = (KEY, Field("field", "text", "column of the row"), Field("number", "integer", "from 1"), *keys)

    def read() -> Iterator[Line]:
        for row in rows():
            for column in columns:
                for number, item in enumerate(getattr(row, column), 1):
                    yield (row.event_id, column, number, *read_part(item, keys))

    return Sheet(name, fields, read)


def read_part(item: object, keys: Iterable[Field]) -> Iterator[Any]:
    """The values of a part; of a voice only its name is known."""
    for key in keys:
        yield (item if key.name == "name" else None) if isinstance(item, str) else getattr(item, key.name)


def make_evidence(rows: Rows) -> Sheet:
    """Each span with the rule that read it, and the sentence of the event that it stands in."""
    keys = [Field(c.name, c.kind, c.description) for c in read_columns(Evidence)]
    fields = (
        KEY,
        Field("field", "text", "what it is evidence of"),
        Field("number", "integer", "from 1"),
        *keys,
        Field("sentence", "text", "that it stands in; empty where that does not tell the event"),
    )

    def read() -> Iterator[Line]:
        for row in rows():
            for field, spans in row.evidence.items():
                for number, span in enumerate(spans, 1):
                    yield (row.event_id, field, number, *read_part(span, keys), find_sentence(row, span))

    return Sheet("evidence", fields, read)


def find_sentence(row: EventRow, span: Evidence) -> str | None:
    """The sentence of the row that the span stands in."""
    within = (told.text for told in row.sentences if told.start <= span.start and span.end <= told.end)
    return next(within, None)
