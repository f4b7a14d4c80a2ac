"""Candidates: what they hold, what stands once they are promoted, and how one goes back."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.lines import Origin
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.errors import StoreError
from tests.test_store import make_article, make_run, rows_of

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
MAY = datetime(2024, 5, 5, 12, tzinfo=UTC)


def make_candidate(
    store: Store,
    run_id: str,
    read: dict[Article, list[str]],
    base: str,
    article_runs: dict[Article, str] | None = None,
    **changes: object,
) -> None:
    """Commits a re-extraction that found these events; the articles are of the base unless it is said."""
    with TemporaryDirectory() as folder, Staging(Path(folder), run_id) as staged:
        for article, events in read.items():
            origin = Origin(article_run=(article_runs or {}).get(article, base))
            staged.add(article, rows_of(article, *events), origin, {"dates": "x"}, stored=True)
        pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
        store.commit_candidate(make_run(run_id, kind="reextract", base=base, **changes), pieces)


def shown(store: Store, run_id: str | None = None) -> set[tuple[str, str]]:
    return {(row.event_id, row.run_id) for row in store.view(run_id).rows()}


def test_a_candidate_changes_nothing_until_it_is_promoted(tmp_path: Path) -> None:
    store = Store(tmp_path / "tables")
    march, may = make_article(1), make_article(2, MAY)
    store.commit_run(make_run("r1"), [march, may], [*rows_of(march, "1", "2"), *rows_of(may, "3")])
    make_candidate(store, "r2", {march: ["1", "4"]}, "r1")
    later = make_article(3)
    store.commit_run(make_run("r3"), [later], rows_of(later, "5"))
    before = {("1", "r1"), ("2", "r1"), ("3", "r1"), ("5", "r3")}
    assert shown(store) == before
    assert shown(store, "r2") == {("1", "r2"), ("4", "r2"), ("3", "r1")}
    store.promote("r2")
    after = {("1", "r2"), ("4", "r2"), ("3", "r1"), ("5", "r3")}
    assert shown(Store(tmp_path / "tables")) == after
    assert shown(store, "r3") == before
    current = store.current()
    assert current
    assert current.run_id == "r2"
    store.promote("r3")
    assert shown(store) == before
    store.promote("r2")
    assert shown(store) == after
    with pytest.raises(StoreError, match="already current"):
        store.promote("r2")
