"""A table as GeoJSON (RFC 7946): a feature a line, longitude first, no geometry where no point is known."""

from typing import Any, BinaryIO

from review.exports.sheets import Export, Line, Sheet, plain
from review.jsontext import write_json


def write_geojson(export: Export, out: BinaryIO) -> None:
    """Writes the main table; the account stands under `about`, a member that readers pass over."""
    sheet = export.main
    head = {"type": "FeatureCollection", "name": sheet.name, "about": dict(export.about)}
    out.write(write_json(head)[:-1].encode() + b', "features": [')
    for number, line in enumerate(sheet.read()):
        out.write(b",\n" if number else b"\n")
        out.write(write_json(make_feature(sheet, line)).encode())
    out.write(b"\n]}\n")


def make_feature(sheet: Sheet, line: Line) -> dict[str, Any]:
    """One line as a feature."""
    longitude, latitude = sheet.take(line, "longitude"), sheet.take(line, "latitude")
    located = latitude is not None and longitude is not None
    return {
        "type": "Feature",
        "id": sheet.take(line, "id"),
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if located else None,
        "properties": dict(zip(sheet.names, map(plain, line), strict=True)),
    }
