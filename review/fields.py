"""What of two rows is compared: each field with its value as JSON, its kind, and its words."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.event import EventRow, Party
from review.standing import BY_STATUS
from review.values import (
    locate,
    name_date,
    name_parties,
    name_range,
    name_term,
    name_weapons,
)

OFFSETS = {"start", "end"}
CONTEXT = ("article_id", "url", "publisher", "title", "language", "published", "event_id")
LOSSES = ("killed", "injured")
OTHER_COUNTS = ("abducted", "detained", "surrendered", "missing", "displaced", "present")
VOICES = ("claimed_by", "accused_by", "denied_by", "reported_by")
PLACE = (
    *("place_text", "place_name", "place_id", "admin1", "admin2", "country"),
    *("latitude", "longitude", "place_precision", "place_radius_km"),
)
DATE = ("date_text", "date_start", "date_end", "date_precision", "date_source")
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a reviewer decides: its columns, and of the column `counts` the counts of its kind."""

    name: str
    columns: tuple[str, ...]
    kind: Callable[[EventRow], str]
    words: Callable[[EventRow], str]
    counts: str | None = None

    def value(self, line: Line) -> Any:
        """What the row says here, without offsets: of one column its value, of more a mapping."""
        values = {column: canonical(line[column]) for column in self.columns}
        if self.counts:
            values["counts"] = canonical([c for c in line["counts"] if c["what"] == self.counts])
        return next(iter(values.values())) if len(values) == 1 else values


def canonical(value: Any) -> Any:
    """The value without offsets, the parts of a list in an order that only they decide."""
    if not isinstance(value, list):
        return value
    parts = [
        {k: v for k, v in part.items() if k not in OFFSETS} if isinstance(part, dict) else part
        for part in value
    ]
    return sorted(parts, key=lambda part: json.dumps(part, sort_keys=True))


def kind_of_range(low: int | None, best: int | None, high: int | None) -> str:
    """Whether there is a number, and how far it is known."""
    if low is None and high is None:
        return "empty" if best is None else "number"
    if low == high:
        return "number" if low else "zero"
    if high is None:
        return "at least"
    return "at most" if low is None else "range"


def loss_field(name: str) -> Field:
    """People killed or injured: the total with all counts that may have made it."""
    columns = (f"{name}_low", f"{name}_best", f"{name}_high")

    def kind(row: EventRow) -> str:
        found = kind_of_range(*(getattr(row, column) for column in columns))
        told = any(count.what == name for count in row.counts)
        return "not totalled" if found == "empty" and told else found

    def words(row: EventRow) -> str:
        return name_range(*(getattr(row, column) for column in columns)) or name_counts(row, name)

    return Field(name, columns, kind, words, name)


def count_field(name: str) -> Field:
    """Counts of a kind that has no total."""

    def kind(row: EventRow) -> str:
        return "number" if any(count.what == name for count in row.counts) else "empty"

    return Field(name, (), kind, lambda row: name_counts(row, name), name)


def name_counts(row: EventRow, what: str) -> str:
    """The numbers of one kind with those counted."""
    found = (c for c in row.counts if c.what == what)
    return "; ".join(" ".join(filter(None, (name_range(c.low, c.best, c.high), c.whom))) for c in found)


def party_field(name: str) -> Field:
    """Who did it, or to whom."""

    def kind(row: EventRow) -> str:
        parties: tuple[Party, ...] = getattr(row, name)
        if not parties:
            return "empty"
        word = "name" if any(party.named for party in parties) else "description"
        return word if len(parties) == 1 else f"{word}s"

    return Field(name, (name,), kind, lambda row: name_parties(getattr(row, name)))


def voice_field(name: str) -> Field:
    """Who says so."""
    return Field(
        name,
        (name,),
        lambda row: ("empty", "name", "names")[min(len(getattr(row, name)), 2)],
        lambda row: "; ".join(getattr(row, name)),
    )


def flag_field(name: str) -> Field:
    """Yes, no or not told."""
    return Field(
        name,
        (name,),
        lambda row: name_flag(getattr(row, name)) or "empty",
        lambda row: name_flag(getattr(row, name)),
    )


def name_flag(flag: bool | None) -> str:
    """The flag in a word."""
    return "" if flag is None else "yes" if flag else "no"


def id_field(name: str, column: str) -> Field:
    """The id of another row, or of an incident."""
    return Field(
        name,
        (column,),
        lambda row: "id" if getattr(row, column) else "empty",
        lambda row: getattr(row, column) or "",
    )


def kind_of_weapons(row: EventRow) -> str:
    """Whether a weapon has an entry of its own, or a word only tells the means."""
    if len(row.weapons) > 1:
        return "weapons"
    return "empty" if not row.weapons else "weapon" if row.weapons[0].id else "word"


def kind_of_place(row: EventRow) -> str:
    """How fine the place is, where it is linked."""
    if not (row.place_text or row.place_name):
        return "empty"
    return name_term(row.place_precision or "no precision") if row.place_id else "not linked"


def kind_of_date(row: EventRow) -> str:
    """How fine the date is, where the text tells it."""
    if row.date_start is None and row.date_end is None:
        return "empty"
    return "assumed" if row.date_source == "published" else row.date_precision or "date"


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("event_type", ("event_type",), lambda _: "code", lambda row: name_term(row.event_type)),
        Field("status", ("status",), lambda row: BY_STATUS[row.status].name, lambda row: row.status),
        flag_field("is_aggregate"),
        id_field("part_of", "part_of"),
        id_field("incident", "incident_id"),
        Field(
            "attacks",
            ("attacks_low", "attacks_best", "attacks_high"),
            lambda row: kind_of_range(row.attacks_low, row.attacks_best, row.attacks_high),
            lambda row: name_range(row.attacks_low, row.attacks_best, row.attacks_high),
        ),
        party_field("actors"),
        party_field("targets"),
        Field(
            "attribution",
            ("attribution",),
            lambda row: "empty" if row.attribution == "unknown" else "code",
            lambda row: row.attribution,
        ),
        *map(voice_field, VOICES),
        flag_field("civilian_targeting"),
        Field("weapons", ("weapons",), kind_of_weapons, name_weapons),
        Field("place", PLACE, kind_of_place, locate),
        Field(
            "other_places",
            ("other_places",),
            lambda row: ("empty", "place", "places")[min(len(row.other_places), 2)],
            lambda row: "; ".join(place.name for place in row.other_places),
        ),
        Field("date", DATE, kind_of_date, name_date),
        *map(loss_field, LOSSES),
        *map(count_field, OTHER_COUNTS),
        Field(
            "told",
            ("trigger", "sentence", "sentences"),
            lambda row: "sentences" if len(row.sentences) > 1 else "sentence",
            lambda row: row.sentence,
        ),
        Field("confidence", ("confidence",), lambda _: "number", lambda row: f"{row.confidence:.2f}"),
    )
}


def name_fields(rows: Iterable[EventRow]) -> list[str]:
    """The fields in their order, and behind them what else the rows' evidence is of."""
    extra = {name for row in rows for name in row.evidence} - set(FIELDS)
    return [*FIELDS, *sorted(extra)]


def read_fields(line: Line) -> dict[str, tuple[Any, list[list[str]]]]:
    """Of a row as JSON: field -> (value, words and rules of its evidence); what has neither is left out."""
    evidence = {name: read_evidence(spans) for name, spans in line["evidence"].items()}
    found = {name: (field.value(line), evidence.pop(name, [])) for name, field in FIELDS.items()}
    return found | {name: (None, spans) for name, spans in sorted(evidence.items()) if spans}


def read_evidence(spans: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Words and rule of each span, in an order that only they decide."""
    return sorted([span["text"], span["rule"]] for span in spans)
