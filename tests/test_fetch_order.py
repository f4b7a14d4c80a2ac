"""Whose turn it is: no host waits for another, whether that is large, slow, down, throttling or without address."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from flows.fetch import Fetched, Request, fetch_all
from flows.pacing import Pacing
from flows.queues import HostQueues, host_of
from models.errors import FetchError
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import slow
from tests.servers import Site, serve


@contextmanager
def serve_hosts() -> Iterator[Site]:
    """A site whose every address of 127.x.y.z is a host of its own."""
    with serve(address="0.0.0.0") as site:
        yield site


def hosts_asked(site: Site) -> list[str]:
    """The hosts of the requests for pages, in the order in which the server had them."""
    return [headers["host"].partition(":")[0] for path, headers in site.requests if path != "/robots.txt"]


def test_ten_thousand_pages_do_not_keep_two_hundred_small_hosts_waiting() -> None:
    small = [f"127.1.{n // 100}.{n % 100 + 1}" for n in range(200)]
    with serve_hosts() as site:
        for n in range(10_000):
            site.add(f"/{n}", PAGE)
        asked = [Request(site.url(f"/{n}", "127.0.0.9")) for n in range(10_000)]
        asked += [Request(site.url(f"/{n}", host)) for host in small for n in range(3)]
        found = list(islice(fetch_all(make_fetcher(deadline=10.0), asked, threads=4), 620))
        order = hosts_asked(site)
    last = max(place for place, host in enumerate(order) if host != "127.0.0.9")
    large = order[:last].count("127.0.0.9")
    assert sum("127.1." in request.url for request, _ in found) == 600
    assert all(isinstance(one, Fetched) for _, one in found)
    assert 3 <= large <= 20  # the large host had its turns too, one as often as each of the small ones


def test_hosts_take_turns_in_the_order_of_the_list() -> None:
    hosts = [f"127.0.0.{n}" for n in range(1, 6)]
    with serve_hosts() as site:
        site.add("/a", PAGE)
        asked = [Request(site.url("/a?" + str(n), host)) for host in hosts for n in range(3)]
        list(fetch_all(make_fetcher(), asked, threads=1))
        assert hosts_asked(site) == hosts * 3


def test_many_hosts_do_not_use_up_the_files_that_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.fetch.MOST_POOLS", 10)
    with serve_hosts() as site:
        site.add("/a", PAGE)
        before = len(list(Path("/proc/self/fd").iterdir()))
        fetcher = make_fetcher(deadline=10.0)
        asked = [Request(site.url("/a", f"127.2.0.{n + 1}")) for n in range(100)]
        found = list(fetch_all(fetcher, asked, threads=4))
        assert all(isinstance(one, Fetched) for _, one in found)
        assert len(fetcher.pools) == 10
        # The server's ends of the connections are open in this process as well.
        assert len(list(Path("/proc/self/fd").iterdir())) - before < 2 * 10 + 20


def test_a_storm_of_503_opens_the_circuit_and_others_go_on(site: Site) -> None:
    with serve() as other:
        for n in range(40):
            site.add(f"/{n}", PAGE, 503)
            other.add(f"/{n}", PAGE)
        asked = [Request(one.url(f"/{n}")) for n in range(40) for one in (site, other)]
        found = {
            request.url: getattr(one, "reason", "ok") for request, one in fetch_all(make_fetcher(), asked)
        }
    assert [found[other.url(f"/{n}")] for n in range(40)] == ["ok"] * 40
    reasons = [found[site.url(f"/{n}")] for n in range(40)]
    assert set(reasons) == {"status_503", "held"}
    assert reasons.count("held") >= 38
    assert sum(path != "/robots.txt" for path, _ in site.requests) == 5


def test_a_page_that_is_always_broken_opens_no_circuit(site: Site) -> None:
    for n in range(6):
        site.add(f"/{n}", PAGE, 500)
    site.add("/good", PAGE)
    fetcher = make_fetcher()
    assert [fail(site.url(f"/{n}"), fetcher) for n in range(6)] == ["status_500"] * 6
    assert fetcher.fetch(site.url("/good")).body == PAGE


def test_slow_hosts_hold_up_nobody_else(site: Site) -> None:
    with serve() as other:
        for n in range(20):
            site.answers[f"/{n}"] = slow(b"HTTP/1.1 200 OK\r\n\r\n", b"x", times=30)
            other.add(f"/{n}", PAGE)
        asked = [Request(one.url(f"/{n}")) for n in range(20) for one in (site, other)]
        start = time.monotonic()
        found = [
            (request.url, one) for request, one in fetch_all(make_fetcher(deadline=0.4), asked, threads=2)
        ]
    assert time.monotonic() - start < 6
    assert all(isinstance(one, Fetched) for url, one in found[:18] if url.startswith(other.url("")))
    assert sum(isinstance(one, Fetched) for _, one in found) == 20
    reasons = [one.reason for _, one in found if isinstance(one, FetchError)]
    assert (reasons.count("deadline"), reasons.count("held")) == (5, 15)


def test_a_wish_to_stop_ends_it_with_what_is_under_way(site: Site) -> None:
    asked = [Request(site.url(f"/{n}")) for n in range(50)]
    for n in range(50):
        site.add(f"/{n}", PAGE)
    stopped = threading.Event()
    found = []
    for request, _ in fetch_all(make_fetcher(stopped=stopped.is_set), asked):
        found.append(request.url)
        if len(found) == 5:
            stopped.set()
    assert len(found) < 10
    assert len(found) == sum(path != "/robots.txt" for path, _ in site.requests)


def test_a_wish_to_stop_is_heard_while_all_hosts_rest() -> None:
    start = time.monotonic()
    fetcher = make_fetcher(stopped=lambda: time.monotonic() - start > 0.3)
    fetcher.pacing.hold("127.0.0.1:1", 50)
    assert list(fetch_all(fetcher, [Request("http://127.0.0.1:1/x")])) == []
    assert time.monotonic() - start < 3


def test_a_wish_to_stop_is_heard_by_who_waits_for_one_page() -> None:
    start = time.monotonic()
    fetcher = make_fetcher(stopped=lambda: time.monotonic() - start > 0.3)
    fetcher.pacing.hold("127.0.0.1:1", 50)
    assert fail("http://127.0.0.1:1/x", fetcher) == "stopped"
    assert time.monotonic() - start < 3


def test_the_queue_is_quick_for_many_hosts() -> None:
    """Not timed: the number of times that hosts are looked at grows with the requests, not with their square."""
    looks = 0

    class Counted(Pacing):
        def due(self, host: str) -> float:
            nonlocal looks
            looks += 1
            return super().due(host)

    pacing = Counted(0.0)
    queues = HostQueues(Request(f"http://h{n % 2000}.example/{n}") for n in range(6000))
    while queues:
        turn = queues.take(pacing)
        assert turn
        pacing.take(turn.host)
        queues.release(turn, pacing)
    assert looks <= 3 * 6000


def test_a_host_is_its_name_and_port() -> None:
    assert host_of("http://user:word@Paper.example:80/x") == "paper.example"
    assert host_of("https://paper.example:443") == host_of("http://paper.example/") == "paper.example"
    assert host_of("https://paper.example:80/") == "paper.example:80"
    assert host_of("http://www.paper.example/") != host_of("http://paper.example/")
    assert host_of("http://[bad") == host_of("nonsense") == ""
