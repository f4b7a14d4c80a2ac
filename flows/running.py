"""Ending a run that goes on in another process of ours, without breaking it off."""

import os
import time
from contextlib import suppress
from pathlib import Path

from flows.lock import find_holder
from flows.stop import POLITE

# Longer than a run takes to end after it was asked: the longest page and the longest fetch, and a commit.
PATIENCE = 240.0
AFTERWARDS = 90.0  # for its report, its hooks and its last words to Prefect


def end_run(lock: Path, patience: float = PATIENCE) -> None:
    """Asks the run that holds the lock to end, and waits until it has; only a run that we have started."""
    holder = find_holder(lock)
    if holder is None or not is_below_us(holder):
        return
    with suppress(ProcessLookupError):
        os.kill(holder, POLITE)
    until = time.monotonic() + patience
    while find_holder(lock) == holder and time.monotonic() < until:
        time.sleep(0.2)
    until = time.monotonic() + AFTERWARDS
    while is_below_us(holder) and time.monotonic() < until:
        time.sleep(0.2)


def is_below_us(process: int) -> bool:
    """Whether we have started the process, or one that has started it."""
    while process > 1:
        process = find_parent(process)
        if process == os.getpid():
            return True
    return False


def find_parent(process: int) -> int:
    """The process that started it; 0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    state, parent = status.rpartition(")")[2].split()[:2]
    return 0 if state == "Z" else int(parent)
