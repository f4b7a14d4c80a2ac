"""Decisions brought to rows: what was refused stays, edits stand, and the next run is not asked anew."""

import json

import pytest

from models.errors import ReviewError
from models.hold import WHOLE, Hold
from review.compare import compare_rows
from review.decisions import replay
from review.holding import lock_fields, settle_rows
from tests.changed import CHANGES, make, shift
from tests.settled import LOSSES, NOON, PARTS, decide, divide, settle, values


@pytest.mark.parametrize("field", sorted(set(CHANGES) - {"told", "confidence"}))
def test_a_refused_field_stays_and_the_others_change(field: str) -> None:
    other = "status" if field != "status" else "weapons"
    old = make(0, **PARTS)
    new = make(0, **PARTS | CHANGES[other] | CHANGES[field])
    changes = [change for change in compare_rows([old], [new]) if change.field == field]
    rows, settled = settle([old], [new], [decide("reject", changes, comment="no")])
    (row,) = rows.values()
    kept = {name: value for name, value in values(new).items() if name != field}
    assert values(row) == kept | ({field: values(old)[field]} if field in values(old) else {})
    assert [(h.field, h.verdict, h.reason, h.who) for h in settled.holds] == [(field, "reject", "no", "mk")]
    assert all(span.rule.split(" -> ")[-1].startswith("hold:") for span in row.evidence[field])


def test_all_refused_gives_what_was_and_all_accepted_what_is() -> None:
    before = [make(0, **LOSSES), make(1), make(2)]
    after = [
        make(0, **LOSSES | {"status": "historical", "weapons": ()}),
        make(1, **CHANGES["actors"]),
        make(3),
    ]
    changes = compare_rows(before, after)
    assert {change.operation for change in changes} == {"changed", "removed", "added"}
    rows, _ = settle(before, after, [decide("reject", changes)])
    assert {name: values(row) for name, row in rows.items()} == {r.event_id: values(r) for r in before}
    rows, settled = settle(before, after, [decide("accept", changes)])
    assert list(rows.values()) == after
    assert (settled.rows, settled.out, settled.holds) == ({}, set(), [])


def test_open_changes_get_the_side_that_is_asked_for() -> None:
    old, new = make(0), make(0, status="historical")
    changes = compare_rows([old], [new])
    outcome = replay(changes, [])
    olds, news = {old.event_id: old}, {new.event_id: new}
    assert settle_rows(changes, outcome, olds, news, undecided="new").rows == {}
    (row,) = settle_rows(changes, outcome, olds, news, undecided="old").rows.values()
    assert row.status == old.status


def test_what_was_refused_is_not_asked_again_but_another_value_is() -> None:
    old, new, third = make(0), make(0, status="historical"), make(0, status="planned")
    (change,) = compare_rows([old], [new])
    rows, settled = settle([old], [new], [decide("reject", [change])])
    (kept,) = rows.values()
    again = compare_rows([kept], [new])
    holds = {(hold.event_id, hold.field): hold for hold in settled.holds}
    standing = replay(again, [], (), holds).standings[again[0].id]
    assert (standing.state, standing.hold) == ("reject", settled.holds[0])
    anew = compare_rows([kept], [third])
    assert replay(anew, [], (), holds).standings[anew[0].id].state == "open"
    rows, settled = settle([kept], [new], [decide("accept", again)], settled.holds)
    assert rows == {new.event_id: new}
    assert [hold.verdict for hold in settled.holds] == ["release"]


def test_a_held_row_names_its_decision_once() -> None:
    old, new = make(0), make(0, status="historical")
    (change,) = compare_rows([old], [new])
    rows, settled = settle([old], [new], [decide("reject", [change])])
    for _ in range(3):
        rows, settled = settle(list(rows.values()), [new], [], settled.holds)
    (row,) = rows.values()
    assert [span.rule.count("hold:") for span in row.evidence["status"]] == [1]


def test_a_refused_addition_stays_out_and_a_refused_removal_in() -> None:
    before, after = [make(0)], [make(1)]
    removed, added = sorted(compare_rows(before, after), key=lambda change: change.operation, reverse=True)
    rows, settled = settle(before, after, [decide("reject", [removed, added], comment="was right")])
    assert {name: values(row) for name, row in rows.items()} == {before[0].event_id: values(before[0])}
    assert {(hold.event_id, hold.field) for hold in settled.holds} == {
        (before[0].event_id, WHOLE),
        (after[0].event_id, WHOLE),
    }


@pytest.mark.parametrize("operation", ["added", "split", "merged"])
def test_rows_that_were_refused_are_not_asked_again_by_an_equal_run(operation: str) -> None:
    one, two = divide()
    before, after = {"added": ([], [two]), "split": ([make(0, **LOSSES)], [one, two])}.get(
        operation, ([one, two], [make(0, **LOSSES)])
    )
    (change,) = compare_rows(before, after)
    assert change.operation == operation
    rows, settled = settle(before, after, [decide("reject", [change])])
    made = {"run_id": "20991203T021500Z-aaaa", "extractor_version": "9.9", "model_version": "other"}
    anew = [shift(row, 7).model_copy(update=made) for row in after]
    (again,) = compare_rows(list(rows.values()), anew)
    kept = {(hold.event_id, hold.field): hold for hold in settled.holds}
    assert replay([again], [], (), kept).standings[again.id].state == "reject"
    more = [row.model_copy(update={"killed_best": 99}) for row in anew]
    (other,) = compare_rows(list(rows.values()), more)
    assert replay([other], [], (), kept).standings[other.id].state == "open"
    (same,) = compare_rows(before, [row.model_copy(update=made) for row in after])
    assert same.hash == change.hash


def test_a_row_that_was_kept_may_move() -> None:
    old, new = make(0), shift(make(0), 7)
    held = decide("reject", compare_rows([old], [])).decision_id
    hold = Hold(
        event_id=old.event_id,
        field=WHOLE,
        verdict="reject",
        refused="0" * 16,
        decision_id=held,
        who="mk",
        at=NOON,
    )
    (change,) = compare_rows([old], [new])
    assert (
        replay([change], [], ["moved"], {(old.event_id, WHOLE): hold}).standings[change.id].state == "accept"
    )


def test_no_row_is_part_of_one_that_stays_out() -> None:
    total, part = make(1, is_aggregate=True), make(0, part_of=f"{1:016x}")
    before, after = [make(0)], [part, total]
    changes = [change for change in compare_rows(before, after) if change.operation == "added"]
    rows, _ = settle(before, after, [decide("reject", changes)])
    assert rows[part.event_id].part_of is None


def test_an_edit_stands_and_locks_the_field() -> None:
    old, new = make(0), make(0, claimed_by=("the Front",))
    (change,) = compare_rows([old], [new])
    wanted = json.dumps(["the Free Valley Front"])
    rows, settled = settle([old], [new], [decide("edit", [change], value=wanted, comment="its full name")])
    (row,) = rows.values()
    assert row.claimed_by == ("the Free Valley Front",)
    assert row.evidence["claimed_by"][0].rule.startswith("edit:")
    later = make(0, claimed_by=("another group",))
    assert lock_fields(later, settled.holds).claimed_by == row.claimed_by
    rows, _ = settle([row], [later], [], settled.holds)
    assert rows[row.event_id].claimed_by == row.claimed_by


@pytest.mark.parametrize(
    "value", ["{", "[1]", '{"status": "perhaps"}', '"perhaps"', '{"run_id": "x"}', "null"]
)
def test_an_edit_that_makes_no_row_is_refused(value: str) -> None:
    old, new = make(0), make(0, status="historical")
    (change,) = compare_rows([old], [new])
    with pytest.raises(ReviewError, match="status"):
        settle([old], [new], [decide("edit", [change], value=value)])
