"""Decisions brought to rows: what was refused stays, edits stand, and the next run is not asked anew."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from models.change import Change
from models.decision import Covered, Decision, make_decision
from models.errors import ReviewError
from models.event import EventRow
from models.hold import WHOLE, Hold
from review.applying import read_content
from review.compare import compare_rows
from review.decisions import replay
from review.holding import Settled, lock_fields, settle_rows
from tests.changed import CHANGES, COUNT, make, shift
from tests.rows import FULL

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PARTS = {name: value for name, value in FULL.items() if name != "evidence"}
LOSSES = {name: FULL[name] for name in ("counts", "killed_low", "killed_best")}


def decide(verdict: str, changes: Sequence[Change], **fields: Any) -> Decision:
    base = {"who": "mk", "scope": "change", "before": "r1", "after": "r2", "surface": "command"}
    covers = tuple(Covered(change=c.id, hash=c.hash) for c in changes)
    return make_decision(NOON, **base | {"verdict": verdict, "covers": covers} | fields)


def settle(
    before: Sequence[EventRow],
    after: Sequence[EventRow],
    decisions: Sequence[Decision],
    holds: Sequence[Hold] = (),
) -> tuple[dict[str, EventRow], Settled]:
    changes = compare_rows(before, after)
    kept = {(hold.event_id, hold.field): hold for hold in holds}
    outcome = replay(changes, decisions, ["moved"], kept)
    olds, news = ({row.event_id: row for row in rows} for rows in (before, after))
    settled = settle_rows(changes, outcome, olds, news)
    rows = {name: row for name, row in news.items() if name not in settled.out} | settled.rows
    return rows, settled


def values(row: EventRow) -> dict[str, Any]:
    return {name: value for name, (value, _) in read_content(row).items() if value is not None}


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


def divide() -> tuple[EventRow, EventRow]:
    """The first row in two: it has lost a number, which another row of the sentence has."""
    return make(0), make(0, "f" * 16, **LOSSES)


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


def test_words_of_another_text_justify_nothing_here() -> None:
    old = make(0, weapons=FULL["weapons"], **LOSSES)
    old = old.model_copy(update={"evidence": {**old.evidence, "weapons": old.evidence["event_type"]}})
    new = make(0, article_id="1111111111111111", **LOSSES | {"killed_best": 9})
    changes = compare_rows([old], [new])
    rows, _ = settle([old], [new], [decide("reject", changes)])
    (row,) = rows.values()
    assert row.weapons == old.weapons
    assert [span.text for span in row.evidence["weapons"]] == [new.sentence]
    assert row.killed_best == old.killed_best
    assert row.article_id == new.article_id


def test_a_part_belongs_to_the_whole_that_stands_in_the_end() -> None:
    one, two = divide()
    whole, part = make(0, **LOSSES), make(1, part_of=one.event_id)
    (change,) = compare_rows([whole, part], [one, two, part])
    assert change.operation == "split"
    rows, _ = settle([whole, part], [one, two, part], [decide("reject", [change])])
    assert rows.keys() == {whole.event_id, part.event_id}
    assert rows[part.event_id].part_of == whole.event_id  # its id is on both sides


def test_a_part_follows_its_whole_to_the_id_that_is_kept() -> None:
    whole = make(0, is_aggregate=True)
    renamed = make(0, "e" * 16, is_aggregate=True, status="historical")
    old, new = make(1, part_of=whole.event_id), make(1, part_of=renamed.event_id)
    changes = compare_rows([whole, old], [renamed, new])
    (status,) = [change for change in changes if change.field == "status"]
    rows, _ = settle([whole, old], [renamed, new], [decide("reject", [status])])
    assert rows[old.event_id].part_of == whole.event_id  # all of the pair is refused: the old id stands
    assert rows.keys() == {whole.event_id, old.event_id}
    changes = compare_rows([whole, old], [renamed])
    (gone,) = [change for change in changes if change.operation == "removed"]
    rows, _ = settle([whole, old], [renamed], [decide("reject", [gone])])
    assert rows[old.event_id].part_of == renamed.event_id  # a row that is kept follows the new id


def test_a_row_of_which_all_is_refused_is_the_old_one_whole() -> None:
    old = make(0, confidence=0.9, **LOSSES)
    new = shift(make(0, "e" * 16, confidence=0.4, status="historical"), 0, incident_id="b" * 16)
    changes = compare_rows([old], [new])
    rows, settled = settle([old], [new], [decide("reject", changes)])
    assert settled.out == {new.event_id}
    assert {n: r.model_copy(update={"evidence": old.evidence}) for n, r in rows.items()} == {
        old.event_id: old
    }
    rows, _ = settle([old], [new], [decide("reject", changes[:-1]), decide("accept", changes[-1:])])
    assert rows.keys() == {new.event_id}


def test_counts_of_another_text_are_kept_where_their_words_stand() -> None:
    old = make(0, **LOSSES)
    at = old.sentence.index("4 traders")
    count = {**COUNT, "low": 4, "best": 4, "high": 4, "start": at, "end": at + 1}
    old = EventRow.model_validate(old.model_dump() | {"counts": (count,)})
    new = shift(make(0, killed_low=9, killed_best=9), 20, article_id="1" * 16)
    rows, _ = settle([old], [new], [decide("reject", compare_rows([old], [new]))])
    (row,) = rows.values()
    assert [(c.start, c.end, c.best) for c in row.counts] == [(at + 20, at + 21, 4)]
    assert row.killed_best == old.killed_best
    told = {"start": 20, "end": 40, "text": "Others were shot now"}
    other = EventRow.model_validate(new.model_dump() | {"sentence": told["text"], "sentences": (told,)})
    (killed,) = [change for change in compare_rows([old], [other]) if change.field == "killed"]
    rows, _ = settle([old], [other], [decide("reject", [killed])])
    (row,) = rows.values()
    assert (row.counts, row.killed_best) == ((), old.killed_best)
    assert row.evidence["killed"][0].rule.startswith("1 counts stand in an earlier text -> hold:")
