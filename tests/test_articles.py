"""What the articles table keeps of a page: its versions, whose text it repeats, its language; and older stores."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from deltalake import write_deltalake
from rich.console import Console

from extractors.extractor import Extractor
from flows.extraction import Tally, keep_articles, report
from flows.ingest import find_store, ingest
from flows.lines import Origin
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from review.history import make_history, make_list
from review.screen import WIDTH, render
from review.summary import summarise
from tests.command import run
from tests.nights import make_page, outcomes, write_sources
from tests.test_store import make_article, make_run, rows_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
URL = "https://paper.example/kesh"
NEW = ("authors", "section", "continued", "duplicate_of")


def store_versions(folder: Path, *articles: Article) -> Store:
    store = Store(folder)
    for number, article in enumerate(articles):
        with store.writing(), Staging(folder / "staging", f"r{number}") as staged:
            staged.add(article, [], Origin("town", URL, f"d{number}", NOON + timedelta(hours=number)))
            store.commit(make_run(f"r{number}", rows=0), staged)
    return store


def show(thing: object) -> str:
    return render(thing, Console(width=WIDTH, file=None, force_terminal=False))  # type: ignore[arg-type]


def test_history_tells_what_changed_between_versions(tmp_path: Path) -> None:
    first = Article(
        "Gunmen killed four traders near Kesh.\nThe market stayed shut.", URL, URL, title="Four killed",
        published=date(2026, 5, 4),
    )  # fmt: skip
    second = Article(
        "Gunmen killed nine traders near Kesh.\nThe market stayed shut.\nThe governor came.", URL, URL,
        title="Nine killed", published=date(2026, 5, 4), modified=NOON,
    )  # fmt: skip
    versions = store_versions(tmp_path, first, second).versions(URL)
    assert [version.article for version in versions] == [first, second]
    text = show(make_history(versions))
    assert "version 1  fetched 2026-05-04 12:00 UTC" in text
    assert "title: Four killed → Nine killed" in text
    assert "modified:  → 2026-05-04 12:00:00+00:00" in text
    assert "published: 2026-05-04 →" not in text
    assert "Gunmen killed [-four-] {+nine+} traders near Kesh." in text
    assert "{+The governor came.+}" in text
    assert "[-The market" not in text


def test_history_of_a_copy_names_the_first_and_hides_no_characters(tmp_path: Path) -> None:
    first = Article("a b c", "one", "https://wire.example/1")
    copy = Article("a \u202e c\x1b[31m", URL, URL, duplicate_of=first.article_id)
    store = store_versions(tmp_path, first, copy)
    text = show(make_history(store.versions(URL), store.find_article(first.article_id)))
    assert f"repeats https://wire.example/1 ({first.article_id})" in text
    assert "\u202e" not in show(make_history([*store.versions("one"), *store.versions(URL)]))
    assert first.article_id in show(make_list(store.newest_articles(5)))
    assert [number for _, number in store.newest_articles(1)] == [1]


def test_command_shows_versions_or_says_that_there_are_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store_versions(find_store(home), Article("One text.", URL, URL), Article("Another text.", URL, URL))
    shown = run("articles", "history", URL, "--home", str(home))
    assert "[-One-] {+Another+} text." in shown.stdout
    assert re.search(r"2 +\(no headline\)", run("articles", "list", "--home", str(home)).stdout)
    missing = run("articles", "history", "https://paper.example/none", "--home", str(home))
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1


def test_an_older_store_opens_and_takes_new_columns(tmp_path: Path) -> None:
    store, article = Store(tmp_path / "new"), make_article()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    names = [f'"{name}"' for name in store.tables.articles.columns if name not in NEW]
    old = store.tables.articles.scan(*names)
    write_deltalake(str(tmp_path / "old" / "articles"), old, partition_by=["month"])
    for name in ("events", "runs"):
        copytree(tmp_path / "new" / name, tmp_path / "old" / name)
    aged = Store(tmp_path / "old")
    assert aged.find_article(article.article_id) == article
    assert [*aged.recent_texts(NOON - timedelta(days=9000))] == []
    later = Article(
        "A later text.", "doc-9", authors=("Amina Oumar", "Jean Tchad"), section="World", duplicate_of="f"
    )
    aged.commit_run(make_run("r2"), [later], [])
    assert aged.find_article(later.article_id) == later
    assert aged.find_article(article.article_id) == article
    assert Store((tmp_path / "old").as_uri()).find_article(later.article_id) == later


SPANISH = (
    '<html lang="en"><head><title>Mueren dos soldados</title></head><body><article><p>El gobierno confirmó que dos '
    "soldados murieron y que otros cinco resultaron heridos cuando un grupo armado atacó el puesto de la frontera. "
    "Los vecinos dijeron que oyeron disparos durante la noche, y que nadie salió.</p></article></body></html>"
)
MORE = (
    "The traders had come from the coast with salt and cloth, and were to go on to the hills the next morning, their "
    "families told a reporter. A boy of twelve who hid under a cart was the only one of the party to get away, and he "
    "walked nine miles to the police post at the ford."
)


def test_wire_copy_and_foreign_texts_are_stored_linked_and_counted_once(
    tmp_path: Path, extractor: Extractor
) -> None:
    saved, sources = tmp_path / "saved", write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    saved.mkdir()
    home = tmp_path / "home"
    (saved / "a.html").write_text(make_page(1, MORE), encoding="utf-8")
    assert outcomes(ingest(sources, home, extractor=extractor)) == {"new": 1}
    alone = summarise(Store(find_store(home)).rows())
    framed = make_page(1, MORE).replace(
        "<article>", "<article><p>The Harbour Post, with reports from our agency.</p>"
    )
    (saved / "b.html").write_text(framed.replace("long line", "very long line"), encoding="utf-8")
    (saved / "c.html").write_text(make_page(2), encoding="utf-8")
    (saved / "d.html").write_text(SPANISH, encoding="utf-8")
    receipt = ingest(sources, home, extractor=extractor)
    assert (receipt.total.new, receipt.total.copies, receipt.total.foreign) == (3, 1, 1)
    store = Store(find_store(home))
    stored = {version.article.doc_id[-6]: version.article for version, _ in store.newest_articles(9)}
    assert stored["b"].duplicate_of == stored["a"].article_id
    assert [stored[name].duplicate_of for name in "acd"] == [None] * 3
    assert stored["d"].language == "es"
    rows = [*store.rows()]
    told = {name: [row for row in rows if row.article_id == stored[name].article_id] for name in "abcd"}
    assert not told["d"]
    assert {row.incident_id for row in told["b"]} == {row.incident_id for row in told["a"]}
    assert {row.event_id for row in told["b"]}.isdisjoint(row.event_id for row in told["a"])
    both = summarise([*told["a"], *told["b"]])
    assert (both.killed.low, both.killed.high) == (alone.killed.low, alone.killed.high)
    assert both.rows == 2 * alone.rows


@pytest.mark.parametrize("numbers", [((4, 4, 4), (9, 9, 9)), ((4, None, None), (9, 9, 9))])
def test_an_incident_that_two_articles_tell_counts_once(numbers: tuple[tuple[int | None, ...], ...]) -> None:
    rows = []
    for number, (low, best, high) in enumerate(numbers):
        (row,) = rows_of(make_article(number), str(number))
        rows.append(row.model_copy(update={
            "incident_id": "i", "status": "actual", "is_aggregate": False,
            "killed_low": low, "killed_best": best, "killed_high": high,
        }))  # fmt: skip
    killed = summarise(rows).killed
    assert (killed.told, killed.low, killed.high, killed.open) == (1, 4, 9, numbers[0][2] is None)


def test_extract_says_how_many_documents_are_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    kept = [*keep_articles([Article("Uno.", "a", language="es"), Article("Two.", "b", language="en")], tally)]
    report(tally)
    assert len(kept) == tally.read == 2
    assert capsys.readouterr().err == "1 of 2 documents are not in English: no rows are read from them\n"
    assert tally.exit_code == 0
