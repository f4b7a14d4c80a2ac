"""What of two rows is compared: each field with its value as JSON, its kind, and its words."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.event import EventRow, Evidence, Party
from review.kinds import kind_of_date, kind_of_place, kind_of_range, kind_of_weapons, name_counts, name_flag
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

    @property
    def watched(self) -> tuple[str, ...]:
        """Every column that its value is made of."""
        return (*self.columns, "counts") if self.counts else self.columns

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
    return sorted(parts, key=lambda part: json.dumps(part, sort_keys=True)) if len(parts) > 1 else parts


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


def id_field(name: str, column: str) -> Field:
    """The id of another row, or of an incident."""
    return Field(
        name,
        (column,),
        lambda row: "id" if getattr(row, column) else "empty",
        lambda row: getattr(row, column) or "",
    )


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


WATCHERS: Mapping[str, tuple[str, ...]] = {  # column -> the fields that it is part of
    column: tuple(field.name for field in FIELDS.values() if column in field.watched)
    for column in {column for field in FIELDS.values() for column in field.watched}
}


def find_fields(old: EventRow, new: EventRow, part_of: str | None) -> dict[str, tuple[Any, Any]]:
    """Field -> (value before, value after) of those that differ in value or evidence, in their order.

    `part_of` is that of the row before, by the ids after. Columns that are the same are not looked into.
    """
    unlike = (column for column in WATCHERS if getattr(old, column) != getattr(new, column))
    told = old.evidence.keys() | new.evidence.keys()
    reread = {name for name in told if evidence_differs(old.evidence.get(name), new.evidence.get(name))}
    names = {name for column in unlike for name in WATCHERS[column]} | reread | {"part_of"}
    columns = {column for name in names & FIELDS.keys() for column in FIELDS[name].watched}
    olds, news = (row.model_dump(mode="json", include=columns) for row in (old, new))
    olds["part_of"] = part_of
    order = (*FIELDS, *sorted(names - FIELDS.keys()))
    found = {name: (read_value(name, olds), read_value(name, news)) for name in order if name in names}
    return {name: values for name, values in found.items() if name in reread or values[0] != values[1]}


def read_value(name: str, line: Line) -> Any:
    """What the row says in a field; nothing where only evidence has such a name."""
    field = FIELDS.get(name)
    return field.value(line) if field else None


def evidence_differs(olds: tuple[Evidence, ...] | None, news: tuple[Evidence, ...] | None) -> bool:
    """Whether two lists of spans have other words or rules."""
    if olds == news:
        return False
    words = (sorted((span.text, span.rule) for span in spans or ()) for spans in (olds, news))
    return next(words) != next(words)


def read_fields(line: Line) -> dict[str, tuple[Any, list[list[str]]]]:
    """Of a row as JSON: field -> (value, words and rules of its evidence); what has neither is left out."""
    evidence = {name: read_evidence(spans) for name, spans in line["evidence"].items()}
    found = {name: (field.value(line), evidence.pop(name, [])) for name, field in FIELDS.items()}
    return found | {name: (None, spans) for name, spans in sorted(evidence.items()) if spans}


def read_evidence(spans: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Words and rule of each span, in an order that only they decide."""
    return sorted([span["text"], span["rule"]] for span in spans)
