"""Prefect for real: a flow run without a server started by hand, and a scheduled one that comes by itself."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from flows.artifacts import write_markdown
from flows.ingest import find_receipt, find_store
from flows.prefect_settings import SETTINGS, settle_prefect
from flows.reports import find_report
from flows.serve import check_cron, open_log
from flows.store import Store
from models.errors import InputError, StoreError
from models.receipt import Receipt, SourceCount
from tests.nights import feed_of, publish, write_pages, write_sources
from tests.servers import Site

ROOT = Path(__file__).resolve().parent.parent
ONCE = """
import sys
from pathlib import Path
from flows.prefect_settings import settle_prefect
from flows.reextract_start import Asked
from flows.serve import find_server, run_flow, run_reextraction
from models.scope import Scope
home = Path(sys.argv[2])
settle_prefect(home, level="CRITICAL")
with find_server():  # one for both
    receipt = run_flow(Path(sys.argv[1]), home)
    sys.stderr = open(sys.argv[3], "w")  # now somebody watches
    again = run_reextraction(Asked(Scope(), force=True), home, 0, None)
print(again.model_dump_json())
print(receipt.model_dump_json())
"""
EVERY_MINUTE = """
import sys
from pathlib import Path
from flows.serve import serve
serve("* * * * *", Path(sys.argv[1]), Path(sys.argv[2]), allow_private=True)
"""


def make_environment() -> dict[str, str]:
    """Ours without any Prefect setting, and with every address but loopback shut off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1,localhost"}


def ask(home: Path, query: str) -> list[tuple[str, ...]]:
    """What Prefect's database answers."""
    path = home / "prefect" / "prefect.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        try:
            return database.execute(query).fetchall()
        except sqlite3.OperationalError:  # its tables are not all there yet
            return []


def start(script: str, sources: Path, home: Path, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, str(sources), str(home), *more],
        cwd=ROOT,
        env=make_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_flow_runs_without_a_server_and_leaves_its_receipt(tmp_path: Path) -> None:
    write_pages(tmp_path / "saved", 1, 2)
    sources, home = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"}), tmp_path / "home"
    leader, follower = pty.openpty()
    with start(ONCE, sources, home, os.ttyname(follower)) as flow:
        printed, complaints = flow.communicate(timeout=240)
    assert (flow.returncode, complaints) == (0, "")
    drawn = os.read(leader, 65536).decode()
    os.close(follower)
    os.close(leader)
    assert [stage for stage in ("plan", "extract", "fetch") if stage in drawn] == ["extract"]
    receipt = Receipt.model_validate_json(printed.splitlines()[-1])
    again = Receipt.model_validate_json(printed.splitlines()[-2])  # the archive read again, as a flow too
    assert receipt.articles == again.articles == 2
    assert [run.run_id for run in Store(find_store(home)).runs()] == [receipt.run_id, again.run_id]
    assert ask(home, "SELECT data FROM artifact WHERE type = 'progress'") == [(100,)]
    assert ask(home, "SELECT name, state_type FROM flow_run")[0][1] == "COMPLETED"
    tasks = ask(home, "SELECT name, state_type FROM task_run ORDER BY start_time")
    stages = ["plan", "fetch", "extract", "commit", "report", "plan", "extract", "commit", "report"]
    assert [name.rpartition("-")[0] for name, _ in tasks] == stages
    assert {state for _, state in tasks} == {"COMPLETED"}
    assert write_markdown(receipt).splitlines()[0] in str(ask(home, "SELECT data FROM artifact"))


def test_a_scheduled_run_starts_by_itself_and_a_stop_lets_it_come_to_its_end(
    tmp_path: Path, site: Site
) -> None:
    publish(site, *range(60))
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    with start(EVERY_MINUTE, sources, home) as serving:
        until = time.monotonic() + 200
        while site.hits("/2.html") == 0 and time.monotonic() < until and serving.poll() is None:
            time.sleep(0.2)
        waiting = ask(home, "SELECT id FROM flow_run WHERE auto_scheduled AND state_type = 'SCHEDULED'")
        serving.send_signal(signal.SIGTERM)
        _, complaints = serving.communicate(timeout=120)
    assert serving.returncode == 0, complaints
    assert waiting
    assert ask(home, "SELECT state_type FROM flow_run WHERE auto_scheduled AND start_time NOT NULL") == [
        ("FAILED",)
    ]
    (run,) = Store(find_store(home)).runs()
    receipt = Receipt.model_validate_json(find_receipt(home, run.run_id).read_text(encoding="utf-8"))
    assert receipt.stopped
    assert 3 <= receipt.total.fetched < receipt.total.left == 60
    assert run.run_id in find_report(home, run.run_id).read_text(encoding="utf-8")
    asked = len(site.requests)
    time.sleep(1.5)
    assert len(site.requests) == asked  # nobody goes on behind our back


@pytest.mark.parametrize("line", ["every night", "61 2 * * *", ""])
def test_wrong_cron_line_is_one_line(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with pytest.raises(InputError, match="is no cron line"):
        check_cron(line)


def test_settings_keep_prefect_silent_and_in_our_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*SETTINGS, "PREFECT_HOME", "PREFECT_LOGGING_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    settle_prefect(tmp_path)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert os.environ["DO_NOT_TRACK"] == "0"  # what the user has set stays


def test_receipt_as_markdown_names_sources_and_errors() -> None:
    receipt = Receipt.model_validate(
        {
            "run_id": "r",
            "started": "2024-03-05T02:15:00Z",
            "ended": "2024-03-05T02:16:00Z",
            "sources": [SourceCount(source="post", items=2, new=1, failed=1)],
            "errors": ["post: 2 items, expected at least 5"],
        }
    )
    lines = write_markdown(receipt).splitlines()
    assert lines[2].startswith("| post | 2 |")
    assert lines[3].startswith("| all | 2 |")
    assert lines[-1] == "- post: 2 items, expected at least 5"


PLAIN = "import sys, flows.ingest, flows.page_child; print('prefect' in sys.modules)"


def test_plain_run_and_page_reader_do_without_prefect() -> None:
    found = subprocess.run(
        [sys.executable, "-c", PLAIN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == "False\n"


def test_a_log_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    (tmp_path / "server.log").mkdir()
    with pytest.raises(StoreError, match=r"server\.log: cannot be written"):
        open_log()
