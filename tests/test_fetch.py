"""Fetching from a real server that behaves badly: every outcome is typed, and none takes longer than it may."""

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network
from pathlib import Path

import pytest

from flows.addresses import is_public
from flows.connections import make_tls_context
from flows.fetch import Fetched, Fetcher, Request, fetch_all
from flows.hops import read_retry_after
from flows.pacing import LONGEST_WAIT, Pacing
from flows.robots import SLOWEST, read_robots
from models.errors import FetchError
from tests.certificates import make_certificate, serve_with
from tests.servers import Site, drip, reply, reset, serve

PAGE = b"<html><body><p>A page.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


def make_fetcher(**given: float) -> Fetcher:
    settings = {"deadline": 2.0, "host_delay": 0.0, "backoff": 0.01, **given}
    return Fetcher(allow_private=True, **settings)  # type: ignore[arg-type]


def fail(url: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        (fetcher or make_fetcher()).fetch(url)
    assert "\n" not in str(caught.value)
    return caught.value.reason


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


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, PAGE, content_length="1000")
    handler.close_connection = True


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    drip(handler, b"x" * 2**16, 100_000, 0)


def dripped_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    drip(handler, b"x", 200, 0.1)


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


RULES = b"User-agent: *\nDisallow: /private/*.html$\nDisallow: /*?print=\n\nUser-agent: dateline\nDisallow: /closed\n"


def test_robots_is_asked_once_and_obeyed(site: Site) -> None:
    site.add("/robots.txt", RULES, content_type="text/plain")
    for path in ("/open", "/closed", "/private/a.html"):
        site.add(path, PAGE)
    fetcher = make_fetcher()
    assert fetcher.fetch(site.url("/open")).status == 200
    assert fail(site.url("/closed"), fetcher) == "robots"
    assert fetcher.fetch(site.url("/private/a.html")).status == 200  # the group for all is not ours
    assert (site.hits("/robots.txt"), site.hits("/closed")) == (1, 0)


ROBOTS = [
    (404, b"", "ok"), (401, b"", "ok"), (403, b"", "ok"), (503, b"", "status_503"), (429, b"", "status_429"),
    (200, b"<html><body>Not found</body></html>", "ok"), (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "robots"),
    (200, b"\xff\xfe\x00", "ok"), (200, b"# long\n" * 10**6 + b"User-agent: *\nDisallow: /", "ok"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "outcome"), ROBOTS, ids=range(len(ROBOTS)))
def test_robots_that_is_missing_broken_or_strange(site: Site, status: int, body: bytes, outcome: str) -> None:
    site.add("/robots.txt", body, status, content_type="text/plain")
    site.add("/a", PAGE)
    if outcome == "ok":
        assert make_fetcher().fetch(site.url("/a")).status == 200
    else:
        assert fail(site.url("/a")) == outcome
        assert site.hits("/a") == 0


def test_robots_delays() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 7.5", "dateline/1").delay == 7.5
    assert read_robots(b"User-agent: *\nCrawl-delay: 86400", "dateline/1").delay == SLOWEST
    assert read_robots(b"User-agent: *\nCrawl-delay: x", "dateline/1").delay == 0


def test_crawl_delay_sets_the_pace(site: Site) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3", content_type="text/plain")
    site.add("/a", PAGE)
    fetcher = make_fetcher()
    start = time.monotonic()
    for _ in range(3):
        fetcher.fetch(site.url("/a"))
    assert time.monotonic() - start >= 0.55


def test_retry_after_is_one_hit_and_leaves_the_host_alone(site: Site) -> None:
    site.add("/a", PAGE, 429, retry_after="3600")
    site.add("/b", PAGE)
    fetcher = make_fetcher()
    start = time.monotonic()
    assert fail(site.url("/a"), fetcher) == "status_429"
    assert fail(site.url("/b"), fetcher) == "held"
    assert (site.hits("/a"), site.hits("/b")) == (1, 0)
    assert time.monotonic() - start < 1


def flaky(
    bad: int, answer: Callable[[BaseHTTPRequestHandler], None]
) -> Callable[[BaseHTTPRequestHandler], None]:
    left = [bad]

    def choose(handler: BaseHTTPRequestHandler) -> None:
        left[0] -= 1
        if left[0] >= 0:
            answer(handler)
        else:
            reply(handler, PAGE)

    return choose


SHORT: list[Callable[[BaseHTTPRequestHandler], None]] = [
    reset,
    lambda handler: reply(handler, b"", 503),
    lambda handler: reply(handler, b"", 429, retry_after="0.05"),
    cut_short,
]


@pytest.mark.parametrize("answer", SHORT, ids=["reset", "503", "429", "cut short"])
def test_short_faults_are_tried_again(site: Site, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
    site.answers["/a"] = flaky(2, answer)
    assert make_fetcher().fetch(site.url("/a")).body == PAGE
    assert site.hits("/a") == 3


def test_lasting_faults_are_not(site: Site) -> None:
    site.add("/a", PAGE, 404)
    assert fail(site.url("/a")) == "status_404"
    assert site.hits("/a") == 1


def test_retry_after_in_all_its_forms() -> None:
    assert read_retry_after("120") == 120
    assert read_retry_after("-5") == 0
    assert read_retry_after("999999999") == 86400
    assert read_retry_after("soon") is None
    later = datetime.now(UTC) + timedelta(seconds=100)
    assert 90 < (read_retry_after(format_datetime(later, usegmt=True)) or 0) <= 100


def test_tls_is_checked_and_never_left(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with serve(serve_with(certificate)) as safe, serve() as plain:
        safe.add("/a", PAGE)
        safe.add("/down", status=302, location=plain.url("/a"))
        plain.add("/a", PAGE)
        assert fail(safe.url("/a")) == "tls"
        assert safe.requests == []
        context = make_tls_context()
        context.load_verify_locations(certificate)
        fetcher = Fetcher(allow_private=True, host_delay=0, tls=context)
        assert fetcher.fetch(safe.url("/a")).body == PAGE
        assert fail(safe.url("/down"), fetcher) == "tls_downgrade"
        assert plain.requests == []


def test_tls_for_another_host_fails(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "127.0.0.2")
    context = make_tls_context()
    context.load_verify_locations(certificate)
    with serve(serve_with(certificate)) as site:
        assert fail(site.url("/a"), Fetcher(allow_private=True, host_delay=0, tls=context)) == "tls"


def test_tls_bodies_end_at_the_deadline(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    context = make_tls_context()
    context.load_verify_locations(certificate)
    with serve(serve_with(certificate)) as site:
        site.answers["/drip"] = dripped_body
        fetcher = Fetcher(allow_private=True, host_delay=0, deadline=1, tls=context)
        start = time.monotonic()
        assert fail(site.url("/drip"), fetcher) == "deadline"
        assert time.monotonic() - start < 2.5


def test_a_host_that_is_down_is_left_alone() -> None:
    fetcher = make_fetcher()
    reasons = [fail("http://127.0.0.1:1/x", fetcher) for _ in range(6)]
    assert reasons == ["refused"] * 5 + ["held"]


def test_all_requests_have_one_outcome_and_small_hosts_do_not_wait(site: Site) -> None:
    with serve() as small:
        for n in range(20):
            site.add(f"/{n}", PAGE)
        small.add("/a", PAGE)
        small.answers["/b"] = flaky(1, reset)
        requests = [Request(site.url(f"/{n}")) for n in range(20)]
        requests += [
            Request(small.url("/a")),
            Request(small.url("/b")),
            Request("nonsense"),
            Request(site.url("/none")),
        ]
        found = list(fetch_all(make_fetcher(host_delay=0.05), requests, threads=4))
    outcomes = {request.url: "ok" if isinstance(one, Fetched) else one.reason for request, one in found}
    assert len(found) == len(requests) == len(outcomes)
    assert outcomes.pop("nonsense") == "scheme"
    assert outcomes.pop(site.url("/none")) == "status_404"
    assert set(outcomes.values()) == {"ok"}
    order = [request.url for request, _ in found]
    assert order.index(small.url("/b")) < 12
    assert [url for url in order if url.startswith(site.url(""))][:3] == [site.url(f"/{n}") for n in range(3)]


def test_one_request_a_host_at_a_time(site: Site) -> None:
    running, most = [0], [0]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.05)
        running[0] -= 1
        reply(handler, PAGE)

    for n in range(6):
        site.answers[f"/{n}"] = answer
    assert len(list(fetch_all(make_fetcher(), [Request(site.url(f"/{n}")) for n in range(6)]))) == 6
    assert most == [1]


def test_a_throttling_host_does_not_hold_up_the_run(site: Site) -> None:
    with serve() as other:
        for n in range(50):
            site.add(f"/{n}", PAGE, 429, retry_after="1000")
        other.add("/a", PAGE)
        requests = [Request(site.url(f"/{n}")) for n in range(50)] + [Request(other.url("/a"))]
        start = time.monotonic()
        found = [
            one if isinstance(one, Fetched) else one.reason for _, one in fetch_all(make_fetcher(), requests)
        ]
    assert time.monotonic() - start < 3
    assert found.count("held") == 49
    assert sum(isinstance(one, Fetched) for one in found) == 1
    assert len(site.requests) == 2  # robots.txt and one page


def test_pacing() -> None:
    now = [100.0]
    pacing = Pacing(2.0, clock=lambda: now[0])
    assert (pacing.take("a"), pacing.take("a"), pacing.take("b")) == (0, 2, 0)
    pacing.set_delay("b", 5)
    assert pacing.due("b") == 5
    now[0] = 200.0
    assert pacing.due("a") < 0
    pacing.hold("a", LONGEST_WAIT + 1)
    with pytest.raises(FetchError):
        pacing.take("a")
