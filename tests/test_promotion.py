"""What can be promoted and what cannot; runs that died; the past by time; one event over the runs."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from benchmarks.kills_store import kill_writers
from flows.candidates import write_candidate
from flows.cli import app
from flows.lines import Origin
from flows.promotion import PROMOTE, Said, add_state, replace_months, take_over
from flows.receipts import find_receipt, save_receipt
from flows.staging import Staging
from flows.store import Store
from models.again import Again
from models.article import Article
from models.errors import StoreError
from models.receipt import Failure
from tests.command import run
from tests.receipts import make_count, make_receipt
from tests.test_candidates import MAY, make_candidate, shown
from tests.test_store import make_article, make_run, rows_of

MARCH_ONE, MAY_ONE = make_article(1), make_article(2, MAY)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two articles of two months, and a candidate that read one of them."""
    store = Store(tmp_path / "tables")
    rows = [*rows_of(MARCH_ONE, "1", "2"), *rows_of(MAY_ONE, "3")]
    store.commit_run(make_run("r1"), [MARCH_ONE, MAY_ONE], rows)
    make_candidate(store, "r2", {MARCH_ONE: ["1"]}, "r1")
    return store


def state_of(store: Store, run_id: str) -> str:
    return next(one.state for one in store.standings() if one.run.run_id == run_id)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"scope": {"sample": 5}}, "run r3 read a sample"),
        ({"complete": False}, "run r3 was stopped before its end"),
    ],
)
def test_parts_of_an_archive_are_not_promoted(store: Store, changes: dict[str, object], fault: str) -> None:
    make_candidate(store, "r3", {MAY_ONE: ["9"]}, "r1", **changes)
    with pytest.raises(StoreError, match=fault) as caught:
        store.promote("r3", anyway=True)
    assert "\n" not in str(caught.value)
    assert state_of(store, "r1") == "current"


def test_a_candidate_made_before_another_was_promoted_is_refused_unless_it_is_wanted(store: Store) -> None:
    make_candidate(store, "r3", {MARCH_ONE: ["7"]}, "r1")
    store.promote("r3")
    with pytest.raises(StoreError, match="r2 was made before r3 changed what stands"):
        store.promote("r2")
    store.promote("r2", anyway=True)
    assert shown(store) == {("1", "r2"), ("3", "r1")}


def test_a_candidate_whose_base_no_longer_stands_is_refused(store: Store) -> None:
    store.promote("r2")
    make_candidate(store, "r3", {MAY_ONE: ["3", "9"]}, "r2")
    store.promote("r1")
    with pytest.raises(StoreError, match="r3 was made before r2 changed what stands"):
        store.promote("r3")
    with pytest.raises(StoreError, match="its base r9 was never current"):
        make_candidate(store, "r4", {MAY_ONE: []}, "r9")


def test_a_dropped_candidate_is_gone_but_for_its_line(store: Store, tmp_path: Path) -> None:
    store.drop("r2", by="ada", reason="worse")
    standing = store.standings()[0]
    assert (standing.state, standing.by, standing.reason) == ("dropped", "ada", "worse")
    assert not (tmp_path / "tables" / "candidates" / "r2").exists()
    for refused in (store.promote, store.drop, store.view):
        with pytest.raises(StoreError, match=r"r2 (was|is) dropped"):
            refused("r2")
    with pytest.raises(StoreError, match="r1 is current; only a candidate can be dropped"):
        store.drop("r1")
    with pytest.raises(StoreError, match="there is no such run"):
        store.promote("r7")


def test_a_promotion_that_died_before_it_said_so_stands(store: Store) -> None:
    found = store.ledger().find("r2")
    with store.writing():
        replace_months(store.tables, found, Said("ada", "better"), lambda: take_over(store.tables, found))
    assert state_of(store, "r2") == "current"
    before = store.standings()[0].since
    with store.writing():
        assert store.notes == ["run r2 was promoted by a run that died before it said so"]
    said = store.standings()[0]
    assert (said.state, said.by, said.reason, said.since) == ("current", "ada", "better", before)
    with store.writing():
        assert store.notes == []


def test_a_candidate_that_died_before_its_line_is_taken_out(store: Store, tmp_path: Path) -> None:
    with TemporaryDirectory() as folder, Staging(Path(folder), "r3") as staged:
        staged.add(MAY_ONE, rows_of(MAY_ONE, "3"), Origin(), stored=True)
        pieces = {"events": staged.pieces("events"), "readings": staged.pieces("readings")}
        write_candidate(store.tables, store.ledger(), make_run("r3", kind="reextract", base="r1"), pieces)
    assert [run.run_id for run in store.runs()] == ["r1", "r2"]
    assert (tmp_path / "tables" / "candidates" / "r3").exists()
    with store.writing():
        assert store.notes == ["run r3 left rows that do not count; they were taken out"]
    assert sorted(path.name for path in (tmp_path / "tables" / "candidates").iterdir()) == ["r2"]


def test_a_drop_that_died_before_its_tables_went_is_completed(store: Store, tmp_path: Path) -> None:
    add_state(store.tables, "r2", "dropped", datetime.now(UTC), 0, Said())
    with store.writing():
        pass
    assert not (tmp_path / "tables" / "candidates" / "r2").exists()


def test_a_page_read_anew_takes_the_place_of_its_text_and_gives_it_back(store: Store) -> None:
    anew = Article("Two men died in the village of one.", MARCH_ONE.doc_id, published=MAY)
    with TemporaryDirectory() as folder, Staging(Path(folder), "r3") as staged:
        origin = Origin(article_run="r1", replaces=MARCH_ONE.article_id, reader="new")
        staged.add(anew, rows_of(anew, "1", "8"), origin)
        pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
        store.commit_candidate(make_run("r3", kind="reextract", base="r1"), pieces)
    planned = [line[0] for line in store.plan_articles().fetchall()]
    assert store.known([anew.article_id]) == set()
    assert store.find_article(anew.article_id) == anew
    before = shown(store)
    store.promote("r3")
    assert shown(store) == {("1", "r3"), ("8", "r3"), ("3", "r1")}
    assert [line[0] for line in store.plan_articles().fetchall()] == sorted(
        [anew.article_id, MAY_ONE.article_id]
    )
    assert store.known([anew.article_id]) == {anew.article_id}
    assert [version.article for version in store.versions(anew.doc_id)] == [MARCH_ONE, anew]
    store.promote("r1")
    assert shown(store) == before
    assert [line[0] for line in store.plan_articles().fetchall()] == planned
    assert store.known([anew.article_id]) == set()
    store.promote("r3")
    assert store.tables.articles.scan().count("*").fetchall() == [(3,)]  # added once


def test_the_past_is_found_by_time_also_in_a_copy_of_the_store(store: Store, tmp_path: Path) -> None:
    moments = [datetime.now(UTC)]
    for step in ("r2", "r1"):
        store.promote(step)
        moments.append(datetime.now(UTC))
    shutil.copytree(tmp_path / "tables", tmp_path / "copy")
    copy = Store(tmp_path / "copy")
    assert [copy.view(as_of=moment).run_id for moment in moments] == ["r1", "r2", "r1"]
    assert {row.event_id for row in copy.view(as_of=moments[1]).rows()} == {"1", "3"}
    assert {row.event_id for row in copy.view(as_of=moments[0]).rows()} == {"1", "2", "3"}
    with pytest.raises(StoreError, match="nothing was stored by"):
        copy.view(as_of=moments[0] - timedelta(days=1))


def test_an_event_is_followed_over_the_runs(store: Store) -> None:
    store.promote("r2")
    make_candidate(store, "r3", {MARCH_ONE: ["2"]}, "r2")
    story = [(one.run_id, one.state, one.row and one.row.run_id) for one in store.history("2")]
    assert story == [("r1", "past", "r1"), ("r2", "current", None), ("r3", "candidate", "r3")]
    assert [one.run_id for one in store.history("1")] == ["r1", "r2", "r3"]
    assert store.history("none") == []


def test_a_promotion_is_one_commit_that_names_run_and_action(store: Store) -> None:
    before = store.tables.events.open()
    store.promote("r2", by="ada")
    after = store.tables.events.open()
    assert before is not None
    assert after is not None
    assert after.version() == before.version() + 1
    (commit,) = store.tables.events.commits(1)
    assert (commit["run_id"], commit["action"], commit["by"]) == ("r2", PROMOTE, "ada")
    untouched = {path for month, path in store.tables.events.files(before.version()) if month == "2024-05"}
    assert untouched <= {path for _, path in store.tables.events.files()}


def test_commands_promote_compare_drop_and_go_back(store: Store, tmp_path: Path) -> None:
    def ask(*words: str) -> str:
        done = CliRunner().invoke(app, [*words, "--home", str(tmp_path)])
        assert done.exit_code == 0
        return done.output

    compared = ask("runs", "compare", "current", "candidate")
    assert ["rows", "3", "2", "-1"] in [line.split() for line in compared.splitlines()]
    assert ask("runs", "promote", "candidate") == "run r2 is current; dateline runs promote r1 goes back\n"
    assert "run r2  current  let stand from" in ask("events", "history", "2")
    assert ask("events", "list", "--format", "jsonl").count('"run_id": "r2"') == 1
    assert ask("events", "list", "--format", "jsonl", "--run", "previous").count('"run_id": "r1"') == 3
    assert "current since" in ask("runs", "show", "r2")
    again = run("runs", "drop", "r2", "--home", str(tmp_path))
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_the_receipt_of_a_reextraction_is_shown_with_its_exit_status(store: Store, tmp_path: Path) -> None:
    gone = Failure(
        source="post", item="https://a.example/1", reason="archive", message="a.example/1: is gone"
    )
    count = make_count(items=1, failed=1, reasons={"archive": 1})
    again, fault = Again(articles=2, failed=1), "1 page cannot be read"
    receipt = make_receipt(0, count, run_id="r2", errors=(fault,), failures=(gone,), again=again)
    save_receipt(tmp_path, receipt)

    def ask(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["runs", "show", *words, "--home", str(tmp_path)])
        return done.exit_code, done.output

    status, shown = ask("candidate")
    assert status == 1
    for told in ("! 1 page cannot be read", "failed (archive): a.example/1: is gone", "candidate since"):
        assert told in shown
    status, written = ask("r2", "--json")
    found = json.loads(written)
    assert (status, found["kind"], found["receipt"]["failures"][0]["item"]) == (1, "reextract", gone.item)
    find_receipt(tmp_path, "r2").unlink()
    assert ask("r2")[0] == 0  # nothing is known that went wrong


def test_writers_that_are_killed_leave_a_store_whose_current_run_is_whole(tmp_path: Path) -> None:
    """A small share of benchmarks/kills_store.py."""
    met, faults = kill_writers(tmp_path / "killed", kills=2)
    assert faults == []
    assert met.total() == 2
