"""robots.txt in every state in which sites keep it: obeyed, remembered for a day, and never a way to harm us."""

import gzip
import time
from ipaddress import ip_network
from pathlib import Path

import pytest

from flows.fetch import Fetcher, Request, fetch_all
from flows.host_memory import HostMemory
from flows.robots import LARGEST, SLOWEST, read_robots
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import Answer, answer, raw, reset_after, slow, squeeze, stalled
from tests.servers import Site, reset, serve

RULES = b"User-agent: *\nDisallow: /private/*.html$\nDisallow: /*?print=\n\nUser-agent: dateline\nDisallow: /closed\n"
SHUT = b"User-agent: *\nDisallow: /"
BOMB = gzip.compress(SHUT + b"\n") + squeeze(200 * 2**20)
DAY = 86400.0


def test_robots_is_asked_once_and_obeyed(site: Site) -> None:
    site.add("/robots.txt", RULES, content_type="text/plain")
    for path in ("/open", "/closed", "/private/a.html"):
        site.add(path, PAGE)
    fetcher = make_fetcher()
    assert fetcher.fetch(site.url("/open")).status == 200
    assert fail(site.url("/closed"), fetcher) == "robots"
    assert fetcher.fetch(site.url("/private/a.html")).status == 200  # the group for all is not ours
    assert (site.hits("/robots.txt"), site.hits("/closed")) == (1, 0)


def plain(body: bytes, status: int = 200, **headers: str) -> Answer:
    return answer(body, status, **{"content_type": "text/plain", **headers})


FILES: dict[str, tuple[Answer, str]] = {
    "404": (plain(b"", 404), "ok"),
    "410": (plain(b"", 410), "ok"),
    "401": (plain(SHUT, 401), "ok"),
    "403": (plain(SHUT, 403), "ok"),
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "ok"),
    "429": (plain(b"", 429), "status_429"),
    "500": (plain(b"", 500), "status_500"),
    "503": (plain(b"", 503), "status_503"),
    "dripped": (slow(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), "deadline"),
    "silence": (stalled(b""), "deadline"),
    "reset": (reset, "reset"),
    "reset in the body": (reset_after(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser"), "reset"),
    "cut short": (plain(SHUT, content_length="1000", connection="close"), "truncated"),
    "HTML page": (answer(b"<html><body>Not found</body></html>"), "ok"),
    "HTML with rules in it": (answer(b"<pre>\nUser-agent: *\nDisallow: /\n</pre>"), "ok"),
    "picture": (plain(b"\x89PNG", content_type="image/png"), "ok"),
    "empty": (plain(b""), "ok"),
    "BOM": (plain(b"\xef\xbb\xbf" + SHUT), "robots"),
    "old Mac lines": (plain(SHUT.replace(b"\n", b"\r")), "robots"),
    "Windows lines": (plain(SHUT.replace(b"\n", b"\r\n")), "robots"),
    "no type": (raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + SHUT), "robots"),
    "gzip": (plain(gzip.compress(SHUT), content_encoding="gzip"), "robots"),
    "bytes of no text": (plain(b"\xff\xfe\x00" + bytes(range(256))), "ok"),
    "UTF-16": (plain(SHUT.decode().encode("utf-16")), "ok"),
    "10 MB before the rules": (plain(b"# long\n" * (10 * 2**20 // 7) + SHUT), "ok"),
    "10 MB after the rules": (plain(SHUT + b"\n# long" * (10 * 2**20 // 7)), "robots"),
    "bomb after the rules": (plain(BOMB, content_encoding="gzip"), "robots"),
    "line of 400 kB": (plain(b"Disallow: /" + b"x" * 400_000 + b"\n" + SHUT), "robots"),
    "20,000 wildcards": (plain(b"User-agent: *\n" + b"Disallow: /*a*b*c*d*e$\n" * 20_000), "ok"),
    "a wildcard to tire us": (plain(b"User-agent: *\nDisallow: /" + b"*a" * 1000 + b"$"), "ok"),
    "several groups": (plain(SHUT + b"\n\nUser-agent: other\nUser-agent: dateline\nAllow: /\n"), "ok"),
    "ours twice": (plain(b"User-agent: dateline\nAllow: /x\n\nUser-agent: DateLine\nDisallow: /aaa\n"), "robots"),
    "longest rule wins": (plain(b"User-agent: *\nDisallow: /\nAllow: /aaa\n"), "ok"),
    "wildcard and end": (plain(b"User-agent: *\nDisallow: /*.html$\n"), "robots"),
    "end that is not there": (plain(b"User-agent: *\nDisallow: /aaa$\n"), "ok"),
    "empty Disallow": (plain(b"User-agent: *\nDisallow:\n"), "ok"),
    "redirect": (plain(b"", 301, location="/rules.txt"), "robots"),
    "redirect to nowhere": (plain(b"", 301), "ok"),
    "redirect in a circle": (plain(b"", 302, location="/robots.txt"), "ok"),
    "redirect to a file": (plain(b"", 302, location="file:///etc/passwd"), "ok"),
    "redirect to the home page": (plain(b"", 302, location="/home"), "ok"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_state_of_robots_has_its_outcome(site: Site, name: str) -> None:
    behave, outcome = FILES[name]
    site.answers["/robots.txt"] = behave
    site.add("/rules.txt", SHUT, content_type="text/plain")
    site.add("/home", b"<html>" + SHUT + b"</html>")
    path = "/" + "a" * 60 + ".html"
    site.add(path, PAGE)
    deadline = 0.4 if outcome == "deadline" else 5.0
    start = time.monotonic()
    fetcher = make_fetcher(deadline=deadline)
    if outcome == "ok":
        assert fetcher.fetch(site.url(path)).status == 200
    else:
        assert fail(site.url(path), fetcher) == outcome
        assert site.hits(path) == 0
    assert time.monotonic() - start < deadline + 1


def test_a_redirect_of_robots_to_the_inside_forbids_all(site: Site) -> None:
    site.add("/robots.txt", status=302, location="http://10.0.0.1/robots.txt")
    site.add("/a", PAGE)
    assert (
        fail(site.url("/a"), Fetcher(inside=(ip_network("127.0.0.1/32"),), host_delay=0)) == "private_address"
    )


DELAYS = {
    "7.5": 7.5,
    "86400": SLOWEST,
    "1e9": SLOWEST,
    "0": 0,
    "-3": 0,
    "x": 0,
    "": 0,
    "nan": 0,
    "inf": 0,
    "0.25": 0.25,
}


@pytest.mark.parametrize("asked", DELAYS)
def test_robots_delays(asked: str) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {asked}".encode(), "dateline/1").delay == DELAYS[asked]


def test_crawl_delay_sets_the_pace(site: Site) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3", content_type="text/plain")
    site.add("/a", PAGE)
    fetcher = make_fetcher()
    start = time.monotonic()
    for _ in range(3):
        fetcher.fetch(site.url("/a"))
    assert time.monotonic() - start >= 0.55


def test_a_slow_pace_is_no_failure(site: Site) -> None:
    """A site that asks for two minutes between requests has its second page waiting, not failed."""
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 86400", content_type="text/plain")
    site.add("/a", PAGE)
    asked = [Request(site.url("/a")), Request(site.url("/b"))]
    start = time.monotonic()
    fetcher = make_fetcher(stopped=lambda: time.monotonic() - start > 0.5)
    found = list(fetch_all(fetcher, asked))
    assert [request.url for request, _ in found] == [site.url("/a")]
    assert fetcher.pacing.due(f"127.0.0.1:{site.port}") > 100


def fetch_at(site: Site, folder: Path, now: float) -> str:
    """What becomes of a page in a run of its own at this time."""
    site.add("/a", PAGE)
    with HostMemory(folder / "hosts.sqlite", clock=lambda: now) as memory:
        ((_, found),) = fetch_all(make_fetcher(memory=memory), [Request(site.url("/a"))])
    return getattr(found, "reason", "ok")


def test_rules_are_remembered_for_a_day(site: Site, tmp_path: Path) -> None:
    site.add("/robots.txt", SHUT, content_type="text/plain")
    assert fetch_at(site, tmp_path, 0) == "robots"
    site.add("/robots.txt", b"", content_type="text/plain")
    assert fetch_at(site, tmp_path, DAY - 100) == "robots"
    assert site.hits("/robots.txt") == 1
    assert fetch_at(site, tmp_path, DAY + 100) == "ok"
    assert site.hits("/robots.txt") == 2


def test_rules_from_a_clock_that_was_ahead_are_asked_again(site: Site, tmp_path: Path) -> None:
    site.add("/robots.txt", SHUT, content_type="text/plain")
    assert fetch_at(site, tmp_path, 100 * DAY) == "robots"
    site.add("/robots.txt", b"", content_type="text/plain")
    assert fetch_at(site, tmp_path, DAY) == "ok"


def test_rules_that_have_not_changed_come_without_a_body(site: Site, tmp_path: Path) -> None:
    def behave(handler):  # type: ignore[no-untyped-def]
        same = handler.headers["If-None-Match"] == '"r"'
        (answer(b"", 304, etag='"r"') if same else plain(SHUT, etag='"r"'))(handler)

    site.answers["/robots.txt"] = behave
    assert [fetch_at(site, tmp_path, n * (DAY + 1)) for n in range(3)] == ["robots"] * 3
    assert "if-none-match" not in site.requests[0][1]
    assert [headers["if-none-match"] for _, headers in site.requests[1:]] == ['"r"', '"r"']


def test_old_rules_stand_in_for_those_that_cannot_be_had(site: Site, tmp_path: Path) -> None:
    site.add("/robots.txt", b"User-agent: *\nDisallow: /b", content_type="text/plain")
    assert fetch_at(site, tmp_path, 0) == "ok"
    site.answers["/robots.txt"] = reset
    assert fetch_at(site, tmp_path, 2 * DAY) == "ok"
    site.add("/robots.txt", status=503)
    assert fetch_at(site, tmp_path, 3 * DAY) == "ok"
    assert fetch_at(site, tmp_path, 40 * DAY) == "status_503"
    site.add("/robots.txt", status=503, retry_after="900")
    assert fetch_at(site, tmp_path, 4 * DAY) == "status_503"


def test_each_scheme_and_port_has_its_own_rules(site: Site) -> None:
    with serve() as other:
        other.add("/robots.txt", SHUT, content_type="text/plain")
        site.add("/a", PAGE)
        other.add("/a", PAGE)
        fetcher = make_fetcher()
        assert fetcher.fetch(site.url("/a")).status == 200
        assert fail(other.url("/a"), fetcher) == "robots"


def test_no_more_is_kept_than_may_be_read(site: Site, tmp_path: Path) -> None:
    site.add("/robots.txt", b"# long\n" * 10**6, content_type="text/plain")
    fetch_at(site, tmp_path, 0)
    with HostMemory(tmp_path / "hosts.sqlite", clock=lambda: 1.0) as memory:
        file = memory.robots(site.url("").rstrip("/"))
    assert file
    assert len(file.body) == LARGEST
