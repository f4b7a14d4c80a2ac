"""What a night keeps for later runs: parses, what the finders found, its stages and its lexicons."""

import json
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from extractors.stages import name_files
from flows.ingest import find_store, ingest
from flows.parse_cache import ParseCache
from flows.parse_care import ParseCare
from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.store import Store
from models.receipt import Receipt
from models.scope import Scope
from tests.nights import write_pages, write_sources


def test_the_first_re_run_finds_all_that_the_night_read(tmp_path: Path, extractor: Extractor) -> None:
    write_pages(tmp_path / "saved", 10, 11, 12)
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    home = tmp_path / "home"
    receipt = ingest(sources, home, extractor=extractor)
    assert receipt.ok
    assert receipt.notes == ()

    store = Store(find_store(home))
    (run,) = store.runs()
    assert run.stages == extractor.stages
    for digest in name_files(run.stages).values():
        assert store.read_lexicon(digest)

    ids = [row[0] for row in store.plan_articles().select("article_id").fetchall()]
    stored = store.read_articles("2024-03", ids)
    assert len(stored) == 3
    assert {one.origin.reader for one in stored} == {extractor.stages["reader"]}
    cache = ParseCache(store.location, extractor.stages["parse"])
    cache.expect(one.article for one in stored)
    again = list(extractor.read((one.article for one in stored), cache, trace=True))
    assert (cache.hits, cache.misses) == (3, 0)
    found = dict(store.last_readings().select("article_id", "findings").fetchall())
    assert {one.article.article_id: dict(one.found) for one in again} == {
        name: json.loads(findings) for name, findings in found.items()
    }
    assert [row.event_id for one in again for row in one.rows]
    state = ParseCare(store).look()
    assert (state.covered, state.worth, state.strays) == (3, 3, 0)


def test_a_night_of_many_batches_is_found_whole(
    tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.harvest.BATCH", 1)  # else a night of 65 pages would be needed to see it
    write_pages(tmp_path / "saved", 10, 11, 12)
    home = tmp_path / "home"
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    assert ingest(sources, home, extractor=extractor).ok
    receipt = reextract(home, Asked(Scope(), force=True))
    assert isinstance(receipt, Receipt)
    assert receipt.again
    assert receipt.again.ways["read"] == 3
    assert receipt.again.parsed == 0
    state = ParseCare(Store(find_store(home))).look()
    assert (state.covered, state.worth, state.models[0].texts) == (3, 3, 3)


def test_parses_can_be_left_unkept(
    tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PARSES", "off")
    write_pages(tmp_path / "saved", 10)
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    home = tmp_path / "home"
    assert ingest(sources, home, extractor=extractor).rows > 0
    state = ParseCare(Store(find_store(home))).look()
    assert (state.models, state.strays, state.covered, state.worth) == ((), 0, 0, 1)
