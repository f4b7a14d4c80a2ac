"""Names of hosts that are looked up: in bounded time, and without a thread that anybody has to wait for."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.fetch import Request, fetch_all
from flows.lookups import MOST_HANGING, Lookups
from models.errors import FetchError
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import listen_full, listen_only
from tests.servers import Site

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The system's look-up of names hangs until the test ends; the names that were asked for."""
    ended, asked, real = threading.Event(), list[str](), socket.getaddrinfo

    def hang(host: str, *rest: object, **more: object) -> object:
        if more.get("flags"):
            return real(host, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        ended.wait(30)
        raise socket.gaierror("late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    yield asked
    ended.set()


def test_a_look_up_that_hangs_ends_at_the_deadline(site: Site, hung: list[str]) -> None:
    site.add("/a", PAGE)
    fetcher = make_fetcher(deadline=0.4)
    start = time.monotonic()
    asked = [Request("http://hung.example/1"), Request("http://hung.example/2"), Request(site.url("/a"))]
    found = {request.url: getattr(one, "reason", "ok") for request, one in fetch_all(fetcher, asked)}
    assert list(found.values()).count("dns") == 2
    assert found[site.url("/a")] == "ok"
    assert time.monotonic() - start < 2
    assert hung == ["hung.example"]  # the second request waits for the first one's answer


def test_look_ups_that_hang_do_not_pile_up(hung: list[str]) -> None:
    lookups = Lookups()
    for n in range(MOST_HANGING + 10):
        with pytest.raises(FetchError) as caught:
            lookups.resolve(f"h{n}.example", 80, 0.001)
        assert caught.value.reason == "dns"
    assert len(hung) == MOST_HANGING


HANGS = """
import socket, threading
def hang(*_, flags=0, **__):
    if flags:
        raise socket.gaierror("no number")
    threading.Event().wait()
socket.getaddrinfo = hang
from flows.fetch import Fetcher
try:
    Fetcher(deadline=0.3, host_delay=0, backoff=0).fetch("http://hung.example/")
except Exception as error:
    print(error.reason)
"""


def test_a_look_up_that_hangs_does_not_keep_the_program_from_ending() -> None:
    found = subprocess.run(
        [sys.executable, "-c", HANGS],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert found.stdout == "dns\n"


def test_a_slow_first_address_leaves_time_for_the_second(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host whose first address is a black hole is reached by its second one within the deadline."""

    def look_up(host: str, port: int, *_: object, flags: int = 0, **__: object) -> list[object]:
        if flags:
            raise socket.gaierror("no number")
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("127.0.0.5", "127.0.0.1")]

    site.add("/a", PAGE)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with listen_full("127.0.0.5", site.port):
        assert make_fetcher(deadline=2.0).fetch(f"http://two.example:{site.port}/a").body == PAGE


def test_silent_ports_end_at_the_deadline() -> None:
    with listen_only() as port:
        start = time.monotonic()
        assert fail(f"http://127.0.0.1:{port}/x", make_fetcher(deadline=0.4)) == "deadline"
        assert time.monotonic() - start < 1.4
