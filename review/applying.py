"""Changes applied: to what rows say, and one field of a row put back to what another row says."""

from collections.abc import Iterable
from typing import Any

from models.change import Change
from models.event import EventRow
from review.compare import name_page
from review.fields import FIELDS, read_evidence, read_fields

Content = dict[str, tuple[Any, list[list[str]]]]


def read_content(row: EventRow) -> Content:
    """What of the row is compared: field -> (value, words and rules of its evidence)."""
    return read_content_of(row.model_dump(mode="json"))


def read_content_of(line: dict[str, Any]) -> Content:
    """The same of a row as JSON; a field with neither value nor evidence is left out."""
    return {name: pair for name, pair in read_fields(line).items() if pair != (None, [])}


def apply_changes(before: Iterable[EventRow], changes: Iterable[Change]) -> dict[str, Content]:
    """event_id -> content after the changes: that of the rows that they were found against."""
    rows = {row.event_id: row for row in before}
    contents = {event_id: (event_id, read_content(row)) for event_id, row in rows.items()}
    added: dict[str, Content] = {}
    told: set[str] = set()  # rows whose part_of a change tells
    for change in changes:
        if change.operation in {"changed", "moved"}:
            (old,), (new,) = change.before_ids, change.after_ids
            contents[old] = new, contents[old][1]
            apply_field(contents[old][1], change)
            told |= {old} if change.field == "part_of" else set()
            continue
        for event_id in change.before_ids:
            del contents[event_id]
        added |= {line["event_id"]: read_content_of(line) for line in change.after or ()}
    renamed = {(name_page(rows[old]), old): new for old, (new, _) in contents.items()}
    for old, (_, content) in contents.items():
        value, spans = content.get("part_of", (None, []))
        if old not in told and value:
            content["part_of"] = renamed.get((name_page(rows[old]), value), value), spans
    return dict(contents.values()) | added


def apply_field(content: Content, change: Change) -> None:
    """Sets the field of the change, and the confidence, to what they are after it."""
    if change.operation == "changed":
        spans = [span.model_dump() for span in change.evidence_after]
        content[change.field] = change.after, read_evidence(spans)
        if content[change.field] == (None, []):
            del content[change.field]
    content["confidence"] = change.confidence_after, []


def take_field(row: EventRow, name: str, other: EventRow) -> EventRow:
    """The row with one field, and its evidence, as in another row. Offsets are those of the other's text."""
    field = FIELDS.get(name)
    update: dict[str, Any] = {column: getattr(other, column) for column in field.columns} if field else {}
    if field and field.counts:
        kept = [count for count in row.counts if count.what != field.counts]
        taken = [count for count in other.counts if count.what == field.counts]
        update["counts"] = tuple(sorted((*kept, *taken), key=lambda count: (count.start, count.end)))
    evidence = {key: spans for key, spans in row.evidence.items() if key != name}
    if name in other.evidence:
        evidence[name] = other.evidence[name]
    order = list(dict.fromkeys((*row.evidence, *other.evidence)))
    update["evidence"] = {key: evidence[key] for key in order if key in evidence}
    if name == "told":
        update |= {"trigger_start": other.trigger_start, "trigger_end": other.trigger_end}
    return EventRow.model_validate(row.model_dump() | {k: dump(v) for k, v in update.items()})


def dump(value: Any) -> Any:
    """The value as `model_dump` gives it."""
    if isinstance(value, tuple):
        return tuple(map(dump, value))
    if isinstance(value, dict):
        return {key: dump(part) for key, part in value.items()}
    return value.model_dump() if hasattr(value, "model_dump") else value
