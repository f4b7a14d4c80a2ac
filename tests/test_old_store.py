"""A store that the previous release wrote: it opens, is read, grows, is re-read, and its runs are listed right."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from deltalake import DeltaTable

from flows.store import Store
from flows.table_columns import KEEP
from tests.command import run
from tests.make_old_store import FIRST, OTHER, RUNS, SECOND
from tests.test_candidates import make_candidate, shown
from tests.test_store import make_article, make_run, rows_of

FIXTURE = Path(__file__).parent / "data" / "store_0"
ONE, TWO, THREE = RUNS


@pytest.fixture(params=["folder", "address"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    copytree(FIXTURE, tmp_path / "home" / "tables")
    place = tmp_path / "home" / "tables"
    return Store(place if request.param == "folder" else place.as_uri())


def test_it_is_read_as_it_was(store: Store) -> None:
    assert [one.run_id for one in store.runs()] == [ONE, TWO, THREE]
    assert shown(store) == {("kesh", TWO), ("kesh-2", TWO), ("mine", TWO)}
    assert shown(store, ONE) == {("kesh", ONE)}
    assert shown(store, THREE) == shown(store)
    assert store.find_article(FIRST.article_id) == FIRST
    assert [one.state for one in store.standings()] == ["current", "past", "past"]
    plan = store.plan_articles().fetchall()
    assert [line[:4] for line in plan] == [
        (FIRST.article_id, sha256(FIRST.text.encode()).hexdigest(), "2024-03", ONE),
        (SECOND.article_id, sha256(SECOND.text.encode()).hexdigest(), "2024-03", TWO),
        (OTHER.article_id, sha256(OTHER.text.encode()).hexdigest(), "2024-05", TWO),
    ]
    (stored,) = store.read_articles("2024-03", [SECOND.article_id])
    assert (stored.article, stored.origin.article_run) == (SECOND, TWO)


def test_it_grows_and_is_read_again_and_goes_back(store: Store, tmp_path: Path) -> None:
    assert store.view(as_of=datetime.fromisoformat("2099-01-01T00:00+00:00")).run_id == THREE
    new = make_article(7)
    store.commit_run(make_run("20240308T000000Z-dddd"), [new], rows_of(new, "new"))
    for name in ("articles", "events", "runs"):
        kept = DeltaTable(str(tmp_path / "home" / "tables" / name)).metadata().configuration
        assert kept | KEEP == kept
    make_candidate(
        store, "20240309T000000Z-eeee", {FIRST: ["kesh"], SECOND: ["kesh"]}, TWO, article_runs={FIRST: ONE}
    )
    before = shown(store)
    store.promote("candidate")
    assert shown(store) == {
        ("kesh", "20240309T000000Z-eeee"),
        ("mine", TWO),
        ("new", "20240308T000000Z-dddd"),
    }
    row = store.find_event("kesh")
    assert row is not None
    assert row.article_id == SECOND.article_id  # the newer page, though both were read by one run
    assert shown(store, TWO) == {("kesh", TWO), ("kesh-2", TWO), ("mine", TWO)}
    assert shown(store, ONE) == {("kesh", ONE)}
    store.promote(THREE)
    assert shown(store) == before
    assert [passage.run_id for passage in store.history("kesh-2")] == [TWO, "20240309T000000Z-eeee", THREE]


def test_commands_read_it(tmp_path: Path) -> None:
    copytree(FIXTURE, tmp_path / "tables")
    listed = run("runs", "list", "--home", str(tmp_path)).stdout
    assert [line.split()[:3] for line in listed.splitlines() if not line.startswith(" ")] == [
        ["run", "kind", "state"],
        [THREE, "ingest", "current"],
        [TWO, "ingest", "past"],
        [ONE, "ingest", "past"],
    ]
    assert run("runs", "--home", str(tmp_path)).returncode == 0
    history = run("events", "history", "kesh", "--home", str(tmp_path)).stdout
    assert history.count("let stand from") == 2
