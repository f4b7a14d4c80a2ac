"""Work in a pool of processes: real ones, that die, are killed, or are stopped."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flows.answers import Answer
from flows.backend_pool import Pool, count_cores, count_workers
from flows.backends import Here, find_backend, map_partitions
from flows.stop import Stop
from flows.worker import find_versions
from models.errors import InputError, StoreError, WorkerError
from tests.clusters import ROOT, wait_until
from tests.partition_work import Task, square

Told = list[Answer[Task, dict[str, Any]]]


def tasks(number: int, log: Path, **more: Any) -> list[Task]:
    return [{"n": n, "log": str(log), **more} for n in range(number)]


def squares(answers: Told) -> list[int]:
    return sorted(answer.result["square"] for answer in answers if answer.result)


def lines(log: Path, what: str) -> list[list[str]]:
    words = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
    return [line[1:] for line in words if line[0] == what]


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_every_partition_is_answered_once_and_no_child_is_left(tmp_path: Path) -> None:
    log = tmp_path / "log"
    told = list(map_partitions(Pool(2), square, tasks(9, log, seconds=0.05)))
    assert squares(told) == [n * n for n in range(9)]
    pids = {answer.result["pid"] for answer in told if answer.result}
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert not any(is_running(str(pid)) for pid in pids)
    assert squares(list(map_partitions(Here(), square, [{"n": 3}]))) == [9]


def test_a_child_that_dies_costs_nothing(tmp_path: Path) -> None:
    log, said = tmp_path / "log", list[str]()
    work = tasks(6, log)
    work[2] |= {"deaths": str(tmp_path / "deaths"), "times": 2}
    told = list(map_partitions(Pool(2), square, work, say=said.append))
    assert squares(told) == [n * n for n in range(6)]
    assert sorted(n for n, _ in lines(log, "end")) == [str(n) for n in range(6)]
    assert ["death 1 of 3" in words and "SIGKILL" in words for words in said] == [True, False]


def test_a_partition_that_kills_three_children_is_lost_and_the_others_are_done(tmp_path: Path) -> None:
    work = tasks(6, tmp_path / "log")
    work[2] |= {"deaths": str(tmp_path / "deaths")}
    work[4] |= {"fault": "bug"}
    told = list(map_partitions(Pool(2), square, work))
    assert squares(told) == [n * n for n in (0, 1, 3, 5)]
    losses = {answer.partition["n"]: answer.loss for answer in told if answer.loss}
    assert losses.keys() == {2, 4}
    assert "SIGKILL" in losses[2]
    assert losses[4] == "3 worker processes died of it (ValueError: no such thing)"
    assert len(lines(tmp_path / "log", "begin")) == 4 + 3 + 3


def test_a_child_killed_from_outside_at_work_or_idle_is_replaced(tmp_path: Path) -> None:
    log = tmp_path / "log"
    seen, told = set[str](), Told()
    for answer in map_partitions(Pool(2), square, tasks(8, log, seconds=0.1)):
        told.append(answer)
        if len(told) in {1, 3}:
            victim = lines(log, "begin")[-1][1]
            seen.add(victim)
            os.kill(int(victim), signal.SIGKILL)
    assert squares(told) == [n * n for n in range(8)]
    assert seen


def test_an_error_of_ours_ends_the_run_and_the_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    work = tasks(6, log, seconds=20)
    work[1] = {"n": 1, "fault": "store"}
    with pytest.raises(StoreError, match="the disk is full"):
        list(map_partitions(Pool(2), square, work))
    assert not any(is_running(pid) for _, pid in lines(log, "begin"))


@pytest.mark.parametrize("how", ["stop", "close"])
def test_a_stop_kills_what_is_in_hand(tmp_path: Path, how: str) -> None:
    log, stop = tmp_path / "log", Stop()
    work = tasks(6, log, seconds=20)
    work[0]["seconds"] = 0
    with closing(map_partitions(Pool(2), square, work, stop=stop)) as answers:
        assert next(answers).partition["n"] == 0
        if how == "stop":
            stop.asked = True
            assert not list(answers)
    assert not lines(log, "end")[1:]
    assert not any(is_running(pid) for _, pid in lines(log, "begin"))


def start_driver(log: Path, number: int, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.pool_driver", str(log), str(number), str(seconds)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True, cwd=ROOT, process_group=0)


def test_control_c_reaches_the_driver_alone_and_leaves_no_child(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with start_driver(log, 9, 30) as driver:
        wait_until(lambda: len(lines(log, "begin")) == 2)
        os.killpg(driver.pid, signal.SIGINT)
        assert driver.communicate(timeout=30)[0] == "end True\n"
    assert not any(is_running(pid) for _, pid in lines(log, "begin"))


def test_children_of_a_driver_that_is_killed_end_in_the_middle_of_their_work(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with start_driver(log, 9, 30) as driver:
        wait_until(lambda: len(lines(log, "begin")) == 2)
        driver.kill()
    wait_until(lambda: not any(is_running(pid) for _, pid in lines(log, "begin")))
    assert not lines(log, "end")
    assert log.read_text().count("main\n") == 1  # a child does not run the driver's main module again


def test_what_workers_import_is_free_of_prefect() -> None:
    code = (
        "import sys, flows.pool_child, flows.dask_call, flows.worker, tests.partition_work\n"
        "flows.worker.worker_extractor\n"
        "assert not {'prefect', 'fastapi', 'sqlalchemy'} & sys.modules.keys(), sorted(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def test_a_single_partition_starts_no_process() -> None:
    (told,) = map_partitions(find_backend(), square, [{"n": 3}])
    assert told.result
    assert (told.result["square"], told.result["pid"]) == (9, os.getpid())


def test_children_that_cannot_start_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    library = [path for path in sys.path if path.endswith((".zip", "python3.11", "lib-dynload"))]
    monkeypatch.setattr(sys, "path", library)
    with pytest.raises(
        WorkerError, match=r"^worker processes do not start: ModuleNotFoundError: No module .*"
    ):
        list(map_partitions(Pool(2), square, [{"n": 1}]))


def test_a_child_of_another_version_is_one_line() -> None:
    ours = dict(find_versions())
    with pytest.raises(WorkerError, match=r"lexicons \(\w{12} there, 123 here\); install"):
        list(map_partitions(Pool(1, ours | {"lexicons": "123"}), square, [{"n": 3}]))


def test_the_options_name_the_back_end(tmp_path: Path) -> None:
    quota = tmp_path / "cpu.max"
    quota.write_text("150000 100000\n")
    assert count_cores(quota) == min(2, count_cores(tmp_path / "none"))
    quota.write_text("max 100000\n")
    assert count_cores(quota) == count_cores(tmp_path / "none") >= 1
    quota.write_text("MemTotal: 9 kB\nMemAvailable:    600000 kB\n")
    assert count_workers(quota) == 1
    assert [find_backend(n).name for n in (0, 1, 3)] == ["here", "pool of 1", "pool of 3"]
    assert find_backend(None, "tcp://10.0.0.1:8786").name == "dask tcp://10.0.0.1:8786"
    for address in ("scheduler", "http://a:1", "tcp://a", "tcp://a:x", "tcp://a:1/b", "tcp://:8786", ""):
        with pytest.raises(InputError, match="like tcp://scheduler:8786"):
            find_backend(None, address)
