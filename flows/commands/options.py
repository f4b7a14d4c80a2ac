"""Options that several subcommands share."""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", help="Where everything is kept.", show_default="$DATELINE_HOME or .data"
    ),
]
