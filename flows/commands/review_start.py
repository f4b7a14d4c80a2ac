"""`dateline review` itself: change by change in a terminal, the app, or what a subcommand asks for."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.handed_options import list_given, refuse_sides
from flows.commands.options import Home
from flows.commands.review import (
    FOLDER,
    After,
    Before,
    Number,
    choose,
    list_groups,
    make_desk,
    reviewing,
    show_group,
)
from flows.commands.review_pages import serve_page

HELP = """
Review what a candidate would change: alike changes together, those of the greatest effect first.

In a terminal the open changes are shown one by one, and a key decides each. Elsewhere the groups are listed, and
the subcommands do the same without a terminal; options before a subcommand are its own.
Decisions are kept in HOME/decisions as they are made.

[bold]Examples[/bold]

dateline review
dateline review --serve
dateline review page --output review.html
dateline review accept --group 2
dateline review status --require-decided
dateline review apply
dateline review --goldens fixtures/articles list
"""
Goldens = Annotated[
    Path | None,
    typer.Option(
        "--goldens",
        metavar="DIR",
        help="Review what pytest --dateline-goldens DIR found, and write the goldens.",
    ),
]
Serve = Annotated[
    bool, typer.Option("--serve", help="Open the page as an app on this machine, as `review serve` does.")
]


def review_all(
    context: typer.Context,
    before: Before = "current",
    after: After = "candidate",
    group: Number = None,
    home: Home = None,
    goldens: Goldens = None,
    serve: Serve = False,
) -> None:
    """One change at a time in a terminal; a list elsewhere."""
    FOLDER.set(goldens)
    if context.invoked_subcommand:
        return
    refuse_sides(given := {name for name, _ in list_given(context)})
    if serve:
        if "group" in given:
            raise typer.BadParameter("the app shows all groups: --serve takes no --group")
        serve_page(before=before, after=after, home=home)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        ask_all(before, after, group, home)
    else:
        show_group(group, before=before, after=after, home=home) if group else list_groups(
            before, after, home
        )
        sys.stderr.write(
            "no terminal: decide with `dateline review accept|reject --group N`, or on `review page`\n"
        )


def ask_all(before: str, after: str, group: int | None, home: Path | None) -> None:
    """Asks for each open change."""
    from review.lines import review_lines
    from review.screen import show

    with reviewing(home, before, after, "terminal") as review:
        chosen = [choose(review, group)] if group else list(review.diff.groups)
        review_lines(make_desk(review), chosen, read_keys(), show)


def read_keys() -> Iterator[str]:
    """Keys as they are pressed, also those that come before they are asked for; Ctrl-D and Escape end it."""
    import termios
    import tty

    line = sys.stdin.fileno()
    before = termios.tcgetattr(line)
    try:
        tty.setcbreak(line, termios.TCSANOW)
        while (key := os.read(line, 1)) not in {b"", b"\x04", b"\x1b"}:
            yield key.decode("latin-1")
    finally:
        termios.tcsetattr(line, termios.TCSADRAIN, before)
