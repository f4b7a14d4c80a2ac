"""Options that several subcommands share."""

from pathlib import Path
from typing import Annotated

import typer

Private = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from addresses of the local network too.")
]
Home = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", help="Where everything is kept.", show_default="$DATELINE_HOME or .data"
    ),
]
