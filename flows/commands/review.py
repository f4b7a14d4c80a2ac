"""`dateline review list|show|undo|log|status`: what changed, and how far the review is."""

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

Before = Annotated[str, typer.Option("--before", metavar="RUN", help="Run that the changes start from.")]
After = Annotated[str, typer.Option("--after", metavar="RUN", help="Run that they lead to.")]
Number = Annotated[int | None, typer.Option("--group", "-g", metavar="N", min=1, help="This group only.")]
Comment = Annotated[str, typer.Option("--comment", "-m", metavar="TEXT", help="Kept with the decision.")]

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


def list_groups(before: Before = "current", after: After = "candidate", home: Home = None) -> None:
    """List the groups with their state."""
    from review.lines import make_list
    from review.screen import show

    with reviewing(home, before, after) as review:
        show(make_list(make_desk(review)))
        mark_shown(review)


def show_group(
    group: Annotated[int | None, typer.Argument(metavar="N", min=1, help="As in the list.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Changes that are shown.")] = 20,
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Show the changes of a group with their evidence."""
    from models.errors import InputError
    from review.diffs import make_group
    from review.screen import show

    if group is None:
        raise InputError("name the group: `dateline review list` tells the numbers")
    with reviewing(home, before, after) as review:
        desk, chosen = make_desk(review), choose(review, group)
        members = desk.members(chosen)[:limit]
        show(make_group(chosen, members, len(members)))
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
