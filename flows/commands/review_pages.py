"""`dateline review page|serve|apply|import`: the page, the app, and what follows from decisions."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.options import Home
from flows.commands.review import After, Before, draw, mark_shown, reviewing


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
    """Take decisions in that were made on a page elsewhere; each counts once."""
    from review.decisions import read_decisions

    with reviewing(home, before, after) as review:
        fresh = review.take_in(decision for path in files for decision in read_decisions(path))
        stale = len(review.outcome.stale)
        typer.echo(f"{fresh} decisions taken in; {stale} are about what is not so: ask again")


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

    with reviewing(home, before, after) as review:
        if isinstance(review, GoldenReview):
            typer.echo(review.apply(undecided))
            return
        from flows.reviews import RunReview, apply_review

        assert isinstance(review, RunReview)
        run_id = apply_review(review, undecided, reason)
        typer.echo(f"run {run_id} is current; dateline runs promote {review.diff.before.name} goes back")
