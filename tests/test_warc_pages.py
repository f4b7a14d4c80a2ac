"""WARC files as sources: which pages are wanted, from where on, and what damage costs."""

import gzip
import io
import random
import resource
import zlib
from datetime import date
from pathlib import Path

import fsspec
import pytest

import flows.remote_file as remote
from flows.fetched import Fetched
from flows.memory import Place
from flows.warc_files import Opened, WarcFile, find_files, may_hold
from flows.warc_members import Damage, Member, read_members
from flows.warc_pages import Step, read_file, read_wanted
from flows.warc_stream import Window, skip_damage, take_member
from models.errors import ArchiveError, FetchError, SourceError
from models.source import Source
from tests.crawls import Capture, capture, put_file, ranged, write_crawl
from tests.fetching import make_fetcher
from tests.nights import make_page
from tests.servers import Site


def warc(**more: object) -> Source:
    return Source.model_validate({"id": "crawl", "kind": "warc", "path": "x", **more})


def read(data: bytes, start: int = 0, **more: object) -> list[Step]:
    stream = io.BytesIO(data)
    stream.seek(start)
    return list(read_file(Opened(stream, start, "v"), "x.warc.gz", read_wanted(warc(**more))))


def urls(steps: list[Step]) -> list[str]:
    return [step.url.removeprefix("https://") for step in steps if isinstance(step, Fetched)]


def faults(steps: list[Step]) -> list[str]:
    return [str(step) for step in steps if isinstance(step, ArchiveError)]


HOSTS = (
    "www.paper.co.uk",
    "paper.co.uk",
    "live.paper.co.uk",
    "other.co.uk",
    "notpaper.co.uk",
    "paper.co.uk.example",
)


def test_pages_are_chosen_by_registered_domain() -> None:
    data = write_crawl(capture(n, host) for n, host in enumerate(HOSTS))
    assert urls(read(data, domains=["www.paper.co.uk"])) == [
        f"{host}/{n}.html" for n, host in enumerate(HOSTS[:3])
    ]
    assert len(urls(read(data, domains=["paper.co.uk", "other.co.uk"]))) == 4
    assert len(urls(read(data))) == 6


@pytest.mark.parametrize("domain", ["co.uk", "uk", "paper", "https://paper.example/x", ""])
def test_what_no_site_owns_is_no_domain(domain: str) -> None:
    with pytest.raises(SourceError, match="crawl: 'domains' has"):
        read_wanted(warc(domains=[domain]))


def test_pages_are_chosen_by_day() -> None:
    data = write_crawl(capture(n, day=f"2024-03-0{n}") for n in range(1, 7))
    days = {"since": date(2024, 3, 2), "until": date(2024, 3, 4)}
    assert urls(read(data, **days)) == [f"paper.example/{n}.html" for n in (2, 3, 4)]


def test_pages_are_chosen_by_language_declared_or_seen() -> None:
    german = (
        "<p>"
        + "Bei einem Angriff auf einen Markt sind am Montag nach Angaben der Polizei drei Menschen gestorben. "
        * 5
    )
    english = make_page(1).replace(' lang="en"', "")
    pages = {
        "en": make_page(2),
        "seen-en": english,
        "de": "<html lang=de>x",
        "seen-de": german,
        "untold": "<p>x</p>",
    }
    data = write_crawl(
        (f"https://paper.example/{name}", page.encode(), "2024-03-05") for name, page in pages.items()
    )
    found = [url.partition("/")[2] for url in urls(read(data, languages=["en", "fr"]))]
    assert found == ["en", "seen-en", "untold"]


def test_what_is_no_page_is_passed_over() -> None:
    assert urls(read(write_crawl([capture(1)], **{"Content-Type": "image/png"}))) == []
    assert urls(read(write_crawl([capture(1)], status="404 Not Found"))) == []
    assert urls(read(write_crawl([("dns:paper.example", b"x", "2024-03-05")]))) == []
    (fault,) = faults(read(write_crawl([("https://paper.example/", b"x" * (6 << 20), "2024-03-05")])))
    assert "larger than 5 MiB" in fault


def test_headers_that_contradict_the_body_are_tolerated() -> None:
    body = make_page(1).encode()
    kept_decoded = write_crawl([capture(1)], **{"Content-Encoding": "gzip", "Content-Length": "7"})
    renamed = write_crawl([capture(1)], **{"X-Crawl-Content-Encoding": "br", "Content-Length": "9"})
    chunked = write_crawl([capture(1)], **{"Transfer-Encoding": "chunked"})
    true = write_crawl(
        [("https://paper.example/1.html", gzip.compress(body), "2024-03-05")], **{"Content-Encoding": "gzip"}
    )
    for data in (kept_decoded, renamed, chunked, true):
        (page,) = (step for step in read(data) if isinstance(step, Fetched))
        assert page.body == body


def test_reading_goes_on_behind_any_place() -> None:
    data = write_crawl(capture(n) for n in range(4))
    steps = read(data)
    places = [step for step in steps if isinstance(step, Place)]
    assert places[-1] == Place(offset=len(data), version="v", done=True)
    seen: list[str] = []
    for step in steps:
        if isinstance(step, Place):
            assert seen + urls(read(data, step.offset)) == urls(steps)
        elif isinstance(step, Fetched):
            seen += urls([step])


def test_reading_goes_on_in_a_file_without_compression() -> None:
    data = write_crawl((capture(n) for n in range(4)), packed=False)
    steps = read(data)
    assert (len(urls(steps)), faults(steps)) == (4, [])
    places = [step.offset for step in steps if isinstance(step, Place)]
    third = next(place for place in places if urls(read(data, place)) == urls(steps)[2:])
    assert data[third : third + 5] == b"WARC/"
    cut = read(data[:-300])
    assert urls(cut) == urls(steps)[:3]
    assert faults(cut)


def test_a_file_that_is_one_large_member_is_read_in_one_go() -> None:
    pages = [(url, body + b"<!--" + b" " * (4 << 20), day) for url, body, day in map(capture, range(18))]
    data = gzip.compress(write_crawl(pages, packed=False), 1)
    assert len(urls(read(data))) == 18


DAMAGES = {
    "flipped byte": lambda data, at: data[: at + 200] + bytes([data[at + 200] ^ 0xFF]) + data[at + 201 :],
    "garbage between members": lambda data, at: data[:at] + b"\x1f\x8b\x08garbage" * 50 + data[at:],
    "a member without its end": lambda data, at: data[: at + 100] + data[at + 400 :],
    "zeros at the end": lambda data, _at: data + bytes(5000),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_counted_and_costs_only_what_it_hits(damage: "object") -> None:
    data = write_crawl(capture(n) for n in range(6))
    whole = urls(read(data))
    at = next(step.offset for n, step in enumerate(s for s in read(data) if isinstance(s, Place)) if n == 5)
    steps = read(damage(data, at))  # type: ignore[operator]
    assert len(faults(steps)) >= 1
    assert all("damaged at byte" in fault for fault in faults(steps))
    assert len(whole) - len(urls(steps)) <= 1


def test_truncated_at_any_byte() -> None:
    """The stream's members and damage are those of the reader of files, wherever the file ends."""
    data = write_crawl(capture(n) for n in range(3))
    steps = [step for step in read(data) if not isinstance(step, ArchiveError)]
    for size in range(1, len(data), 97):
        found = read(data[:size])
        assert urls(found) == urls(steps)[: len(urls(found))]
        ends = [step.offset for step in steps if isinstance(step, Place)]
        assert len(faults(found)) == (size not in ends)
        last = found[-1]
        assert isinstance(last, Place)
        assert last.done


def stream(data: bytes) -> list[Member | Damage]:
    window, found = Window(io.BytesIO(data)), []
    while window.fill():
        found.append(take_member(window))
        if isinstance(found[-1], Damage):
            skip_damage(window)
    return found


def test_the_stream_reads_as_the_file_does(tmp_path: Path) -> None:
    chance = random.Random(5)
    data = write_crawl(capture(n) for n in range(4))
    for _ in range(40):
        damaged = bytearray(data)
        for _ in range(chance.randrange(4)):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        path = put_file(tmp_path, "x.warc.gz", bytes(damaged))
        assert stream(bytes(damaged)) == list(read_members(path))


def test_memory_stays_flat_over_a_long_file_and_a_bomb() -> None:
    class Endless:
        """So many members, then a bomb, made as they are read."""

        def __init__(self, member: bytes, times: int) -> None:
            self.parts = iter([member] * times + [gzip.compress(bytes(200 << 20), 1)])

        def read(self, size: int, /) -> bytes:
            return next(self.parts, b"")

    body = random.Random(1).randbytes(1 << 20)
    member = write_crawl([("https://paper.example/1", body, "2024-03-05")])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps = 0
    for step in read_file(
        Opened(Endless(member, 100), 0, ""), "x", read_wanted(warc(domains=["other.example"]))
    ):
        steps += 1
        fault = step if isinstance(step, ArchiveError) else None
        assert fault is None or "64 MiB" in str(fault)
    assert steps > 300
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 192 << 10


# ---- where files stand


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
