"""Manners on the way: robots, pace, retries, TLS, and hosts that do not hold each other up."""

import ssl
import time
import warnings
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from flows.connections import make_tls_context
from flows.fetch import Fetched, Fetcher, Request, fetch_all
from flows.pacing import LONGEST_WAIT, Pacing
from models.errors import FetchError
from tests.certificates import make_certificate, serve_with
from tests.fetching import PAGE, cut_short, dripped_body, fail, make_fetcher
from tests.servers import Site, reply, reset, serve


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


WRONG = {
    "another host": ("127.0.0.2", (-1, 1)),
    "expired": ("127.0.0.1", (-9, -1)),
    "not yet": ("127.0.0.1", (1, 9)),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_certificate_that_is_wrong_fails_though_its_authority_is_trusted(
    tmp_path: Path, fault: str
) -> None:
    certificate = make_certificate(tmp_path, *WRONG[fault])
    context = make_tls_context()
    context.load_verify_locations(certificate)
    with serve(serve_with(certificate)) as site:
        assert fail(site.url("/a"), Fetcher(allow_private=True, host_delay=0, tls=context)) == "tls"
        assert site.requests == []


def test_old_tls_is_not_spoken(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    old = serve_with(certificate)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    context = make_tls_context()
    context.load_verify_locations(certificate)
    with serve(old) as site:
        assert fail(site.url("/a"), Fetcher(allow_private=True, host_delay=0, tls=context)) == "tls"


def test_a_page_that_refreshes_out_of_tls_is_refused(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    context = make_tls_context()
    context.load_verify_locations(certificate)
    with serve(serve_with(certificate)) as safe, serve() as plain:
        safe.add("/a", f'<meta http-equiv="refresh" content="0;url={plain.url("/b")}">'.encode())
        assert fail(safe.url("/a"), Fetcher(allow_private=True, host_delay=0, tls=context)) == "tls_downgrade"
        assert plain.requests == []


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
