"""`dateline review page|serve|apply|import`: the page, the app, and what follows from decisions."""

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.options import Home
from flows.commands.review import After, Before, draw, mark_shown, reviewing

if TYPE_CHECKING:
    from flows.deciding import Review

LONGEST = 500  # characters of what is wrong with a line: it may quote the line itself


def write_page(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = Path(
        "review.html"
    ),
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Write the review as one page that opens from disk; it saves decisions.jsonl for `review import`."""
    from review.page import render_page
    from review.report import write_page as write

    with reviewing(home, before, after) as review:
        typer.echo(write(output, render_page(draw(review))).resolve().as_uri())
        mark_shown(review)


def serve_page(
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: a free one.")] = 0,
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Show the same page on this machine only; decisions go to the file as they are made. Ctrl-C ends it."""
    from flows.deciding import name_reviewer
    from review.app import listen, serve
    from review.desk import Desk

    with reviewing(home, before, after, "app") as review, listen(port) as line:
        material = draw(review)
        material.who = name_reviewer()
        desk = Desk(material, review.path, line.getsockname()[1], review.check_edit, tell_address)
        typer.echo(desk.address)
        if browse and sys.stdout.isatty():
            webbrowser.open(desk.address)
        try:
            serve(desk, line)
        finally:
            review.reload()


def tell_address(address: str) -> None:
    """Says where to open the app in another browser, since each address is good once."""
    typer.echo(f"opened; for another browser: {address}")


def import_decisions(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="As the page saved them.")],
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Take decisions in that were made on a page elsewhere; each counts once. Ends with 1 where one is refused."""
    from flows.outputs import complain
    from review.saved import read_saved

    with reviewing(home, before, after) as review:
        taken = review.take_in(read_saved(files))
        for fault in taken.refused:
            complain(fault if len(fault) <= LONGEST else f"{fault[:LONGEST]}…")
        typer.echo(taken.tell(len(review.outcome.stale)))
    if taken.refused:
        raise typer.Exit(1)


def apply(
    undecided: Annotated[
        Literal["old", "new"] | None,
        typer.Option("--undecided", help="Which side open changes get; without it all must be decided."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Kept with the run.")] = "",
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Let the candidate stand as decided: refused changes stay as they were, edits lock their field."""
    from flows.golden_review import GoldenReview
    from review.bulk_words import tell_rest
    from review.screen import show

    with reviewing(home, before, after) as review:
        rest = review.rest
        if isinstance(review, GoldenReview):
            typer.echo(review.apply(undecided))
        else:
            typer.echo(apply_runs(review, undecided, reason))
        if undecided and rest:
            show(tell_rest(rest, undecided))


def apply_runs(review: "Review", undecided: str | None, reason: str) -> str:
    """Applies a review of runs; tells what is current, and the way back."""
    from flows.reviews import RunReview, apply_review

    assert isinstance(review, RunReview)
    run_id = apply_review(review, undecided, reason)
    return f"run {run_id} is current; dateline runs promote {review.diff.before.name} goes back"
