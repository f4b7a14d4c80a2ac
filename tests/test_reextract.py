"""The archive read again: what is carried over, what is read, what is lost with a worker, what is promoted."""

from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from extractors.stages import FINDERS
from flows.answers import Answer, P, R, Say
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_estimate import estimate
from flows.reextract_start import Asked
from flows.reextractions import Command, finish, run_command
from flows.stop import Stop
from flows.store import Store
from models.errors import InputError, StoreError
from models.receipt import Receipt
from models.scope import Scope
from tests.reextraction import change, copy_home, lines_of, make_aged_home, rows_of, run_again

NUMBER = 18
WHOLE, FORCED = Asked(Scope()), Asked(Scope(), force=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home after one night."""
    return make_aged_home(tmp_path_factory.mktemp("archive"), NUMBER, extractor)


def test_what_cannot_have_changed_is_not_read_again(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, extractor.stages)
    said = reextract(tmp_path, WHOLE)
    assert isinstance(said, str)
    assert "nothing can have changed since run 20261201T000000Z-aaaa" in said
    assert estimate(tmp_path, WHOLE, 1).nothing == said
    assert len(Store(find_store(tmp_path)).runs()) == 1
    receipt, again = run_again(tmp_path, FORCED)
    assert (again.carried, again.parsed + again.read, again.unparsed) == (0, NUMBER, NUMBER // 3)
    assert rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path)


@pytest.mark.parametrize("stage", ["casualties", "weapons", "assembly"])
def test_carried_rows_are_those_of_a_full_run(
    home: Path, tmp_path: Path, extractor: Extractor, stage: str
) -> None:
    copy_home(home, tmp_path, change(extractor, stage))
    told = estimate(tmp_path, WHOLE, 1)
    assert told.stages == (stage,)
    receipt, again = run_again(tmp_path, WHOLE)
    full, _ = run_again(tmp_path, FORCED, size=7)
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
    _, again = run_again(tmp_path, Asked(Scope.model_validate({"since": "2024-03-10"})))
    assert 0 < again.articles == recent < NUMBER
    sample = [run_again(tmp_path, Asked(Scope(sample=4, seed=seed), force=True))[0] for seed in (1, 1, 2)]
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
    _, again = run_again(tmp_path, WHOLE)  # only those that were lost are of another reader still
    assert (again.articles, again.carried >= NUMBER - 5) == (NUMBER, True)


def test_a_run_that_read_no_article_is_not_stored_and_the_same_command_tries_again(
    home: Path, tmp_path: Path, extractor: Extractor, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    store = Store(find_store(tmp_path))
    receipt = reextract(tmp_path, WHOLE, backend=Losing(*range(NUMBER)), size=9)
    assert isinstance(receipt, Receipt)
    assert (receipt.ok, receipt.stopped, receipt.articles) == (False, False, 0)
    assert "no run is stored" in receipt.errors[0]
    assert finish(Command(Scope(), promote=True), store, receipt) == 1
    assert capsys.readouterr().out == "no run is stored; the same command tries again\n"
    assert len(store.runs()) == 1
    with pytest.raises(StoreError, match="no such run"):
        store.promote(receipt.run_id)
    again, _ = run_again(tmp_path, WHOLE, size=9)
    assert (again.run_id, again.ok, again.articles) == (receipt.run_id, True, NUMBER)


def test_processes_here_and_a_cluster_are_not_asked_for_together(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--workers counts processes here"):
        run_command(Command(Scope(), workers=2, dask="tcp://127.0.0.1:8786"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_promote_takes_an_equal_candidate(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    receipt, _ = run_again(tmp_path, WHOLE)
    assert run_command(Command(Scope(), workers=0, plain=True, promote=True), tmp_path) == 0
    current = Store(find_store(tmp_path)).current()
    assert current
    assert current.run_id == receipt.run_id
    assert run_command(Command(Scope(), workers=0, plain=True, promote=True), tmp_path) == 0
