"""Progress bars: on standard error, and only where somebody watches and nothing else is printed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from review.controls import show_controls
from review.screen import make_console

Thing = TypeVar("Thing")
Note = Callable[[], str]


class Watch(Protocol):
    """Is told how far a stage is; the note says what is in hand whenever the bar is drawn."""

    def __call__(self, stage: str, done: int, total: int, note: Note = ..., /) -> None: ...  # noqa: D102


def quiet(_stage: str, _done: int, _total: int, _note: Note = str, /) -> None:
    """A Watch that shows nothing."""


SHOWN: ContextVar[Watch] = ContextVar("SHOWN", default=quiet)  # a flow takes no object of ours along


class NoteColumn(ProgressColumn):
    """What is in hand, asked anew each time, so that a host that answers slowly is seen while it does."""

    def render(self, task: Task) -> Text:
        """The note on one line, cut where the screen ends."""
        return Text(show_controls(task.fields["note"]()), "dim", no_wrap=True, overflow="ellipsis")


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
    """A Watch that draws a bar a stage: done, time taken, time left, what is in hand."""
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        NoteColumn(),
    )
    with Progress(*columns, console=make_console(sys.stderr), disable=not sys.stderr.isatty()) as bar:
        stages = {}

        def watch(stage: str, done: int, total: int, note: Note = str, /) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total, note=note)
            bar.update(stages[stage], completed=done, total=total, note=note if done < total else str)

        yield watch


def find_watch() -> Watch:
    """The Watch that a flow draws on; Prefect pickles what a flow's module names, and a variable cannot be."""
    return SHOWN.get()


@contextmanager
def show_stages() -> Iterator[None]:
    """Lets a flow that is run within draw its stages on this screen; one that a schedule starts has none."""
    with watch_stages() as watch:
        token = SHOWN.set(watch)
        try:
            yield
        finally:
            SHOWN.reset(token)
