"""`dateline lexicon check`: is what analysts wrote valid?"""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER", help="Default: the lexicons that dateline reads itself.", show_default=False
    ),
]


def check(folder: Folder = None) -> None:
    """Read every lexicon of a folder and say what is wrong: file, entry, key.

    Exit codes: 0 all valid · 2 at least one fault, each on its own line.
    """
    from flows.lexicons import LEXICONS, check_lexicons
    from flows.outputs import complain

    faults, entries = check_lexicons(folder or LEXICONS)
    for fault in faults:
        complain(fault)
    if faults:
        raise typer.Exit(2)
    typer.echo(f"{entries} entries, all valid")
