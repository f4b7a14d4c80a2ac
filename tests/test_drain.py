"""The nightly run over WARC sources: nothing is lost, nothing is stored twice, wherever it ends."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

import flows.remote_file as remote
from extractors.extractor import Extractor
from flows import fetch
from flows.archive import Archive
from flows.ingest import Work, ingest
from models.errors import GazetteerError
from models.receipt import Receipt
from tests.crawls import capture, put_file, ranged, write_crawl
from tests.nights import outcomes, write_sources
from tests.servers import Site

Run = Callable[[Path], Receipt]


@pytest.fixture
def night(tmp_path: Path, extractor: Extractor) -> Run:
    """Runs the sources of a file in one home."""

    def run(sources: Path) -> Receipt:
        return ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)

    return run


def count_records(home: Path) -> int:
    with Archive(home / "archive", read_only=True) as archive:
        return len(list(archive.records()))


def test_pages_come_into_the_archive_and_the_tables_once(tmp_path: Path, night: Run) -> None:
    pages = [capture(1), capture(2, "www.paper.example"), capture(3, "other.example")]
    put_file(tmp_path, "crawl/a.warc.gz", write_crawl(pages))
    crawl = {
        "kind": "warc",
        "path": "crawl",
        "domains": ["paper.example"],
        "publisher": "The Paper",
        "minimum": 1,
    }
    sources = write_sources(tmp_path, crawl=crawl)
    first = night(sources)
    assert first.ok, (first.errors, first.failures)
    assert (outcomes(first), first.total.items) == ({"new": 2}, 2)
    assert first.rows > 0
    sources = write_sources(tmp_path, crawl={**crawl, "minimum": 0})
    assert outcomes(night(sources)) == {}  # the file's end is remembered
    put_file(tmp_path, "crawl/b.warc.gz", write_crawl([*pages, capture(4)]))
    third = night(sources)
    assert outcomes(third) == {"unchanged": 2, "new": 1}
    assert count_records(tmp_path / "home") == 3


def test_a_run_takes_so_many_pages_and_the_next_goes_on(tmp_path: Path, night: Run) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl(capture(n) for n in range(3)))
    sources = write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz", "most": 2})
    assert [outcomes(night(sources)).get("new", 0) for _ in range(3)] == [2, 1, 0]
    assert count_records(tmp_path / "home") == 3


def test_a_run_that_dies_before_its_commit_is_done_again_without_doubles(
    tmp_path: Path, night: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl(capture(n) for n in range(3)))
    sources = write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz"})
    with monkeypatch.context() as patched:
        patched.setenv("DATELINE_HOME", str(tmp_path / "nowhere"))
        with pytest.raises(GazetteerError):
            ingest(sources, tmp_path / "home")
    assert count_records(tmp_path / "home") == 3
    assert outcomes(night(sources)) == {"new": 3}
    assert count_records(tmp_path / "home") == 3


def test_a_stage_that_is_tried_again_takes_nothing_twice(tmp_path: Path, extractor: Extractor) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl(capture(n) for n in range(3)))
    sources = write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz"})

    def run_twice(stage: str, work: Work) -> int:
        if stage in {"plan", "fetch"}:
            work()
        return work()

    receipt = ingest(sources, tmp_path / "home", extractor=extractor, run=run_twice)
    assert (outcomes(receipt), receipt.total.items) == ({"new": 3}, 3)


def test_a_stop_in_the_middle_keeps_what_is_read_and_the_next_run_reads_the_rest(
    tmp_path: Path, night: Run, extractor: Extractor
) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl(capture(n) for n in range(6)))
    sources = write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz"})

    def stop_at_third(stage: str, done: int, _total: int, _note: object = None) -> None:
        if (stage, done) == ("fetch", 3):
            os.kill(os.getpid(), signal.SIGTERM)

    stopped = ingest(sources, tmp_path / "home", extractor=extractor, progress=stop_at_third)
    assert stopped.stopped
    assert (stopped.total.items, stopped.total.left) == (3, 3)
    assert count_records(tmp_path / "home") == 3
    assert outcomes(night(sources)) == {"new": 6}
    assert count_records(tmp_path / "home") == 6


def test_versions_of_a_page_are_kept_and_doubles_counted(tmp_path: Path, night: Run) -> None:
    url, body, day = capture(1)
    more = body.replace(b"long line", b"long line that grew")
    put_file(tmp_path, "a.warc.gz", write_crawl([(url, body, day), (url, more, day), (url, body, day)]))
    receipt = night(write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz"}))
    assert outcomes(receipt) == {"new": 2, "duplicate": 1}
    assert count_records(tmp_path / "home") == 2


def test_damage_stands_in_the_receipt_and_the_rest_is_read(tmp_path: Path, night: Run) -> None:
    data = bytearray(write_crawl(capture(n) for n in range(4)))
    data[len(data) // 2] ^= 0xFF
    put_file(tmp_path, "a.warc.gz", bytes(data))
    receipt = night(write_sources(tmp_path, crawl={"kind": "warc", "path": "*.warc.gz"}))
    assert receipt.total.new >= 3
    assert receipt.reasons == {"damaged": 1}
    assert receipt.total.items == sum(receipt.outcomes.values())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"path": "none"}, "none names no WARC file"),
        ({"path": "a.warc.gz", "domains": ["co.uk"]}, "'domains' has 'co.uk'"),
        ({"url": "nothing://x/a.warc.gz"}, "cannot be read"),
        ({"url": "http://127.0.0.1:9/a.warc.gz"}, "no connection"),
    ],
    ids=["no file", "no domain", "no such system", "no server"],
)
def test_a_source_that_cannot_be_read_is_an_error_of_one_line(
    source: dict[str, object], words: str, tmp_path: Path, night: Run
) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl([capture(1)]))
    receipt = night(write_sources(tmp_path, crawl={"kind": "warc", **source}))
    (error,) = receipt.errors
    assert error.startswith("crawl: ")
    assert words in error


def test_a_web_file_that_breaks_off_keeps_what_came_and_goes_on_there(
    tmp_path: Path, night: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PIECE", 2000)  # each waits for its turn
    monkeypatch.setattr(fetch, "RETRIES", 0)
    data = write_crawl(capture(n) for n in range(8))
    middle = 4000
    site.answers["/a.warc.gz"] = ranged(data, fail=lambda start: start >= middle)
    crawl = {"kind": "warc", "url": site.url("/a.warc.gz"), "host_delay": 0}
    sources = write_sources(tmp_path, crawl=crawl)
    first = night(sources)
    assert 0 < first.total.new < 8
    assert [failure.reason for failure in first.failures] == ["truncated"]
    assert not first.ok
    site.requests.clear()
    site.answers["/a.warc.gz"] = ranged(data)
    second = night(sources)
    assert second.ok
    assert outcomes(second) == {"new": 8 - first.total.new}
    starts = [int(headers["range"].partition("=")[2].partition("-")[0]) for _, headers in site.requests]
    assert min(starts) > 2000  # not from the beginning


def test_a_server_without_ranges_is_told_of_in_the_receipt(tmp_path: Path, night: Run, site: Site) -> None:
    data = write_crawl(capture(n) for n in range(4))
    site.add("/a.warc.gz", data, content_type="application/gzip", etag='"1"')
    sources = write_sources(tmp_path, crawl={"kind": "warc", "url": site.url("/a.warc.gz"), "most": 2})
    assert outcomes(night(sources)) == {"new": 2}
    second = night(sources)
    assert outcomes(second) == {"new": 2}
    (note,) = second.notes
    assert note.startswith(f"crawl: {site.url('/a.warc.gz')}: the server sends no ranges")
    assert (second.failures, second.ok) == ((), True)
