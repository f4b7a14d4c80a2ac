"""`dateline explain` on files and tables: rows of any run, articles by id and address, and what is not there."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from command import DOCUMENTS, run
from rich.console import Console

from extractors.extractor import Extractor
from extractors.phrases import LEXICONS
from flows.commands.explanation import explain as explain_row
from flows.event_lists import read_moment
from flows.explaining import Asked, explain_asked
from flows.lines import Origin
from flows.receipts import find_store
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.errors import DatelineError, InputError
from models.event import EventRow
from review.explanations import ArticleExplanation, RowExplanation
from tests.reextraction import change
from tests.test_store import make_run

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
PAGE = "https://example.org/bannu"
TEXT = "Gunmen killed three policemen at a checkpoint near Bannu on Monday, the army said. The nurses' strike ended."


@pytest.fixture(scope="module")
def article() -> Article:
    return Article(TEXT, PAGE, url=PAGE, publisher="The Bannu Post", language="en", published=NOON)


@pytest.fixture(scope="module")
def row(article: Article, extractor: Extractor) -> EventRow:
    rows, _ = extractor.trace_events(article)
    return rows[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, article: Article, row: EventRow) -> Path:
    """A night's row, and a candidate that other rules made of it."""
    folder = tmp_path_factory.mktemp("home")
    store = Store(find_store(folder))
    store.commit_run(make_run("r1"), [article], [row.model_copy(update={"run_id": "r1"})])
    other = row.model_copy(
        update={
            "run_id": "r2",
            "killed_low": 2,
            "killed_best": 2,
            "killed_high": 2,
            "extractor_version": "0.0.9",
        }
    )
    with Staging(folder / "staged", "r2") as staged:
        staged.add(article, [other], Origin(article_run="r1"), {"dates": "x"}, stored=True)
    pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
    store.commit_candidate(make_run("r2", kind="reextract", base="r1"), pieces)
    return folder


def explain(asked: Asked, extractor: Extractor) -> RowExplanation | ArticleExplanation:
    return explain_asked(asked, lambda: extractor)


def test_rows_of_any_run_are_explained_by_the_present_rules(
    home: Path, row: EventRow, extractor: Extractor
) -> None:
    for run_id, killed in ((None, 3), ("r1", 3), ("r2", 2)):
        found = explain(Asked(row.event_id, run=run_id, home=home), extractor)
        assert isinstance(found, RowExplanation)
        assert found.read
        assert found.row.killed_best == killed
        assert found.read.find_row(found.row) == row
        changes = json.loads(found.to_json())["reread"]["changes"]
        assert {c["column"] for c in changes} == (
            {"killed_low", "killed_best", "killed_high"} if run_id == "r2" else set()
        )
    with pytest.raises(DatelineError, match="r9"):
        explain(Asked(row.event_id, run="r9", home=home), extractor)


def test_what_changed_since_the_run_of_a_row_is_named(
    article: Article, row: EventRow, extractor: Extractor, tmp_path: Path
) -> None:
    weapons = (LEXICONS / "weapons.toml").read_bytes() + b'\n[ford_gun]\nlabel = "Ford gun"\n'
    digest = sha256(weapons).hexdigest()

    def ask(run_id: str, stages: dict[str, str]) -> tuple[str, Any]:
        store = Store(find_store(tmp_path / run_id))
        store.keep_lexicon(weapons)
        store.commit_run(
            make_run(run_id, stages=stages), [article], [row.model_copy(update={"run_id": run_id})]
        )
        found = explain(Asked(row.event_id, run=run_id, home=tmp_path / run_id), extractor)
        assert isinstance(found, RowExplanation)
        console = Console(width=200, record=True, file=StringIO())
        console.print(found.draw())
        return console.export_text(), json.loads(found.to_json())["reread"]["since"]

    drawn, since = ask("r1", change(extractor, "assembly") | {"weapons": "old", "files/weapons.toml": digest})
    assert since == {
        "run_id": "r1",
        "stages": ["assembly"],
        "entries": {"weapons.toml": ["ford_gun (removed)"]},
    }
    assert "changed since run r1: rules of assembly" in drawn
    assert "changed since run r1: weapons.toml: ford_gun (removed)" in drawn
    for run_id, stages in (("r2", dict(extractor.stages)), ("r3", {})):
        drawn, since = ask(run_id, stages)
        assert (since, "changed since" in drawn) == (None, False)


def test_a_row_as_of_a_time(home: Path, row: EventRow, extractor: Extractor) -> None:
    found = explain(Asked(row.event_id, as_of=read_moment("2099-01-01"), home=home, quick=True), extractor)
    assert isinstance(found, RowExplanation)
    assert (found.row.killed_best, found.read) == (3, None)


@pytest.mark.parametrize("name", [PAGE, None])
def test_an_article_is_found_by_id_and_address(
    home: Path, article: Article, name: str | None, extractor: Extractor
) -> None:
    found = explain(Asked(article=name or article.article_id, home=home), extractor)
    assert isinstance(found, ArticleExplanation)
    assert found.article.text == TEXT
    told = json.loads(found.to_json())["sentences"]
    assert [[w["text"] for w in s["event_words"]] for s in told] == [["killed"], ["strike"]]
    assert told[1]["event_words"][0]["rows"] == []
    assert told[1]["event_words"][0]["steps"]


def test_what_is_not_there_is_one_line(home: Path, extractor: Extractor, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no article nowhere in"):
        explain(Asked(article="nowhere", home=home), extractor)
    with pytest.raises(InputError, match="no event 00 in run r1"):
        explain(Asked("00", run="r1", home=home), extractor)
    with pytest.raises(InputError, match="is no file"):
        explain(Asked(text=tmp_path / "gone.txt", home=home), extractor)


def test_a_text_that_is_not_the_rows_is_refused(
    home: Path, row: EventRow, extractor: Extractor, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Rebels shelled a market in Goma on Friday, killing nine people.", encoding="utf-8")
    with pytest.raises(InputError, match="holds no text with the sentences of"):
        explain(Asked(row.event_id, text=other, home=home), extractor)
    own = tmp_path / "own.txt"
    own.write_text(TEXT, encoding="utf-8")
    found = explain(Asked(row.event_id, text=own, home=home), extractor)
    assert isinstance(found, RowExplanation)
    assert found.read
    assert [r.killed_best for r in found.read.rows] == [3]


def test_a_row_without_its_text_says_how_to_get_more(
    row: EventRow, extractor: Extractor, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(row.model_dump_json() + "\n", encoding="utf-8")
    found = explain(Asked(row.event_id, rows=rows, home=tmp_path), extractor)
    assert isinstance(found, RowExplanation)
    assert found.read is None
    assert "--text FILE" in found.absent


def test_the_command_prints_candidates_and_json(tmp_path: Path) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text(json.dumps(DOCUMENTS[0]) + "\n", encoding="utf-8")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        run("extract", "--input", "jsonl", "--format", "jsonl", documents).stdout, encoding="utf-8"
    )
    event_id = json.loads(rows.read_text(encoding="utf-8").splitlines()[0])["event_id"]
    done = run("explain", event_id, "--rows", rows, "--text", documents, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["row"]["event_id"] == event_id
    assert told["reread"]["changes"] == []
    assert ("police", "says it") in {(one["text"], one["words"]) for one in told["reread"]["not_taken"]}


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({}, "name an EVENT_ID"),
        ({"event_id": "abc", "article": "def"}, "not both"),
        ({"article": "def", "run": "r1"}, "choose a row"),
        ({"event_id": "abc", "rows": Path("rows.jsonl"), "run": "r1"}, "neither --run nor --as-of"),
        ({"event_id": "abc", "as_of": "noon"}, "--as-of 'noon'"),
        ({"event_id": "abc", "as_of": "2024-03-05", "run": "r1"}, "give one of them"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, Any], line: str) -> None:
    with pytest.raises(InputError, match=line):
        explain_row(**options)


def test_the_article_of_a_file_needs_a_name_where_there_are_several(
    extractor: Extractor, tmp_path: Path
) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text("".join(json.dumps(DOCUMENTS[n]) + "\n" for n in (0, 3)), encoding="utf-8")
    asked = Asked(text=documents)
    with pytest.raises(InputError, match="2 articles fit"):
        explain(asked, extractor)
    found = explain(replace(asked, article="d4"), extractor)
    assert isinstance(found, ArticleExplanation)
    assert "Quetta" in found.article.text
