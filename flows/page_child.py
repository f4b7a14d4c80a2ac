"""The child that reads pages within limits of time and memory. It must stay free of Prefect."""

import contextlib
import math
import resource
import socket
import sys

from flows.pages import Page, read_one, receive, send
from models.article import Article


def serve() -> None:
    """Answers each page on the inherited socket with an article or a reason, until the socket is closed."""
    line_number, seconds, memory = map(int, sys.argv[2:5])
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_AS, memory)
    with socket.socket(fileno=line_number) as line, contextlib.suppress(EOFError):
        send(line, "ready")  # the start of a busy machine's Python is no page's fault
        while True:
            page = receive(line)
            limit(resource.RLIMIT_CPU, math.ceil(cpu_used()) + seconds)
            send(line, answer(page))


def answer(page: Page) -> Article | tuple[str, str]:
    """The page's article, or the reason and message of its error."""
    try:
        outcome = read_one(page)
    except MemoryError:
        return "memory", f"{page.name}: needs more memory than a page may have"
    return outcome if isinstance(outcome, Article) else (outcome.reason, str(outcome))


def limit(kind: int, amount: int) -> None:
    """Sets a soft limit; systems that lack it (macOS: address space) go without."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (amount, resource.getrlimit(kind)[1]))


def cpu_used() -> float:
    """CPU seconds that this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
