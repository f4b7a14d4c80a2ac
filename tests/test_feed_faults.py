"""Every way in which a feed can be wrong: what is sound in it is read, in bounded time and memory."""

import resource
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.archive import Archive
from flows.feeds import Item, list_items
from flows.ingest import ingest
from flows.memory import Memory
from models.errors import FetchError
from models.source import Source
from tests.fetching import make_fetcher
from tests.nights import feed_of, make_page, outcomes, publish, put, write_sources
from tests.servers import Site, reply


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>The Paper</title>{inner}</channel></rss>'.encode()


def entry(number: int, more: str = "") -> str:
    return f"<title>Raid {number}</title><link>https://paper.example/{number}</link>{more}"


def read(body: bytes, folder: Path) -> list[Item]:
    (folder / "feed.xml").write_bytes(body)
    return list_items(Source(id="paper", kind="feed", path="feed.xml"), make_fetcher(), folder).items


def names(items: list[Item]) -> list[str]:
    return [(item.url or "").removeprefix("https://paper.example/") for item in items]


def bomb() -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "0123456789">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = rss(entry(1), "<title>&e9;&f;</title><link>https://paper.example/2</link>")
    return body.replace(b"?>", b"?>" + doctype.encode(), 1)


LATIN = "<title>Caf\u00e9 raid</title><link>https://paper.example/1</link>"
SOUND: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "truncated": (lambda: rss(*map(entry, range(50)))[:-70], [str(n) for n in range(49)]),
    "bare ampersand": (lambda: rss(entry(1), entry(2)).replace(b"Raid", b"Raid & reply"), ["1", "2"]),
    "control characters": (lambda: rss(entry(1), entry(2)).replace(b"Raid", b"Ra\x08id\x00"), ["1", "2"]),
    "wrong encoding": (lambda: rss(LATIN, entry(2)).decode().encode("latin-1"), ["1", "2"]),
    "encoding declared that does not exist": (
        lambda: rss(entry(1), head='<?xml version="1.0" encoding="utf-99"?>'),
        ["1"],
    ),
    "UTF-16": (
        lambda: rss(entry(1), head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"),
        ["1"],
    ),
    "no head": (lambda: rss(entry(1), head=""), ["1"]),
    "spaces and a mark before": (lambda: b"\xef\xbb\xbf\n\n " + rss(entry(1)), ["1"]),
    "links on another host": (
        lambda: rss(entry(1), "<title>x</title><link>https://feeds.other.example/x</link>"),
        ["1", "https://feeds.other.example/x"],
    ),
    "links that are none": (
        lambda: rss(
            entry(1), "<link>javascript:alert(1)</link>", "<link>https://[oops/</link>", "<title>x</title>"
        ),
        ["1"],
    ),
    "link in CDATA over lines": (lambda: rss("<link><![CDATA[\nhttps://paper.example/1\n]]></link>"), ["1"]),
    "JSON feed": (
        lambda: (
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://paper.example/1"}]}'
        ),
        ["1"],
    ),
    "no entries yet": (rss, []),
}


@pytest.mark.parametrize(("make", "wanted"), SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_is_read(make: Callable[[], bytes], wanted: list[str], tmp_path: Path) -> None:
    assert names(read(make(), tmp_path)) == wanted


WRONG = {
    "HTML error page": b"<!doctype html><html><body><p>Not found</p></body></html>",
    "empty": b"",
    "spaces": b" \n\t",
    "binary": bytes(range(256)) * 20,
    "JSON of something else": b'{"error": "quota"}',
    "JSON that is no object": b"[1, 2]",
    "deep JSON": b"[" * 100_000,
    "a sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/</loc></url></urlset>',
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_what_is_no_feed_is_typed(body: bytes, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as caught:
        read(body, tmp_path)
    assert caught.value.reason == "not_a_feed"
    assert "\n" not in str(caught.value)


def test_entity_bomb_and_external_entity_give_no_text_in_little_memory(tmp_path: Path) -> None:
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    items = read(bomb(), tmp_path)
    assert all(len(item.title or "") < 1000 and "root:" not in (item.title or "") for item in items)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    assert time.monotonic() - start < 30


def test_50_000_items_are_listed(tmp_path: Path) -> None:
    items = read(rss(*map(entry, range(50_000))), tmp_path)
    assert len(items) == 50_000


def test_future_and_zone_less_dates(tmp_path: Path) -> None:
    dates = (
        "Tue, 05 Mar 2999 14:10:00 +0300",
        "2024-03-05T10:00:00",
        "05.03.2024",
        "Tue, 05 Mar 2024 10:00:00 -0000",
    )
    items = read(rss(*(entry(n, f"<pubDate>{text}</pubDate>") for n, text in enumerate(dates))), tmp_path)
    assert [item.raw_date for item in items] == list(dates)
    found = [item.feed_published for item in items]
    assert found[1] == date(2024, 3, 5)  # which instant it is cannot be known
    assert str(found[0]).startswith("2999")  # the page's own reader refuses what lies behind its fetch


def test_a_page_is_the_same_whatever_its_guid_and_marks_are_at_each_poll(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    put(site, "/1.html", make_page(1).encode())
    source, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    found = []
    for poll in range(2):
        item = f"<guid>{poll}</guid><link>{site.url(f'/1.html?utm_source=rss{poll}#n{poll}')}</link>"
        site.add("/feed.xml", rss(item), content_type="text/xml")
        found.append(outcomes(ingest(source, home, allow_private=True, extractor=extractor)))
    assert found == [{"new": 1}, {"unchanged": 1}]


def test_a_page_in_a_feed_a_sitemap_and_as_its_amp_twin_is_fetched_once(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1)
    loc = "".join(
        f"<url><loc>{site.url(path)}</loc></url>" for path in ("/1.html", "/amp/1.html", "/1.html?print=1")
    )
    site.add("/sitemap.xml", f"<urlset>{loc}</urlset>".encode(), content_type="text/xml")
    sitemap = {"kind": "sitemap", "url": site.url("/sitemap.xml"), "host_delay": 0.0}
    sources = write_sources(tmp_path, town=feed_of(site), pages=sitemap)
    receipt = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    assert outcomes(receipt) == {"new": 1, "duplicate": 1}  # a source lists each page once
    assert [site.hits(path) for path in ("/1.html", "/amp/1.html", "/1.html?print=1")] == [1, 0, 0]


def test_publication_by_a_sitemap_is_told_as_such(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    bare = make_page(1).replace("article:published_time", "x")
    put(site, "/1.html", bare.encode())
    news = "<n:news><n:publication_date>2024-03-05T06:30:00+03:00</n:publication_date></n:news>"
    body = f"<urlset xmlns:n='x'><url><loc>{site.url('/1.html')}</loc>{news}</url></urlset>"
    site.add("/sitemap.xml", body.encode(), content_type="text/xml")
    source = {"kind": "sitemap", "url": site.url("/sitemap.xml"), "host_delay": 0.0, "days": 36500}
    receipt = ingest(
        write_sources(tmp_path, s=source), tmp_path / "home", allow_private=True, extractor=extractor
    )
    assert outcomes(receipt) == {"new": 1}
    lines = list((tmp_path / "home" / "tables" / "articles").rglob("*.parquet"))
    import duckdb  # noqa: PLC0415

    found = duckdb.sql(f"SELECT published_source FROM read_parquet({[str(one) for one in lines]})").fetchall()
    assert found == [("sitemap",)]


# ---- feeds from run to run


def test_a_feed_is_asked_for_only_if_it_has_changed_and_says_the_same_then(
    tmp_path: Path, site: Site
) -> None:
    publish(site, 1, 2)
    source, memory = Source(id="town", kind="feed", url=site.url("/feed.xml")), Memory(tmp_path)
    first = list_items(source, make_fetcher(), tmp_path, memory)
    second = list_items(source, make_fetcher(), tmp_path, memory)
    assert first.items == second.items
    assert ["if-none-match" in headers for path, headers in site.requests if path == "/feed.xml"] == [
        False,
        True,
    ]
    publish(site, 1, 2, 3)
    assert len(list_items(source, make_fetcher(), tmp_path, memory).items) == 3


DAMAGE = {
    "the body is gone": lambda folder: next(folder.glob("*.body")).unlink(),
    "the body is damaged": lambda folder: next(folder.glob("*.body")).write_bytes(b"x"),
    "the file is damaged": lambda folder: next(folder.glob("*.json")).write_bytes(b"{"),
    "all is gone": lambda folder: [path.unlink() for path in folder.iterdir()],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_without_its_memory_a_feed_is_read_anew(
    damage: Callable[[Path], object], tmp_path: Path, site: Site
) -> None:
    publish(site, 1, 2)
    source, memory = Source(id="to/wn", kind="feed", url=site.url("/feed.xml")), Memory(tmp_path)
    list_items(source, make_fetcher(), tmp_path, memory)
    damage(tmp_path)
    assert len(list_items(source, make_fetcher(), tmp_path, memory).items) == 2
    moved = source.model_copy(update={"url": site.url("/feed.xml?moved")})
    assert memory.recall_body(moved) is None


def test_304_to_a_feed_that_was_not_asked_for_by_its_validators_is_typed(tmp_path: Path, site: Site) -> None:
    site.add("/feed.xml", b"", 304)
    source = Source(id="town", kind="feed", url=site.url("/feed.xml"))
    with pytest.raises(FetchError) as caught:
        list_items(source, make_fetcher(), tmp_path, Memory(tmp_path))
    assert caught.value.reason == "status_304"


def test_a_feed_that_is_gone_is_an_error_each_night_and_forgiven_when_it_is_back(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"

    def night() -> tuple[str, ...]:
        return ingest(sources, home, allow_private=True, extractor=extractor).errors

    assert night() == ()
    there = site.answers.pop("/feed.xml")
    assert [error.partition("status")[0].partition("answers ")[2] for error in night()] == ["404"]
    (error,) = night()
    assert "(2 runs in a row; last read on " in error
    site.answers["/feed.xml"] = there
    assert night() == ()
    site.answers.pop("/feed.xml")
    assert "in a row" not in night()[0]
    with Archive(home / "archive", read_only=True) as archive:
        assert {record.url for record in archive.records()} == {site.url("/1.html")}


def test_a_feed_larger_than_its_bound_is_typed(tmp_path: Path, site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, b"<rss>" + b" " * (21 << 20), content_type="text/xml")

    site.answers["/feed.xml"] = answer
    with pytest.raises(FetchError) as caught:
        list_items(
            Source(id="town", kind="feed", url=site.url("/feed.xml")), make_fetcher(deadline=20.0), tmp_path
        )
    assert caught.value.reason == "too_large"
