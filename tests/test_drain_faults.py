"""WARC sources from night to night: filters that change, files that grow, and stops."""

import gzip
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.ingest import ingest
from models.receipt import Receipt
from tests.crawls import capture, put_file, ranged, write_crawl
from tests.nights import outcomes, write_sources
from tests.servers import Site

Night = Callable[..., Receipt]


@pytest.fixture
def night(tmp_path: Path, extractor: Extractor) -> Night:
    """Runs one WARC source, as it is written now."""

    def run(**source: object) -> Receipt:
        sources = write_sources(tmp_path, crawl={"kind": "warc", **source})
        return ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)

    return run


def test_other_filters_find_what_was_passed_over(tmp_path: Path, night: Night) -> None:
    pages = [capture(1), capture(2, "other.example")]
    put_file(tmp_path, "a.warc.gz", write_crawl(pages))
    kept = {"path": "a.warc.gz", "domains": ["paper.example"]}
    assert [outcomes(night(**kept)) for _ in range(2)] == [{"new": 1}, {}]
    assert outcomes(night(path="a.warc.gz", domains=["other.example"])) == {"new": 1}
    assert outcomes(night(path="a.warc.gz")) == {"unchanged": 2}


def test_a_file_that_grows_is_read_to_its_end(tmp_path: Path, night: Night) -> None:
    data = write_crawl(map(capture, range(3)))
    put_file(tmp_path, "a.warc.gz", data)
    found = [outcomes(night(path="a.warc.gz", most=2))]
    for number in (3, 4):
        data += write_crawl([capture(number)])
        put_file(tmp_path, "a.warc.gz", data)
        found.append(outcomes(night(path="a.warc.gz", most=2)))
    assert found == [{"new": 2}, {"unchanged": 2, "new": 2}, {"unchanged": 4, "new": 1}]


def test_bytes_of_pages_are_told(tmp_path: Path, night: Night) -> None:
    put_file(tmp_path, "a.warc.gz", write_crawl([capture(1)]))
    assert night(path="a.warc.gz").total.bytes == len(capture(1)[1])


def test_a_stop_is_heard_while_the_server_of_a_file_is_waited_for(
    tmp_path: Path, night: Night, site: Site
) -> None:
    site.answers["/a.warc.gz"] = ranged(write_crawl([capture(1)]))
    site.answers["/b.warc.gz"] = ranged(write_crawl([capture(2)]))
    site.add("/all.paths", b"a.warc.gz\nb.warc.gz\n")
    later = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM))
    later.start()
    began = time.monotonic()
    receipt = night(url=site.url("/all.paths"), host_delay=60)
    later.join()
    assert (receipt.stopped, receipt.errors, receipt.failures) == (True, (), ())
    assert time.monotonic() - began < 30


def test_a_stop_is_heard_inside_a_member_of_many_pages(tmp_path: Path, extractor: Extractor) -> None:
    put_file(tmp_path, "a.warc.gz", gzip.compress(write_crawl(map(capture, range(9)), packed=False)))
    sources = write_sources(tmp_path, crawl={"kind": "warc", "path": "a.warc.gz"})

    def stop_at_third(stage: str, done: int, _total: int, _note: object = None) -> None:
        if (stage, done) == ("fetch", 3):
            os.kill(os.getpid(), signal.SIGTERM)

    home = tmp_path / "home"
    stopped = ingest(sources, home, extractor=extractor, progress=stop_at_third)
    assert (stopped.stopped, stopped.total.items) == (True, 3)
    assert outcomes(ingest(sources, home, extractor=extractor)) == {"new": 9}
