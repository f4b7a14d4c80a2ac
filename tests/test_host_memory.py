"""What one run knows of hosts for the next: whom to leave alone, through clock steps, damage and full disks."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from flows.fetch import Fetched, Request, fetch_all
from flows.hops import read_retry_after
from flows.host_memory import LONGEST_HOLD, HostMemory, RobotsFile
from flows.ingest import ingest
from flows.pacing import LONGEST_WAIT
from models.errors import FetchError
from tests.fetching import PAGE, fail, make_fetcher
from tests.nights import feed_of, publish, write_sources
from tests.servers import Site, serve

ASKED = {
    "3600": 3600, "59": 59, "86401": LONGEST_HOLD, "9" * 30: LONGEST_HOLD, "1e400": LONGEST_HOLD,
    "-5": 30, "0": 30, "soon": 30, "nan": 30, "": 30, "Thu, 01 Jan 1970 00:00:00 GMT": 30,
    "Fri, 31 Dec 9999 23:59:59 GMT": LONGEST_HOLD, "Fri, 99 Dec 2024 00:00:00 GMT": 30,
    "Mon, 01 Jan 2024 00:00:00 +999999999": 30,
}  # fmt: skip


def outcomes(site: Site, memory: HostMemory | None, *paths: str) -> list[str]:
    """What becomes of the pages in one run."""
    asked = [Request(site.url(path)) for path in paths]
    found = fetch_all(make_fetcher(memory=memory), asked)
    return ["ok" if isinstance(one, Fetched) else one.reason for _, one in found]


@pytest.mark.parametrize("asked", ASKED, ids=lambda text: text or "nothing")
def test_a_throttled_host_is_hit_once_and_held_as_long_as_it_asks(site: Site, asked: str) -> None:
    site.add("/a", PAGE, 429, retry_after=asked)
    fetcher = make_fetcher()
    start = time.monotonic()
    assert fail(site.url("/a"), fetcher) == "status_429"
    assert site.hits("/a") == 1
    assert time.monotonic() - start < 2
    held = fetcher.pacing.held[f"127.0.0.1:{site.port}"] - time.monotonic()
    assert ASKED[asked] - 3 < held <= ASKED[asked]


def test_a_date_to_wait_for() -> None:
    later = datetime.now(UTC) + timedelta(seconds=100)
    assert 90 < (read_retry_after(format_datetime(later, usegmt=True)) or 0) <= 100
    assert 90 < (read_retry_after(format_datetime(later.replace(tzinfo=None))) or 0) <= 100  # "-0000"


def test_retry_after_is_kept_by_the_next_run(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    site.add("/a", PAGE, 429, retry_after="3600")
    with HostMemory(path, clock=lambda: 1000.0) as memory, serve() as other:
        other.add("/b", PAGE)
        assert outcomes(site, memory, "/a", "/a2", "/a3") == ["status_429", "held", "held"]
        assert outcomes(other, memory, "/b") == ["ok"]
    site.add("/a", PAGE)
    before = len(site.requests)
    with HostMemory(path, clock=lambda: 1000.0 + 3000) as memory:
        assert outcomes(site, memory, "/a") == ["held"]
        assert fail(site.url("/a"), make_fetcher(memory=memory)) == "held"
    assert len(site.requests) == before
    with HostMemory(path, clock=lambda: 1000.0 + 3601) as memory:
        assert outcomes(site, memory, "/a") == ["ok"]


def test_a_short_rest_is_waited_for_and_not_failed(site: Site, tmp_path: Path) -> None:
    with HostMemory(tmp_path / "h", clock=lambda: 0.0) as memory:
        memory.hold(f"127.0.0.1:{site.port}", 20)
    site.add("/a", PAGE)
    with HostMemory(tmp_path / "h", clock=lambda: 19.8) as memory:
        start = time.monotonic()
        assert outcomes(site, memory, "/a") == ["ok"]
        assert time.monotonic() - start > 0.15


def test_a_host_that_was_down_is_left_alone_by_the_next_run(tmp_path: Path) -> None:
    with HostMemory(tmp_path / "h") as memory:
        fetcher = make_fetcher(memory=memory)
        reasons = [fail("http://127.0.0.1:1/x", fetcher) for _ in range(6)]
        assert reasons == ["refused"] * 5 + ["held"]
    with HostMemory(tmp_path / "h") as memory:
        assert fail("http://127.0.0.1:1/x", make_fetcher(memory=memory)) == "held"


STEPS = {  # clock now, against 0 when 900 seconds were asked for -> seconds left
    100: 800, 899: 1, 901: 0, 10**9: 0, -1: 900, -86400: 900, -(10**9): 900,
}  # fmt: skip


@pytest.mark.parametrize("now", STEPS)
def test_a_clock_that_is_set_makes_no_hold_longer(tmp_path: Path, now: int) -> None:
    with HostMemory(tmp_path / "h", clock=lambda: 0.0) as memory:
        memory.hold("a", 900)
    with HostMemory(tmp_path / "h", clock=lambda: float(now)) as memory:
        assert memory.holds().get("a", 0) == STEPS[now]


def test_an_instant_far_away_is_not_believed(tmp_path: Path) -> None:
    with HostMemory(tmp_path / "h", clock=lambda: 0.0) as memory:
        memory.database.execute("INSERT INTO holds VALUES ('a', 0, 1e12)")
        assert memory.holds() == {"a": LONGEST_HOLD}
        memory.hold("b", 10**12)
        assert memory.holds()["b"] == LONGEST_HOLD


def damage(path: Path, kind: str) -> None:
    """A file that cannot be used any more, in one of the ways in which that happens."""
    if kind == "other words":
        path.write_bytes(b"this is no database" * 100)
    elif kind == "flipped":
        path.write_bytes(path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100))
    elif kind == "truncated":
        path.write_bytes(path.read_bytes()[:3000])
    elif kind == "other version":
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("kind", ["other words", "flipped", "truncated", "other version"])
def test_a_damaged_memory_is_begun_anew_and_says_so(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "hosts.sqlite"
    with HostMemory(path) as memory:
        memory.hold("a", 900)
        memory.keep_robots("http://a", RobotsFile(200, b"x" * 10_000))
    damage(path, kind)
    with HostMemory(path) as memory:
        assert memory.holds() == {}
        memory.hold("b", 900)
        assert memory.robots("http://a") is None
        assert "b" in memory.holds()
        if kind != "other version":
            assert memory.fault
            assert "\n" not in memory.fault
    with HostMemory(path) as memory:
        assert (list(memory.holds()), memory.fault) == (["b"], None)


def test_a_memory_that_cannot_be_written_lasts_for_the_run(site: Site, tmp_path: Path) -> None:
    (tmp_path / "hosts.sqlite").mkdir()
    site.add("/a", PAGE, 429, retry_after="3600")
    with HostMemory(tmp_path / "hosts.sqlite") as memory:
        assert memory.fault
        assert "is not kept" in memory.fault
        assert outcomes(site, memory, "/a", "/b") == ["status_429", "held"]
        assert memory.holds()


def test_a_disk_that_fills_up_ends_the_memory_and_not_the_run(site: Site, tmp_path: Path) -> None:
    with HostMemory(tmp_path / "hosts.sqlite") as memory:
        memory.database.execute("PRAGMA max_page_count = 1")  # SQLite's own "disk is full"
        site.add("/robots.txt", b"# rules\n" * 5000, content_type="text/plain")
        site.add("/a", PAGE)
        assert outcomes(site, memory, "/a") == ["ok"]
        assert memory.fault
        assert "full" in memory.fault


def test_a_long_hold_is_held_and_a_short_one_waited_for() -> None:
    pacing = make_fetcher().pacing
    pacing.hold("a", LONGEST_WAIT + 5)
    pacing.hold("b", LONGEST_WAIT - 5)
    assert pacing.due("a") == 0
    with pytest.raises(FetchError, match="is left alone for another 65 s"):
        pacing.take("a")
    assert 50 < pacing.take("b") < LONGEST_WAIT


def test_a_second_night_leaves_a_throttled_site_alone(site: Site, tmp_path: Path) -> None:
    publish(site, 1, 2)
    site.add("/1.html", PAGE, 429, retry_after="3600")
    site.add("/2.html", PAGE, 429, retry_after="3600")
    sources = write_sources(tmp_path, town=feed_of(site))
    nights = [ingest(sources, tmp_path / "home", allow_private=True) for _ in range(2)]
    assert [failure.reason for failure in nights[0].failures] == ["status_429", "held"]
    assert [failure.reason for failure in nights[1].failures] == ["held"]  # the feed itself
    assert (site.hits("/1.html"), site.hits("/2.html"), site.hits("/feed.xml")) == (1, 0, 1)


def test_a_night_says_that_its_memory_was_damaged(site: Site, tmp_path: Path) -> None:
    publish(site)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    home.mkdir()
    (home / "hosts.sqlite").write_bytes(b"this is no database" * 100)
    errors = [ingest(sources, home, allow_private=True).errors for _ in range(2)]
    assert ["begun anew" in " ".join(lines) for lines in errors] == [True, False]
