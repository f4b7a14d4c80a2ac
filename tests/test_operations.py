"""What befalls a nightly run: stops, full disks, stepping clocks, killed children; all is kept, and told."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from io import StringIO
from pathlib import Path

from command import run
from rich.console import Console
from rich.progress import Progress, TextColumn

from extractors.extractor import Extractor
from flows.archive import Archive
from flows.ingest import Work, ingest
from flows.progress import NoteColumn
from flows.receipts import find_receipt, find_store, list_receipts, save_receipt
from flows.run_ids import make_run_id
from flows.running import find_parent, is_below_us
from flows.store import Store
from models.receipt import Receipt
from tests.nights import feed_of, make_feed, make_page, outcomes, publish, put, write_pages, write_sources
from tests.receipts import make_count, make_receipt
from tests.servers import Site, reply

HOUR = timedelta(hours=1)


def ask_to_stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def archived(home: Path) -> set[str]:
    with Archive(home / "archive", read_only=True) as archive:
        return {record.url for record in archive.records()}


def test_a_stop_while_sources_are_asked_asks_no_more_of_them(tmp_path: Path, site: Site) -> None:
    publish(site, 1)
    feed = site.answers["/feed.xml"]

    def stop(handler: BaseHTTPRequestHandler) -> None:
        ask_to_stop()
        feed(handler)

    site.answers["/feed.xml"] = stop
    sources = write_sources(
        tmp_path, town=feed_of(site), other={"kind": "feed", "url": site.url("/other.xml")}
    )
    receipt = ingest(sources, tmp_path / "home", allow_private=True)
    assert (receipt.stopped, receipt.outcomes["left"]) == (True, 1)
    assert site.hits("/other.xml") == site.hits("/1.html") == 0


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
    ingest(sources, home, allow_private=True, extractor=extractor)
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
    assert (host.host, host.requests, host.failed) == (f"127.0.0.1:{site.port}", 4, 0)
    assert receipt.traffic.bytes == host.bytes > 0
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


def test_a_killed_reader_of_pages_costs_one_page(tmp_path: Path, extractor: Extractor) -> None:
    write_pages(tmp_path / "saved", *range(66))
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    killed: list[int] = []

    def kill(stage: str, _done: int, _total: int, _note: object) -> None:
        if stage == "extract" and not killed:
            killed.extend(process for process in children() if "page_child" in command_of(process))
            for process in killed:
                os.kill(process, signal.SIGKILL)

    receipt = ingest(sources, tmp_path / "home", extractor=extractor, progress=kill)
    assert len(killed) == 1
    assert receipt.sources[0].reasons == {"crashed": 1}
    assert outcomes(receipt) == {"new": 65, "failed": 1}


def children() -> list[int]:
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in numbers if find_parent(number) == os.getpid()]


def command_of(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().decode()


def test_only_processes_of_ours_are_ended() -> None:
    assert not is_below_us(1)
    assert not is_below_us(os.getpid())
    assert not is_below_us(2**22 + 1)


def test_what_a_killed_run_left_is_noted_once(tmp_path: Path) -> None:
    sources, home = write_sources(tmp_path, none={"kind": "folder", "path": "."}), tmp_path / "home"
    (home / "staging").mkdir(parents=True)
    (home / "staging" / "run").write_bytes(b"\x1b[2J" * 1000)
    (home / "staging" / "articles-00000.jsonl").write_text("{half a li")
    first, second = (ingest(sources, home) for _ in range(2))
    assert first.notes == ("run ? died before its commit; the pages that it had fetched are in the archive",)
    assert second.notes == ()
    assert not (home / "staging").exists()
    assert [receipt.run_id for receipt in list_receipts(home, 9)[0]] == [first.run_id, second.run_id]
    assert Receipt.model_validate_json(find_receipt(home, second.run_id).read_text()) == second


def test_a_page_that_is_slow_to_answer_is_named_while_it_is_waited_for(tmp_path: Path, site: Site) -> None:
    publish(site, 1)
    seen: list[str] = []
    notes: list[object] = []

    def look(handler: BaseHTTPRequestHandler) -> None:
        seen.append(notes[-1]())  # type: ignore[operator]
        reply(handler, b"", 404)

    site.answers["/1.html"] = look
    sources = write_sources(tmp_path, town=feed_of(site))
    ingest(
        sources,
        tmp_path / "home",
        allow_private=True,
        progress=lambda _stage, _done, _total, note: notes.append(note),
    )
    assert seen == [f"127.0.0.1:{site.port}"]


def test_what_is_in_hand_is_drawn_on_one_line_whatever_it_is_called() -> None:
    out = StringIO()
    console = Console(file=out, width=70, force_terminal=True, color_system=None)
    with Progress(TextColumn("{task.description}"), NoteColumn(), console=console, auto_refresh=False) as bar:
        bar.add_task("fetch", total=9, note=lambda: "[red]slow.example\x1b[2J\n" + "x" * 200)
        bar.refresh()
    lines = [line for line in out.getvalue().splitlines() if "slow.example" in line]
    assert lines
    assert all("[red]slow.example‹U+001B›[2J" in line for line in lines)


def test_a_source_that_is_silent_is_told_by_the_run(tmp_path: Path, site: Site) -> None:
    publish(site)
    sources = write_sources(tmp_path, town=feed_of(site), pages={"kind": "folder", "path": "."})
    home, now = tmp_path / "home", datetime.now(UTC)
    for days in range(20, 9, -1):
        counts = (make_count("town", new=1), make_count("pages", new=1))
        save_receipt(
            home, make_receipt(0, *counts, started=now - timedelta(days=days), run_id=f"r{99 - days}")
        )
    receipt = ingest(sources, home, allow_private=True)
    assert receipt.silent == {"town": "it has brought nothing new for 10 days, and never was more than 24 h"}
    assert receipt.ok  # nobody is woken for it, unless a hook asks for that
