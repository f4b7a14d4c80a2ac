"""Rows whose ids differ: paired where they tell the same, split, merged; and the diff applied gives what was after."""

from typing import Any

from changed import CHANGES, SENTENCES, make, shift
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import make_full_row

from models.event import EventRow
from review.applying import apply_changes, read_content, take_field
from review.compare import compare_rows
from review.grouping import group_all

FAMILIES = {"shelling": "violence", "armed_assault": "violence", "protest": "unrest"}
X, Y = "a" * 16, "b" * 16
KILLED = [
    {"what": "killed", "side": "civilians", "form": "exact", "scope": "event"}
    | {"low": n, "best": n, "high": n, "start": 50, "end": 51}
    for n in (1, 4, 5)
]


def tell(old: list[EventRow], new: list[EventRow]) -> list[tuple[str, str]]:
    return [(change.operation, change.field) for change in compare_rows(old, new)]


def told(*numbers: int) -> tuple[dict[str, Any], ...]:
    return tuple(make(n).sentences[0].model_dump() for n in numbers)


def test_one_sentence_under_another_id_is_one_event() -> None:
    assert tell([make(0, X)], [make(0, Y)]) == [("moved", "context")]
    assert tell([make(0, X)], [make(0, Y, event_type="shelling")]) == [("changed", "event_type")]


def test_a_reworded_sentence_of_the_pages_next_text_is_the_same_event() -> None:
    text = SENTENCES[0].replace("at least 4", "at least 5")
    news = {
        "article_id": "11" * 8,
        "sentence": text,
        "sentences": ({"start": 9, "end": 9 + len(text), "text": text},),
    }
    changes = compare_rows([make(0, X, killed_best=4)], [make(0, Y, killed_best=5, **news)])
    assert [(c.operation, c.field) for c in changes] == [("changed", "killed"), ("changed", "told")]
    assert all((c.before_ids, c.after_ids) == ((X,), (Y,)) for c in changes)


def test_the_evidence_sentence_may_be_another_of_the_same_story() -> None:
    old = make(0, X, sentences=told(0, 1))
    new = make(
        1,
        Y,
        sentences=told(0, 1),
        trigger=old.trigger,
        trigger_start=old.trigger_start,
        trigger_end=old.trigger_end,
    )
    assert tell([old], [new]) == [("changed", "event_type"), ("changed", "told")]


def test_other_sentences_other_types_and_other_pages_are_no_pair() -> None:
    assert tell([make(0, X)], [make(1, Y)]) == [("removed", "row"), ("added", "row")]
    protest = make(0, Y, event_type="protest", trigger="Monday", trigger_start=80, trigger_end=86)
    assert [o for o, _ in tell([make(0, X)], [protest])] == ["removed", "added"]
    assert {o for o, _ in tell([make(0, X)], [make(0, Y, url="https://example.org/other")])} == {
        "removed",
        "added",
    }


def test_pairs_are_one_to_one_and_the_best_alike_go_together() -> None:
    sides = [
        [make(0, f"{side}{n}" * 8, place_name=place) for n, place in enumerate(("Alder", "Birch", "Cedar"))]
        for side in "ab"
    ]
    sides[1].reverse()
    assert tell(*sides) == [("moved", "context")] * 3
    changes = compare_rows(sides[0], sides[1][1:])
    assert sorted(c.operation for c in changes) == ["moved", "moved", "removed"]


def test_one_row_that_became_two_is_a_split_and_the_reverse_a_merger() -> None:
    old = make(0, X, sentences=told(0, 1), counts=(KILLED[2],), killed_best=5)
    one = make(0, X, counts=(KILLED[1],), killed_best=4)
    two = make(1, Y, killed_best=1)
    (split,) = compare_rows([old], [one, two])
    assert (split.operation, split.before_ids, split.after_ids) == ("split", (X,), (X, Y))
    assert (split.effect.rows, split.effect.killed_best) == (1, 0)
    (merged,) = compare_rows([one, two], [old])
    assert (merged.operation, merged.before_ids, merged.after_ids) == ("merged", (X, Y), (X,))
    assert (merged.effect.rows, merged.effect.killed_best) == (-1, 0)


def test_one_sentence_read_as_two_places_is_a_split() -> None:
    more = ({"text": "Mill Ferry", "name": "Mill Ferry"},)
    old = make(0, X, place_name="Alder", other_places=more)
    new = [make(0, X, place_name="Alder"), make(0, Y, place_name="Mill Ferry")]
    assert tell([old], new) == [("split", "row")]


def test_a_new_row_that_took_nothing_over_is_added() -> None:
    assert tell([make(0, X)], [make(0, X), make(0, Y)]) == [("added", "row")]
    assert tell([make(0, X, status="alleged")], [make(0, X), make(0, Y)]) == [
        ("changed", "status"),
        ("added", "row"),
    ]


def test_a_part_of_a_row_that_got_another_id_is_no_change() -> None:
    old = [make(0, X, is_aggregate=True), make(1, part_of=X)]
    new = [make(0, Y, is_aggregate=True), make(1, part_of=Y)]
    assert tell(old, new) == [("moved", "context")]
    assert apply_changes(old, compare_rows(old, new)) == {row.event_id: read_content(row) for row in new}


def test_thousands_of_rows_in_one_page_end_and_still_pair_by_sentence() -> None:
    sides = [[make(n % 4, f"{side}{n:015}") for n in range(900)] for side in "ab"]
    changes = compare_rows(*sides)
    assert {c.operation for c in changes} == {"moved"}
    assert len(changes) == 900


def test_a_field_can_be_put_back() -> None:
    old = make_full_row()
    for name in CHANGES:
        new = make_full_row(**CHANGES[name])
        assert [c.field for c in compare_rows([old], [new])] == [name]
        assert compare_rows([old], [take_field(new, name, old)]) == []


ids = st.integers(0, 9).map(lambda n: f"{n:016x}")
edits = st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True)


@st.composite
def rows(draw: st.DrawFn) -> list[EventRow]:
    """Up to six rows of one page or two, whose ids, sentences and fields come up again on the other side."""
    found = []
    for event_id in draw(st.lists(ids, max_size=6, unique=True)):
        row = make(draw(st.integers(0, 3)), event_id, url=draw(st.sampled_from(["https://a.example/", None])))
        columns: dict[str, Any] = {}
        for name in draw(edits):
            columns |= {k: v for k, v in CHANGES[name].items() if k not in {"trigger", "trigger_end"}}
        row = EventRow.model_validate(row.model_dump() | columns)
        found.append(shift(row, draw(st.sampled_from([0, 7])), part_of=None))
    pages = {url: [row.event_id for row in found if row.url == url] for url in {row.url for row in found}}
    return [
        row.model_copy(update={"part_of": draw(st.none() | st.sampled_from(pages[row.url]))}) for row in found
    ]


@settings(max_examples=150, deadline=None)
@given(rows(), rows())
def test_the_diff_applied_to_what_was_before_gives_what_is_after(
    old: list[EventRow], new: list[EventRow]
) -> None:
    changes = compare_rows(old, new)
    assert apply_changes(old, changes) == {row.event_id: read_content(row) for row in new}
    groups, _ = group_all(changes)
    assert sorted(member for group in groups for member in group.members) == sorted(c.id for c in changes)
    assert len({c.id for c in changes}) == len(changes)
    back = compare_rows(new, old)
    assert apply_changes(new, back) == {row.event_id: read_content(row) for row in old}
    swapped = {"removed": "added", "added": "removed", "split": "merged", "merged": "split"}
    assert sorted(
        (swapped.get(c.operation, c.operation), c.field, c.after_ids, c.before_ids) for c in back
    ) == sorted((c.operation, c.field, c.before_ids, c.after_ids) for c in changes)
    for total in ("rows", "incidents", "killed_best", "injured_high"):
        assert sum(getattr(c.effect, total) for c in changes) == -sum(getattr(c.effect, total) for c in back)
