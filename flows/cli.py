"""The command `dateline`: its subcommands, and how it ends."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, ParamSpec

import typer

from flows.commands import review as reviews
from flows.commands import review_pages, review_start, review_verdicts
from flows.commands.alerts import check_runs, show_units, try_hooks
from flows.commands.archive import compact, export, import_warc, index, remove, repair, verify
from flows.commands.articles import history, list_newest
from flows.commands.cache import prune as prune_cache
from flows.commands.cache import show as show_cache
from flows.commands.columns import columns
from flows.commands.diff import HELP as DIFF
from flows.commands.diff import diff
from flows.commands.event_rows import list_events, show_history
from flows.commands.events import HELP as EXTRACT
from flows.commands.events import extract
from flows.commands.explanation import explain
from flows.commands.export import HELP as EXPORT
from flows.commands.export import export as export_rows
from flows.commands.gazetteer import build, import_files
from flows.commands.handed_options import HandedCommand
from flows.commands.lexicons import check
from flows.commands.nights import ingest, serve
from flows.commands.reextract import reextract
from flows.commands.report import report
from flows.commands.runs import compare, drop, list_runs, promote, runs, show_run
from flows.commands.sources import add as add_source
from flows.commands.sources import check as check_sources
from flows.commands.sources import list_sources
from flows.outputs import close_quietly, complain
from models.errors import DatelineError

Options = ParamSpec("Options")
HELP = """
Reads conflict news and writes event rows that an analyst can trust.

Start with [bold]dateline extract --help[/bold].
What is kept (gazetteer, archive, tables, reports) stands in $DATELINE_HOME, else in .data.
"""
LEFT, STOPPED = 141, 130  # what a shell reports for a command that SIGPIPE or SIGINT ended


def guard(command: Callable[Options, None]) -> Callable[Options, None]:
    """The command, ending in one line and an exit code whatever a user can mend."""

    @wraps(command)
    def guarded(*args: Options.args, **options: Options.kwargs) -> None:
        try:
            command(*args, **options)
        except DatelineError as error:
            complain(str(error))
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            close_quietly(sys.stdout)
            raise typer.Exit(LEFT) from error
        except KeyboardInterrupt as error:
            sys.stderr.write("stopped\n")
            raise typer.Exit(STOPPED) from error

    return guarded


def show_version(asked: bool) -> None:
    """Prints the version and ends."""
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and help needs no version

        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


def start(
    _version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the command itself."""


app = typer.Typer(
    name="dateline",
    help=HELP,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.callback(help=HELP)(start)
app.command(help=EXTRACT)(guard(extract))
app.command()(guard(ingest))
app.command("reextract")(guard(reextract))
app.command()(guard(serve))
app.command()(guard(explain))
app.command("export", help=EXPORT)(guard(export_rows))
app.command(help=DIFF)(guard(diff))
app.command()(guard(report))
review = typer.Typer(help=review_start.HELP, invoke_without_command=True)
review.callback(invoke_without_command=True)(guard(review_start.review_all))
VERBS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("list", reviews.list_groups),
    ("show", reviews.show_group),
    *((verdict, review_verdicts.make_verdict(verdict)) for verdict in review_verdicts.HELP),
    ("edit", review_verdicts.edit),
    ("undo", reviews.undo),
    ("log", reviews.log),
    ("status", reviews.status),
    ("page", review_pages.write_page),
    ("serve", review_pages.serve_page),
    ("import", review_pages.import_decisions),
    ("apply", review_pages.apply),
)
for name, verb in VERBS:
    review.command(name, cls=HandedCommand)(guard(verb))
app.add_typer(review, name="review")
app.command("units")(guard(show_units))
app.command()(guard(columns))
sources = typer.Typer(help="List the sources of pages, try them, or add one.", no_args_is_help=True)
sources.command("list")(guard(list_sources))
sources.command("check")(guard(check_sources))
sources.command("add")(guard(add_source))
app.add_typer(sources, name="sources")
lexicon = typer.Typer(help="Check the lexicons that analysts edit.", no_args_is_help=True)
lexicon.command()(guard(check))
app.add_typer(lexicon, name="lexicon")
gazetteer = typer.Typer(help="Build the gazetteer of places, or add to it.", no_args_is_help=True)
gazetteer.command()(guard(build))
gazetteer.command("import")(guard(import_files))
app.add_typer(gazetteer, name="gazetteer")
archive = typer.Typer(help="Look after the archive of pages.", no_args_is_help=True)
for command in (verify, repair, index, export, compact, remove):
    archive.command()(guard(command))
archive.command("import")(guard(import_warc))
app.add_typer(archive, name="archive")
cache = typer.Typer(help="Look after the parses that are kept.", no_args_is_help=True)
cache.command("show")(guard(show_cache))
cache.command("prune")(guard(prune_cache))
app.add_typer(cache, name="cache")
articles = typer.Typer(help="Look at the texts that are stored.", no_args_is_help=True)
articles.command()(guard(history))
articles.command("list")(guard(list_newest))
app.add_typer(articles, name="articles")
rows = typer.Typer(help="Look at the rows that are stored, now and in the past.", no_args_is_help=True)
rows.command("list")(guard(list_events))
rows.command("history")(guard(show_history))
app.add_typer(rows, name="events")
nights = typer.Typer(invoke_without_command=True)
nights.callback()(guard(runs))
nights.command("list")(guard(list_runs))
nights.command("show")(guard(show_run))
for change in (promote, drop, compare):
    nights.command()(guard(change))
app.add_typer(nights, name="runs")
alerts = typer.Typer(help="Tell somebody when a run went wrong.", no_args_is_help=True)
alerts.command("test")(guard(try_hooks))
alerts.command("check")(guard(check_runs))
app.add_typer(alerts, name="alerts")


def main() -> None:
    """What the command `dateline` runs."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()
