"""Going back to an earlier run: nothing of what it undoes is left, and everything reads what stands then."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.compared_runs import compare_runs, find_run
from flows.lines import Origin
from flows.staging import Staging
from flows.store import Store
from models.errors import StoreError
from tests.test_candidates import MAY, make_candidate, shown
from tests.test_store import make_article, make_run, rows_of

FIRST, LATER, LAST = make_article(1), make_article(2, MAY), make_article(3, MAY)
ANEW = replace(LATER, text=f"{LATER.text} A fair was held.")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An ingest, a re-extraction that stands, and an ingest after it."""
    store = Store(tmp_path / "tables")
    store.commit_run(make_run("r1"), [FIRST], rows_of(FIRST, "1", "2"))
    make_candidate(store, "r2", {FIRST: ["1"]}, "r1")
    store.promote("r2")
    store.commit_run(make_run("r3"), [LATER], rows_of(LATER, "3"))
    return store


def read_page_anew(store: Store) -> None:
    """A candidate to which the page of the later ingest has another text."""
    with TemporaryDirectory() as folder, Staging(Path(folder), "r4") as staged:
        staged.add(FIRST, rows_of(FIRST, "1"), Origin(article_run="r1"), stored=True)
        staged.add(ANEW, rows_of(ANEW, "4"), Origin(article_run="r3", replaces=LATER.article_id))
        pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
        store.commit_candidate(make_run("r4", kind="reextract", base="r3"), pieces)


def test_no_row_of_an_undone_run_is_left_of_what_came_in_since(store: Store) -> None:
    read_page_anew(store)
    store.promote("r4")
    store.commit_run(make_run("r5"), [LAST], rows_of(LAST, "5"))
    assert shown(store) == {("1", "r4"), ("4", "r4"), ("5", "r5")}
    store.promote("r1")
    assert shown(store) == {("1", "r1"), ("2", "r1"), ("3", "r3"), ("5", "r5")}
    make_candidate(store, "r9", {FIRST: ["1"], LATER: ["3"]}, "r1", {FIRST: "r1", LATER: "r3"})
    store.promote("r9")
    assert shown(store) == {("1", "r9"), ("3", "r9"), ("5", "r5")}


def test_rows_that_a_run_still_in_effect_has_made_stay(store: Store) -> None:
    read_page_anew(store)
    store.promote("r4")
    store.promote("r3")
    assert shown(store) == {("1", "r2"), ("3", "r3")}
    store.commit_run(make_run("r5"), [LAST], rows_of(LAST, "5"))
    store.promote("r4")
    assert shown(store) == {("1", "r4"), ("4", "r4"), ("5", "r5")}


def test_a_run_that_is_current_again_shows_what_stands(store: Store) -> None:
    read_page_anew(store)
    store.promote("r4")
    store.promote("r2")
    assert shown(store) == shown(store, "r2") == {("1", "r2"), ("3", "r3")}
    assert (store.figures("r2").articles, store.figures("r2").rows) == (2, 2)


def test_a_run_that_was_current_twice_shows_what_stood_the_last_time(store: Store) -> None:
    for run_id in ("r1", "r2", "r1"):
        store.promote(run_id)
    assert shown(store, "r2") == {("1", "r2"), ("3", "r3")}
    assert (store.figures("r2").articles, store.figures("r2").rows) == (2, 2)
    with compare_runs(store, "previous", "current") as found:
        assert [one.operation for one in found.changes()] == ["added"]


def test_a_candidate_made_on_a_run_that_is_current_again_shows_all_that_stood_then(store: Store) -> None:
    make_candidate(store, "r4", {FIRST: ["1", "9"]}, "r3")
    store.promote("r4")
    store.promote("r2")
    make_candidate(store, "r5", {FIRST: ["1", "2"]}, "r2")
    with compare_runs(store, "current", "r5") as found:
        assert [one.operation for one in found.changes()] == ["added"]
    store.commit_run(make_run("r6"), [LAST], rows_of(LAST, "5"))
    assert shown(store, "r5") == {("1", "r5"), ("2", "r5"), ("3", "r3")}


def test_a_view_stays_what_it_was_while_another_run_is_promoted(store: Store) -> None:
    view, before = store.view(), shown(store)
    make_candidate(store, "r4", {FIRST: ["9"]}, "r3")
    store.promote("r4")
    assert {(row.event_id, row.run_id) for row in view.rows()} == before
    assert shown(store) == {("9", "r4"), ("3", "r3")}


def test_the_previous_run_is_one_that_had_other_re_extractions_in_effect(store: Store) -> None:
    with pytest.raises(
        StoreError, match="r2 was current with the same re-extractions in effect; nothing would"
    ):
        store.promote("r2")
    assert store.promote("previous").run_id == find_run(store.ledger(), "current").run_id == "r1"
    assert shown(store) == {("1", "r1"), ("2", "r1"), ("3", "r3")}
    assert store.promote("previous").run_id == "r3"
    assert shown(store) == {("1", "r2"), ("3", "r3")}


def test_between_ingests_alone_the_previous_run_is_the_one_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "tables")
    store.commit_run(make_run("r1"), [FIRST], rows_of(FIRST, "1"))
    store.commit_run(make_run("r2"), [LATER], rows_of(LATER, "2"))
    assert find_run(store.ledger(), "previous").run_id == "r1"
    with pytest.raises(StoreError, match="nothing would change"):
        store.promote("previous")


def test_an_article_is_again_as_it_was(store: Store) -> None:
    retitled = replace(LATER, title="A fair")
    with TemporaryDirectory() as folder, Staging(Path(folder), "r4") as staged:
        staged.add(retitled, rows_of(retitled, "3"), Origin(article_run="r3"))
        staged.add(ANEW, [], Origin(article_run="r3"))
        pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
        store.commit_candidate(make_run("r4", kind="reextract", base="r3"), pieces)
    for step, title in (("", None), ("r4", "A fair"), ("r3", None)):
        if step:
            store.promote(step)
        found = store.find_article(LATER.article_id)
        (stored,) = store.read_articles("2024-05", [LATER.article_id])
        assert found == stored.article
        assert (found.title, store.find_article(ANEW.article_id)) == (title, ANEW)
