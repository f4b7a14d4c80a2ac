"""`dateline review` over real tables: what is decided is what stands, and what was refused stays refused."""

import re
from pathlib import Path

import pytest

from flows.receipts import find_store
from flows.reports import report_run, sum_run
from flows.review_material import make_material
from flows.reviews import open_review
from flows.store import Store
from models.decision import Covered, make_decision
from models.errors import ReviewError, StoreError
from review.decisions import read_decisions
from review.page import make_data
from review.saved import Saved
from tests.reviewed import make_page
from tests.reviewed_tables import (
    BASE,
    FOURTH,
    LATER,
    THIRD,
    add_candidate,
    apply,
    count_status,
    decide,
    make_home,
    read_again,
    shown,
)
from tests.test_report import make_receipt
from tests.test_store import NOON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path)


def test_what_is_decided_is_what_stands(home: Path) -> None:
    before = shown(home)
    with pytest.raises(ReviewError, match="5 changes are not decided"):
        apply(home)
    assert shown(home) == before
    decide(home, killed="accept", status="reject", removed="reject", added="accept")
    apply(home)
    after = shown(home)
    assert len(after) == len(before) + 1
    assert sum(row.killed_best == 4 for row in after.values()) == 2
    assert count_status(home, "historical") == 0
    held = next(row for row in after.values() if "status" in row.evidence)
    assert held.evidence["status"][0].rule.startswith("hold:")
    holds = Store(find_store(home)).holds().values()
    assert {(hold.field, hold.verdict, hold.reason) for hold in holds} == {
        ("status", "reject", "because"),
        ("row", "reject", "because"),
    }
    assert {row.run_id for row in after.values()} == {Store(find_store(home)).view().run_id}


def test_all_accepted_is_the_candidate_itself(home: Path) -> None:
    wanted = shown(home, LATER)
    decide(home, x="accept")
    assert apply(home) == LATER
    assert shown(home) == wanted


def test_what_was_refused_is_held_in_the_next_run_until_it_is_accepted(home: Path) -> None:
    article, rows = make_page(0)
    other, others = make_page(1)
    decide(home, status="reject")
    base = apply(home, "new")
    add_candidate(Store(find_store(home)), THIRD, base, [(article, read_again(rows)), (other, others)])
    with open_review(home, "current", "candidate") as again:
        drawn = make_data(make_material(again))["changes"]
    held = [change["held"] for change in drawn if change["held"]]
    assert [(one["reason"], one["runs"]) for one in held] == [("because", 1)]
    assert held[0].keys() == {"who", "at", "reason", "runs"}
    base = apply(home)  # nothing is asked anew
    assert count_status(home, "historical") == 0
    assert {hold.decision_id for hold in Store(find_store(home)).holds().values()}
    add_candidate(Store(find_store(home)), FOURTH, base, [(article, read_again(rows)), (other, others)])
    decide(home, status="accept")
    apply(home)
    assert count_status(home, "historical") == 1
    assert Store(find_store(home)).holds() == {}


def test_no_promotion_drops_silently_what_is_held(home: Path) -> None:
    article, rows = make_page(0)
    other, others = make_page(1)
    decide(home, status="reject", removed="reject")
    base = apply(home, "new")
    store = Store(find_store(home))
    add_candidate(store, THIRD, base, [(article, read_again(rows)), (other, others)])
    add_candidate(store, FOURTH, base, [(other, others)])  # says nothing of the page with holds
    with pytest.raises(StoreError, match="2 held or edited values would be undone"):
        store.promote(THIRD)
    assert store.promote(FOURTH).run_id == FOURTH
    assert store.promote(THIRD, anyway=True).run_id == THIRD


def test_a_candidate_that_was_reviewed_is_none_any_more_and_its_rows_are_counted(home: Path) -> None:
    decide(home, removed="reject", status="reject")
    run_id = apply(home, "new")
    store = Store(find_store(home))
    states = {one.run.run_id: (one.state, one.reason) for one in store.standings()}
    assert states[LATER] == ("reviewed", f"reviewed as {run_id}")
    assert states[run_id][0] == "current"
    assert [one.rows for one in store.runs() if one.run_id == run_id] == [len(shown(home))]
    assert store.ledger().candidates == []
    with open_review(home, LATER, run_id) as again:  # what the review made of it can still be seen
        assert {change.field for change in again.changes} == {"row", "status"}
    store.promote(BASE)
    assert [one.run_id for one in store.ledger().candidates] == [
        LATER
    ]  # the way back leaves it to be decided


def test_an_edit_is_kept_and_locked(home: Path) -> None:
    with open_review(home, "current", "candidate") as review:
        (change,) = [change for change in review.changes if change.field == "status"]
        review.decide("edit", [change], value='"alleged"', comment="a rumour")
    apply(home, "new")
    assert count_status(home, "alleged") == 1
    assert [hold.verdict for hold in Store(find_store(home)).holds().values()] == ["edit"]


def test_an_edit_is_tried_before_it_is_kept_wherever_it_comes_from(home: Path) -> None:
    with open_review(home, "current", "candidate") as review:
        (status,) = [change for change in review.changes if change.field == "status"]
        (gone,) = [change for change in review.changes if change.operation == "removed"]
        covers = {change.id: (Covered(change=change.id, hash=change.hash),) for change in (status, gone)}
        told = {
            "before": review.diff.before.name,
            "after": review.diff.after.name,
            "who": "x",
            "surface": "page",
        }
        for change, value, fault in (
            (status, '"perhaps"', "status: status"),
            (gone, '"x"', "only a changed field"),
        ):
            made = make_decision(NOON, verdict="edit", covers=covers[change.id], value=value, **told)
            wanted = f"decision [0-9a-f]+: change {change.id}: {fault}"
            (refused,) = review.take_in([Saved("saved:1", made)]).refused
            assert re.match(f"saved:1: {wanted}", refused)
            with pytest.raises(ReviewError, match=wanted):
                review.decide("edit", [change], value=value)
        undo = make_decision(NOON, verdict="undo", undoes="0" * 16, **told)
        (refused,) = review.take_in([Saved("saved:2", undo)]).refused
        assert "there is no decision 0000" in refused
        assert read_decisions(review.path) == review.decisions == []


def test_a_decision_on_what_has_changed_since_is_asked_again(home: Path) -> None:
    decide(home, x="accept")
    with open_review(home, "current", "candidate") as review:
        path = review.path
    store = Store(find_store(home))
    store.drop(LATER)
    article, rows = make_page(0)
    add_candidate(store, THIRD, BASE, [(article, [rows[0].model_copy(update={"killed_best": 9})])])
    path.replace(path.with_name(f"{BASE}..{THIRD}.jsonl"))
    with open_review(home, "current", "candidate") as review:
        assert review.outcome.stale
        assert review.outcome.undecided


def test_the_nightly_report_tells_which_run_waits_and_how_many_values_are_held(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    night = make_receipt(run_id=BASE)
    figures, _ = sum_run(home, night)
    assert (figures.waiting, figures.held) == ((LATER,), 0)
    assert f"dateline review --after {LATER}" in report_run(home, night).read_text(encoding="utf-8")
    decide(home, status="reject", x="accept")
    apply(home)
    figures, _ = sum_run(home, night)
    assert (figures.waiting, figures.held) == ((), 1)
    page = report_run(home, night).read_text(encoding="utf-8")
    assert "values held as a review decided</dt><dd>1</dd>" in page
    assert "dateline review --after" not in page
