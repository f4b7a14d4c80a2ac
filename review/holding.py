"""Decisions brought to the rows: refused changes stay as they were, edits by hand stand, and the row says so."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from review.moved_counts import move_counts
from review.part_links import mend_parts

Ids = tuple[tuple[str, ...], tuple[str, ...]]  # of the rows before and after
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
    settled, changes = Settled(), list(changes)
    refused: dict[Ids, list[Change]] = defaultdict(list)
    others: set[Ids] = set()  # of which something else than a refusal became
    for change in changes:
        standing, ids = outcome.standings[change.id], (change.before_ids, change.after_ids)
        if is_refused(change, standing, undecided):
            refused[ids].append(change)
            refuse(settled, change, standing, before, after)
            continue
        others.add(ids)
        if change.operation == "moved" or standing.state == "accept":
            settled.holds += release(standing)
        elif standing.state == "edit":
            edit(settled, change, standing, after)
    for ids, pair in refused.items():
        if ids not in others and pair[0].operation in KEPT:
            put_back(settled, pair, outcome, before, after)
    mend_parts(changes, settled.rows, settled.out, after)
    return settled


def is_refused(change: Change, standing: Standing, undecided: str) -> bool:
    """Whether what was before stays."""
    if change.operation == "moved" or standing.state in {"accept", "edit"}:
        return False
    return standing.state == "reject" or undecided == "old"


def put_back(
    settled: Settled,
    pair: Sequence[Change],
    outcome: Outcome,
    before: Mapping[str, EventRow],
    after: Mapping[str, EventRow],
) -> None:
    """Of two rows of which nothing was accepted the old one stands whole, its id and confidence too.

    In another text it cannot: the new row stays, with the values of the old.
    """
    (old,), (new,) = pair[0].before_ids, pair[0].after_ids
    if before[old].article_id != after[new].article_id:
        return
    row = before[old]
    for change in pair:
        rule = name_rule("hold", outcome.standings[change.id])
        row = sign_field(row, change.field, rule, row.evidence.get(change.field, ()))
    del settled.rows[new]
    settled.rows[old] = row
    settled.out |= {new} - {old}


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
    if same:
        held = take_field(row, name, old)
        return sign_field(held, name, rule, held.evidence.get(name, ()))
    kind = FIELDS[name].counts if name in FIELDS else None
    moved = move_counts(old, row, kind, name) if kind else ()
    lost = sum(count.what == kind for count in old.counts) - len(moved)
    others = tuple(count for count in old.counts if count.what != kind)
    held = take_field(row, name, old.model_copy(update={"counts": (*others, *moved)}))
    return sign_field(held, name, f"{lost} counts stand in an earlier text -> {rule}" if lost else rule, ())


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
