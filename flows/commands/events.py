"""`dateline extract`: from files, pages and archives to event rows."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.options import Private
from models.errors import InputError

InputKind = Literal["auto", "jsonl", "html", "text", "warc"]
OutputKind = Literal["table", "jsonl", "csv", "parquet"]
SUFFIXES: dict[str, OutputKind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
HELP = """
Read news and write one row an event.

Reads files, folders (with all that is below them), addresses (https://…), WARC files, and standard input (-).
A JSON line has the keys doc_id and text, and may have date, title and url; its text is used as given.

[bold]Examples[/bold]

dateline extract page.html --published 2024-03-05
dateline extract saved/ --output events.csv
dateline extract --input jsonl --format jsonl documents.jsonl > rows.jsonl
echo "Shelling killed four people in Toretsk on Monday." | dateline extract --published 2024-03-05

[bold]Exit codes[/bold]

0  everything was read
1  some documents could not be read; the rest is written
2  nothing could be read, or the command is wrong
"""
Inputs = Annotated[list[str] | None, typer.Argument(metavar="INPUTS", show_default=False)]
Kind = Annotated[
    InputKind,
    typer.Option(
        "--input", "-i", metavar="KIND", help="auto (by name, then by content), jsonl, html, text, warc."
    ),
]
Form = Annotated[
    OutputKind | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, jsonl, csv or parquet.",
        show_default="what --output ends in, else table",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Instead of standard output.")
]
Mentions = Annotated[
    bool,
    typer.Option("--mentions", help="Actors, weapons, places, dates and numbers instead of events."),
]
Url = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="Address of the one page that is read.")
]
Day = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day or instant (ISO 8601), over what a page says."),
]
Model = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="spaCy pipeline, a package or a folder.")
]


def extract(
    inputs: Inputs = None,
    kind: Kind = "auto",
    form: Form = None,
    output: Output = None,
    mentions: Mentions = False,
    url: Url = None,
    published: Day = None,
    model: Model = None,
    allow_private: Private = False,
) -> None:
    """Finds what is asked for; HELP is what `--help` prints."""
    names = inputs or read_default()
    check_options(names, url, mentions, form or guess_format(output), output)
    from flows.extraction import Job, run_job
    from flows.records import read_date

    day = read_date(published, "--published") if published else None
    job = Job(
        tuple(names), kind, form or guess_format(output), output, mentions, url, day, model, allow_private
    )
    raise typer.Exit(run_job(job))


def read_default() -> list[str]:
    """Standard input where something is piped in. Raises InputError at a terminal."""
    if sys.stdin.isatty():
        raise InputError("nothing to read: name a file, folder or address, or - for standard input")
    return ["-"]


def guess_format(output: Path | None) -> OutputKind:
    """What the name of the output tells, else a table."""
    return SUFFIXES.get(output.suffix.lower(), "table") if output else "table"


def check_options(
    names: list[str], url: str | None, mentions: bool, form: OutputKind, output: Path | None
) -> None:
    """Raises InputError where options do not fit together, before anything is loaded."""
    if url and (len(names) > 1 or Path(names[0]).is_dir()):
        raise InputError("--url names one page; give one input with it")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise InputError("parquet is no text for a terminal: name a file with --output FILE.parquet")
    if mentions and form not in {"jsonl", "table"}:
        raise InputError(f"mentions are written as jsonl or table, not as {form}")
    if output and output.is_dir():
        raise InputError(f"{output}: is a folder; name a file with --output")
