"""Forks processes that work on an archive, and kills them; started by a test as a process of its own.

python -m tests.archive_killer appends FOLDER KILLS    prints the number of each page that was kept
python -m tests.archive_killer WORK FOLDER STEP        kills itself before the STEP-th change of a file
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.archive import Archive
from flows.archive_rewrites import compact_archive, remove_address, repair_archive
from tests.archive_writer import make_fetched

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.copyfile"}
WORKS: dict[str, Callable[[Archive], object]] = {
    "compact": lambda archive: list(compact_archive(archive)),
    "repair": lambda archive: list(repair_archive(archive)),
    "remove": lambda archive: remove_address(archive, make_fetched(1).url),
}


def kill_appends(folder: Path, kills: int) -> None:
    """Appends in a child until it is killed, so many times."""
    chance = random.Random(4)
    for turn in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            with Archive(folder, largest=60_000) as archive:
                for number in range(turn * 1_000, turn * 1_000 + 1_000):
                    archive.append(make_fetched(number), {})
                    os.write(writing, b"%d\n" % number)
        os.close(writing)
        with os.fdopen(reading) as told:
            first = told.readline()
            time.sleep(chance.uniform(0, 0.1))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.writelines(line for line in (first, *told.readlines()) if line.endswith("\n"))


def work_until(work: str, folder: Path, step: int) -> int:
    """Does the work in a child that is killed before its step of that number; 0 where it came to its end."""
    child = os.fork()
    if not child:
        left = step

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE)
            if event in STEPS and writes and str(folder) in str(arguments[0]):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        with Archive(folder) as archive:
            sys.addaudithook(count)
            WORKS[work](archive)
        os._exit(0)
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    if sys.argv[1] == "appends":
        kill_appends(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(1 if work_until(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])) else 0)
