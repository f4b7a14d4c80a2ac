"""What killed processes leave, and what a run shows of itself."""

import os
import signal
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TextColumn

from extractors.extractor import Extractor
from flows.ingest import ingest
from flows.progress import NoteColumn
from flows.receipts import find_receipt, list_receipts, save_receipt
from flows.running import find_parent, is_below_us
from models.receipt import Receipt
from tests.nights import feed_of, outcomes, publish, write_pages, write_sources
from tests.receipts import make_count, make_receipt
from tests.servers import Site, reply


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
