"""WARC files that end in no good way: none is taken for read, and none ends the night."""

import gzip
import io
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import fsspec
import pytest

import flows.warc_stream
from flows.fetched import Fetched
from flows.memory import Place
from flows.object_stores import list_faults
from flows.warc_files import Opened, find_files, open_stored
from flows.warc_members import Damage
from flows.warc_pages import Step, read_file, read_wanted
from flows.warc_stream import Window, take_member
from models.errors import FetchError, SourceError
from tests.crawls import capture, faults, ranged, urls, warc, write_crawl
from tests.fetching import make_fetcher
from tests.servers import Site, reply


def read(data: bytes) -> list[Step]:
    return list(read_file(Opened(io.BytesIO(data), 0, "v"), "x.warc.gz", read_wanted(warc())))


def write_large(first: int, number: int) -> bytes:
    return gzip.compress(write_crawl(map(capture, range(first, first + number)), packed=False), 1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.warc_stream, "LARGEST", 10_000)  # so that a few pages are a large member


@pytest.mark.usefixtures("small")
def test_what_stands_behind_a_large_first_member_is_read() -> None:
    large, data = write_large(0, 20), write_crawl(capture(n) for n in range(20, 23))
    steps = read(large + data)
    assert [faults(steps), len(urls(steps))] == [[], 23]
    places = [step.offset for step in steps if isinstance(step, Place)]
    assert (places[0], places[-1]) == (len(large), len(large + data))


@pytest.mark.usefixtures("small")
def test_damage_in_a_large_first_member_costs_no_page_behind_it() -> None:
    large, data = bytearray(write_large(0, 20)), write_crawl(capture(n) for n in range(20, 23))
    large[len(large) // 2 : len(large) // 2 + 200] = b"\xff" * 200
    steps = read(bytes(large) + data)
    assert faults(steps)
    assert urls(steps)[-3:] == [f"paper.example/{n}.html" for n in (20, 21, 22)]


@pytest.mark.usefixtures("small")
def test_a_member_that_is_long_and_holds_nothing_is_not_held() -> None:
    head = gzip.compress(b"", 0)[:10]  # then blocks without content, and no end
    window = Window(io.BytesIO(head + b"\x00\x00\x00\xff\xff" * 2**18))
    found = take_member(window)
    assert isinstance(found, Damage)
    assert found.reason.startswith("more than")
    assert len(window.data) < 2**18


def answer_then(site: Site, second: dict[str, object]) -> None:
    """A server without ranges, whose second answer is another one."""
    data = write_crawl(map(capture, range(3)))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole = {"body": data, "status": 200, "etag": '"1"'}
        reply(handler, **(second if site.hits("/x.warc.gz") > 1 else whole))  # type: ignore[arg-type]

    site.answers["/x.warc.gz"] = answer


@pytest.mark.parametrize(
    ("second", "reason"),
    [({"body": b"busy", "status": 503}, "status_503"), ({"body": b"x", "etag": '"2"'}, "changed")],
    ids=["busy", "changed"],
)
def test_what_a_busy_server_says_is_not_read_as_the_file(
    second: dict[str, object], reason: str, site: Site
) -> None:
    answer_then(site, second)
    source = warc(path=None, url=site.url("/x.warc.gz"))
    (file,) = find_files(source, make_fetcher(), Path())
    with file.open(None) as opened, pytest.raises(FetchError) as caught:
        assert not [one for one in read_file(opened, "x", read_wanted(source)) if isinstance(one, Fetched)]
    assert caught.value.reason == reason


def test_a_pattern_that_is_none_is_typed(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="crawl: x/"):
        find_files(warc(path="x/**.warc.gz"), make_fetcher(), tmp_path)


class DeadStore:
    """A store that lists a file and then is gone, before it is opened or in the middle."""

    def __init__(self, error: Exception, *, opens: bool) -> None:
        self.error = error
        self.opens = opens

    def info(self, _name: str) -> dict[str, object]:
        if self.opens:
            return {"size": 9}
        raise self.error

    def open(self, _name: str, _mode: str) -> "DeadStore":
        return self

    def seek(self, _place: int) -> None:
        return

    def close(self) -> None:
        return

    def read(self, _size: int) -> bytes:
        raise self.error


@pytest.mark.parametrize("opens", [False, True], ids=["opened", "read"])
@pytest.mark.parametrize("fault", list_faults())
def test_a_store_that_is_gone_is_typed(fault: type[Exception], opens: bool) -> None:
    error = fault({}, "GetObject") if fault.__name__ == "ClientError" else fault()
    opening = open_stored(DeadStore(error, opens=opens), "bucket/x.warc.gz")
    with pytest.raises(SourceError, match=r"bucket/x\.warc\.gz cannot be read"), opening(None) as opened:
        list(read_file(opened, "x", read_wanted(warc())))


def test_a_store_that_cannot_be_asked_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    told = {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "ENDPOINT_URL": "http://127.0.0.1:9"}
    for name, value in {**told, "MAX_ATTEMPTS": "1", "EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with pytest.raises(SourceError, match="crawl: s3://no-such-place/x"):
        find_files(warc(path=None, url="s3://no-such-place/x.warc.gz"), make_fetcher(), Path())
    fsspec.get_filesystem_class(
        "s3"
    ).clear_instance_cache()  # else it answers the next test from this endpoint


def test_the_traffic_of_a_file_is_counted_with_its_bytes(site: Site) -> None:
    data = write_crawl(map(capture, range(3)))
    site.answers["/x.warc.gz"], fetcher = ranged(data), make_fetcher()
    (file,) = find_files(warc(path=None, url=site.url("/x.warc.gz")), fetcher, Path())
    with file.open(None) as opened:
        list(read_file(opened, "x", read_wanted(warc())))
    total = fetcher.traffic.total
    assert (total.requests, total.failed, total.bytes) == (len(site.requests), 0, len(data))
