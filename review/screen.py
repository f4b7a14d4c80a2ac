"""The terminal: what fits it, and text rendered for it."""

import sys
from typing import TextIO

from rich.console import Console, RenderableType

WIDTH = 100  # where no terminal tells its own
WIDEST = 132  # longer lines are harder to read than a second line


def make_console(stream: TextIO) -> Console:
    """A console of the stream's width; colour only on a terminal, and never where NO_COLOR is set."""
    console = Console(file=stream, highlight=False, soft_wrap=False)
    width = min(console.width, WIDEST) if stream.isatty() else WIDTH
    return Console(file=stream, width=width, highlight=False)


def render(thing: RenderableType, console: Console) -> str:
    """What the console would print, without trailing spaces where it has no colour."""
    with console.capture() as captured:
        console.print(thing)
    text = captured.get()
    return text if console.is_terminal else "\n".join(line.rstrip() for line in text.split("\n"))


def show(thing: RenderableType) -> None:
    """Prints to standard output."""
    sys.stdout.write(render(thing, make_console(sys.stdout)))
    sys.stdout.flush()
