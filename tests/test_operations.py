"""What befalls a nightly run: stops, full disks, stepping clocks, killed children; all is kept, and told."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from command import run

from extractors.extractor import Extractor
from flows.archive import Archive
from flows.ingest import Work, ingest
from flows.receipts import find_store
from flows.run_ids import make_run_id
from flows.store import Store
from tests.nights import feed_of, make_feed, make_page, outcomes, publish, put, write_pages, write_sources
from tests.servers import Site, reply

HOUR = timedelta(hours=1)


def ask_to_stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def archived(home: Path) -> set[str]:
    with Archive(home / "archive", read_only=True) as archive:
        return {record.url for record in archive.records()}


def test_a_stop_while_sources_are_asked_asks_no_more_of_them(tmp_path: Path, site: Site) -> None:
    publish(site, 1)
    feed, before = site.answers["/feed.xml"], list[int]()

    def count() -> int:
        return sum(site.hits(f"/{n}.xml") for n in range(20))

    def stop(handler: BaseHTTPRequestHandler) -> None:
        ask_to_stop()
        time.sleep(0.5)  # the stop is known then
        before.append(count())
        feed(handler)

    site.answers["/feed.xml"] = stop
    others = {f"other{n}": {"kind": "feed", "url": site.url(f"/{n}.xml")} for n in range(20)}
    sources = write_sources(tmp_path, town=feed_of(site), **others)
    receipt = ingest(sources, tmp_path / "home", allow_private=True)
    assert (receipt.stopped, receipt.outcomes["left"]) == (True, 1)
    assert [count()] == [len(receipt.errors)] == before  # a second apart: some may have come before the stop
    assert site.hits("/1.html") == 0


def test_a_slow_source_keeps_no_other_waiting(tmp_path: Path, site: Site) -> None:
    """The first feed answers only once the second one was asked."""
    publish(site, 1)
    feed, asked = site.answers["/feed.xml"], threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        assert asked.wait(20)
        feed(handler)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        reply(handler, b"", 404)

    site.answers |= {"/feed.xml": wait, "/other.xml": answer}
    other = {"kind": "feed", "url": site.url("/other.xml")}
    sources = write_sources(tmp_path, town=feed_of(site), other=other)
    receipt = ingest(
        sources,
        tmp_path / "home",
        allow_private=True,
        run=lambda stage, work: (stage == "plan" and work()) or 0,
    )
    assert [(count.source, count.items) for count in receipt.sources] == [("town", 1), ("other", 0)]
    assert [failure.reason for failure in receipt.failures] == ["status_404"]


def test_a_stop_while_a_host_is_slow_keeps_what_is_under_way(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1, 2, 3)
    page = site.answers["/2.html"]

    def stop(handler: BaseHTTPRequestHandler) -> None:
        ask_to_stop()
        time.sleep(1.5)
        page(handler)

    site.answers["/2.html"] = stop
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    receipt = ingest(sources, home, allow_private=True)
    assert (receipt.stopped, receipt.outcomes["left"], receipt.total.fetched) == (True, 3, 2)
    assert archived(home) == {site.url("/1.html"), site.url("/2.html")}
    assert site.hits("/3.html") == 0
    rest = ingest(sources, home, allow_private=True, extractor=extractor, fresh=HOUR)
    assert outcomes(rest) == {"new": 3}
    assert [site.hits(f"/{number}.html") for number in (1, 2, 3)] == [1, 1, 1]


def test_a_stop_is_heard_while_a_host_is_waited_for(tmp_path: Path, site: Site) -> None:
    publish(site, 1, 2)
    sources = write_sources(tmp_path, town=feed_of(site, host_delay=50.0))
    began = time.monotonic()
    later = threading.Timer(2.0, ask_to_stop)
    later.start()
    receipt = ingest(sources, tmp_path / "home", allow_private=True)
    later.join()
    assert receipt.stopped
    assert time.monotonic() - began < 40


def test_a_stop_during_the_commit_lets_it_end(tmp_path: Path, extractor: Extractor) -> None:
    write_pages(tmp_path / "saved", 1)
    sources, home = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"}), tmp_path / "home"

    def stop(stage: str, work: Work) -> int:
        if stage == "commit":
            ask_to_stop()
        return work()

    assert ingest(sources, home, extractor=extractor, run=stop).ok
    assert [one.articles for one in Store(find_store(home)).runs()] == [1]


def test_the_same_night_again_asks_for_no_page(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    publish(site, 1)
    site.add("/plain.html", make_page(2).encode())  # without validators
    put(site, "/feed.xml", make_feed(site, "/1.html", "/plain.html"))
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    ingest(sources, home, allow_private=True, extractor=extractor)
    again = ingest(sources, home, allow_private=True, extractor=extractor, fresh=HOUR)
    assert outcomes(again) == {"unchanged": 2}
    assert (site.hits("/1.html"), site.hits("/plain.html"), again.total.fetched) == (1, 1, 0)
    later = datetime.now(UTC) + 2 * HOUR
    ingest(sources, home, allow_private=True, extractor=extractor, fresh=HOUR, clock=lambda: later)
    assert (site.hits("/1.html"), site.hits("/plain.html")) == (2, 2)


def test_costs_are_told_by_host_and_source(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    publish(site, 1, extra=("/gone.html",))
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    first = ingest(sources, home, allow_private=True, extractor=extractor)
    assert first.traffic.bytes == first.hosts[0].bytes > 0
    seen: list[str] = []
    receipt = ingest(
        sources,
        home,
        allow_private=True,
        extractor=extractor,
        progress=lambda stage, done, total, note: seen.append(f"{stage} {done}/{total}"),
    )
    assert (receipt.total.revisits, receipt.sources[0].reasons) == (1, {"status_404": 1})
    (host,) = receipt.hosts
    assert (host.host, host.requests, host.failed) == (f"127.0.0.1:{site.port}", 3, 0)  # robots.txt is known
    assert receipt.traffic.bytes == host.bytes == 0  # nothing has changed
    assert host.seconds > 0
    assert seen[:4] == ["plan 1/1", "fetch 0/2", "fetch 1/2", "fetch 2/2"]


def test_a_second_run_is_refused_by_exit_code_and_in_one_line(tmp_path: Path) -> None:
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "."})
    with Store(find_store(tmp_path)).writing():
        refused = run("ingest", "--no-prefect", "--sources", sources, "--home", tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert f"another run (process {os.getpid()}) is writing; wait for it" in refused.stderr


def test_a_clock_that_steps_breaks_neither_order_nor_duration(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    now = datetime(2031, 3, 5, 2, 15, tzinfo=UTC)  # a battery ran empty
    runs = []
    for moment in (now, now - timedelta(days=1900), now - timedelta(days=1899)):
        runs.append(ingest(sources, home, allow_private=True, extractor=extractor, clock=lambda m=moment: m))
    ids = [receipt.run_id for receipt in runs]
    assert ids == sorted(ids)
    assert [one.run_id for one in Store(find_store(home)).runs()] == ids
    assert all(receipt.ended >= receipt.started for receipt in runs)
    assert [len(receipt.notes) for receipt in runs] == [0, 1, 1]
    assert runs[1].notes[0] == "the clock stands 1900 days before the last run; is it right?"
    assert [outcomes(receipt) for receipt in runs] == [{"new": 1}, {"unchanged": 1}, {"unchanged": 1}]


def test_run_ids_of_one_second_sort_by_order() -> None:
    now = datetime(2024, 3, 5, 2, 15, tzinfo=UTC)
    ids: list[str] = []
    for _ in range(20):
        ids.append(make_run_id(now, ids)[0])
    assert ids == sorted(ids)
    assert make_run_id(now, ["a run of another kind"])[1] == []
