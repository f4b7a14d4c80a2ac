"""Fetching from a real server: pages with what came with them, validators, and addresses that are none."""

import gzip
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from flows.fetched import Request
from models.errors import FetchError
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import raw
from tests.servers import Site, reply


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


def test_addresses_that_cannot_be_fetched() -> None:
    assert fail("ftp://paper.example/x") == "scheme"
    assert fail("file:///etc/passwd") == "scheme"
    assert fail("paper.example") == "scheme"
    assert fail("http://") == "url"
    assert fail("http://paper.example/a\nb") == "url"
    assert fail("http://paper\r\nX-A: b.example/") == "url"
    assert fail("http://127.0.0.1:1/x") == "refused"
    assert fail("http://no-such-host.invalid/") == "dns"


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


def test_validators_go_out_as_they_came_in(site: Site) -> None:
    """A weak tag stays weak; a server that compares them otherwise sends the page again."""
    site.add("/a", PAGE, etag='W/"v1"')
    fetcher = make_fetcher()
    for etag in ('W/"v1"', '"v1"', "v1", '"é"', 'W/"' + "x" * 500 + '"'):
        assert fetcher.fetch(site.url("/a"), etag=etag).status == 200
        assert site.requests[-1][1]["if-none-match"] == etag


@pytest.mark.parametrize("bad", ['"a\r\nX-Evil: 1"', '"a\0"', '"новое"', '"' + "x" * 5000 + '"', ""])
def test_validators_that_would_break_the_request_are_left_out(site: Site, bad: str) -> None:
    site.add("/a", PAGE)
    assert make_fetcher().fetch(site.url("/a"), etag=bad, last_modified=bad).status == 200
    sent = site.requests[-1][1]
    assert not {"if-none-match", "if-modified-since", "x-evil"} & sent.keys()


def test_a_304_to_validators_that_were_not_sent_is_no_page(site: Site) -> None:
    site.add("/a", b"", 304)
    assert fail(site.url("/a")) == "status_304"
    with pytest.raises(FetchError):
        make_fetcher().fetch(site.url("/a"), etag='"a\r\n"')


def test_a_200_with_the_same_body_is_a_page_again(site: Site) -> None:
    site.add("/a", PAGE, etag='"other"')
    assert make_fetcher().fetch(site.url("/a"), etag='"one"').body == PAGE


def test_what_was_sent_is_kept(site: Site) -> None:
    site.add("/a", PAGE)
    found = make_fetcher().fetch(site.url("/a"), etag='"e"')
    sent = {name.lower(): value for name, value in found.sent}
    assert sent.items() <= site.requests[-1][1].items()
    assert sent["if-none-match"] == '"e"'


def test_validators_go_to_the_address_that_they_came_from(site: Site) -> None:
    """What leads to a page has not changed for years: its 304 must not pass for the page's."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-Modified-Since"]:
            reply(handler, b"", 304)
        elif handler.path == "/go":
            reply(handler, b'<meta http-equiv="refresh" content="0;url=/page">')
        else:
            reply(handler, PAGE, last_modified="then")

    site.answers |= {"/go": behave, "/page": behave}
    fetcher = make_fetcher()
    asked = Request(site.url("/go"), None, "then", validated=site.url("/page"))
    assert (fetcher.attempt(asked).status, fetcher.attempt(asked).final_url) == (304, site.url("/page"))
    assert [path for path, _ in site.requests[1:]] == ["/go", "/page"] * 2
    moved = Request(site.url("/go"), None, "then", validated=site.url("/elsewhere"))
    assert fetcher.attempt(moved).body == PAGE


def test_answers_without_a_body_keep_the_connection(site: Site) -> None:
    """A night on an unchanged site is mostly 304s: a new TLS handshake for each would be most of its work."""
    ports = set()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        ports.add(handler.client_address[1])
        reply(handler, b"" if handler.path == "/same" else b"gone", 304 if handler.path == "/same" else 404)

    for path in ("/same", "/gone", "/robots.txt"):
        site.answers[path] = behave
    fetcher = make_fetcher()
    for _ in range(3):
        fetcher.fetch(site.url("/same"), etag='"e"')
        assert fail(site.url("/gone"), fetcher) == "status_404"
    assert len(ports) == 1


def test_spoiled_answers_always_have_a_typed_outcome(site: Site) -> None:
    """Bytes of good answers changed at random, the same each time: nothing but a page or a FetchError comes out."""
    packed = gzip.compress(PAGE, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
    good = [
        head + b"Content-Length: 41\r\n\r\n" + PAGE,
        head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n",
        head + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(packed), packed),
        b"HTTP/1.1 302 Found\r\nLocation: /x?y=%20#z\r\n\r\n",
        b"HTTP/1.1 429 Slow\r\nRetry-After: Fri, 31 Dec 2027 23:59:59 GMT\r\n\r\n",
    ]
    chance = random.Random(5)
    for number in range(150):
        bad = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(bad))
            bad[place : place + chance.randint(0, 3)] = chance.choice(
                [b"", b"\r\n", b"-1", b"\xff", b"\0", b"9" * 12]
            )
        site.answers[f"/{number}"] = raw(bytes(bad))
        with suppress(FetchError):
            make_fetcher(deadline=0.2).fetch(site.url(f"/{number}"))
