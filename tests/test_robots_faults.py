"""A robots.txt that cannot be had is asked for a few times, not by each page; and who is held for an answer."""

import time
from dataclasses import replace

import pytest

from flows.fetch import Request, fetch_all
from flows.queues import host_of
from flows.robots_files import TRIES
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import Answer, answer, raw
from tests.servers import Site, serve

FAILING: dict[str, Answer] = {
    "status_500": answer(b"", 500),
    "truncated": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nUser"),
}


@pytest.mark.parametrize("reason", FAILING)
def test_a_failing_robots_is_not_asked_for_by_each_page(site: Site, reason: str) -> None:
    site.answers["/robots.txt"] = FAILING[reason]
    fetcher = make_fetcher()
    asked = [Request(site.url(f"/{n}")) for n in range(20)]
    found = [getattr(one, "reason", "ok") for _, one in fetch_all(fetcher, asked)]
    assert found == [reason] * 20
    assert [path for path, _ in site.requests] == ["/robots.txt"] * TRIES


def test_a_robots_that_is_there_again_is_read(site: Site) -> None:
    site.add("/robots.txt", status=500)
    site.add("/a", PAGE)
    fetcher = make_fetcher()
    assert [fail(site.url("/a"), fetcher) for _ in range(2)] == ["status_500"] * 2
    site.add("/robots.txt", b"", content_type="text/plain")
    assert fail(site.url("/a"), fetcher) == "status_500"
    (origin,) = fetcher.robots.failed
    fetcher.robots.failed[origin] = replace(fetcher.robots.failed[origin], until=time.monotonic())
    assert fetcher.fetch(site.url("/a")).body == PAGE
    assert not fetcher.robots.failed


@pytest.mark.parametrize("closed", ["/x", "/robots.txt"])
def test_a_host_is_held_for_its_own_answer_and_not_for_that_of_another(site: Site, closed: str) -> None:
    """What leads to a throttled site is another site, whose own pages are asked for as before."""
    with serve() as other:
        other.add(closed, status=429, retry_after="3600")
        site.add("/go", status=302, location=other.url("/x"))
        site.add("/a", PAGE)
        fetcher = make_fetcher()
        asked = [Request(site.url("/go")), Request(site.url("/a"))]
        found = [getattr(one, "reason", "ok") for _, one in fetch_all(fetcher, asked, threads=1)]
        assert sorted(found) == ["ok", "status_429"]
        assert fetcher.pacing.held.keys() == {host_of(other.url("/"))}
        assert fail(other.url("/y"), fetcher) == "held"
        assert other.hits(closed) == 1
