"""The archive read again: what is carried over, what is read, what goes on after a stop or a kill."""

import random
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import fsspec
import pytest

from extractors.extractor import Extractor
from extractors.stages import FINDERS
from flows.answers import Answer, P, R, Say
from flows.receipts import find_receipt, find_store
from flows.reextract import reextract
from flows.reextract_estimate import estimate
from flows.reextract_plan import Plan
from flows.reextract_shelf import open_shelf
from flows.reextract_start import Asked
from flows.reextractions import Command, run_command
from flows.stop import Stop
from flows.store import Store
from models.again import Again
from models.errors import InputError, StoreError
from models.receipt import Receipt
from models.scope import Scope
from tests.reextract_child import SIZE, Runs, open_runs
from tests.reextraction import age_home, copy_home, fill_home, lines_of, make_pages, rows_of

NUMBER = 18
WHOLE, FORCED = Asked(Scope()), Asked(Scope(), force=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home after one night."""
    folder = tmp_path_factory.mktemp("archive")
    home = fill_home(folder, make_pages(range(NUMBER)), extractor)
    age_home(home, folder / "aged", extractor, stages=extractor.stages)
    return folder / "aged"


def run(home: Path, asked: Asked = WHOLE, size: int = 5) -> tuple[Receipt, Again]:
    found = reextract(home, asked, size=size)
    assert isinstance(found, Receipt), found
    assert found.again
    return found, found.again


def change(extractor: Extractor, *stages: str) -> dict[str, str]:
    """The digests of a reader that was another in these stages."""
    return {**extractor.stages, **{f"{kind}{name}": "old" for name in stages for kind in ("", "code/")}}


def test_what_cannot_have_changed_is_not_read_again(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, extractor.stages)
    said = reextract(tmp_path, WHOLE)
    assert isinstance(said, str)
    assert "nothing can have changed since run 20261201T000000Z-aaaa" in said
    assert estimate(tmp_path, WHOLE, 1).nothing == said
    assert len(Store(find_store(tmp_path)).runs()) == 1
    receipt, again = run(tmp_path, FORCED)
    assert (again.carried, again.parsed + again.read, again.unparsed) == (0, NUMBER, NUMBER // 3)
    assert rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path)


@pytest.mark.parametrize("stage", ["casualties", "weapons", "assembly"])
def test_carried_rows_are_those_of_a_full_run(
    home: Path, tmp_path: Path, extractor: Extractor, stage: str
) -> None:
    copy_home(home, tmp_path, change(extractor, stage))
    told = estimate(tmp_path, WHOLE, 1)
    assert told.stages == (stage,)
    receipt, again = run(tmp_path)
    full, _ = run(tmp_path, FORCED, size=7)
    assert receipt.ok
    assert again.articles == NUMBER == sum(again.ways.values())
    if stage in FINDERS:
        assert again.carried == NUMBER  # each finder finds what it found before
    assert again.carried >= again.unparsed >= NUMBER // 3
    for table in ("events", "readings"):
        assert lines_of(tmp_path, receipt.run_id, table) == lines_of(tmp_path, full.run_id, table)
    assert (again.before, again.rows, again.added, again.removed) == (again.rows, again.rows, 0, 0)


def test_scope_and_sample_are_what_was_asked_for(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    store = Store(find_store(tmp_path))
    published = [v.article.published for v, _ in store.newest_articles(99)]
    recent = sum(day is None or day.day >= 10 for day in published if day is None or day)
    _, again = run(tmp_path, Asked(Scope.model_validate({"since": "2024-03-10"})))
    assert 0 < again.articles == recent < NUMBER
    sample = [run(tmp_path, Asked(Scope(sample=4, seed=seed), force=True))[0] for seed in (1, 1, 2)]
    same = [{line["article_id"] for line in lines_of(tmp_path, one.run_id, "readings")} for one in sample]
    assert same[0] == same[1] != same[2]
    with pytest.raises(StoreError, match="sample"):
        store.promote(sample[0].run_id)
    with pytest.raises(InputError, match="there are: saved"):
        reextract(tmp_path, Asked(Scope(sources=("salved",))))
    with pytest.raises(InputError, match="article is of salved; there are: saved"):
        reextract(tmp_path, Asked(Scope(sources=("saved", "salved"))))
    said = reextract(tmp_path, Asked(Scope.model_validate({"since": "2027-01-01", "sources": ["saved"]})))
    assert said == "no article is in the scope (since 2027-01-01, of saved)"


class Losing:
    """A back-end whose workers die over some partitions."""

    name = "losing"

    def __init__(self, *lost: int) -> None:
        self.lost = lost

    def answers(
        self, work: Callable[[P], R], partitions: Iterable[P], _stop: Stop, _say: Say
    ) -> Generator[Answer[P, R]]:
        for number, partition in enumerate(partitions):
            lost = number in self.lost
            yield Answer(partition, None, "its worker died") if lost else Answer(partition, work(partition))


def test_a_lost_partition_leaves_its_articles_and_the_rest_can_be_promoted(
    home: Path, tmp_path: Path, extractor: Extractor
) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    before = rows_of(tmp_path)
    receipt = reextract(tmp_path, WHOLE, backend=Losing(1), size=5)
    assert isinstance(receipt, Receipt)
    assert receipt.again
    assert (receipt.ok, receipt.stopped, receipt.again.left) == (False, False, 5)
    assert "stay as they were" in receipt.errors[0]
    store = Store(find_store(tmp_path))
    store.promote(receipt.run_id)
    assert rows_of(tmp_path) == before
    _, again = run(tmp_path)  # only those that were lost are of another reader still
    assert (again.articles, again.carried >= NUMBER - 5) == (NUMBER, True)


def test_promote_takes_an_equal_candidate(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    receipt, _ = run(tmp_path)
    assert run_command(Command(Scope(), workers=0, plain=True, promote=True), tmp_path) == 0
    current = Store(find_store(tmp_path)).current()
    assert current
    assert current.run_id == receipt.run_id
    assert run_command(Command(Scope(), workers=0, plain=True, promote=True), tmp_path) == 0


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
    receipt, again = run(tmp_path, FORCED)
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
    receipt, again = run(tmp_path, FORCED, SIZE)
    assert receipt.run_id == stopped.run_id
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
    receipt, again = run(tmp_path, size=SIZE)
    assert receipt.run_id != left.run_id
    assert again.left == 0
    assert any(left.run_id in note and "its own command goes on" in note for note in receipt.notes)
    assert find_plans(tmp_path) == [left]
    sample, _ = run(tmp_path, Asked(Scope(sample=2), force=True))
    assert sample.run_id != left.run_id
    last, _ = run(tmp_path, FORCED, SIZE)
    assert last.run_id == left.run_id


def find_plans(home: Path) -> list[Plan]:
    return open_shelf(home, str(find_store(home))).find_plans()


def test_a_plan_whose_base_stands_no_more_is_begun_anew(
    home: Path, tmp_path: Path, extractor: Extractor, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_home(home, tmp_path, extractor.stages)
    first, _ = run(tmp_path, FORCED)
    kill_behind(tmp_path, 1)
    (left,) = find_plans(tmp_path)
    store = Store(find_store(tmp_path))
    store.promote(first.run_id)
    receipt, _ = run(tmp_path, FORCED)
    assert receipt.run_id != left.run_id
    assert f"{left.run_id}, which did not come to its end, was made before" in capsys.readouterr().err
    store.promote(receipt.run_id)
    assert find_plans(tmp_path) == []


def test_homes_that_share_tables_at_a_url_leave_each_other_s_partitions(
    home: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_home(home, tmp_path / "one", extractor.stages)
    monkeypatch.setitem(fsspec.config.conf, "file", {"auto_mkdir": True})
    monkeypatch.setenv("DATELINE_TABLES", f"file://{tmp_path / 'one' / 'tables'}")
    kill_behind(tmp_path / "one", 2)
    for asked in (FORCED, Asked(Scope(sample=3), force=True)):
        (tmp_path / "two").mkdir(exist_ok=True)
        assert run(tmp_path / "two", asked)[0].ok
    receipt, _ = run(tmp_path / "one", FORCED)
    assert receipt.ok
    assert any("goes on" in note for note in receipt.notes)


def test_killed_runs_lose_nothing_and_give_the_same_bytes(
    home: Path, tmp_path: Path, extractor: Extractor, runs: Runs
) -> None:
    copy_home(home, tmp_path / "whole", extractor.stages)
    whole, _ = run(tmp_path / "whole", FORCED, size=SIZE)
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
    receipt, again = run(killed, FORCED, size=SIZE)
    assert again.left == 0
    assert lines_of(killed, receipt.run_id) == wanted
