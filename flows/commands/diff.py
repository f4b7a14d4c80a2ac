"""`dateline diff`: what two runs, or two files of rows, say differently."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.options import Home

if TYPE_CHECKING:
    from flows.comparison import Comparison

HELP = """
Say what two runs tell differently: which events, which fields, why, and what it does to the totals.

A run is named by its id or the beginning of it, or current, candidate, previous; one alone is compared with
current. Two files are rows as extract --format jsonl writes them. Alike changes make one group; the groups of the
greatest impact come first. Nothing is left out without its number.

[bold]Examples[/bold]

dateline diff candidate
dateline diff previous current --field killed
dateline diff old.jsonl new.jsonl --group 2 --all
dateline diff candidate --format markdown > comment.md
dateline diff candidate --fail-on removed,killed

[bold]Exit codes[/bold]

0  no difference; or differences, and neither --exit-code nor --fail-on asked for more
1  with --exit-code: a difference; with --fail-on: one of the operations or fields named
2  a run or file cannot be read, or no change is as asked for
"""
Before = Annotated[
    str, typer.Argument(metavar="BEFORE", help="Run or file; alone, it is what is after, and current before.")
]
After = Annotated[str | None, typer.Argument(metavar="AFTER", help="Run or file.", show_default=False)]
Form = Annotated[
    Literal["table", "json", "markdown"], typer.Option("--format", "-f", help="How it is written.")
]
Number = Annotated[int | None, typer.Option("--group", metavar="N", min=1, help="Only this group's changes.")]
Name = Annotated[str | None, typer.Option("--field", metavar="NAME", help="Only changes of this field.")]
All = Annotated[bool, typer.Option("--all", help="Every change, not only examples.")]
Code = Annotated[bool, typer.Option("--exit-code", help="End with 1 where anything differs.")]
Fail = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="NAMES",
        help="End with 1 where one of these differs: operations or fields, with commas.",
    ),
]


def diff(
    before: Before,
    after: After = None,
    form: Form = "table",
    group: Number = None,
    field: Name = None,
    everything: All = False,
    exit_code: Code = False,
    fail_on: Fail = None,
    home: Home = None,
) -> None:
    """Compares; HELP is what `--help` prints."""
    from flows.diff_outputs import Wanted, check_names, find_failing, write_diff
    from review.fields import FIELDS

    names = [name.strip() for name in fail_on.split(",")] if fail_on is not None else []
    check_names(names, (*FIELDS, "offsets", "context"))
    if field is not None:
        check_names([field], (*FIELDS, "row", "offsets", "context"))
    with compare(before, after, home) as found:
        write_diff(found, Wanted(form, group, field, everything))
        failing = find_failing(found.diff, names) if exit_code or fail_on is not None else []
    raise typer.Exit(1 if failing else 0)


def compare(before: str, after: str | None, home: Path | None) -> "Comparison":
    """The comparison of two files, or of two runs. Raises a DatelineError."""
    from flows.compared import compare_files
    from models.errors import InputError

    files = [Path(name).is_file() for name in (before, after or "")]
    if after is not None and any(files):
        return compare_files(Path(before), Path(after))
    raise InputError(f"{before}: no such file")
