"""Fetching from a real server that behaves badly: every outcome is typed, and none takes longer than it may."""

import gzip
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

from tests.fetching import PAGE, fail, make_fetcher
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
