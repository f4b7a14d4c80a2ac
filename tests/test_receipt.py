"""The receipt: what it counts, whom it calls silent, how it reads in a terminal and on Prefect's pages."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from command import run
from rich.console import Console
from rows import HOSTILE

from flows.artifacts import write_markdown
from flows.receipts import find_receipt, find_store, list_receipts, recall_receipt, save_receipt
from flows.silence import find_silent
from flows.staging import Staging
from flows.store import Store
from flows.tally import Tally
from flows.traffic import Traffic
from models.errors import InputError
from models.receipt import MOST_FAILURES, Failure, HostCount, Receipt, SourceCount
from models.run import Run
from review.receipts import make_receipt as draw_receipt
from tests.receipts import NOW, make_count, make_receipt


def test_failures_beyond_the_cap_are_counted() -> None:
    tally = Tally()
    for number in range(MOST_FAILURES + 7):
        tally.fail("post", f"https://a.example/{number}", "timeout" if number % 2 else "robots", "m")
    (count,) = tally.by_source()
    assert len(tally.failures) == MOST_FAILURES
    assert count.reasons == {"robots": 504, "timeout": 503}
    assert (count.blocked, count.failed) == (504, 503)
    receipt = make_receipt(0, count, failures=tally.failures)
    assert receipt.failed == MOST_FAILURES + 7
    assert f"{MOST_FAILURES + 7 - 10} more failures" in draw(receipt)
    assert f"{MOST_FAILURES + 7 - 50} more" in write_markdown(receipt)


def test_the_newest_item_of_a_source_is_kept_with_its_zone() -> None:
    tally = Tally()
    for published in (None, date(2024, 3, 5), datetime(2024, 3, 5, 4, tzinfo=UTC), datetime(2024, 3, 5, 3)):  # noqa: DTZ001
        tally.date("post", published)
    tally.found("post")
    assert tally.by_source()[0].newest == datetime(2024, 3, 5, 4, tzinfo=UTC)


def test_traffic_is_counted_by_host_and_shows_what_is_under_way() -> None:
    traffic = Traffic()
    with traffic.watch("slow.example") as exchange:
        exchange.size = 500
        with traffic.watch("b.example"):
            assert traffic.in_hand() == ["slow.example", "b.example"]
        time.sleep(0.01)
    with pytest.raises(OSError, match="reset"), traffic.watch("b.example"):
        raise OSError("reset")
    slow, fast = traffic.slowest()
    assert (slow.host, slow.requests, slow.bytes, slow.failed) == ("slow.example", 1, 500, 0)
    assert (fast.host, fast.requests, fast.failed) == ("b.example", 2, 2)
    assert (traffic.total.requests, traffic.total.bytes, traffic.in_hand()) == (3, 500, [])


def judge(count: SourceCount, history: list[Receipt]) -> str:
    return find_silent([count], history, NOW)[0].silent


def days(*ages: float) -> list[datetime]:
    return [NOW - timedelta(days=age) for age in ages]


def test_a_source_whose_newest_item_is_older_than_ever_is_silent() -> None:
    daily = [make_receipt(ago, make_count(newest=NOW - timedelta(days=ago + 1))) for ago in range(20, 6, -1)]
    fresh, stale = days(1.5, 6.5)
    assert judge(make_count(newest=fresh, items=9), daily) == ""
    told = judge(make_count(newest=stale, items=9), daily)
    assert told == "its newest item is 6 days old, and never was more than 24 h"
    weekly = [
        make_receipt(ago, make_count(newest=NOW - timedelta(days=28 - ago % 7 + 1))) for ago in range(28)
    ]
    assert judge(make_count(newest=stale), weekly) == ""
    assert judge(make_count(newest=stale), daily[:4]) == ""  # too little is known


def test_a_silent_source_stays_silent_and_its_silence_does_not_become_usual() -> None:
    newest = NOW - timedelta(days=12)
    spoke = [make_receipt(ago, make_count(newest=NOW - timedelta(days=ago))) for ago in range(24, 12, -1)]
    quiet = [
        make_receipt(ago, make_count(newest=newest, silent="so long" * (ago < 9))) for ago in range(12, 0, -1)
    ]
    assert judge(make_count(newest=newest), spoke + quiet)
    assert judge(make_count(newest=NOW), spoke + quiet) == ""


def test_a_source_without_dates_is_silent_when_it_brings_nothing_for_long() -> None:
    brought = [make_receipt(ago, make_count(new=ago % 2)) for ago in range(30, 8, -1)]
    empty = [make_receipt(ago, make_count(items=20, unchanged=20)) for ago in range(8, 0, -1)]
    assert judge(make_count(unchanged=20), brought + empty) == (
        "it has brought nothing new for 9 days, and never was more than 2 days"
    )
    assert judge(
        make_count(newest=NOW + timedelta(days=9000)), brought + empty
    )  # dated far ahead, so undated
    assert judge(make_count(new=1), brought + empty) == ""
    assert judge(make_count(unchanged=20), empty) == ""  # never brought anything: no rhythm is known
    again = [make_receipt(0.01 * number, make_count(unchanged=20)) for number in range(9, 0, -1)]
    assert judge(make_count(unchanged=20), brought + again[:1] * 60)
    assert judge(make_count(unchanged=20), [*brought, make_receipt(1, make_count(new=1)), *again]) == ""


def test_a_clock_that_was_ahead_makes_nobody_silent() -> None:
    history = [make_receipt(-400 + number, make_count(newest=NOW, new=1)) for number in range(9)]
    assert judge(make_count(newest=NOW - timedelta(days=30)), history) == ""
    assert judge(make_count(), history) == ""


def draw(receipt: Receipt, width: int = 100) -> str:
    out = StringIO()
    Console(file=out, width=width, highlight=False).print(draw_receipt(receipt))
    return out.getvalue()


def hostile_receipt() -> Receipt:
    failure = Failure(source=HOSTILE, item=HOSTILE, reason="timeout", message=HOSTILE)
    count = make_count(HOSTILE, items=12345, fetched=12345, new=12000, failed=345, reasons={"timeout": 345})
    silent = make_count("b" * 200, silent=HOSTILE)
    host = HostCount(host="h" * 90 + HOSTILE, requests=9, bytes=123456, seconds=98.7)
    texts = {"errors": (HOSTILE, "x" * 500), "notes": (HOSTILE,), "unsent": (HOSTILE,), "hosts": (host,)}
    return make_receipt(0, count, silent, failures=(failure,), traffic=host, **texts)


@pytest.mark.parametrize("width", [40, 60, 80, 132])
def test_a_receipt_fits_any_terminal_and_obeys_no_text(width: int) -> None:
    text = draw(hostile_receipt(), width)
    assert max(map(len, text.splitlines())) <= width
    assert all(line.isprintable() for line in text.splitlines())
    numbers = re.sub(r"\W", "", text)
    assert "12345" in numbers
    assert "12000" in numbers


def test_no_text_is_taken_for_markup() -> None:
    assert draw(hostile_receipt(), 400).count("[red]x[/red]") == 8


def test_markdown_of_hostile_texts_has_no_markup_of_theirs() -> None:
    receipt = hostile_receipt().model_copy(update={"errors": ("<b>[x](http://evil.example) | `y`\n# z",)})
    lines = write_markdown(receipt).splitlines()
    bars = {
        len(re.findall(r"(?<!\\)\|", line))
        for line in lines
        if line.startswith("| ") and "h" * 90 not in line
    }
    assert len(bars) == 2  # two tables, each of one width
    assert r"- \<b\>\[x\]\(http\://evil.example\) \| \`y\` \# z" in lines


def test_columns_of_nothing_are_left_out() -> None:
    head = draw(make_receipt()).splitlines()[1].split()
    assert head[1:-1] == ["source", "items", "fetched", "new", "failed", "rows"]


def test_a_receipt_is_found_in_its_file_in_the_tables_and_nowhere(tmp_path: Path) -> None:
    home, old, new = tmp_path / "home", make_receipt(1), make_receipt(0, errors=("post: nothing",))
    for receipt in (old, new):
        assert save_receipt(home, receipt) == receipt
        commit(home, receipt)
    assert recall_receipt(home, "last") == new
    find_receipt(home, old.run_id).unlink()
    assert recall_receipt(home, old.run_id[:10]) == old
    shown = run("runs", "show", "--home", home)
    assert (shown.returncode, new.run_id in shown.stdout, "! post: nothing" in shown.stdout) == (
        1,
        True,
        True,
    )
    told = run("runs", "show", old.run_id, "--json", "--home", home)
    assert told.returncode == 0
    assert Receipt.model_validate_json(told.stdout) == old
    for wanted in ("2023", "202403"):
        with pytest.raises(InputError, match="runs"):
            recall_receipt(home, wanted)


def commit(home: Path, receipt: Receipt) -> None:
    run_fields = {"run_id": receipt.run_id, "started": receipt.started, "ended": receipt.ended}
    store = Store(find_store(home))
    with store.writing(), Staging(home / "staging", receipt.run_id) as staged:
        record = Run(
            **run_fields,  # type: ignore[arg-type]
            kind="ingest",
            complete=True,
            articles=0,
            rows=0,
            receipt=receipt.model_dump_json(),
        )
        store.commit(record, staged)


def test_receipts_that_cannot_be_read_are_told_and_passed_over(tmp_path: Path) -> None:
    save_receipt(tmp_path, make_receipt())
    for number, damage in enumerate((b"", b"{}", b"\xff", b"[" * 100_000)):
        (tmp_path / "receipts" / f"{number}.json").write_bytes(damage)
    (tmp_path / "receipts" / "9.json").mkdir()
    receipts, faults = list_receipts(tmp_path, 60)
    assert receipts == [make_receipt()]
    assert len(faults) == 5
    assert all("\n" not in fault and str(tmp_path) in fault for fault in faults)
