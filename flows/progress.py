"""Progress bars: on standard error, and only where somebody watches and nothing else is printed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from review.screen import make_console

Thing = TypeVar("Thing")
Watch = Callable[[str, int, int], None]


def follow(things: Iterable[Thing], free: bool) -> Iterator[Thing]:
    """The things, counted on the screen where it is free."""
    if not (free and sys.stderr.isatty()):
        yield from things
        return
    columns = SpinnerColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn()
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        yield from bar.track(things, total=None)


@contextmanager
def watch_stages() -> Iterator[Watch]:
    """A function (stage, done, total) that draws a bar a stage."""
    columns = TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=make_console(sys.stderr), disable=not sys.stderr.isatty()) as bar:
        stages = {}

        def watch(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total)
            bar.update(stages[stage], completed=done, total=total)

        yield watch
