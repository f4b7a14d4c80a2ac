"""The parse cache: what is kept gives the same rows, what is damaged or gone is parsed again, and care of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable

from extractors.extractor import Extractor
from extractors.parses import MAGIC, name_text
from extractors.stages import FINDERS
from flows.block_files import FOLDER
from flows.parse_cache import ParseCache
from flows.parse_index import ParseIndex
from models.article import Article

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = (
    "KADUGLI (AFP) - Gunmen killed five soldiers in Kadugli on Monday, police said.",
    "A car bomb wounded at least 12 people near Ayn Dara, residents told reporters.",
    "The museum has a new wing.",
)


def make_articles(*texts: str) -> list[Article]:
    return [
        Article(text, f"doc-{n}", published=date(2026, 1 + n % 2, 3), language="en")
        for n, text in enumerate(texts)
    ]


ARTICLES = make_articles(*TEXTS)


def fill(
    location: str | Path, extractor: Extractor, articles: list[Article] = ARTICLES, run: str = "r1"
) -> list[str]:
    """Reads the articles into the cache; gives their rows."""
    cache = ParseCache(location, extractor.stages["parse"])
    cache.expect(articles, known=False)
    rows = read(extractor, articles, cache)
    ParseIndex(location).add(cache.flush(), NOW, run)
    assert cache.notes == []
    return rows


def read(extractor: Extractor, articles: list[Article], cache: ParseCache) -> list[str]:
    return [row.model_dump_json() for one in extractor.read(articles, cache, trace=True) for row in one.rows]


def warm(
    location: str | Path, extractor: Extractor, articles: list[Article] = ARTICLES
) -> tuple[list[str], ParseCache]:
    cache = ParseCache(location, extractor.stages["parse"])
    cache.expect(articles)
    return read(extractor, articles, cache), cache


def test_what_is_kept_gives_the_same_rows(tmp_path: Path, extractor: Extractor) -> None:
    rows = fill(tmp_path, extractor)
    again, cache = warm(tmp_path, extractor)
    assert again == rows
    assert len(rows) >= 2
    assert (cache.hits, cache.misses, cache.notes) == (2, 0, [])  # the museum is not worth parsing
    assert cache.flush() == []


def test_another_model_finds_nothing(tmp_path: Path, extractor: Extractor) -> None:
    fill(tmp_path, extractor)
    other = ParseCache(tmp_path, "another")
    other.expect(ARTICLES)
    assert other.get(TEXTS[0], extractor.pipeline.nlp.vocab) is None


DAMAGES = {
    "flipped": lambda data: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "of another version": lambda data: data.replace(MAGIC, b"dateline parses 9\n"),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_block_is_noted_and_its_texts_are_parsed_again(
    tmp_path: Path, extractor: Extractor, how: str
) -> None:
    rows = fill(tmp_path, extractor)
    (block,) = (tmp_path / FOLDER).iterdir()
    block.write_bytes(DAMAGES[how](block.read_bytes()))
    again, cache = warm(tmp_path, extractor)
    assert again == rows
    assert cache.hits == 0
    (note,) = cache.notes
    assert block.name in note


def test_a_parse_of_another_text_is_not_taken(tmp_path: Path, extractor: Extractor) -> None:
    model = extractor.stages["parse"]
    cache = ParseCache(tmp_path, model)
    (doc,) = extractor.pipeline.parse([TEXTS[0][:30]])
    cache.expect(ARTICLES[:1], known=False)
    cache.put(TEXTS[0], doc, {})  # as a fault of ours would
    ParseIndex(tmp_path).add(cache.flush(), NOW, "r1")
    again, found = warm(tmp_path, extractor, ARTICLES[:1])
    assert again
    assert "is of another text" in found.notes[0]


def test_where_no_block_can_be_written_reading_goes_on(tmp_path: Path, extractor: Extractor) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    cache = ParseCache(tmp_path, extractor.stages["parse"])
    cache.expect(ARTICLES, known=False)
    assert read(extractor, ARTICLES, cache)
    assert cache.flush() == []
    assert "no longer kept" in cache.notes[0]


def test_a_look_up_reads_the_files_of_its_months_alone(tmp_path: Path, extractor: Extractor) -> None:
    fill(tmp_path, extractor)
    index = ParseIndex(tmp_path)
    names = {name_text(text): "2026-01" for text in TEXTS}
    for path in DeltaTable(index.location).file_uris():
        if "month=2026-02" in path.replace("%3D", "="):
            Path(path.removeprefix("file://")).unlink()
    assert set(index.find(extractor.stages["parse"], names)) == {name_text(TEXTS[0])}


def recall(location: Path, extractor: Extractor, article: Article) -> set[str]:
    """The stages of which it is kept what they find in the article now."""
    (read,) = extractor.read([article], trace=True)
    cache = ParseCache(location, extractor.stages["parse"])
    cache.expect([article])
    assert cache.recall(article.text, read.found) == {}  # its parse was not asked for
    assert cache.get(article.text, extractor.pipeline.nlp.vocab)
    assert cache.recall(article.text, dict.fromkeys(FINDERS, "0" * 16)) == {}
    return set(cache.recall(article.text, read.found))


def test_what_was_found_is_kept_beside_the_parse(tmp_path: Path, extractor: Extractor) -> None:
    fill(tmp_path, extractor)
    for article in ARTICLES[:2]:
        assert recall(tmp_path, extractor, article) == set(FINDERS)


def read_late(location: Path, extractor: Extractor, article: Article, at: datetime) -> int:
    """Reads an article whose text may be kept, at that time; gives how often it was kept anew."""
    cache = ParseCache(location, extractor.stages["parse"])
    cache.expect([article])
    list(extractor.read([article], cache, trace=True))
    assert (cache.hits, cache.notes) == (1, [])
    return ParseIndex(location).add(cache.flush(), at, "r9")


def put_bare(location: Path, extractor: Extractor, at: datetime = NOW) -> None:
    """Keeps the parse of the first text without what was found in it, as earlier versions did."""
    (doc,) = extractor.pipeline.parse(TEXTS[:1])
    cache = ParseCache(location, extractor.stages["parse"])
    cache.expect(ARTICLES[:1], known=False)
    cache.put(TEXTS[0], doc, {})
    ParseIndex(location).add(cache.flush(), at, "r1")


def test_a_block_without_findings_is_written_again_with_them(tmp_path: Path, extractor: Extractor) -> None:
    """Whatever the clock of the worker said that wrote it: the newest is what the driver added last."""
    put_bare(tmp_path, extractor)
    (block,) = (tmp_path / FOLDER).iterdir()
    late = block.rename(block.with_name("20990101T000000-a.parses"))
    table = ParseIndex(tmp_path)
    table.add(
        [
            {
                "model": extractor.stages["parse"],
                "month": "2026-01",
                "text_sha": name_text(TEXTS[0]),
                "block": late.name,
            }
        ],
        NOW,
        "r2",
    )
    assert recall(tmp_path, extractor, ARTICLES[0]) == set()
    written = [read_late(tmp_path, extractor, ARTICLES[0], NOW + timedelta(days=day)) for day in (1, 2, 3)]
    assert written == [1, 0, 0]
    assert recall(tmp_path, extractor, ARTICLES[0]) == set(FINDERS)
    there = [path.name for path in (tmp_path / FOLDER).iterdir()]
    (line,) = table.newest(there).select("block").fetchall()
    assert line[0] not in {late.name, block.name}
    assert len(table.newest([late.name])) == 1
    assert len(table.newest([])) == 0


def test_a_block_that_is_gone_does_not_hide_an_older_one(tmp_path: Path, extractor: Extractor) -> None:
    fill(tmp_path, extractor)
    older = {path.name for path in (tmp_path / FOLDER).iterdir()}
    put_bare(tmp_path, extractor, NOW + timedelta(days=1))
    (newer,) = (path for path in (tmp_path / FOLDER).iterdir() if path.name not in older)
    newer.unlink()
    rows, cache = warm(tmp_path, extractor, ARTICLES[:1])
    assert (len(rows), cache.hits, cache.misses) == (1, 1, 0)
    assert newer.name in cache.notes[0]
    assert cache.flush() == []


def test_outlets_that_print_one_text_share_what_is_kept(tmp_path: Path, extractor: Extractor) -> None:
    """Each by its own country reads another Kingston; both stay known, and nothing is written twice."""
    text = "Gunmen killed five soldiers in Kingston on Monday, police said."
    here = Article(text, "a", url="https://news.example.au/1", published=date(2026, 1, 3), language="en")
    there = replace(here, doc_id="b", url="https://news.example.jm/1")
    found = [read.found["places"] for read in extractor.read([here, there], trace=True)]
    assert found[0] != found[1]
    for day, article in enumerate((here, there)):
        cache = ParseCache(tmp_path, extractor.stages["parse"])
        cache.expect([article], known=False)  # two nights
        list(extractor.read([article], cache, trace=True))
        ParseIndex(tmp_path).add(cache.flush(), NOW + timedelta(days=day), "r1")
    days = (NOW + timedelta(days=day) for day in range(2, 8))
    written = [
        read_late(tmp_path, extractor, article, day)
        for day, article in zip(days, (here, there) * 3, strict=True)
    ]
    assert written == [1, 0, 0, 0, 0, 0]
    assert recall(tmp_path, extractor, here) == recall(tmp_path, extractor, there) == set(FINDERS)
