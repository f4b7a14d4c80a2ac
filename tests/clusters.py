"""Real Dask schedulers and workers on loopback, as processes of their own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # a bound against hanging, not a measure
SETTINGS = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
Process = subprocess.Popen[bytes]


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits for it to come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.02)


class Cluster:
    """A scheduler and its workers. `env` is added to that of the workers."""

    def __init__(self, folder: Path, *words: str, env: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.words = words
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS, **(env or {})}
        self.processes: list[Process] = []
        self.address = ""
        self.scheduler = self.start_scheduler("0")

    def start_scheduler(self, port: str) -> Process:
        """A scheduler that knows nothing of dateline, at the port or at a free one."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        env = {name: value for name, value in self.env.items() if name != "PYTHONPATH"}
        process = self.start("dask_scheduler", "--port", port, "--scheduler-file", str(told), env=env)
        wait_until(lambda: told.exists() and told.read_text().endswith("}"))
        self.address = json.loads(told.read_text())["address"]
        return process

    def start_worker(self, *words: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Process:
        """A worker of one thread, without the nanny that would start it anew."""
        folder = (
            "--local-directory",
            str(self.folder),
            "--no-nanny",
            "--nthreads",
            "1",
            "--memory-limit",
            "0",
        )
        return self.start(
            "dask_worker", self.address, *folder, *words, env={**self.env, **(env or {})}, cwd=cwd
        )

    def start(self, module: str, *words: str, env: Mapping[str, str], cwd: Path = Path("/")) -> Process:
        """A process of Dask's; what it says is in `log`."""
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words, *self.words]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--no-dashboard"], env=env, cwd=cwd, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def close(self) -> None:
        """Ends them all."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@contextmanager
def run_cluster(
    folder: Path, workers: int = 2, *words: str, env: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder, *words, env=env)
    try:
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        cluster.close()
