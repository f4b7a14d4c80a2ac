"""`dateline reextract`: the archive read again, into a candidate run."""

from datetime import datetime
from typing import Annotated

import typer

from flows.commands.options import Home

Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Articles published on that day or later."),
]
Source = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Articles of this source; repeatable.")
]
Sample = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="So many, drawn by chance; cannot be promoted.")
]
Seed = Annotated[int, typer.Option(help="Another seed, another sample.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done, and how long.")]
Force = Annotated[bool, typer.Option("--force", help="Carry nothing over, whether or not anything changed.")]
Fresh = Annotated[bool, typer.Option("--fresh-parse", help="Take no parse from the cache.")]
Pages = Annotated[bool, typer.Option("--pages", help="Read the archived pages again.")]
Workers = Annotated[
    int | None,
    typer.Option(min=0, metavar="N", help="Processes; 0 for this one alone.", show_default="one a core"),
]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="A scheduler, like tcp://host:8786.")]
Plain = Annotated[bool, typer.Option("--no-prefect", help="The same run as a plain function.")]
Promote = Annotated[bool, typer.Option("--promote", help="Promote the run at once where all went well.")]


def reextract(
    since: Since = None,
    source: Source = None,
    sample: Sample = None,
    seed: Seed = 0,
    dry_run: DryRun = False,
    force: Force = False,
    fresh_parse: Fresh = False,
    pages: Pages = False,
    workers: Workers = None,
    dask: Scheduler = None,
    plain: Plain = False,
    promote: Promote = False,
    home: Home = None,
) -> None:
    """Read the stored articles again under today's rules, into a candidate run that changes nothing yet.

    What cannot have changed is carried over. Stopped or killed, the same command goes on where it was.
    Next: `dateline review`, then `dateline review apply`, or `dateline runs drop`.

    Exit codes: 0 ok, or nothing can have changed · 1 finished, but the receipt names errors or the run was
    stopped · 2 nothing could be done.
    """
    from flows.reextractions import Command, run_command
    from models.scope import Scope

    day = since.date() if since else None
    scope = Scope(since=day, sources=tuple(source or ()), sample=sample, seed=seed)
    options = {"force": force, "fresh": fresh_parse, "pages": pages, "plain": plain, "promote": promote}
    command = Command(scope=scope, workers=workers, dask=dask, dry=dry_run, **options)
    raise typer.Exit(run_command(command, home))
