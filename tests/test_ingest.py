"""The nightly run for real: a feed on loopback, a folder of pages, and everything that can go wrong."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors import load_extractor
from extractors.extractor import Extractor
from flows.archive import Archive
from flows.home import find_gazetteer
from flows.ingest import Work, find_receipt, find_store, ingest
from flows.store import Store
from models.errors import DatelineError, GazetteerError, SourceError, StoreError
from models.receipt import Receipt
from tests.nights import (
    count_conditional,
    feed_of,
    make_page,
    outcomes,
    publish,
    put,
    write_pages,
    write_sources,
)
from tests.servers import Site, serve

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(find_gazetteer())


def test_same_night_twice_stores_nothing_twice(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    publish(site, 1, 2, 3)
    write_pages(tmp_path / "saved", 10, 11)
    sources = write_sources(
        tmp_path, town=feed_of(site, minimum=2), saved={"kind": "folder", "path": "saved"}
    )
    home = tmp_path / "home"
    first = ingest(sources, home, allow_private=True, extractor=extractor)
    rows = list(Store(find_store(home)).rows())
    assert first.ok
    assert outcomes(first) == {"new": 5}
    assert first.rows == len(rows) > 0
    assert {row.run_id for row in rows} == {first.run_id}
    assert Receipt.model_validate_json(find_receipt(home, first.run_id).read_text()) == first

    second = ingest(sources, home, allow_private=True, extractor=extractor)
    store = Store(find_store(home))
    assert second.ok
    assert outcomes(second) == {"unchanged": 5}
    assert count_conditional(site) == 3
    assert list(store.rows()) == rows
    assert [(run.articles, run.rows) for run in store.runs()] == [(5, len(rows)), (0, 0)]


def test_new_text_of_a_page_is_a_new_article(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    publish(site, 1, 2)
    sources = write_sources(tmp_path, town=feed_of(site))
    ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    more = "A second blast wounded 9 soldiers on Tuesday, the army said."
    put(site, "/1.html", make_page(1, more).encode())
    again = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    assert outcomes(again) == {"new": 1, "unchanged": 1}
    rows = list(Store(find_store(tmp_path / "home")).rows())
    assert len({row.event_id for row in rows}) == len(rows)


def test_bad_items_are_counted_by_reason_and_the_rest_goes_on(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1, 2, extra=("/gone.html", "/secret/3.html", "/empty.html", "/big.html"))
    site.add("/robots.txt", b"User-agent: *\nDisallow: /secret/\n", content_type="text/plain")
    site.add("/empty.html")
    site.add("/big.html", b"<html>" + b"x" * (6 << 20))
    site.add("/page", make_page(7).encode())
    write_pages(tmp_path / "saved", 10)
    (tmp_path / "saved" / "binary.html").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "saved" / "huge.html").write_bytes(b"<p>x" * (2 << 20))
    sources = write_sources(
        tmp_path,
        town=feed_of(site),
        again=feed_of(site),
        page={"kind": "feed", "url": site.url("/page"), "host_delay": 0.0},
        dead={"kind": "feed", "url": "http://127.0.0.1:9/feed.xml"},
        saved={"kind": "folder", "path": "saved", "minimum": 5},
        sleeping={"kind": "feed", "url": "http://127.0.0.1:9/", "paused": True},
    )
    receipt = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    by_source = {count.source: count for count in receipt.sources}
    assert (by_source["town"].new, by_source["town"].blocked, by_source["town"].failed) == (2, 1, 3)
    assert by_source["again"].duplicate == by_source["again"].items == 6
    assert (by_source["saved"].new, by_source["saved"].failed) == (1, 2)
    assert "sleeping" not in by_source
    assert receipt.total.items == sum(receipt.outcomes.values())
    assert {"status_404", "robots", "empty", "too_large", "binary"} <= set(receipt.reasons)
    assert all("\n" not in failure.message for failure in receipt.failures)
    assert not receipt.ok
    assert [error.partition(":")[0] for error in receipt.errors] == ["page", "dead", "saved"]
    assert receipt.errors[-1] == "saved: 3 items, expected at least 5"


def test_pages_of_a_run_that_died_before_its_commit_are_not_lost(
    tmp_path: Path, site: Site, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, 1, 2)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(GazetteerError):
        ingest(sources, home, allow_private=True)
    assert Store(find_store(home)).runs() == []
    receipt = ingest(sources, home, allow_private=True, extractor=extractor)
    assert count_conditional(site) == 2  # the site sends nothing again, so the pages come out of the archive
    assert outcomes(receipt) == {"new": 2}


NIGHT = """
import sys
from pathlib import Path
from extractors import load_extractor
from flows.home import find_gazetteer
from flows.ingest import ingest
tell = lambda stage, done, total, note: print(stage, done, total, flush=True)
receipt = ingest(Path(sys.argv[1]), Path(sys.argv[2]), extractor=load_extractor(find_gazetteer()), progress=tell)
print(receipt.model_dump_json(), flush=True)
"""


def start_night(sources: Path, home: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", NIGHT, str(sources), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)


def await_stage(night: "subprocess.Popen[str]", stage: str) -> None:
    assert night.stdout is not None
    while not (line := night.stdout.readline()).startswith(stage):
        assert line, "the run ended before its time"


@pytest.mark.parametrize("stage", ["fetch", "extract"])
def test_kill_9_then_again_loses_and_doubles_nothing(
    tmp_path: Path, extractor: Extractor, stage: str
) -> None:
    write_pages(tmp_path / "saved", *range(80))
    sources, home = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"}), tmp_path / "home"
    with start_night(sources, home) as night:
        await_stage(night, stage)
        night.kill()
    assert Store(find_store(home)).runs() == []
    receipt = ingest(sources, home, extractor=extractor)
    assert outcomes(receipt) == {"new": 80}
    with Archive(home / "archive") as archive:
        assert len({record.url for record in archive.records()}) == 80
    assert not (home / "staging").exists()


def test_sigterm_keeps_what_is_done(tmp_path: Path, extractor: Extractor) -> None:
    write_pages(tmp_path / "saved", *range(140))
    sources, home = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"}), tmp_path / "home"
    with start_night(sources, home) as night:
        await_stage(night, "extract")
        night.send_signal(signal.SIGTERM)
        assert night.stdout is not None
        stopped = Receipt.model_validate_json(night.stdout.read().splitlines()[-1])
    assert night.returncode == 0
    assert stopped.stopped
    assert not stopped.ok
    assert stopped.total.new > 0
    assert stopped.total.left == 140 - stopped.total.new > 0
    rest = ingest(sources, home, extractor=extractor)
    assert outcomes(rest) == {"new": stopped.total.left, "unchanged": stopped.total.new}
    assert [run.complete for run in Store(find_store(home)).runs()] == [False, True]


def test_store_that_cannot_be_written_stops_the_run_before_it_asks_anybody(
    tmp_path: Path, site: Site
) -> None:
    publish(site, 1)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        ingest(write_sources(tmp_path, town=feed_of(site)), tmp_path / "file", allow_private=True)
    assert site.requests == []


def test_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "."})
    with Store(find_store(tmp_path / "home")).writing(), pytest.raises(StoreError, match="another run"):
        ingest(sources, tmp_path / "home")


def test_sources_that_are_not_valid_are_one_line(tmp_path: Path) -> None:
    sources = write_sources(tmp_path, odd={"kind": "carrier pigeon", "url": "x"})
    with pytest.raises(SourceError) as caught:
        ingest(sources, tmp_path / "home")
    assert "\n" not in str(caught.value)
    with pytest.raises(DatelineError):
        ingest(tmp_path / "none.toml", tmp_path / "home")


def test_stage_that_is_tried_again_counts_nothing_twice(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1, extra=("/gone.html",))
    sources = write_sources(tmp_path, town=feed_of(site))

    def run_twice(stage: str, work: Work) -> int:
        if stage in {"plan", "fetch"}:
            work()
        return work()

    receipt = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor, run=run_twice)
    assert outcomes(receipt) == {"new": 1, "failed": 1}
    assert (receipt.total.items, receipt.total.fetched, site.hits("/gone.html")) == (2, 1, 1)
