"""Re-extractions that were stopped or killed: what they keep, who goes on with it, and when it is begun anew."""

import random
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.receipts import find_receipt, find_store
from flows.reextract import reextract
from flows.reextract_plan import Plan
from flows.reextract_shelf import GIVEN_UP, open_shelf
from flows.reextract_start import Asked
from flows.store import Store
from models.receipt import Receipt
from models.scope import Scope
from tests.reextract_child import SIZE, Runs, open_runs
from tests.reextraction import change, copy_home, lines_of, make_aged_home, rows_of, run_again

NUMBER = 18
WHOLE, FORCED = Asked(Scope()), Asked(Scope(), force=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home after one night."""
    return make_aged_home(tmp_path_factory.mktemp("archive"), NUMBER, extractor)


class Killed(BaseException):
    """The end of a process, without the process."""


def kill_behind(home: Path, number: int, asked: Asked = FORCED, size: int = 5) -> None:
    """A re-extraction that ends behind so many partitions."""

    def watch(stage: str, done: int, _total: int, _note: object = None, /) -> None:
        if stage == "extract" and done >= number * size:
            raise Killed

    with pytest.raises(Killed):
        reextract(home, asked, progress=watch, size=size)


@pytest.mark.parametrize("damage", ["cut", "gone", "empty result"])
def test_a_partition_whose_files_are_not_whole_is_done_again(
    home: Path, tmp_path: Path, extractor: Extractor, damage: str
) -> None:
    copy_home(home, tmp_path, extractor.stages)
    kill_behind(tmp_path, 2)
    kind = "*.done.json" if damage == "empty result" else "events-*.parquet"
    file = sorted((tmp_path / "reextract" / "staged").rglob(kind))[0]
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100] if damage == "cut" else b"")
    receipt, again = run_again(tmp_path, FORCED)
    assert any("goes on" in note for note in receipt.notes)
    assert (receipt.ok, again.left) == (True, 0)
    assert rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path)


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with open_runs() as runs:
        yield runs


def test_stopped_run_keeps_its_partitions_and_goes_on(
    home: Path, tmp_path: Path, extractor: Extractor, runs: Runs
) -> None:
    copy_home(home, tmp_path, extractor.stages)
    runs.start(tmp_path)
    runs.await_partitions(3)
    said, status = runs.end(signal.SIGINT)
    assert status == 0
    stopped = Receipt.model_validate_json(said[-1])
    assert stopped.stopped
    assert not stopped.ok
    assert stopped.again
    assert 0 < stopped.again.left < NUMBER
    assert len(Store(find_store(tmp_path)).runs()) == 1
    receipt, again = run_again(tmp_path, FORCED, SIZE)
    assert receipt.run_id == stopped.run_id
    assert receipt.started == stopped.started
    assert receipt.took > stopped.took
    assert receipt.ok
    assert again.left == 0
    assert any("goes on" in note for note in receipt.notes)
    assert rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path)
    assert Receipt.model_validate_json(find_receipt(tmp_path, receipt.run_id).read_text()) == receipt
    assert not list((tmp_path / "reextract" / "staged").iterdir())


def test_plan_of_another_command_waits_for_it(
    home: Path, tmp_path: Path, extractor: Extractor, runs: Runs
) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    runs.start(tmp_path)
    runs.await_partitions(3)
    runs.end(signal.SIGKILL)
    (left,) = find_plans(tmp_path)
    receipt, again = run_again(tmp_path, WHOLE, size=SIZE)
    assert receipt.run_id != left.run_id
    assert again.left == 0
    assert any(left.run_id in note and "its own command goes on" in note for note in receipt.notes)
    assert find_plans(tmp_path) == [left]
    sample, _ = run_again(tmp_path, Asked(Scope(sample=2), force=True))
    assert sample.run_id != left.run_id
    last, _ = run_again(tmp_path, FORCED, SIZE)
    assert last.run_id == left.run_id


def find_plans(home: Path) -> list[Plan]:
    return open_shelf(home, str(find_store(home))).find_plans()


def test_a_plan_whose_base_stands_no_more_is_begun_anew(
    home: Path, tmp_path: Path, extractor: Extractor, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_home(home, tmp_path, extractor.stages)
    first, _ = run_again(tmp_path, FORCED)
    kill_behind(tmp_path, 1)
    (left,) = find_plans(tmp_path)
    store = Store(find_store(tmp_path))
    store.promote(first.run_id)
    receipt, _ = run_again(tmp_path, FORCED)
    assert receipt.run_id != left.run_id
    assert f"{left.run_id}, which did not come to its end, was made before" in capsys.readouterr().err
    store.promote(receipt.run_id)
    assert find_plans(tmp_path) == []


def test_homes_that_share_tables_at_a_url_leave_each_other_s_partitions(
    home: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_home(home, tmp_path / "one", extractor.stages)
    monkeypatch.setenv("DATELINE_TABLES", f"file://{tmp_path / 'one' / 'tables'}")
    kill_behind(tmp_path / "one", 2)
    for asked in (FORCED, Asked(Scope(sample=3), force=True)):
        (tmp_path / "two").mkdir(exist_ok=True)
        assert run_again(tmp_path / "two", asked)[0].ok
    receipt, _ = run_again(tmp_path / "one", FORCED)
    assert receipt.ok
    assert any("goes on" in note for note in receipt.notes)


def test_what_a_home_that_is_gone_has_left_at_a_url_is_removed_after_some_days(
    home: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_home(home, tmp_path / "one", extractor.stages)
    (tmp_path / "one" / "tables").rename(tmp_path / "tables")
    monkeypatch.setenv("DATELINE_TABLES", (tmp_path / "tables").as_uri())
    kill_behind(tmp_path / "one", 2)
    (tmp_path / "one").rename(tmp_path / "gone")
    (left,) = (tmp_path / "tables" / "staging").iterdir()
    (left.parent / "of somebody else").mkdir()
    other, days = tmp_path / "two", []
    for age in (GIVEN_UP - timedelta(days=1), GIVEN_UP + timedelta(days=1)):
        found = reextract(other, Asked(Scope(sample=3), force=True), clock=lambda: datetime.now(UTC) + age)  # noqa: B023
        assert isinstance(found, Receipt)
        assert found.ok
        days.append((left.exists(), [note for note in found.notes if left.name in note]))
    (young, old), note = days, f"{left.as_uri()}: nobody went on with it since"
    assert young == (True, [])
    assert (old[0], len(old[1]), old[1][0][: len(note)]) == (False, 1, note)
    assert [path.name for path in left.parent.iterdir()] == ["of somebody else"]


def test_killed_runs_lose_nothing_and_give_the_same_bytes(
    home: Path, tmp_path: Path, extractor: Extractor, runs: Runs
) -> None:
    copy_home(home, tmp_path / "whole", extractor.stages)
    whole, _ = run_again(tmp_path / "whole", FORCED, size=SIZE)
    wanted = lines_of(tmp_path / "whole", whole.run_id)
    killed = tmp_path / "killed"
    copy_home(home, killed, extractor.stages)
    chance, before = random.Random(3), rows_of(killed)
    for partitions in (2, 3, 3):
        runs.start(killed)
        runs.await_partitions(partitions)
        time.sleep(chance.uniform(0.0, 0.1))
        runs.end(signal.SIGKILL)
        assert rows_of(killed) == before
    receipt, again = run_again(killed, FORCED, size=SIZE)
    assert again.left == 0
    assert lines_of(killed, receipt.run_id) == wanted
