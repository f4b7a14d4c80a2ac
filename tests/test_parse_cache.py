"""The parse cache: what is kept gives the same rows, what is damaged or gone is parsed again, and care of it."""

from datetime import UTC, date, datetime
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


def test_what_was_found_is_kept_beside_the_parse(tmp_path: Path, extractor: Extractor) -> None:
    fill(tmp_path, extractor)
    cache = ParseCache(tmp_path, extractor.stages["parse"])
    cache.expect(ARTICLES)
    reads = list(extractor.read(ARTICLES, trace=True))
    for article, one in zip(ARTICLES[:2], reads, strict=False):
        assert set(cache.recall(article.text, one.found)) == set(FINDERS)
        assert cache.recall(article.text, dict.fromkeys(FINDERS, "0" * 16)) == {}
    assert cache.recall(TEXTS[2], reads[2].found) == {}


def test_a_block_without_findings_is_written_again_with_them(tmp_path: Path, extractor: Extractor) -> None:
    """As earlier versions left them."""
    model, (doc,) = extractor.stages["parse"], extractor.pipeline.parse(TEXTS[:1])
    cache = ParseCache(tmp_path, model)
    cache.expect(ARTICLES[:1], known=False)
    cache.put(TEXTS[0], doc, {})
    ParseIndex(tmp_path).add(cache.flush(), NOW, "r1")
    (old,) = (tmp_path / FOLDER).iterdir()
    for moment, written in (("20990101T000000", 1), ("20990102T000000", 0)):
        rows, found = warm(tmp_path, extractor, ARTICLES[:1])
        lines = found.flush()
        assert (len(rows), found.hits, len(lines)) == (1, 1, written)
        for line in lines:  # as if it were written later: names tell seconds
            (tmp_path / FOLDER / line["block"]).rename(tmp_path / FOLDER / f"{moment}-a.parses")
            line["block"] = f"{moment}-a.parses"
        ParseIndex(tmp_path).add(lines, NOW, "r2")
    names = {name_text(TEXTS[0]): "2026-01"}
    assert ParseIndex(tmp_path).find(model, names) != {name_text(TEXTS[0]): old.name}
    assert len(ParseIndex(tmp_path).scan()) == 2
    assert len(ParseIndex(tmp_path).newest()) == 1
