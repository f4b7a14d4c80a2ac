"""Ctrl-C, SIGTERM or a closed terminal as a wish that the run looks at; a second one ends it at once.

SIGUSR1 is the same wish from our own parent, who may send it beside another signal: it never ends the run.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
POLITE = signal.SIGUSR1
Handler = Callable[[int, FrameType | None], object] | int | None


class Stop:
    """Whether somebody asked the run to end."""

    def __init__(self) -> None:
        self.asked = False


@contextmanager
def catch_stop() -> Iterator[Stop]:
    """A Stop that these signals set while the block runs. Only the main thread can hear them."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in (*SIGNALS, POLITE)}

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.asked = True
        if number != POLITE:
            restore(before, SIGNALS)

    for number in before:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        restore(before, before)


def restore(before: Mapping[signal.Signals, Handler], numbers: Iterable[signal.Signals]) -> None:
    """Gives the signals back to whoever heard them before."""
    for number in numbers:
        signal.signal(number, before[number])
