"""Runs of a store compared: a candidate, versions of a page, articles read later; lexicon entries and stages."""

import json
from pathlib import Path

import pytest
from changed import make
from rows import find_span
from typer.testing import CliRunner

from flows.cli import app
from flows.compared_runs import compare_runs
from flows.lines import Origin
from flows.receipts import find_store
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.change import Change
from models.errors import InputError
from models.event import EventRow
from models.run import Run
from review.applying import apply_changes, read_content
from tests.test_store import make_article, make_run

ONE, TWO, THREE = "20240305T120000Z-aaaa", "20240306T120000Z-bbbb", "20240307T120000Z-cccc"
GUNMEN = find_span("Gunmen", "actors.toml:front", "Gunmen")


def rows_of(article: Article, *rows: EventRow) -> list[EventRow]:
    known = {"article_id": article.article_id, "url": None, "published": article.published}
    return [row.model_copy(update=known) for row in rows]


def reextract(store: Store, run_id: str, read: dict[Article, list[EventRow]], **changes: object) -> None:
    folder = Path(store.location).parent / "staged" / run_id
    with Staging(folder, run_id) as staged:
        for article, rows in read.items():
            staged.add(article, rows, Origin(article_run=ONE), {"dates": "x"}, stored=True)
    pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
    run = Run.model_validate(make_run(run_id, kind="reextract", base=ONE).model_dump() | changes)
    store.commit_candidate(run, pieces)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An ingest of two articles, a candidate that read one of them again, and a later ingest."""
    store = Store(find_store(tmp_path))
    first, second, third = map(make_article, range(3))
    old = {"actors": (), "evidence": {"actors": (GUNMEN,)}}
    stages = {"actors": "1", "assembly": "1", "files/actors.toml": store.keep_lexicon(LEXICON.encode())}
    found = [*rows_of(first, make(0, **old), make(1, killed_best=2)), *rows_of(second, make(2))]
    store.commit_run(make_run(ONE, stages=stages), [first, second], found)
    new = {"actors": PARTY, "evidence": {"actors": (GUNMEN,)}, "extractor_version": "0.2.0"}
    stages["files/actors.toml"] = store.keep_lexicon(LEXICON.replace("milita", "rebel_group").encode())
    rows = rows_of(first, make(0, **new), make(3, extractor_version="0.2.0"))
    reextract(store, TWO, {first: rows}, stages=stages | {"actors": "2"})
    store.commit_run(make_run(THREE, stages=stages), [third], rows_of(third, make(1, "d" * 16)))
    return store


LEXICON = '[front]\nname = "Free Valley Front"\nkind = "milita"\n'
PARTY = (
    {"text": "Gunmen", "name": "Free Valley Front", "id": "front", "kind": "rebel_group", "named": True},
)


def tell(changes: list[Change]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(change.operation, change.field, change.cause) for change in changes}


def test_a_candidate_against_its_base(store: Store) -> None:
    with compare_runs(store, ONE, "candidate") as found:
        changes = list(found.changes())
        diff = found.diff
    assert tell(changes) == {
        ("changed", "actors", ("entry actors.toml:front",)),
        ("removed", "row", ("-events.toml:e1",)),
        ("added", "row", ("+events.toml:e3",)),
    }
    assert (diff.same, diff.before.name, diff.after.name) == (1, ONE, TWO)
    assert diff.after.extractor_versions == ("0.1.0 abc", "0.2.0")
    assert diff.effect.killed_best == -2
    assert {change.runs_after for change in changes if change.after_ids} == {(TWO,)}
    old, new = (list(store.view(run_id).rows()) for run_id in (ONE, TWO))
    assert apply_changes(old, changes) == {row.event_id: read_content(row) for row in new}


def test_articles_that_a_candidate_could_not_know_are_told_as_such(store: Store) -> None:
    with compare_runs(store, "current", "candidate") as found:
        assert found.diff.before.name == THREE
        assert ("removed", "row", ("article not read again",)) in tell(list(found.changes()))
    with compare_runs(store, "previous", "current") as found:
        assert tell(list(found.changes())) == {("added", "row", ("article not read before",))}


def test_after_a_promotion_the_same_is_said_of_the_turns(store: Store) -> None:
    store.promote(TWO)
    with compare_runs(store, "previous", "current") as found:
        assert (found.diff.before.name, found.diff.after.name) == (THREE, TWO)
        assert {(o, f) for o, f, _ in tell(list(found.changes()))} == {
            ("changed", "actors"),
            ("removed", "row"),
            ("added", "row"),
        }
    with (
        pytest.raises(InputError, match="there is no candidate run"),
        compare_runs(store, "current", "candidate"),
    ):
        pass


def test_of_two_texts_of_a_page_the_newer_ones_row_is_compared(tmp_path: Path) -> None:
    store = Store(find_store(tmp_path))
    old, new = (
        Article("Text one.", "doc", published=None),
        Article("Text two, longer.", "doc", published=None),
    )
    store.commit_run(make_run(ONE), [old], rows_of(old, make(0, killed_best=1)))
    store.commit_run(make_run(THREE), [new], rows_of(new, make(0, killed_best=2)))
    with compare_runs(store, ONE, THREE) as found:
        assert found.diff.before.totals.rows == found.diff.after.totals.rows == 1
        assert [(c.field, c.before["killed_best"], c.after["killed_best"]) for c in found.changes()] == [
            ("killed", 1, 2)
        ]


def test_names_of_runs(store: Store) -> None:
    for name, fault in (("2024", "3 runs begin so"), ("2023", "no such run"), ("", "no such run")):
        with pytest.raises(InputError, match=fault), compare_runs(store, name, ONE):
            pass
    with compare_runs(store, ONE[:12], ONE) as found:
        assert (found.diff.changes, found.diff.same) == (0, 3)


def test_one_name_is_compared_with_what_stands(store: Store, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["diff", "candidate", "--format", "json", "--home", str(tmp_path)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["before"]["name"], told["after"]["name"]) == (THREE, TWO)
    rows = store.view().frame()  # the connection is as it was
    assert len(rows) == 4


def test_the_figures_of_a_run_are_the_totals_of_a_diff(store: Store) -> None:
    first, second = make_article(4), make_article(5)
    found = [
        make(0, "a" * 16, killed_low=2, killed_best=3, incident_id="7" * 16),
        make(1, "b" * 16, killed_low=5, killed_best=None, incident_id="7" * 16),
        make(2, "c" * 16, status="historical", killed_low=9, killed_best=9, injured_best=9),
        make(3, "e" * 16, is_aggregate=True, killed_low=9, killed_best=9, injured_best=9),
        make(2, "f" * 16, injured_low=4, injured_best=4),
    ]
    store.commit_run(make_run("20240308T120000Z-dddd"), [first, second], rows_of(first, *found))
    with compare_runs(store, ONE, "current") as diff:
        for run_id, side in ((ONE, diff.diff.before), ("current", diff.diff.after)):
            figures, totals = store.figures(run_id), side.totals
            assert (figures.rows, figures.incidents) == (totals.rows, totals.incidents)
            assert (figures.killed, figures.injured) == (totals.killed_best, totals.injured_best)
        assert (totals.killed_best, totals.injured_best) == (2 + 3 + 5, 4)
