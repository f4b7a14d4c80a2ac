"""WARC files as sources: which pages are wanted, from where on, and what damage costs."""

import gzip
import io
import random
import resource
from datetime import date
from pathlib import Path

import pytest

from flows.fetched import Fetched
from flows.memory import Place
from flows.warc_files import Opened
from flows.warc_members import Damage, Member, read_members
from flows.warc_pages import Step, read_file, read_wanted
from flows.warc_stream import Window, skip_damage, take_member
from models.errors import ArchiveError, SourceError
from tests.crawls import capture, faults, put_file, urls, warc, write_crawl
from tests.nights import make_page


def read(data: bytes, start: int = 0, **more: object) -> list[Step]:
    stream = io.BytesIO(data)
    stream.seek(start)
    return list(read_file(Opened(stream, start, "v"), "x.warc.gz", read_wanted(warc(**more))))


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
