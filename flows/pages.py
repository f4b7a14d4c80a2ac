"""Pages to articles in a child process that can be killed, so that no page can stop a run."""

import logging
import pickle
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from extractors.html import read_page
from extractors.markup import LARGEST
from models.article import Article, Published
from models.errors import PageError

# Real pages take under a second; these stop the few that would take for ever or all the memory.
CPU_SECONDS, WALL_SECONDS, MEMORY = 20, 60.0, 2**30
START_SECONDS = 120.0
ROOT = str(Path(__file__).resolve().parent.parent)
SERVE = "import sys; sys.path.insert(0, sys.argv[1]); from flows.page_child import serve; serve()"
LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, with what is known of it from elsewhere."""

    data: bytes
    url: str | None = None
    doc_id: str | None = None
    charset: str | None = None
    feed_published: Published | None = None
    published: Published | None = None
    fetched: date | None = None

    @property
    def name(self) -> str:
        """What errors call the page."""
        return self.url or self.doc_id or "page"


Outcome = Article | PageError


def read_pages(pages: Iterable[Page]) -> Iterator[tuple[Page, Outcome]]:
    """Each page with its article, or with the reason why there is none, in the order given."""
    with Reader() as reader:
        for page in pages:
            yield page, reader.read(page)


def read_one(page: Page) -> Outcome:
    """The same for one page in this process: at once, but nothing stops a hostile page."""
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # they log what we return as a PageError
    try:
        return read_page(
            page.data,
            page.url,
            doc_id=page.doc_id,
            charset=page.charset,
            published=page.published,
            feed_published=page.feed_published,
            fetched=page.fetched,
        )
    except PageError as error:
        return error


@dataclass(frozen=True, slots=True)
class Child:
    """A running reader of pages, the socket to it, and the file that its complaints go to."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    words: IO[bytes]


class Reader:
    """The child process, started when first needed and again after its death."""

    def __init__(
        self,
        *,
        cpu_seconds: int = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
        memory: int = MEMORY,
    ) -> None:
        self.cpu_seconds = cpu_seconds
        self.memory = memory
        self.wall_seconds = wall_seconds
        self.child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def read(self, page: Page) -> Outcome:
        """The page's article or PageError; reasons of the child's own are `timeout`, `memory`, `crashed`."""
        if len(page.data) > LARGEST:
            return read_one(page)  # refused at once, so it need not travel
        fresh = self.child is None
        self.child = self.child or start_child(self.cpu_seconds, self.memory)
        try:
            if fresh:
                receive(self.child.line, time.monotonic() + START_SECONDS)
            outcome = exchange(self.child.line, page, self.wall_seconds)
        except TimeoutError:
            outcome = "timeout", f"{page.name}: not read within {self.wall_seconds:g} s"
            self.stop()
        except (OSError, EOFError):
            outcome = explain_death(self.child, page, self.cpu_seconds)
            self.stop()
        if isinstance(outcome, Article):
            return outcome
        if outcome[0] == "memory":
            self.stop()  # what is left of its memory is in pieces
        return PageError(*outcome)

    def stop(self) -> None:
        """Ends the child; the next page starts another."""
        child, self.child = self.child, None
        if child:
            stop_child(child)


def start_child(cpu_seconds: int, memory: int) -> Child:
    """A new child in a process group of its own, so that Ctrl-C reaches only the run itself."""
    ours, theirs = socket.socketpair()
    words = tempfile.TemporaryFile()  # noqa: SIM115  # closed by stop_child
    with theirs:
        command = [sys.executable, "-c", SERVE, ROOT, str(theirs.fileno()), str(cpu_seconds), str(memory)]
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            pass_fds=(theirs.fileno(),),
            process_group=0,
        )
    return Child(process, ours, words)


def stop_child(child: Child) -> None:
    """Kills the child, which holds nothing worth keeping, and closes what leads to it."""
    child.process.kill()
    child.process.wait()
    child.line.close()
    child.words.close()


def explain_death(child: Child, page: Page, cpu_seconds: int) -> tuple[str, str]:
    """Reason and message for a child that died."""
    try:
        status = child.process.wait(timeout=5)  # the socket closes just before the process ends
    except subprocess.TimeoutExpired:
        status = None
    if status == -signal.SIGXCPU:
        return "timeout", f"{page.name}: not read within {cpu_seconds} CPU seconds"
    child.words.seek(0)
    last = child.words.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    return "crashed", f"{page.name}: reading it failed ({last or f'status {status}'})"


def exchange(line: socket.socket, page: Page, seconds: float) -> Article | tuple[str, str]:
    """The child's answer to a page. Raises OSError or EOFError where it dies or the time runs out."""
    line.settimeout(seconds)
    send(line, page)
    answer: Article | tuple[str, str] = receive(line, time.monotonic() + seconds)
    return answer


def send(line: socket.socket, value: object) -> None:
    """One pickled value, with its length before it."""
    message = pickle.dumps(value)
    line.sendall(LENGTH.pack(len(message)) + message)


def receive(line: socket.socket, end: float | None = None) -> Any:
    """The next value that the other side sends, by `end` (monotonic) at the latest."""
    size = LENGTH.unpack(read_exactly(line, LENGTH.size, end))[0]
    return pickle.loads(read_exactly(line, size, end))  # noqa: S301  # written by our own process


def read_exactly(line: socket.socket, size: int, end: float | None) -> bytes:
    """That many bytes. Raises EOFError where the other side is gone, TimeoutError after `end`."""
    data = bytearray()
    while len(data) < size:
        if end is not None:
            line.settimeout(max(0.001, end - time.monotonic()))
        chunk = line.recv(min(size - len(data), 2**20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)
