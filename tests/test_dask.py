"""Work on a Dask cluster: a real scheduler, and real workers that come late, die, or are of another version."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flows.answers import Answer
from flows.backend_dask import Dask
from flows.backends import map_partitions
from flows.home import find_home
from flows.stop import Stop
from flows.worker import find_versions
from models.errors import StoreError, WorkerError
from tests.certificates import make_certificate
from tests.clusters import ROOT, Cluster, run_cluster
from tests.partition_work import Task, square
from tests.test_pool import lines, squares, tasks

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
QUICK = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with run_cluster(tmp_path_factory.mktemp("dask"), 2, env=QUICK) as cluster:
        with distributed.Client(cluster.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield cluster


def list_keys(address: str) -> set[str]:
    """What the scheduler knows of: waiting, worked at, or done."""
    with distributed.Client(address, set_as_default=False) as client:
        return {*client.who_has(), *(key for keys in client.processing().values() for key in keys)}


def test_partitions_are_spread_over_the_workers_and_nothing_stays_behind(
    tmp_path: Path, cluster: Cluster
) -> None:
    log = tmp_path / "log"
    told = list(map_partitions(Dask(cluster.address), square, tasks(12, log, seconds=0.1)))
    assert squares(told) == [n * n for n in range(12)]
    assert len(lines(log, "begin")) == 12
    assert len({answer.result["pid"] for answer in told if answer.result}) == 2
    assert not any(answer.result["prefect"] for answer in told if answer.result)
    assert not list_keys(cluster.address)


def test_errors_of_ours_end_the_run_and_bugs_lose_their_partition(tmp_path: Path, cluster: Cluster) -> None:
    work = tasks(5, tmp_path / "log")
    work[1] |= {"fault": "bug"}
    told = list(map_partitions(Dask(cluster.address), square, work))
    assert squares(told) == [0, 4, 9, 16]
    assert [a.loss for a in told if a.loss] == ["ValueError: no such thing, also when it was tried alone"]
    work[3] |= {"fault": "store"}
    with pytest.raises(StoreError, match=r"^worker tcp://127.0.0.1:\d+: the disk is full$"):
        list(map_partitions(Dask(cluster.address), square, work))
    assert not list_keys(cluster.address)


@pytest.mark.parametrize("how", ["stop", "close"])
def test_a_stop_leaves_no_task_behind(tmp_path: Path, cluster: Cluster, how: str) -> None:
    log, stop = tmp_path / "log", Stop()
    work = tasks(30, log, seconds=0.3)
    with closing(map_partitions(Dask(cluster.address), square, work, stop=stop)) as answers:
        next(answers)
        if how == "stop":
            stop.asked = True
            assert len(list(answers)) <= 1
    assert not list_keys(cluster.address)
    time.sleep(0.7)  # those that were being worked at
    assert len(lines(log, "begin")) <= 4


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, cluster: Cluster) -> None:
    log, told = tmp_path / "log", []
    worker = cluster.start_worker()

    def feed() -> Iterator[Task]:
        """Work until the worker, which comes late, has died at it; then some more."""
        for n in range(2_000):
            yield {"n": n, "log": str(log), "seconds": 0.15}
            if worker.poll() is not None and n % 10 == 9:
                return

    for answer in map_partitions(Dask(cluster.address), square, feed()):
        told.append(answer)
        mine = [n for n, pid in lines(log, "begin") if pid == str(worker.pid)]
        if len(mine) > 2 and worker.poll() is None:
            worker.kill()
            worker.wait()
    assert squares(told) == [n * n for n in range(len(told))]
    assert len(told) <= len(lines(log, "begin")) <= len(told) + 1  # what was finished is not done again


def test_a_worker_of_another_version_is_named(tmp_path: Path) -> None:
    for room in ("models", "extractors", "flows"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "extractors/lexicons/weapons.toml").open("a") as lexicon:
        lexicon.write("# another word\n")
    with run_cluster(tmp_path / "dask", 0) as cluster:
        known = {"PYTHONPATH": str(tmp_path), "DATELINE_HOME": str(find_home())}
        cluster.start_worker(env=known, cwd=tmp_path)
        with pytest.raises(WorkerError) as caught:
            list(map_partitions(Dask(cluster.address, find_versions()), square, [{"n": 1}]))
    words = str(caught.value)
    assert words.startswith("worker tcp://127.0.0.1:")
    assert "it is not of our version: lexicons (" in words
    assert "code (" not in words
    assert "\n" not in words


def test_a_cluster_without_workers_is_waited_for_and_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    with run_cluster(tmp_path, 0) as cluster:
        with pytest.raises(WorkerError, match="no worker for 1 s; start some"):
            list(map_partitions(Dask(cluster.address, workers=1), square, [{"n": 1}], say=said.append))
        assert len(said) == 1
        assert "no worker there; waiting 1 s" in said[0]

        def start(words: str) -> None:
            said.append(words)
            if "no worker there" in words:
                cluster.start_worker("--nthreads", "2")

        told = list(map_partitions(Dask(cluster.address), square, [{"n": n} for n in range(3)], say=start))
        assert squares(told) == [0, 1, 4]
        assert "of a worker's threads only one reads" in said[-1]
        check_lost_scheduler(cluster, tmp_path / "log of work")


def check_lost_scheduler(cluster: Cluster, log: Path) -> None:
    """A scheduler that comes back is gone on with, one that does not is given up."""
    told: list[Answer[Task, dict[str, Any]]] = []
    for answer in map_partitions(Dask(cluster.address, answer=60), square, tasks(8, log, seconds=0.2)):
        told.append(answer)
        if len(told) == 2:
            cluster.scheduler.kill()
            cluster.scheduler.wait()
            cluster.scheduler = cluster.start_scheduler(cluster.address.rpartition(":")[2])
            cluster.start_worker()
    assert squares(told) == [n * n for n in range(8)]
    assert len(told) == 8
    answers = map_partitions(Dask(cluster.address, answer=1), square, tasks(8, log, seconds=0.2))
    next(answers)
    cluster.scheduler.kill()
    with pytest.raises(WorkerError, match="the scheduler is gone; what is finished is kept"):
        list(answers)


def test_a_partition_that_kills_its_workers_is_lost_alone(tmp_path: Path) -> None:
    env = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    work = tasks(8, tmp_path / "log", seconds=0.05)
    work[3] |= {"deaths": str(tmp_path / "deaths")}
    with run_cluster(tmp_path / "dask", 0, env=env) as cluster:
        for _ in range(3):  # one to die of it, one to die of it when it is alone, one to do the rest
            cluster.start_worker()
        told = list(map_partitions(Dask(cluster.address), square, work))
    assert squares(told) == [n * n for n in range(8) if n != 3]
    assert [answer.loss for answer in told if answer.loss] == [
        "workers died of it, also when it was tried alone"
    ]


def test_nobody_there_or_a_scheduler_behind_tls(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match=r"^tcp://127.0.0.1:9: no Dask scheduler that we can speak to \("):
        list(map_partitions(Dask("tcp://127.0.0.1:9", answer=1), square, [{"n": 1}]))
    pem = str(make_certificate(tmp_path))
    words = ("--tls-ca-file", pem, "--tls-cert", pem, "--tls-key", pem)
    with run_cluster(tmp_path / "dask", 0, "--protocol", "tls", *words) as cluster:
        assert cluster.address.startswith("tls://")
        with pytest.raises(WorkerError, match="no Dask scheduler that we can speak to"):
            list(map_partitions(Dask(cluster.address, answer=1), square, [{"n": 1}]))
        mine = {"ca-file": pem, "client.cert": pem, "client.key": pem}
        known = dask.config.set({f"distributed.comm.tls.{name}": value for name, value in mine.items()})
        with known, pytest.raises(WorkerError, match="no worker for 1 s"):  # so far it came
            list(map_partitions(Dask(cluster.address, workers=1), square, [{"n": 1}]))
