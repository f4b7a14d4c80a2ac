"""Damaged and hostile sitemaps, and the bounds of all."""

import gzip
import resource
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from flows.feeds import list_items
from flows.sitemap_entries import Further, Listed, read_sitemap
from flows.sitemaps import Bounds, Walk
from models.errors import FetchError
from models.source import Source
from tests.fetching import make_fetcher
from tests.servers import Site, reply
from tests.test_sitemaps import SITEMAP, ask, index, page, urls, urlset


def test_self_referring_index_is_read_once(site: Site) -> None:
    site.add("/sitemap.xml", index(site.url("/sitemap.xml"), site.url("/a.xml"), site.url("/sitemap.xml#x")))
    site.add("/a.xml", index(site.url("/sitemap.xml"), site.url("/b.xml")))
    site.add("/b.xml", urlset(page(1)))
    assert urls(ask(site)) == ["1"]
    assert [site.hits(path) for path in ("/sitemap.xml", "/a.xml", "/b.xml")] == [1, 1, 1]


def test_nested_depth_20_ends_at_the_bound(site: Site) -> None:
    for depth in range(20):
        site.add(f"/{depth}.xml", index(site.url(f"/{depth + 1}.xml")))
    site.add("/20.xml", urlset(page(1)))
    listing = ask(site, "/0.xml")
    assert [fault.reason for fault in listing.faults] == ["limit"]
    assert (listing.items, site.hits("/5.xml"), site.hits("/6.xml")) == ([], 1, 0)


def test_a_sitemap_of_a_sitemap_that_fails_costs_only_itself(site: Site) -> None:
    site.add("/sitemap.xml", index(site.url("/gone.xml"), site.url("/page.xml"), site.url("/good.xml")))
    site.add("/page.xml", b"<!doctype html><html><body>Not here</body></html>")
    site.add("/good.xml", urlset(page(1)))
    listing = ask(site)
    assert urls(listing) == ["1"]
    assert [fault.reason for fault in listing.faults] == ["status_404", "not_a_sitemap"]


def bomb(entity: str) -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE urlset [<!ENTITY e0 "0123456789">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = urlset(f"<loc>https://paper.example/{entity}</loc>", page(2))
    return body.replace(b'"1.0"?>', b'"1.0"?>' + doctype.encode())


def cut_gzip(body: bytes) -> bytes:
    packed = gzip.compress(body, 0)
    return packed[: len(packed) - 40]


MANY = [page(number) for number in range(300)]
HOSTILE: dict[str, tuple[Callable[[], bytes], list[str], str]] = {
    "truncated": (lambda: urlset(*MANY)[:-60], [str(n) for n in range(299)], "truncated"),
    "truncated gzip": (lambda: cut_gzip(urlset(*MANY)), [str(n) for n in range(299)], "truncated"),
    "damaged gzip": (lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 200, [], "encoding"),
    "gzip of several members": (
        lambda: gzip.compress(urlset(*MANY)[:5000]) + gzip.compress(urlset(*MANY)[5000:]),
        [str(n) for n in range(300)],
        "",
    ),
    "entity bomb": (lambda: bomb("&e8;"), [], "entities"),
    "external entity": (lambda: bomb("&f;"), [], "entities"),
    "entity bomb in UTF-16": (lambda: bomb("&e8;").decode().encode("utf-16"), [], "entities"),
    "bare ampersand": (
        lambda: urlset("<loc>https://paper.example/1?a=1&b=2</loc>", page(2)),
        ["1?a=1=2", "2"],
        "",
    ),
    "control characters": (lambda: urlset(page(1)).replace(b"/1<", b"/\x0b1<"), ["1"], ""),
    "wrong encoding": (
        lambda: (
            urlset("<loc>https://paper.example/caf\u00e9</loc>".encode().decode("latin-1"), page(2))
            .decode()
            .encode("latin-1")
            .replace(b"\xc3\xa9", b"\xe9")
        ),
        ["cafX", "2"],
        "",
    ),
    "UTF-16": (lambda: urlset(page(1)).decode().encode("utf-16"), ["1"], ""),
    "HTML": (lambda: b"<html><body><a href='/1'>1</a></body></html>", [], "not_a_sitemap"),
    "JSON": (lambda: b'{"error": "no"}', [], "not_a_feed"),
    "empty": (lambda: b" \n", [], "not_a_sitemap"),
    "binary": (lambda: bytes(range(200)), [], "not_a_sitemap"),
    "undeclared prefix": (lambda: urlset(page(1)).replace(b"urlset", b"sm:urlset"), ["1"], ""),
    "HTML with a prefix": (lambda: b"<fb:html><body>x</body></fb:html>", [], "not_a_sitemap"),
    "no namespace": (lambda: urlset(page(1)).replace(f' xmlns="{SITEMAP}"'.encode(), b""), ["1"], ""),
    "future and zone-less dates": (
        lambda: urlset(
            "<loc>https://paper.example/1</loc><lastmod>2999-01-01T10:00:00</lastmod>",
            "<loc>https://paper.example/2</loc><lastmod>yesterday</lastmod>",
        ),
        ["1", "2"],
        "",
    ),
}


@pytest.mark.parametrize(("make", "wanted", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_damaged_and_hostile_sitemaps(make: Callable[[], bytes], wanted: list[str], reason: str) -> None:
    """The sound entries come first, then the typed reason."""
    found, fault = [], ""
    try:
        for entry in read_sitemap(make(), "sitemap"):
            assert len(entry.link) < 200
            found.append(
                entry.link.removeprefix("https://paper.example/").replace("\ufffd", "X").replace("\xe9", "X")
            )
    except FetchError as error:
        fault = error.reason if "\n" not in str(error) else str(error)
    assert (found, fault) == (wanted, reason)


def test_gzip_bomb_is_stopped_at_the_bound_with_little_memory(site: Site) -> None:
    head = urlset(page(1)).removesuffix(b"</urlset>")
    packed = gzip.compress(head + b" " * (60 << 20), 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    site.add("/sitemap.xml", packed, content_type="application/gzip")
    start = time.monotonic()
    listing = ask(site)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    assert time.monotonic() - start < 20
    assert [fault.reason for fault in listing.faults] == ["too_large"]
    assert urls(listing) == ["1"]


def test_50_000_items_are_read_and_one_more_is_counted_as_left_out(site: Site) -> None:
    site.add("/sitemap.xml", urlset(*(page(number) for number in range(50_001))))
    listing = ask(site)
    assert len(listing.items) == 50_000
    assert [str(one).partition("lists ")[2] for one in listing.faults] == [
        "over 50000 pages; the rest is left out"
    ]


def walk(pages: dict[str, bytes], **bounds: float) -> Walk:
    def get(address: str) -> tuple[bytes, str]:
        return pages[address], address

    return Walk(get, date.min, Bounds(**bounds))  # type: ignore[arg-type]


def test_bounds_of_files_and_time() -> None:
    links = [f"https://paper.example/{number}.xml" for number in range(10)]
    files = {link: urlset(page(number)) for number, link in enumerate(links)}
    files["https://paper.example/i.xml"] = index(*links)
    many = walk(files, files=4)
    assert len(many.read("https://paper.example/i.xml")) == 3
    assert "7 sitemaps are left unread" in str(many.faults[0])
    slow = walk(files, seconds=-1.0)
    assert slow.read("https://paper.example/i.xml") == []
    assert slow.faults[0].reason == "limit"


def test_an_answer_with_content_encoding_is_unpacked_once(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, gzip.compress(urlset(page(1))), content_encoding="gzip", content_type="text/xml")

    site.answers["/sitemap.xml"] = answer
    assert urls(ask(site)) == ["1"]


def test_entries_are_told_from_further_sitemaps() -> None:
    found = [
        *read_sitemap(index("https://paper.example/a.xml"), "s"),
        *read_sitemap(urlset(page(1, None)), "s"),
    ]
    assert found == [Further("https://paper.example/a.xml"), Listed("https://paper.example/1")]


def test_a_sitemap_on_disk(tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_bytes(urlset(page(1)))
    listing = list_items(Source(id="s", kind="sitemap", path="s.xml"), make_fetcher(), tmp_path)
    assert urls(listing) == ["1"]


def test_news_whose_prefix_is_undeclared_are_read() -> None:
    news = "<news:news><news:title>Raid</news:title></news:news>"
    body = f"<urlset><url><loc>https://paper.example/1</loc>{news}</url></urlset>"
    assert list(read_sitemap(body.encode(), "s")) == [Listed("https://paper.example/1", "Raid")]
