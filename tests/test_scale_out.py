"""The same bytes from one process, a pool and a Dask cluster, whatever the batches and partitions, whoever dies."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.answers import Backend
from flows.backend_dask import Dask
from flows.backend_pool import Pool
from flows.backends import Here
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.staging import Staging
from flows.store import Store
from flows.worker import find_versions
from models.article import Article
from models.receipt import Receipt
from models.scope import Scope
from tests.buckets import Bucket
from tests.clusters import Cluster, run_cluster
from tests.goldens import list_fixtures, read_fixture
from tests.reextraction import START, lines_of, make_run

distributed = pytest.importorskip("distributed")
FRESH = Asked(Scope(), force=True, fresh=True)  # all is parsed and read


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home with every second article of the fixtures, and their rows."""
    home = tmp_path_factory.mktemp("fixtures") / "home"
    home.mkdir()
    fill(home, extractor)
    return home


def fill(home: Path, extractor: Extractor) -> None:
    """Stores them as one run."""
    pages = [page for page in map(read_fixture, list_fixtures()[::2]) if isinstance(page, Article)]
    store = Store(find_store(home))
    run = make_run("20261130T000000Z-aaaa", "ingest", stages=dict(extractor.stages))
    with store.writing(run.run_id), Staging(home / "staging", run.run_id) as staged:
        for read in extractor.read(pages):
            staged.add(read.article, read.rows, findings=read.found)
        store.commit(run, staged)


def read_again(home: Path, place: Path, backend: Backend, size: int, asked: Asked = FRESH) -> list[bytes]:
    """What a re-extraction at a fixed time makes of a copy of the home: rows as JSON lines, then its tables."""
    shutil.copytree(home, place)
    return export(place, reextract(place, asked, backend=backend, size=size, clock=lambda: START))


def export(home: Path, receipt: Receipt | str) -> list[bytes]:
    """The rows of the run that the receipt is of, then its tables."""
    assert isinstance(receipt, Receipt), receipt
    assert receipt.ok, receipt.errors
    rows = [
        row.model_dump_json().replace(receipt.run_id, "RUN").encode()  # a part of it is drawn by chance
        for row in Store(find_store(home)).rows(receipt.run_id)
    ]
    tables = (lines_of(home, receipt.run_id, name) for name in ("events", "readings"))
    return [*rows, *sorted(json.dumps(line, sort_keys=True).encode() for lines in tables for line in lines)]


@pytest.fixture(scope="module")
def alone(home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The bytes of a run in this process, in one partition."""
    found = read_again(home, tmp_path_factory.mktemp("alone") / "home", Here(), 500)
    assert len(found) > 50
    return found


@pytest.mark.parametrize(("batch", "size"), [(1, 3), (7, 50)])
def test_batches_and_partitions_change_no_byte(
    home: Path, tmp_path: Path, alone: list[bytes], monkeypatch: pytest.MonkeyPatch, batch: int, size: int
) -> None:
    monkeypatch.setattr("extractors.pipeline.BATCH", batch)
    monkeypatch.setattr("extractors.extractor.BATCH", batch)
    monkeypatch.setattr("extractors.extractor.batched.__defaults__", (batch,))
    assert read_again(home, tmp_path / "home", Here(), size) == alone


def test_a_pool_of_two_changes_no_byte(home: Path, tmp_path: Path, alone: list[bytes]) -> None:
    assert read_again(home, tmp_path / "home", Pool(2, find_versions()), 3) == alone


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, bucket: Bucket) -> Iterator[Cluster]:
    with run_cluster(tmp_path_factory.mktemp("dask"), 2) as cluster:
        yield cluster


def test_a_cluster_that_loses_a_worker_changes_no_byte(
    home: Path, tmp_path: Path, alone: list[bytes], cluster: Cluster
) -> None:
    victim = cluster.processes[1]

    shutil.copytree(home, tmp_path / "home")
    staged = tmp_path / "home" / "reextract" / "staged"
    there: list[bool] = []

    def watch(stage: str, done: int, total: int, _note: Callable[[], str] = str, /) -> None:
        there.append(staged.exists() and any(staged.iterdir()))
        if stage == "extract" and done and victim.poll() is None:
            victim.kill()
            victim.wait()

    found = reextract(
        tmp_path / "home", FRESH, backend=Dask(cluster.address, find_versions()), size=2, clock=lambda: START,
        progress=watch,
    )  # fmt: skip
    assert victim.poll() is not None
    assert export(tmp_path / "home", found) == alone
    assert any(there)
    assert not list(staged.iterdir())


def test_tables_at_a_url_and_workers_that_share_no_folder_change_no_byte(
    tmp_path: Path, alone: list[bytes], cluster: Cluster, bucket: Bucket, extractor: Extractor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("DATELINE_TABLES", f"{bucket.url}/store")
    home = tmp_path / "home"
    home.mkdir()
    fill(home, extractor)
    backend = Dask(cluster.address, find_versions())
    found = reextract(home, FRESH, backend=backend, size=10, clock=lambda: START)
    assert export(home, found) == alone
    assert not list(home.rglob("*.parquet"))
