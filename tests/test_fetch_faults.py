"""Every way in which a server can fail an exchange: a typed outcome in bounded time."""

import gzip
import threading
import time
import zlib
from contextlib import suppress
from copy import copy
from http.server import BaseHTTPRequestHandler

import brotli
import pytest

from models.errors import FetchError
from tests.fetching import PAGE, cut_short, fail, make_fetcher
from tests.hostile import (
    Answer,
    answer,
    listen_full,
    listen_only,
    nest,
    raw,
    reset_after,
    slow,
    stalled,
)
from tests.servers import Site, reset

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LONG = OK + b"Content-Length: 1000\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CLOSED = OK + b"Connection: close\r\n\r\n"
BLOCK = b"x" * 2**16
WORDS = b" ".join(b"%x" % (n * n) for n in range(5000))
HALF = gzip.compress(WORDS)[:10_000]

TRANSPORT: dict[str, tuple[Answer, str]] = {
    "reset before headers": (reset, "reset"),
    "closed before headers": (raw(b""), "reset"),
    "reset in the headers": (reset_after(OK), "reset"),
    "reset after headers": (reset_after(LONG), "reset"),
    "reset in the body": (reset_after(LONG + b"half"), "reset"),
    "silence": (stalled(b""), "deadline"),
    "stalled in the headers": (stalled(OK), "deadline"),
    "stalled in the body": (stalled(LONG + b"half"), "deadline"),
    "stalled in a chunk": (stalled(CHUNKED + b"ff\r\nhalf"), "deadline"),
    "stalled body of an error": (stalled(b"HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n"), "status_404"),
    "dripped status line": (slow(b"HTTP/1.1 ", b"2"), "deadline"),
    "dripped headers": (slow(OK, b"X-A: b\r\n"), "deadline"),
    "dripped body": (slow(LONG, b"x"), "deadline"),
    "dripped chunks": (slow(CHUNKED, b"1\r\nx\r\n"), "deadline"),
    "dripped gzip": (slow(OK + b"Content-Encoding: gzip\r\n\r\n" + HALF, b"\0"), "deadline"),
    "endless 100 Continue": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, times=10**6), "too_large"),
    "short body": (cut_short, "truncated"),
    "short chunk": (raw(CHUNKED + b"ff\r\nshort"), "truncated"),
    "no last chunk": (raw(CHUNKED + b"5\r\nshort\r\n"), "truncated"),
    "endless body": (raw(CLOSED, BLOCK, times=10**5), "too_large"),
    "endless body of an error": (raw(b"HTTP/1.1 404 No\r\n\r\n", BLOCK, times=10**5), "status_404"),
    "endless chunks": (raw(CHUNKED, b"10000\r\n" + BLOCK + b"\r\n", times=10**5), "too_large"),
    "endless small chunks": (raw(CHUNKED, b"64\r\n%b\r\n" % (b"x" * 100) * 1000, times=10**4), "too_large"),
    "endless chunk header": (raw(CHUNKED, b"0" * 2**16, times=10**5), "protocol"),
    "endless trailers": (raw(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: b\r\n" * 5000, times=10**4), "too_large"),
    "negative chunk": (raw(CHUNKED + b"-5\r\n", BLOCK, times=10**5), "protocol"),
    "huge chunk": (raw(CHUNKED + b"7fffffffffff\r\n", BLOCK, times=10**5), "too_large"),
    "no number of a chunk": (raw(CHUNKED + b"zz\r\n"), "protocol"),
    "huge Content-Length": (raw(OK + b"Content-Length: 999999999999999\r\n\r\n", BLOCK, times=10**5), "too_large"),
    "two Content-Lengths": (raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"), "protocol"),
    "garbage": (raw(b"\x00\x01 this is no HTTP\r\n\r\n"), "protocol"),
    "no status": (raw(b"<html>HTTP/0.9</html>"), "protocol"),
    "status of letters": (raw(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol"),
    "endless status line": (raw(b"HTTP/1.1 200 ", BLOCK, times=10**5), "protocol"),
    "300 headers": (answer(**{f"x_{n}": "y" for n in range(300)}), "protocol"),
    "header of a megabyte": (answer(x_long="y" * 10**6), "protocol"),
    "endless headers": (raw(OK, b"X-A: " + b"y" * 60_000 + b"\r\n", times=10**5), "too_large"),
}  # fmt: skip

BODIES: dict[str, tuple[Answer, str]] = {
    "empty": (answer(b""), "empty"),
    "only spaces": (answer(b" \r\n\t\n"), "empty"),
    "empty gzip": (answer(gzip.compress(b""), content_encoding="gzip"), "empty"),
    "plain called gzip": (answer(content_encoding="gzip"), "encoding"),
    "plain called brotli": (answer(content_encoding="br"), "encoding"),
    "plain called deflate": (answer(content_encoding="deflate"), "encoding"),
    "gzip called brotli": (answer(gzip.compress(PAGE, mtime=0), content_encoding="br"), "encoding"),
    "unasked zstd": (answer(b"\x28\xb5\x2f\xfd\x20\x00", content_encoding="zstd"), "encoding"),
    "unasked compress": (answer(b"\x1f\x9d\x90", content_encoding="compress"), "encoding"),
    "gzip cut short": (answer(HALF, content_encoding="gzip"), "truncated"),
    "brotli cut short": (answer(brotli.compress(WORDS)[:5000], content_encoding="br"), "truncated"),
    "deflate cut short": (answer(zlib.compress(WORDS)[:5000], content_encoding="deflate"), "truncated"),
    "cut short within gzip": (answer(gzip.compress(HALF), content_encoding="gzip, gzip"), "truncated"),
    "wrong checksum": (answer(gzip.compress(WORDS)[:-8] + bytes(8), content_encoding="gzip"), "encoding"),
    "six encodings": (answer(nest(PAGE, 6), content_encoding=", ".join(["gzip"] * 6)), "encoding"),
    "video": (answer(content_type="video/mp4"), "wrong_type"),
    "scan": (answer(content_type="application/pdf"), "wrong_type"),
    "picture": (answer(content_type="image/png"), "wrong_type"),
    "video without end": (raw(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", BLOCK, times=10**5), "wrong_type"),
}  # fmt: skip

STATUS: dict[str, tuple[Answer, str]] = {
    str(status): (answer(status=status), f"status_{status}")
    for status in (203, 206, 400, 401, 402, 403, 404, 410, 418, 451, 500, 502, 503, 504, 599)
} | {
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "status_204"),
    "101": (raw(b"HTTP/1.1 101 Switching Protocols\r\n\r\nwords"), "status_101"),
    "304 that nobody asked for": (answer(b"", 304, etag='"1"'), "status_304"),
    "429": (answer(status=429, retry_after="1000"), "status_429"),
    "451 with a legal page": (answer(status=451, link="<https://law.example>; rel=blocked-by"), "status_451"),
}  # fmt: skip

FAULTS = TRANSPORT | BODIES | STATUS


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_reason_and_ends_in_time(site: Site, name: str) -> None:
    behave, reason = FAULTS[name]
    site.answers["/fault"] = behave
    deadline = 0.4 if name.startswith(("stalled", "dripped", "silence")) else 5.0
    fetcher = make_fetcher(deadline=deadline, max_bytes=2**20)
    start = time.monotonic()
    assert fail(site.url("/fault"), fetcher) == reason
    assert time.monotonic() - start < deadline + 1


def test_a_port_that_takes_no_connections_ends_in_time() -> None:
    with listen_full() as port:
        start = time.monotonic()
        assert fail(f"http://127.0.0.1:{port}/x", make_fetcher(deadline=0.5)) == "deadline"
        assert time.monotonic() - start < 1.5


def test_a_tls_handshake_that_stalls_ends_in_time() -> None:
    with listen_only() as port:
        start = time.monotonic()
        assert fail(f"https://127.0.0.1:{port}/x", make_fetcher(deadline=0.5)) == "deadline"
        assert time.monotonic() - start < 1.5


def test_a_plain_server_where_tls_was_asked_for(site: Site) -> None:
    assert fail(f"https://127.0.0.1:{site.port}/x") == "tls"
    assert site.requests == []


def test_other_names_of_encodings_do_no_harm(site: Site) -> None:
    for name in ("identity", "utf-8", "none", "UTF-8, identity"):
        site.add("/a", PAGE, content_encoding=name)
        assert make_fetcher().fetch(site.url("/a")).body == PAGE
    site.add("/nested", nest(PAGE, 3), content_encoding="gzip, gzip, x-gzip")
    assert make_fetcher().fetch(site.url("/nested")).body == PAGE
    site.add("/tail", gzip.compress(PAGE) + b"\0" * 20, content_encoding="gzip")
    assert make_fetcher().fetch(site.url("/tail")).body == PAGE


def test_interim_answers_are_passed_over(site: Site) -> None:
    page = OK + b"Content-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE)
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    site.answers["/a"] = raw(early * 2 + page)
    assert make_fetcher().fetch(site.url("/a")).body == PAGE


KEPT = (304, 404)


@pytest.mark.parametrize("status", [204, 302, *KEPT])
def test_what_follows_an_answer_is_never_taken_for_the_next_one(site: Site, status: int) -> None:
    """A second answer that nobody asked for is not read later, even on a connection that is kept.

    Redirects are followed at once, so theirs never is; other pages of a host come at its pace.
    """
    written = threading.Event()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % status)
        handler.wfile.write(OK + b"Content-Length: 5\r\n\r\nfalse")
        written.set()

    site.answers["/bad"] = behave
    site.add("/good", PAGE)
    fetcher = make_fetcher()
    for _ in range(3):
        written.clear()
        with suppress(FetchError):
            fetcher.fetch(site.url("/bad"), etag='"e"')
        assert written.wait(10)
        time.sleep(status in KEPT and 0.15)  # the second write waits for the first one's acknowledgement
        assert fetcher.fetch(site.url("/good")).body == PAGE


def test_the_cap_is_of_the_fetcher_and_not_of_the_connection(site: Site) -> None:
    """A feed may be larger than a page; both come over the same connection."""
    site.add("/feed", PAGE + b"x" * 3 * 2**20)
    site.add("/page", PAGE)
    narrow = make_fetcher(max_bytes=2**20)
    wide = copy(narrow)
    wide.max_bytes = 4 * 2**20
    for _ in range(2):
        assert narrow.fetch(site.url("/page")).body == PAGE
        assert len(wide.fetch(site.url("/feed")).body) > 3 * 2**20
        assert fail(site.url("/feed"), narrow) == "too_large"
