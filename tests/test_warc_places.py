"""Where the files of a WARC source stand: folders, object stores, the web in ranges."""

import gzip
import zlib
from datetime import date
from pathlib import Path

import fsspec
import pytest

import flows.remote_file as remote
from flows.memory import Place
from flows.warc_files import Opened, WarcFile, find_files, may_hold
from flows.warc_pages import Step, read_file, read_wanted
from models.errors import FetchError, SourceError
from models.source import Source
from tests.crawls import Capture, capture, put_file, ranged, urls, warc, write_crawl
from tests.fetching import make_fetcher
from tests.servers import Site


def names(files: list[WarcFile]) -> list[str]:
    return [file.name for file in files]


def test_paths_folders_and_patterns(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "sub/a.warc", "sub/c.warc.gz", "notes.txt"):
        put_file(tmp_path, f"crawls/{name}", b"x")
    fetcher = make_fetcher()
    assert names(find_files(warc(path="crawls/b.warc.gz"), fetcher, tmp_path)) == ["crawls/b.warc.gz"]
    every = ["crawls/b.warc.gz", "crawls/sub/a.warc", "crawls/sub/c.warc.gz"]
    assert names(find_files(warc(path="crawls"), fetcher, tmp_path)) == every
    assert (
        names(find_files(warc(path=str(tmp_path / "crawls" / "**" / "*.gz")), fetcher, tmp_path))
        == every[::2]
    )
    for wrong in ("none", "crawls/*.zip", "crawls/notes.txt/x"):
        with pytest.raises(SourceError, match="names no WARC file"):
            find_files(warc(path=wrong), fetcher, tmp_path)


def test_files_whose_names_tell_of_other_days_are_not_opened() -> None:
    name = "https://x.example/CC-NEWS-20240305101112-00017.warc.gz"
    assert may_hold(name, None, None)
    assert may_hold(name, date(2024, 3, 7), None)
    assert not may_hold(name, date(2024, 3, 8), None)
    assert not may_hold(name, None, date(2024, 3, 4))
    assert may_hold("crawl-99999999101112-1.warc.gz", date(2024, 3, 8), None)


def test_an_object_store_is_read_through_fsspec(tmp_path: Path) -> None:
    data = write_crawl(capture(n) for n in range(3))
    system = fsspec.filesystem("memory")
    for name in ("/news/1.warc.gz", "/news/2.warc.gz", "/news/readme"):
        system.pipe(name, data)
    source = Source(id="crawl", kind="warc", url="memory://news")
    files = find_files(source, make_fetcher(), tmp_path)
    assert names(files) == ["memory:///news/1.warc.gz", "memory:///news/2.warc.gz"]
    pattern = Source(id="crawl", kind="warc", url="memory://news/2*")
    assert names(find_files(pattern, make_fetcher(), tmp_path)) == ["memory:///news/2.warc.gz"]
    with files[0].open(None) as opened:
        steps = list(read_file(opened, "1", read_wanted(source)))
    half = [step for step in steps if isinstance(step, Place)][4]
    with files[0].open(half) as opened:
        assert opened.start == half.offset
        assert urls(list(read_file(opened, "1", read_wanted(source)))) == urls(steps)[2:]
    with files[0].open(half.model_copy(update={"version": "another"})) as opened:
        assert opened.start == 0


@pytest.mark.parametrize("url", ["memory://nothing/here", "carrier-pigeon://news/1.warc.gz"])
def test_an_address_that_names_nothing_is_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="crawl: ") as caught:
        find_files(Source(id="crawl", kind="warc", url=url), make_fetcher(), tmp_path)
    assert "\n" not in str(caught.value)


def open_web(site: Site, place: Place | None = None, path: str = "/x.warc.gz") -> tuple[list[Step], Opened]:
    source = Source(id="crawl", kind="warc", url=site.url(path))
    (file,) = find_files(source, make_fetcher(deadline=5.0), Path())
    with file.open(place) as opened:
        return list(read_file(opened, "x", read_wanted(source))), opened


def many(number: int = 6) -> list[Capture]:
    return [
        (url, body + b"%d" % n * 20000, day) for n, (url, body, day) in enumerate(map(capture, range(number)))
    ]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PIECE", 1000)  # so that a small file comes in many ranges


@pytest.mark.usefixtures("small_pieces")
def test_a_web_file_is_read_in_ranges_and_goes_on_at_the_offset(site: Site) -> None:
    data = write_crawl(many())
    site.answers["/x.warc.gz"] = ranged(data)
    steps, _ = open_web(site)
    assert len(urls(steps)) == 6
    half = [step for step in steps if isinstance(step, Place)][6]
    site.requests.clear()
    again, opened = open_web(site, half)
    assert urls(again) == urls(steps)[3:]
    assert (opened.start, opened.whole) == (half.offset, False)
    asked = [headers["range"] for _, headers in site.requests]
    assert asked[0] == f"bytes={half.offset - 1}-{half.offset + 998}"
    assert len(asked) == -(-(len(data) - half.offset + 1) // 1000)


def test_of_a_web_file_that_was_read_the_last_byte_tells_whether_it_is_the_same(site: Site) -> None:
    data = write_crawl(many(2))
    site.answers["/x.warc.gz"] = ranged(data)
    last = open_web(site)[0][-1]
    assert isinstance(last, Place)
    for place in (last, last.model_copy(update={"done": False})):
        assert open_web(site, place)[0] == [last]
    site.requests.clear()
    source = Source(id="crawl", kind="warc", url=site.url("/x.warc.gz"))
    (file,) = find_files(source, make_fetcher(), Path())
    with file.open(last) as opened:
        assert opened.version == last.version
    assert [headers["range"].partition("-")[0] for _, headers in site.requests] == [f"bytes={len(data) - 1}"]


@pytest.mark.usefixtures("small_pieces")
def test_a_range_that_breaks_off_is_asked_for_again(site: Site) -> None:
    data, failed = write_crawl(many()), list[int]()

    def fail(start: int) -> bool:
        failed.append(start)
        return start == 3000 and failed.count(3000) < 2

    site.answers["/x.warc.gz"] = ranged(data, fail=fail)
    assert len(urls(open_web(site)[0])) == 6
    assert failed.count(3000) == 2


def test_a_server_without_ranges_is_read_from_the_beginning_and_told_of(site: Site) -> None:
    data = write_crawl(many())
    site.add("/x.warc.gz", data, content_type="application/gzip", etag='"1"')
    steps, opened = open_web(site)
    assert len(urls(steps)) == 6
    assert not opened.whole
    half = [step for step in steps if isinstance(step, Place)][6]
    again, opened = open_web(site, half)
    assert urls(again) == urls(steps)[3:]
    assert opened.whole


@pytest.mark.usefixtures("small_pieces")
def test_a_file_that_is_another_one_now_is_read_from_its_beginning(site: Site) -> None:
    site.answers["/x.warc.gz"] = ranged(write_crawl(many()))
    steps, _ = open_web(site)
    half, last = (
        step
        for n, step in enumerate(s for s in steps if isinstance(s, Place))
        if n in (6, len(urls(steps)) * 2 + 1)
    )
    site.answers["/x.warc.gz"] = ranged(write_crawl(many(8)), etag='"2"')
    for place in (half, last.model_copy(update={"done": True})):
        again, opened = open_web(site, place)
        assert opened.start == 0
        assert len(urls(again)) == 8


@pytest.mark.usefixtures("small_pieces")
def test_a_file_that_changes_while_it_is_read_is_typed(site: Site) -> None:
    data = write_crawl(many())

    def answer(handler: "object") -> None:
        ranged(data, etag=f'"{len(site.requests) > 3}"')(handler)  # type: ignore[arg-type]

    site.answers["/x.warc.gz"] = answer
    with pytest.raises(FetchError) as caught:
        open_web(site)
    assert caught.value.reason == "changed"


WRONG = {
    "missing": ({"status": 404}, "status_404"),
    "forbidden": ({"status": 403}, "status_403"),
    "another range": ({"status": 206, "content_range": "bytes 5-9/100"}, "protocol"),
    "no range told": ({"status": 206}, "protocol"),
    "range cut short": ({"status": 206, "content_range": "bytes 0-99/100", "body": b"x" * 5}, "truncated"),
    "redirect to a file": ({"status": 302, "location": "file:///etc/passwd"}, "scheme"),
    "redirects in a circle": ({"status": 302, "location": "/x.warc.gz"}, "redirect_loop"),
}


@pytest.mark.parametrize(("answer", "reason"), WRONG.values(), ids=WRONG.keys())
def test_wrong_answers_are_typed(answer: dict[str, object], reason: str, site: Site) -> None:
    site.add("/x.warc.gz", **answer)  # type: ignore[arg-type]
    with pytest.raises(FetchError) as caught:
        open_web(site)
    assert caught.value.reason == reason


def test_a_list_of_common_crawls_kind(site: Site) -> None:
    body = gzip.compress(
        b"crawl-data/CC-NEWS-20240301000000-00001.warc.gz\ncrawl-data/CC-NEWS-20240320000000-00002.warc.gz\n"
    )
    site.answers["/a/b/warc.paths.gz"] = ranged(body)
    source = Source(id="news", kind="warc", url=site.url("/a/b/warc.paths.gz"), since=date(2024, 3, 10))
    (file,) = find_files(source, make_fetcher(), Path())
    assert file.name == site.url("/crawl-data/CC-NEWS-20240320000000-00002.warc.gz")
    assert file.fixed
    site.answers["/a/b/warc.paths.gz"] = ranged(zlib.compress(b"nonsense"))
    with pytest.raises(SourceError, match="is no list"):
        find_files(source, make_fetcher(), Path())
