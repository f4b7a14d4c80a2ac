"""Fetching from a real server that behaves badly: every outcome is typed, and none takes longer than it may."""

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network

import pytest

from flows.addresses import is_public
from flows.fetch import Fetcher
from tests.fetching import PAGE, cut_short, dripped_body, fail, make_fetcher
from tests.servers import Site, drip, reply, reset, serve


def test_a_page_with_its_headers_and_time(site: Site) -> None:
    site.add("/a", PAGE, content_type="text/html; charset=windows-1251", x_one="1")
    found = make_fetcher().fetch(site.url("/a"))
    assert (found.status, found.body, found.final_url) == (200, PAGE, site.url("/a"))
    assert (found.header("x-one"), found.charset, found.mime) == ("1", "windows-1251", "text/html")
    assert abs(datetime.now(UTC) - found.fetched_at) < timedelta(seconds=10)
    assert site.requests[-1][1]["user-agent"].startswith("dateline/")


def test_bodies_come_decoded(site: Site) -> None:
    site.add("/gz", gzip.compress(PAGE), content_encoding="gzip")
    assert make_fetcher().fetch(site.url("/gz")).body == PAGE


def chunked(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"ff\r\nshort")
    handler.close_connection = True


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    drip(handler, b"x" * 2**16, 100_000, 0)


def dripped_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.flush_headers()
    drip(handler, b"X-A: b\r\n", 200, 0.1)


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
    handler.close_connection = True


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)
    handler.close_connection = True


def many_headers(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, PAGE, **{f"x_{n}": "y" for n in range(300)})


def long_header(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, PAGE, x_long="y" * 10**6)


BOMB = gzip.compress(b"x" * (200 * 2**20), 9)
FAULTS: list[tuple[str, Callable[[BaseHTTPRequestHandler], None], str]] = [
    ("missing", lambda handler: reply(handler, PAGE, 404), "status_404"),
    ("gone", lambda handler: reply(handler, PAGE, 410), "status_410"),
    ("forbidden", lambda handler: reply(handler, PAGE, 403), "status_403"),
    ("broken server", lambda handler: reply(handler, PAGE, 503), "status_503"),
    ("unasked 304", lambda handler: reply(handler, b"", 304), "status_304"),
    ("gzip bomb", lambda handler: reply(handler, BOMB, content_encoding="gzip"), "too_large"),
    ("bad gzip", lambda handler: reply(handler, PAGE, content_encoding="gzip"), "encoding"),
    ("endless body", endless, "too_large"),
    ("video", lambda handler: reply(handler, PAGE, content_type="video/mp4"), "wrong_type"),
    ("scan", lambda handler: reply(handler, PAGE, content_type="application/pdf"), "wrong_type"),
    ("reset", reset, "reset"),
    ("cut short", cut_short, "truncated"),
    ("cut chunk", chunked, "truncated"),
    ("dripped body", dripped_body, "deadline"),
    ("dripped headers", dripped_headers, "deadline"),
    ("silence", silent, "deadline"),
    ("garbage", garbage, "protocol"),
    ("300 headers", many_headers, "protocol"),
    ("header of a megabyte", long_header, "protocol"),
    ("nowhere", lambda handler: reply(handler, b"", 302), "redirect"),
    ("to itself", lambda handler: reply(handler, b"", 302, location="/fault"), "redirect_loop"),
    ("to a file", lambda handler: reply(handler, b"", 302, location="file:///etc/passwd"), "scheme"),
    ("to ftp", lambda handler: reply(handler, b"", 301, location="ftp://127.0.0.1/x"), "scheme"),
    ("malformed", lambda handler: reply(handler, b"", 302, location="http://[bad"), "redirect"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "reason"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_each_fault_has_its_reason_and_ends_in_time(
    site: Site, answer: Callable[[BaseHTTPRequestHandler], None], reason: str
) -> None:
    site.answers["/fault"] = answer
    start = time.monotonic()
    assert fail(site.url("/fault"), make_fetcher(deadline=1.0)) == reason
    assert time.monotonic() - start < 2.5


def test_addresses_that_cannot_be_fetched() -> None:
    assert fail("ftp://paper.example/x") == "scheme"
    assert fail("file:///etc/passwd") == "scheme"
    assert fail("paper.example") == "scheme"
    assert fail("http://") == "url"
    assert fail("http://127.0.0.1:1/x") == "refused"
    assert fail("http://no-such-host.invalid/") == "dns"


PRIVATE = ["127.0.0.1", "2130706433", "0x7f000001", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[::1]",
           "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1]", "0.0.0.0", "224.0.0.1", "localhost"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused(host: str) -> None:
    assert fail(f"http://{host}:9/x", Fetcher()) == "private_address"


def test_public_addresses_are_not() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")
    assert not is_public("2002:7f00:1::1")


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.add("/go", status=302, location="http://10.0.0.1/admin")
    fetcher = Fetcher(inside=(ip_network("127.0.0.1/32"),), host_delay=0, backoff=0.01)
    assert fail(site.url("/go"), fetcher) == "private_address"
    assert site.hits("/go") == 1


def test_redirects_are_followed_and_kept(site: Site) -> None:
    for n in range(5):
        site.add(f"/{n}", status=302, location=f"/{n + 1}")
    site.add("/5", PAGE)
    found = make_fetcher().fetch(site.url("/0"))
    assert (found.url, found.final_url, found.body) == (site.url("/0"), site.url("/5"), PAGE)
    assert found.redirects == tuple(site.url(f"/{n}") for n in range(1, 5))


def test_a_chain_without_end_and_a_circle(site: Site) -> None:
    for n in range(30):
        site.add(f"/{n}", status=301, location=f"/{n + 1}")
    assert fail(site.url("/0")) == "redirect_loop"
    site.add("/a", status=302, location="/b")
    site.add("/b", status=302, location="/a")
    assert fail(site.url("/a")) == "redirect_loop"


def test_a_redirect_asks_the_robots_of_its_new_host(site: Site) -> None:
    with serve() as other:
        other.add("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
        other.add("/x", PAGE)
        site.add("/go", status=302, location=other.url("/x"))
        assert fail(site.url("/go")) == "robots"
        assert other.hits("/x") == 0


def test_conditional_get(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers["If-None-Match"] == '"v1"' or handler.headers["If-Modified-Since"] == "then"
        reply(handler, b"" if same else PAGE, 304 if same else 200, etag='"v1"')

    site.answers["/a"] = answer
    fetcher = make_fetcher()
    assert fetcher.fetch(site.url("/a"), etag='"v0"').body == PAGE
    for validator in ({"etag": '"v1"'}, {"last_modified": "then"}):
        found = fetcher.fetch(site.url("/a"), **validator)
        assert (found.status, found.body) == (304, b"")
