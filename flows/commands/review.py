"""`dateline review`: see what changed, decide, and let it stand."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Home

if TYPE_CHECKING:
    from flows.deciding import Review
    from models.change import Change, Group
    from models.decision import Surface
    from review.lines import Desk
    from review.page import Material

HELP = """
Review what a candidate would change: alike changes together, those of the greatest effect first.

In a terminal the open changes are shown one by one, and a key decides each. Elsewhere the groups are listed, and
the subcommands do the same without a terminal. Decisions are kept in HOME/decisions as they are made.

[bold]Examples[/bold]

dateline review
dateline review page --output review.html
dateline review accept --group 2
dateline review status --require-decided
dateline review apply
dateline review --goldens fixtures/articles list
"""
Before = Annotated[str, typer.Option("--before", metavar="RUN", help="Run that the changes start from.")]
After = Annotated[str, typer.Option("--after", metavar="RUN", help="Run that they lead to.")]
Number = Annotated[int | None, typer.Option("--group", "-g", metavar="N", min=1, help="This group only.")]
Comment = Annotated[str, typer.Option("--comment", "-m", metavar="TEXT", help="Kept with the decision.")]


Goldens = Annotated[
    Path | None,
    typer.Option(
        "--goldens",
        metavar="DIR",
        help="Review what pytest --dateline-goldens DIR found, and write the goldens.",
    ),
]
FOLDER: ContextVar[Path | None] = ContextVar("FOLDER", default=None)  # of goldens, for the subcommands


@contextmanager
def reviewing(
    home: Path | None, before: str, after: str, surface: "Surface" = "command"
) -> Iterator["Review"]:
    """The review that options name: of two runs, or of goldens."""
    if folder := FOLDER.get():
        from flows.golden_review import open_goldens

        goldens = open_goldens(folder, careful=surface == "command")
        yield goldens
        if goldens.written:
            typer.echo(f"written: {', '.join(goldens.written)}")
        if goldens.waiting:
            typer.echo(f"not before all of the page is accepted: {', '.join(goldens.waiting)}")
        return
    from flows.home import find_home
    from flows.reviews import open_review

    with open_review(home or find_home(), before, after, surface) as review:
        yield review


def draw(review: "Review") -> "Material":
    """What the page draws."""
    from flows.golden_review import GoldenReview

    if isinstance(review, GoldenReview):
        return review.draw()
    from flows.review_material import make_material
    from flows.reviews import RunReview

    assert isinstance(review, RunReview)
    return make_material(review)


def mark_shown(review: "Review") -> None:
    """Remembers of goldens which bytes a person was shown: only these can be accepted."""
    if FOLDER.get():
        from flows.golden_review import GoldenReview

        assert isinstance(review, GoldenReview)
        review.mark_shown()


def review_all(
    context: typer.Context,
    before: Before = "current",
    after: After = "candidate",
    group: Number = None,
    home: Home = None,
    goldens: Goldens = None,
) -> None:
    """One change at a time in a terminal; a list elsewhere."""
    FOLDER.set(goldens)
    if context.invoked_subcommand:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        list_groups(before, after, home)
        sys.stderr.write(
            "no terminal: decide with `dateline review accept|reject --group N`, or on `review page`\n"
        )
        return
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


def list_groups(before: Before = "current", after: After = "candidate", home: Home = None) -> None:
    """List the groups with their state."""
    from review.lines import make_list
    from review.screen import show

    with reviewing(home, before, after) as review:
        show(make_list(make_desk(review)))
        mark_shown(review)


def show_group(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="As in the list.")],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Changes that are shown.")] = 20,
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Show the changes of a group with their evidence."""
    from review.diffs import make_group
    from review.screen import show

    with reviewing(home, before, after) as review:
        desk, group = make_desk(review), choose(review, number)
        members = desk.members(group)[:limit]
        show(make_group(group, members, len(members)))
        mark_shown(review)


def undo(before: Before = "current", after: After = "candidate", home: Home = None) -> None:
    """Take your last decision back; again, the one before it."""
    from flows.deciding import name_reviewer
    from models.errors import ReviewError
    from review.decisions import find_last

    with reviewing(home, before, after) as review:
        last = find_last(review.decisions, who := name_reviewer())
        if last is None:
            raise ReviewError(f"there is no decision of {who} to undo")
        review.decide("undo", [], undoes=last.decision_id, scope=last.scope, alike=last.alike)
        typer.echo(f"undone: {last.verdict} of {len(last.covers)} changes")


def log(before: Before = "current", after: After = "candidate", home: Home = None) -> None:
    """Print every decision: who, when, what."""
    from review.decisions import find_undone
    from review.lines import make_log
    from review.screen import show

    with reviewing(home, before, after) as review:
        show(make_log(review.trail, find_undone(review.trail)))


def status(
    require: Annotated[
        bool, typer.Option("--require-decided", help="End with 1 while a change is open.")
    ] = False,
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Say how far the review is. Exit codes: 0 · 1 changes are open, with --require-decided · 2 there is no review."""
    from review.lines import tell_standing
    from review.screen import show

    with reviewing(home, before, after) as review:
        desk = make_desk(review)
        show(tell_standing(desk))
        raise typer.Exit(int(require and bool(desk.outcome.undecided)))


def choose(review: "Review", number: int) -> "Group":
    """The group of that number. Raises InputError."""
    from models.errors import InputError

    if number > len(review.diff.groups):
        raise InputError(f"there is no group {number}: there are {len(review.diff.groups)}")
    return review.diff.groups[number - 1]


def find_changes(review: "Review", change: str | None, event: str | None) -> "list[Change]":
    """The change of that id or beginning of one, or those of an event. Raises InputError."""
    from models.errors import InputError

    found = [
        one
        for one in review.changes
        if (change and one.id.startswith(change)) or (event and review.belongs(one, event))
    ]
    if not found or (change and len(found) != 1):
        raise InputError(
            f"{change or event}: {len(found)} changes are named so; `dateline diff --format json` tells the ids"
        )
    return found


def make_desk(review: "Review") -> "Desk":
    """The review as lines show it."""
    from flows.deciding import name_reviewer
    from review.lines import Desk

    return Desk(
        review.diff,
        review.changes,
        review.policy,
        review.outcome,
        review.decisions,
        review.decide,
        review.edited,
        name_reviewer(),
    )
