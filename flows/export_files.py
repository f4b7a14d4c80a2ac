"""The files of an export: each appears whole or not at all, those beside the main one first."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Literal

from flows.exports import only_new
from flows.outputs import open_output, replace_file, typed
from flows.parquet import write_sheet
from models.errors import InputError, OutputError
from review.exports.atom import write_atom
from review.exports.csv_table import write_csv
from review.exports.geojson import write_geojson
from review.exports.geopackage import write_geopackage
from review.exports.json_lines import write_lines
from review.exports.kml import write_kml
from review.exports.sheets import Export, Sheet
from review.exports.sqlite_file import write_sqlite
from review.exports.xlsx import write_xlsx

FormatName = Literal["csv", "xlsx", "jsonl", "parquet", "sqlite", "geojson", "kml", "gpkg", "atom"]
SUFFIXES: dict[str, FormatName] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".geojson": "geojson",
    ".kml": "kml",
    ".gpkg": "gpkg",
    ".atom": "atom",
}
FILES: dict[str, Callable[[Export, Path], None]] = {"sqlite": write_sqlite, "gpkg": write_geopackage}
TEXTS = frozenset({"csv", "jsonl", "geojson", "kml", "atom"})
TAGGED = frozenset({"csv", "xlsx"})
WHOLE = frozenset({"xlsx", "sqlite", "gpkg"})  # hold all tables in one file
TOLD_WITHIN = frozenset({"geojson", "kml", "atom"})  # hold the account


def guess_format(output: Path | None) -> FormatName:
    """What the name of the file tells; CSV without a file. Raises InputError."""
    if output is None:
        return "csv"
    if output.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{output}: no format ends so; known are {', '.join(SUFFIXES)}, or name one with --format"
        )
    return SUFFIXES[output.suffix.lower()]


def write_export(
    export: Export, kind: FormatName, output: Path | None, *, raw: bool, hxl: bool
) -> list[Path]:
    """Writes all files; gives those beside the main one. Raises OutputError."""
    beside = list_beside(export, kind) if output else []
    paths = []
    for sheet in beside:
        assert output
        paths.append(output.with_name(f"{output.stem}.{sheet.name}.csv"))
        with open_output(paths[-1]) as out:
            write_csv(sheet, out, raw=raw)
    if kind in FILES:
        assert output
        write_file(export, kind, output)
    else:
        with open_output(output) as out:
            write_stream(export, kind, out, raw=raw, hxl=hxl)
    return paths


def list_beside(export: Export, kind: FormatName) -> list[Sheet]:
    """The tables that need a file of their own."""
    if kind in WHOLE:
        return []
    if kind == "csv":
        return list(export.sheets[1:])
    losses = [export.losses] if export.losses else []
    return losses if kind in TOLD_WITHIN else [*losses, export.account]


def write_file(export: Export, kind: FormatName, output: Path) -> None:
    """A format that is written in place: in a folder for the time being, then moved to its name."""
    with typed(str(output)), TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        try:
            FILES[kind](export, made)
        except sqlite3.Error as error:
            raise OutputError(f"{output}: cannot be written ({error})") from error
        with replace_file(output) as part, typed(str(output)):
            shutil.copyfile(made, part)


def write_stream(export: Export, kind: FormatName, out: BinaryIO, *, raw: bool, hxl: bool) -> None:
    """A format that is written from its beginning to its end."""
    if kind == "csv":
        write_csv(export.main, out, raw=raw, hxl=hxl)
    elif kind == "xlsx":
        write_xlsx(export, out, hxl=hxl)
    elif kind == "jsonl":
        write_lines(export.main, out)
    elif kind == "parquet":
        write_sheet(export, out)
    elif kind == "geojson":
        write_geojson(export, out)
    elif kind == "kml":
        write_kml(export, out)
    else:
        write_atom(only_new(export) if "op" in export.main.names else export, out)
