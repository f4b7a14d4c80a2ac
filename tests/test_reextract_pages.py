"""Pages read again out of the archive by another reader: new texts, copies, and pages that cannot be read any more."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from extractors.extractor import Extractor
from flows.archive import Archive
from flows.lines import Origin
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_estimate import estimate
from flows.reextract_start import Asked
from flows.reextractions import Command, finish
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.receipt import Receipt
from models.scope import Scope
from tests.nights import make_page
from tests.reextraction import MORE, age_home, fill_home, make_run, rows_of, run_again

PAGES = {
    "a": make_page(1, MORE),
    "b": make_page(1, MORE).replace("<article>", "<article><p>With reports from our agency.</p>"),
    "c": make_page(2, MORE),
    "d": make_page(3, MORE),
    "e": make_page(4, MORE),
}
EMPTY = "<html><head><title>Gone</title></head><body></body></html>"
OLD = "Share this story\n"  # what the older reader left in each text


@pytest.fixture(scope="module")
def homes(
    tmp_path_factory: pytest.TempPathFactory, extractor: Extractor
) -> tuple[Path, Path, dict[str, str]]:
    """A home as today's reader fills it; one with the same archive that an older reader filled; its ids."""
    folder = tmp_path_factory.mktemp("pages")
    home = fill_home(folder, PAGES, extractor)
    ids = age_home(home, folder / "older", extractor, lambda one: replace(one, text=OLD + one.text))
    return home, folder / "older", ids


def read_again(home: Path, **more: object) -> Receipt:
    found = reextract(home, Asked(Scope.model_validate(more)))
    assert isinstance(found, Receipt)
    return found


def find(home: Path, name: str) -> Article:
    (line,) = Store(find_store(home)).versions(f"file:///saved/{name}.html")[-1:]
    return line.article


def test_pages_give_what_a_night_gives_today_and_copies_stay_copies(
    homes: tuple[Path, Path, dict[str, str]],
) -> None:
    home, older, ids = homes
    assert rows_of(older) != rows_of(home)
    receipt = read_again(older)
    assert receipt.ok, receipt
    assert receipt.again
    assert (receipt.again.pages, receipt.again.articles) == (5, 5)
    before = rows_of(older)
    assert rows_of(older, receipt.run_id) == rows_of(home)
    assert rows_of(older) == before  # a candidate changes nothing
    store = Store(find_store(older))
    store.promote(receipt.run_id)
    assert rows_of(older) == rows_of(home)
    copy, first = find(older, "b"), find(older, "a")
    assert copy.duplicate_of == first.article_id == find(home, "a").article_id
    assert copy.publisher == "The Ford Post"  # what only the source knew
    assert {row.article_id for row in store.rows()}.isdisjoint(ids.values())
    assert "nothing can have changed" in str(reextract(older, Asked(Scope())))
    read = read_again_pages(older)
    assert read.again
    assert (read.again.pages, read.again.carried) == (0, 5)  # the texts are today's: nothing else to do


def read_again_pages(home: Path) -> Receipt:
    found = reextract(home, Asked(Scope(), pages=True))
    assert isinstance(found, Receipt)
    return found


def test_pages_that_cannot_be_read_keep_their_articles_and_are_counted(
    homes: tuple[Path, Path, dict[str, str]], tmp_path: Path, extractor: Extractor
) -> None:
    home = tmp_path / "home"
    age_home(homes[0], home, extractor, lambda one: replace(one, text=OLD + one.text))
    with Archive(home / "archive", read_only=True) as archive:
        record = archive.find("file:///saved/d.html")
        assert record
    file = home / "archive" / record.file
    whole = file.read_bytes()
    data = bytearray(whole)
    middle = record.offset + record.length // 2
    data[middle : middle + 40] = bytes(40)
    file.write_bytes(data)
    stored = {name: find(home, name) for name in "abcde"}
    receipt = read_again(home)
    assert not receipt.ok
    assert receipt.reasons == {"archive": 1}
    assert [failure.item for failure in receipt.failures] == ["file:///saved/d.html"]
    assert receipt.errors[0].startswith("1 page cannot be read out of the archive; `dateline archive verify`")
    assert receipt.failures[0].item in receipt.failures[0].message
    assert receipt.again
    assert (receipt.again.pages, receipt.again.failed, receipt.again.articles) == (4, 1, 5)
    store = Store(find_store(home))
    seen = {row.article_id for row in store.view(receipt.run_id).rows()}
    kept = seen & {one.article_id for one in stored.values()}
    assert kept == {stored["d"].article_id}
    again = read_again(home)  # no twin: the page is tried again, and here it is mended
    assert again.run_id != receipt.run_id
    store.promote(again.run_id)
    file.write_bytes(whole)
    mended = read_again(home)
    assert mended.ok
    assert mended.again
    assert (mended.again.pages, mended.again.failed, mended.again.carried) == (1, 0, 4)


def test_a_run_that_could_read_no_page_is_not_stored_and_is_tried_again(
    homes: tuple[Path, Path, dict[str, str]], tmp_path: Path, extractor: Extractor
) -> None:
    home = tmp_path / "home"
    age_home(homes[0], home, extractor, lambda one: replace(one, text=OLD + one.text))
    (file,) = (home / "archive").rglob("*.warc.gz")
    away = file.rename(tmp_path / "away")
    lost = read_again_pages(home)
    assert (lost.ok, lost.stopped, lost.articles, lost.reasons) == (False, False, 0, {"archive": 5})
    assert sorted(one.message.partition(": ")[0] for one in lost.failures) == [
        f"file:///saved/{name}.html" for name in "abcde"
    ]
    assert len(Store(find_store(home)).runs()) == 1
    away.rename(file)
    found = read_again_pages(home)
    assert (found.run_id, found.ok, found.articles) == (lost.run_id, True, 5)


def test_a_page_that_gives_no_article_any_more_is_an_error_and_keeps_the_run_a_candidate(
    homes: tuple[Path, Path, dict[str, str]],
    tmp_path: Path,
    extractor: Extractor,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = fill_home(tmp_path, {"a": PAGES["a"], "empty": EMPTY}, extractor)
    with Archive(home / "archive", read_only=True) as archive:
        record = archive.find("file:///saved/empty.html")
        assert record
    text = "Gunmen killed four traders near Kesh on Monday, police said."
    article = Article(text, "x1", published=datetime(2024, 3, 5, tzinfo=UTC), language="en")
    run = make_run("20270305T130000Z-aaaa", "ingest", stages=extractor.stages)
    store = Store(find_store(home))
    with store.writing(run.run_id), Staging(tmp_path / "staged", run.run_id) as staged:
        staged.add(article, (), Origin("saved", record.url, record.digest, record.fetched_at), {})
        store.commit(run, staged)
    receipt, again = run_again(home, Asked(Scope(), pages=True))
    assert (receipt.ok, again.failed, again.done) == (False, 1, 1)
    assert receipt.errors == ("1 page gave no article any more (no_text 1); what is stored of them stays",)
    assert record.url in receipt.failures[0].message
    assert finish(Command(Scope(), promote=True), store, receipt) == 1
    assert capsys.readouterr().out.startswith("not promoted, since not all went well: look at the errors\n")
    current = store.current()
    assert current
    assert current.run_id == run.run_id


def test_an_article_without_a_page_is_read_as_it_is_stored_and_is_no_failure(
    homes: tuple[Path, Path, dict[str, str]], tmp_path: Path, extractor: Extractor
) -> None:
    copytree(homes[0] / "archive", tmp_path / "archive")
    text = "Gunmen killed four traders near Kesh on Monday, police said."
    article = Article(text, "x1", published=datetime(2024, 3, 5, tzinfo=UTC), language="en")
    run = make_run("20240305T130000Z-aaaa", "ingest", stages=extractor.stages)
    Store(find_store(tmp_path)).commit_run(run, [article], [])
    asked = Asked(Scope(), pages=True, force=True)
    assert estimate(tmp_path, asked, 1).needs == {"read": 1}
    receipt, again = run_again(tmp_path, asked)
    assert (receipt.ok, receipt.errors, receipt.failures) == (True, (), ())
    assert (again.failed, again.parsed, again.rows) == (0, 1, 1)
