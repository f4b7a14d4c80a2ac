"""`dateline export`: rows of the tables for other programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.options import Home

HELP = """
Write the rows of the tables for other programs.

Shapes: rows (all columns), or the tables of acled, ucdp (GED) and plover (POLECAT); --losses tells what they lose.
Formats: csv, xlsx, jsonl, parquet, sqlite, geojson, kml, gpkg (GeoPackage), atom.
Every export has an account of its run, its versions, the choice, and what was left out and why.

[bold]Examples[/bold]

dateline export --output events.xlsx
dateline export --output events.csv --since 2024-03-01 --country Iraq --min-confidence 0.6
dateline export --shape acled --output acled.csv
dateline export --losses ucdp
dateline export --delta 20240304T0215 --output changes.csv
dateline export --run 20240305T0215 --format geojson > map.geojson

[bold]Exit codes[/bold]

0  written, also where no row fits the choice
2  nothing could be written, or the command is wrong
"""
ShapeName = Literal["rows", "acled", "ucdp", "plover"]
FormatName = Literal["csv", "xlsx", "jsonl", "parquet", "sqlite", "geojson", "kml", "gpkg", "atom"]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Instead of standard output.")
]
Form = Annotated[
    FormatName | None,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="As above.", show_default="what --output ends in, else csv"
    ),
]
ShapeOption = Annotated[
    ShapeName, typer.Option("--shape", "-s", metavar="SHAPE", help="rows, acled, ucdp or plover.")
]
RunOption = Annotated[
    str | None,
    typer.Option("--run", metavar="RUN", help="As the tables stood with it: an id, `previous`, `candidate`."),
]
Moment = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="As the tables stood then: day or instant, UTC.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Events on or after this day.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Events on or before this day.")]
Country = Annotated[
    list[str] | None, typer.Option("--country", metavar="NAME", help="Name or code; may be repeated.")
]
Types = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="May be repeated.")]
Statuses = Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="May be repeated.")]
Sure = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, metavar="0..1", help="Rows at least so sure.")
]
Merged = Annotated[
    bool | None,
    typer.Option(
        "--incidents/--reports",
        help="One row an incident, what its reports disagree on kept, or one a report.",
        show_default="incidents for acled and ucdp, else reports",
    ),
]
Delta = Annotated[
    str | None, typer.Option("--delta", metavar="RUN", help="Only what was added, modified or deleted since.")
]
Hxl = Annotated[bool, typer.Option("--hxl", help="A line of HXL tags under the header (csv, xlsx).")]
Raw = Annotated[
    bool, typer.Option("--raw", help="Text as it is, for machines: unsafe in a spreadsheet (csv).")
]
Losses = Annotated[
    ShapeName | None, typer.Option("--losses", metavar="SHAPE", help="Print what this shape loses, and end.")
]


def export(
    output: Output = None,
    form: Form = None,
    shape: ShapeOption = "rows",
    run: RunOption = None,
    as_of: Moment = None,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    kind: Types = None,
    status: Statuses = None,
    min_confidence: Sure = 0,
    incidents: Merged = None,
    delta: Delta = None,
    hxl: Hxl = False,
    raw: Raw = False,
    losses: Losses = None,
    home: Home = None,
) -> None:
    """Writes what is asked for; HELP is what `--help` prints."""
    from flows.export_job import Wishes, run_export, show_losses
    from flows.home import find_home

    if losses:
        show_losses(losses)
        return
    wishes = Wishes(
        (run, as_of, delta),
        (since, until),
        (tuple(country or ()), tuple(kind or ()), tuple(status or ()), min_confidence),
        (shape, incidents),
    )
    run_export(home or find_home(), wishes, form, output, raw=raw, hxl=hxl)
