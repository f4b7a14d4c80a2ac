"""Re-extractions in processes that tests may stop or kill: forked of one that has loaded the model already.

    python -m tests.reextract_child

Reads homes from standard input, a line each, and runs a re-extraction of each in a child; what they say comes out
line by line: the child's process id, its progress, its receipt, and how it ended.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.worker import worker_extractor
from models.receipt import Receipt
from models.scope import Scope

ROOT = Path(__file__).resolve().parent.parent
SIZE = 2  # articles a partition


@dataclass
class Runs:
    """The process that forks, seen from the test."""

    process: "subprocess.Popen[str]"
    child: int = 0

    def start(self, home: Path) -> None:
        """Begins a re-extraction."""
        assert self.process.stdin
        self.process.stdin.write(f"{home}\n")
        self.process.stdin.flush()
        self.child = int(self.read())

    def read(self) -> str:
        """What is said next."""
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def await_partitions(self, number: int) -> None:
        """Waits until so many words of progress came behind the plan."""
        for _ in range(number):
            line = self.read()
            assert line.startswith("extract"), line

    def end(self, how: signal.Signals | None = None) -> tuple[list[str], int]:
        """What is said until the child ends, after that signal; and its status."""
        if how:
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(self.child, how)
        said = []
        while not (line := self.read()).startswith("ended"):
            said.append(line)
        return said, int(line.split()[1])


@contextmanager
def open_runs() -> Iterator[Runs]:
    """The process that forks."""
    command = [sys.executable, "-m", "tests.reextract_child"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as process:
        yield Runs(process)
        process.kill()


def tell(*words: object) -> None:
    print(*words, flush=True)


def serve() -> None:
    worker_extractor()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            tell(os.getpid())
            found = reextract(
                Path(line.strip()),
                Asked(Scope(), force=True),
                progress=lambda stage, done, total, _note=str: tell(stage, done, total),
                size=SIZE,
            )
            tell(found.model_dump_json() if isinstance(found, Receipt) else found)
            os._exit(0)
        tell("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    serve()
