"""The child that does the work of a pool. It must stay free of Prefect."""

import os
import sys
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from flows.worker import Versions, run_call
from models.errors import DatelineError

GONE = 3  # how a child ends whose driver is gone


def serve() -> None:
    """Answers each call on the inherited pipe until its other end is closed, however that came."""
    line = Connection(int(sys.argv[1]))
    calls: SimpleQueue[tuple[bytes, Versions]] = SimpleQueue()
    Thread(target=listen, args=(line, calls), daemon=True).start()
    line.send("ready")  # from here on a death is the work's
    while True:
        line.send(answer(*calls.get()))


def listen(line: Connection, calls: SimpleQueue[tuple[bytes, Versions]]) -> None:
    """Hands on the calls; ends the process in the middle of its work once nobody waits for it any more."""
    while True:
        try:
            calls.put(line.recv())
        except (EOFError, OSError):
            os._exit(GONE)


def answer(call: bytes, versions: Versions) -> tuple[bool, object]:
    """True and the result, or False and the error that ends the run. What else is raised ends the process."""
    try:
        return True, run_call(call, versions)
    except DatelineError as error:
        return False, error
