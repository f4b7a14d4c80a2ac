"""`dateline report`: the page of a run, written anew."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Home


def report(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="Its id or the beginning of it, or `last`.")
    ] = "last",
    home: Home = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Instead of the home's folder `reports`."),
    ] = None,
) -> None:
    """Write the page of a run, and print where it is. `ingest` writes that of each run itself.

    With outlines.geojson in the home, or the file named by DATELINE_OUTLINES, its areas are what maps are drawn on.

    Exit codes: 0 written · 2 there is no such run, or the page cannot be written.
    """
    from flows.home import find_home
    from flows.receipts import recall_receipt
    from flows.reports import report_run

    place = home or find_home()
    typer.echo(report_run(place, recall_receipt(place, run), output))
