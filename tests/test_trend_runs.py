"""Which run a night is compared with: the one that stood before it, and nothing that never stood."""

from pathlib import Path

import pytest

from flows.store import Store
from tests.test_candidates import make_candidate
from tests.test_store import make_article
from tests.test_trends import END, make_night, on, read


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "tables")


@pytest.mark.parametrize("earlier", [0, 1])
def test_a_night_without_rows_has_figures(store: Store, earlier: int) -> None:
    for days_ago in range(earlier, 0, -1):
        make_night(store, days_ago, on(9))
    figures = read(store, make_night(store, 0, silent=2))
    assert (figures.end, figures.first, figures.newcomers) == (END, not earlier, ())
    assert (sum(bar.total for bar in figures.bars), len(figures.spots)) == (earlier, earlier)
    assert store.tables.duck.execute("SHOW TABLES").fetchall() == []


def test_a_candidate_is_no_run_before_the_night(store: Store) -> None:
    base = make_night(store, 1, on(8))
    run_id = make_night(store, 0, on(9))
    alone = read(store, run_id)
    candidate = "20240310T120000Z-cd34"  # begun between the two
    make_candidate(store, candidate, {make_article(): ["again"]}, base)
    assert read(store, run_id) == alone
    store.drop(candidate)
    assert read(store, run_id) == alone


def test_the_run_before_the_night_may_be_one_that_was_promoted(store: Store) -> None:
    base = make_night(store, 1, on(8))
    make_candidate(store, "20240310T120000Z-cd34", {make_article(): ["again"]}, base)
    store.promote("candidate")
    with_promoted = read(store, make_night(store, 0, on(9)))
    assert sum(bar.before for bar in with_promoted.bars) == 2
