"""`dateline ingest` and `dateline serve`: the nightly run, once or at its time."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Home, Private

SOURCES = Path(__file__).resolve().parent.parent / "feeds.toml"

Sources = Annotated[
    Path,
    typer.Option("--sources", metavar="FILE", help="The list of sources.", show_default="flows/feeds.toml"),
]


def ingest(
    sources: Sources = SOURCES,
    home: Home = None,
    plain: Annotated[bool, typer.Option("--no-prefect", help="The same run as a plain function.")] = False,
    allow_private: Private = False,
    rows: Annotated[int, typer.Option(min=0, help="How many event rows to print.")] = 20,
    fresh: Annotated[
        float, typer.Option(metavar="HOURS", min=0, help="Do not ask again for pages fetched so recently.")
    ] = 6.0,
) -> None:
    """Read every source once: fetch, archive, extract, store; print the receipt.

    Running it again the same night fetches and stores nothing twice. Ctrl-C finishes the batch in hand and keeps it.

    Exit codes: 0 ok · 1 finished, but the receipt names errors or the run was stopped ·
    2 the sources or the store cannot be used.
    """
    from flows.nights import run_night

    code = run_night(sources, home, plain=plain, allow_private=allow_private, shown=rows, fresh=fresh)
    raise typer.Exit(code)


def serve(
    cron: Annotated[str, typer.Option(help="When: minute hour day month weekday, in UTC.")] = "15 2 * * *",
    sources: Sources = SOURCES,
    home: Home = None,
    allow_private: Private = False,
) -> None:
    """Run ingest at its time, every night, until stopped.

    Example: dateline serve --cron "15 2 * * *"
    """
    from flows.home import find_home
    from flows.serve import serve as serve_flow

    typer.echo(f"ingest runs at '{cron}' (UTC) until Ctrl-C", err=True)
    serve_flow(cron, sources, home or find_home(), allow_private=allow_private)
