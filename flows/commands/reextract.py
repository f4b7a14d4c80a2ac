"""`dateline reextract`: the archive read again, into a candidate run."""

from datetime import datetime
from typing import Annotated

import typer

from flows.commands.options import Home


def reextract(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Articles published on that day or later."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NAME", help="Articles of this source; repeatable."),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="So many, drawn by chance; cannot be promoted.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another sample.")] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done, and how long.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Carry nothing over, whether or not anything changed.")] = False,
    fresh_parse: Annotated[bool, typer.Option("--fresh-parse", help="Take no parse from the cache.")] = False,
    pages: Annotated[bool, typer.Option("--pages", help="Read the archived pages again.")] = False,
    workers: Annotated[int, typer.Option(min=0, metavar="N", help="Processes; 0 for this one alone.")] = 0,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A scheduler, like tcp://host:8786.")
    ] = None,
    plain: Annotated[bool, typer.Option("--no-prefect", help="The same run as a plain function.")] = False,
    promote: Annotated[bool, typer.Option(help="Promote the run at once where all went well.")] = False,
    home: Home = None,
) -> None:
    """Read the stored articles again under today's rules, into a candidate run that changes nothing yet.

    What cannot have changed is carried over. Stopped or killed, the same command goes on where it was.
    Next: `dateline diff`, then `dateline runs promote` or `drop`.

    Example: dateline reextract --since 2024-03-01 --dry-run

    Exit codes: 0 ok, or nothing can have changed · 1 finished, but the receipt names errors or the run was
    stopped · 2 nothing could be done.
    """
    from flows.reextractions import Command, run_command
    from models.scope import Scope

    scope = Scope(
        since=since.date() if since else None, sources=tuple(source or ()), sample=sample, seed=seed
    )
    asked = Command(
        scope=scope,
        force=force,
        fresh=fresh_parse,
        pages=pages,
        workers=workers,
        dask=dask,
        plain=plain,
        promote=promote,
        dry=dry_run,
    )
    raise typer.Exit(run_command(asked, home))
