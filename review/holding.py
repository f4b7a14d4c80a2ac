"""Decisions brought to the rows: refused changes stay as they were, edits by hand stand, and the row says so."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from models.change import Change
from models.decision import Decision
from models.errors import ReviewError
from models.event import EventRow, Evidence
from models.hold import WHOLE, Hold
from review.applying import take_field
from review.decisions import Outcome, Standing, name_refused
from review.fields import FIELDS

KEPT = frozenset({"changed"})  # operations of which one field can be held; offsets never can


@dataclass(slots=True)
class Settled:
    """What the rows after a review are, beside those that the candidate has anyway."""

    rows: dict[str, EventRow] = field(default_factory=dict)  # by id: instead of the candidate's, or besides
    out: set[str] = field(default_factory=set)  # ids of the candidate's rows that stay out
    holds: list[Hold] = field(default_factory=list)


def settle_rows(
    changes: Iterable[Change],
    outcome: Outcome,
    before: Mapping[str, EventRow],
    after: Mapping[str, EventRow],
    *,
    undecided: str = "new",
) -> Settled:
    """The rows that are not as the candidate has them. `undecided` says which side an open change gets.

    Raises ReviewError where an edit makes no row.
    """
    settled = Settled()
    for change in changes:
        standing = outcome.standings[change.id]
        if change.operation == "moved" or standing.state == "accept":
            settled.holds += release(standing)
        elif standing.state == "edit":
            edit(settled, change, standing, after)
        elif standing.state == "reject" or undecided == "old":
            refuse(settled, change, standing, before, after)
    mend_parts(settled, after)
    return settled


def refuse(
    settled: Settled,
    change: Change,
    standing: Standing,
    before: Mapping[str, EventRow],
    after: Mapping[str, EventRow],
) -> None:
    """Keeps what was before."""
    if change.operation in KEPT:
        (old,), (new,) = change.before_ids, change.after_ids
        row = settled.rows.get(new) or after[new]
        settled.rows[new] = hold_field(row, change.field, before[old], name_rule("hold", standing))
    else:
        settled.out.update(change.after_ids)
        settled.rows |= {
            name: mark_row(before[name], name_rule("hold", standing)) for name in change.before_ids
        }
    settled.holds += make_holds(change, standing)


def edit(settled: Settled, change: Change, standing: Standing, after: Mapping[str, EventRow]) -> None:
    """Puts what a person wrote."""
    decision = standing.decision
    assert decision is not None
    if change.operation not in KEPT:
        raise ReviewError(f"decision {decision.decision_id}: only a changed field can be edited")
    (new,) = change.after_ids
    row = settled.rows.get(new) or after[new]
    settled.rows[new] = edit_field(row, change.field, decision.value or "", name_rule("edit", standing))
    settled.holds += make_holds(change, standing)


def name_rule(kind: str, standing: Standing) -> str:
    """The rule id of a value that a decision, or nobody's yet, has kept."""
    by = standing.hold.decision_id if standing.hold else None
    return f"{kind}:{standing.decision.decision_id if standing.decision else by or 'undecided'}"


def hold_field(row: EventRow, name: str, old: EventRow, rule: str) -> EventRow:
    """The row with a field as the old row has it. Words of another text cannot justify it: the sentence does."""
    same = row.article_id == old.article_id
    if not same and name == "told":
        return row  # the sentences of another text are not in this one
    held = take_field(row, name, old if same else strip_offsets(old, name))
    spans = held.evidence.get(name, ()) if same else ()
    return sign_field(held, name, rule, spans)


def strip_offsets(row: EventRow, name: str) -> EventRow:
    """The row without counts of that field, whose offsets mean nothing in another text."""
    kind = FIELDS[name].counts if name in FIELDS else None
    return row.model_copy(update={"counts": tuple(c for c in row.counts if c.what != kind)}) if kind else row


def edit_field(row: EventRow, name: str, value: str, rule: str) -> EventRow:
    """The row with a field as JSON says. Raises ReviewError where that makes no row."""
    columns = FIELDS[name].columns if name in FIELDS else ()
    try:
        told = json.loads(value)
        values = {columns[0]: told} if len(columns) == 1 and FIELDS[name].counts is None else told
        wrong = sorted(set(values) - {*columns, "counts"})
        if wrong or not columns:
            raise ReviewError(
                f"{name} has no column {', '.join(wrong) or 'that can be edited'}; it has {columns}"
            )
        kept = {column: part for column, part in values.items() if column != "counts"}
        return sign_field(
            EventRow.model_validate(row.model_dump() | kept), name, rule, row.evidence.get(name, ())
        )
    except (json.JSONDecodeError, TypeError, AttributeError) as error:
        raise ReviewError(f"{name}: an edit is a JSON value in the shape of the field ({error})") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise ReviewError(f"{name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error


def sign_field(row: EventRow, name: str, rule: str, spans: Iterable[Evidence]) -> EventRow:
    """The row whose evidence for the field names the decision behind the rule that read it."""
    signed = tuple(span.model_copy(update={"rule": f"{strip_rule(span.rule)} -> {rule}"}) for span in spans)
    if not signed:
        told = next(told for told in row.sentences if told.text == row.sentence)
        signed = (Evidence(start=told.start, end=told.end, text=told.text, rule=rule),)
    return row.model_copy(update={"evidence": {**row.evidence, name: signed}})


def strip_rule(rule: str) -> str:
    """The rule without an earlier decision's name."""
    parts = (part for part in rule.split(" -> ") if not part.startswith(("hold:", "edit:")))
    return " -> ".join(parts) or "held"


def mark_row(row: EventRow, rule: str) -> EventRow:
    """The row whose event word names the decision that keeps it."""
    return sign_field(row, "event_type", rule, row.evidence.get("event_type", ()))


def mend_parts(settled: Settled, after: Mapping[str, EventRow]) -> None:
    """A row is part of no row that stays out."""
    for name, row in [*settled.rows.items(), *((n, r) for n, r in after.items() if n not in settled.rows)]:
        if row.part_of in settled.out and name not in settled.out:
            settled.rows[name] = row.model_copy(update={"part_of": None})


def make_holds(change: Change, standing: Standing) -> list[Hold]:
    """What keeps the decision for the runs to come; nothing where nobody decided."""
    if standing.decision is None:
        return [standing.hold] if standing.hold else []
    decision = standing.decision
    name = change.field if change.operation in KEPT else WHOLE
    ids = change.after_ids if name != WHOLE else dict.fromkeys((*change.before_ids, *change.after_ids))
    return [make_hold(event, name, change, decision) for event in ids]


def make_hold(event: str, name: str, change: Change, decision: Decision) -> Hold:
    """One line of the table."""
    return Hold(
        event_id=event,
        field=name,
        verdict="edit" if decision.verdict == "edit" else "reject",
        value=decision.value or "",
        refused=name_refused(change),
        decision_id=decision.decision_id,
        who=decision.who,
        at=decision.at,
        reason=decision.comment,
    )


def release(standing: Standing) -> list[Hold]:
    """Ends a hold that a newer decision gave up."""
    hold, decision = standing.hold, standing.decision
    if hold is None or decision is None:
        return []
    update: dict[str, Any] = {
        "verdict": "release",
        "decision_id": decision.decision_id,
        "who": decision.who,
        "at": decision.at,
        "reason": decision.comment,
    }
    return [hold.model_copy(update=update)]


def lock_fields(row: EventRow, locks: Iterable[Hold]) -> EventRow:
    """The row with the fields that a person has edited, whatever was read this time. Raises ReviewError."""
    for hold in locks:
        if hold.verdict == "edit" and hold.field != WHOLE:
            row = edit_field(row, hold.field, hold.value, f"edit:{hold.decision_id}")
    return row
