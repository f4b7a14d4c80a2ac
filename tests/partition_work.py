"""Work on partitions for tests of the back-ends: what workers import by name. Each partition is a small dict."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from models.errors import StoreError

Task = dict[str, Any]


def square(task: Task) -> dict[str, Any]:
    """Squares `n`, leaves a line in the file `log`, and waits `seconds`; `die` kills the worker."""
    note(task, "begin")
    deaths = task.get("deaths")
    if deaths and count(Path(deaths)) < task.get("times", 99):
        os.kill(os.getpid(), signal.SIGKILL)
    if task.get("fault") == "store":
        raise StoreError("the disk is full")
    if task.get("fault") == "bug":
        raise ValueError("no such thing")
    time.sleep(task.get("seconds", 0))
    note(task, "end")
    return {"square": task["n"] ** 2, "pid": os.getpid(), "prefect": "prefect" in sys.modules}


def note(task: Task, what: str) -> None:
    """Appends one line to the log in one write."""
    if "log" in task:
        with Path(task["log"]).open("ab", buffering=0) as log:
            log.write(f"{what} {task['n']} {os.getpid()}\n".encode())


def count(path: Path) -> int:
    """How often this was asked before; every death adds a byte."""
    with path.open("ab", buffering=0) as file:
        before = path.stat().st_size
        file.write(b"x")
    return before
