"""The diff of two lists of rows: gains, losses, a change in each field, swaps, moves; both ways round."""

from itertools import chain

import pytest
from changed import CHANGES, make, shift
from rows import FULL, HOSTILE, make_full_row, make_hostile_row, make_row

from models.change import Change, Totals
from models.errors import InputError
from models.event import COLUMNS, EventRow
from review.causes import Circumstances
from review.compare import compare_rows
from review.fields import CONTEXT, FIELDS
from review.grouping import group_all

RUNS = {"run_id", "extractor_version", "model_version"}  # else every row would differ


def tell(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.operation, change.field) for change in changes]


def only(changes: list[Change]) -> Change:
    (change,) = changes
    return change


def test_every_column_is_compared_or_left_out_on_purpose() -> None:
    compared = set(chain.from_iterable(field.columns for field in FIELDS.values()))
    offsets = {"trigger_start", "trigger_end"}
    assert set(COLUMNS) == compared | set(CONTEXT) | RUNS | offsets | {"counts", "evidence"}
    assert not compared & (set(CONTEXT) | RUNS)


def test_the_same_rows_differ_in_nothing_whatever_made_them() -> None:
    old, new = make_full_row(run_id="a"), make_full_row(run_id="b", extractor_version="2", model_version="3")
    assert compare_rows([old], [new]) == []
    assert compare_rows([], []) == []


def test_a_gain_and_a_loss() -> None:
    gain = only(compare_rows([make(0)], [make(0), make(1, injured_low=9, injured_best=9, injured_high=9)]))
    assert (gain.operation, gain.field, gain.kind_before, gain.kind_after) == (
        "added",
        "row",
        "none",
        "happened",
    )
    assert gain.cause == ("+events.toml:e1",)
    assert gain.effect == Totals(rows=1, incidents=1, injured_low=9, injured_best=9, injured_high=9)
    loss = only(compare_rows([make_full_row(), make(2)], [make(2)]))
    assert (loss.operation, loss.cause, loss.relation) == ("removed", ("-events.toml:shoot",), "gone")
    assert loss.effect == Totals(rows=-1, incidents=-1, killed_low=-4, killed_best=-4, killed_high=-4)
    assert loss.before[0]["event_id"] == make_full_row().event_id
    assert loss.after is None


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_each_field_is_found_as_that_field_alone(name: str) -> None:
    old, new = make_full_row(), make_full_row(**CHANGES[name])
    change = only(compare_rows([old], [new]))
    assert (change.operation, change.field) == ("changed", name)
    assert change.before != change.after
    assert change.before_ids == change.after_ids == (old.event_id,)
    back = only(compare_rows([new], [old]))
    assert (back.before, back.after, back.id) == (change.after, change.before, change.id)
    assert back.effect == Totals() - change.effect


def test_only_the_numbers_of_what_counts_move_the_totals() -> None:
    five = {"killed_low": 5, "killed_best": 5}
    assert only(compare_rows([make_full_row()], [make_full_row(**five)])).effect.killed_best == 1
    background = make_full_row(status="historical")
    told = compare_rows([background], [make_full_row(**five, status="historical")])
    assert only(told).effect == Totals()
    both = compare_rows([make_full_row()], [make_full_row(**five, status="historical")])
    assert [(c.field, c.effect.killed_best) for c in both] == [("status", -4), ("killed", 0)]


def test_a_swap_of_two_rows_values_is_two_changes() -> None:
    old = [make(0, killed_best=4), make(1, killed_best=9)]
    new = [make(0, killed_best=9), make(1, killed_best=4)]
    changes = compare_rows(old, new)
    assert [(c.field, c.before["killed_best"], c.after["killed_best"]) for c in changes] == [
        ("killed", 4, 9),
        ("killed", 9, 4),
    ]
    ((group,), _) = group_all(changes)
    assert group.effect == Totals()


def test_the_order_of_parts_says_nothing() -> None:
    some = FULL["actors"][0]
    other = some | {"name": "Alder Guard", "id": "alder-guard"}
    spans = FULL["evidence"]["actors"] * 2
    spans = (spans[0] | {"rule": "x"}, spans[1])
    old = make_full_row(actors=(some, other), evidence={"actors": spans})
    new = make_full_row(actors=(other, some), evidence={"actors": spans[::-1]})
    assert compare_rows([old], [new]) == []


def test_offsets_that_moved_are_no_change_of_a_field() -> None:
    old = make_full_row()
    new = shift(old, 40)
    change = only(compare_rows([old], [new]))
    assert (change.operation, change.field, change.cause) == ("moved", "offsets", ())
    text = only(compare_rows([old], [shift(old, 40, article_id="11ff00ff00ff00ff", title="Another")]))
    assert (text.operation, text.field) == ("moved", "context")
    assert text.before == {"article_id": old.article_id, "title": old.title}
    killed = compare_rows([old], [shift(old, 40, killed_best=5)])
    assert tell(killed) == [("changed", "killed")]


def test_evidence_alone_is_a_change_with_the_same_value() -> None:
    old = make_full_row()
    spans = {"start": 42, "end": 52, "text": "at least 4", "rule": "counts:vague"}
    change = only(compare_rows([old], [make_full_row(evidence=FULL["evidence"] | {"killed": (spans,)})]))
    assert change.same_value
    assert change.cause == ("+counts:vague", "-counts:at-least")
    assert (change.kind_before, change.kind_after) == ("same at least", "same at least")
    ((group,), _) = group_all([change])
    assert group.name == "killed: same value, other evidence"


def test_confidence_is_no_change_of_its_own_beside_another() -> None:
    change = only(compare_rows([make_full_row()], [make_full_row(killed_best=5, confidence=0.3)]))
    assert (change.field, change.confidence_before, change.confidence_after) == ("killed", 0.8, 0.3)


def test_the_cause_is_rule_then_entry_then_stage_then_version() -> None:
    old, new = make_full_row(), make_full_row(**CHANGES["actors"])
    entry = "actors.toml:free-valley-front"

    def cause(known: Circumstances) -> tuple[str, ...]:
        return only(compare_rows([old], [new], known)).cause

    assert cause(Circumstances(entries=frozenset({entry, "actors.toml:x"}))) == (f"entry {entry}",)
    assert cause(Circumstances(stages=frozenset({"assembly", "actors"}))) == ("stage actors",)
    assert cause(Circumstances(stages=frozenset({"assembly", "weapons"}))) == ("stage assembly",)
    assert cause(Circumstances(stages=frozenset({"weapons"}))) == ("stage weapons",)
    assert cause(Circumstances(model=True, rules=True)) == ("model",)
    assert cause(Circumstances(rules=True)) == ("rules",)
    assert cause(Circumstances()) == ("unknown",)


def test_an_article_that_only_one_run_read_is_told_from_a_new_rule() -> None:
    known = Circumstances(unread=frozenset({make(1).article_id}))
    assert only(compare_rows([], [make(1)], known)).cause == ("article not read before",)
    assert only(compare_rows([make(1)], [], known)).cause == ("article not read again",)


def test_an_incident_is_lost_only_with_its_last_row() -> None:
    old = [make(0, incident_id="i"), make(1, incident_id="i"), make(2, incident_id="j")]
    assert sum(c.effect.incidents for c in compare_rows(old, old[1:])) == 0
    assert sum(c.effect.incidents for c in compare_rows(old, old[:2])) == -1
    apart = [make(0, incident_id="i"), make(1, incident_id="k"), make(2, incident_id="j")]
    change = only(compare_rows(old, apart))
    assert (change.field, change.effect.incidents) == ("incident", 1)


def test_a_double_id_is_refused() -> None:
    with pytest.raises(InputError, match="after: event 0000000000000000 stands twice"):
        compare_rows([], [make(0), make(0)])


def test_hostile_and_huge_texts_are_compared_like_others() -> None:
    old = make_hostile_row()
    change = only(
        compare_rows([old], [make_row(**(old.model_dump() | {"reported_by": (HOSTILE, "a|b\nc\x00")}))])
    )
    assert change.field == "reported_by"
    long = "word " * 200_000
    rows = [
        make(0, event_id, sentence=long, sentences=({"start": 0, "end": len(long), "text": long},))
        for event_id in ("a" * 16, "b" * 16)
    ]
    assert tell(compare_rows(rows[:1], rows[1:])) == [("moved", "context")]


def invert(change: Change) -> tuple[object, ...]:
    swapped = {"removed": "added", "added": "removed", "split": "merged", "merged": "split"}
    return (
        swapped.get(change.operation, change.operation),
        change.field,
        (change.after_ids, change.before_ids),
        (change.after, change.before),
        (change.evidence_after, change.evidence_before),
        Totals() - change.effect,
    )


def test_sides_swapped_give_the_inverse() -> None:
    old: list[EventRow] = [make_full_row(), make(1), make(2, killed_best=3), make(3)]
    new = [make_full_row(**CHANGES["killed"], **CHANGES["status"]), make(2, "c" * 16, killed_best=2), make(3)]
    there, back = compare_rows(old, new), compare_rows(new, old)
    assert {c.operation for c in there} == {"removed", "changed"}
    shown = [
        (
            c.operation,
            c.field,
            (c.before_ids, c.after_ids),
            (c.before, c.after),
            (c.evidence_before, c.evidence_after),
            c.effect,
        )
        for c in there
    ]
    assert [invert(change) for change in back] == shown
