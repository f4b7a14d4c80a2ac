"""Tables as a GeoPackage 1.3 (OGC 12-128r17): the main one with points, the others as attributes."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from review.exports.sheets import Export, Line, Sheet
from review.exports.sqlite_file import create, fill, store

APPLICATION = 0x47504B47  # "GPKG"
VERSION = 10300
WGS84 = 4326
WGS84_TEXT = (
    'GEOGCS["WGS 84",DATUM["World Geodetic System 1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],'
    'AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("WGS 84 geodetic", WGS84, "EPSG", WGS84, WGS84_TEXT, "longitude and latitude in degrees"),
    ("Undefined cartesian", -1, "NONE", -1, "undefined", "undefined cartesian coordinates"),
    ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
)
TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"""
KEY = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"


def write_geopackage(export: Export, path: Path) -> None:
    """Writes all tables to a file that is not there yet; the account is the table `about`."""
    moment = (export.moment or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.executescript(TABLES)
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)
        for sheet in export.sheets:
            if sheet is export.main:
                add_features(base, sheet, stamp)
            else:
                create(base, sheet, KEY)
                fill(base, sheet.name, sheet.names, map(store, sheet.read()))
                register(base, sheet.name, "attributes", stamp, (None,) * 4, None)


def add_features(base: sqlite3.Connection, sheet: Sheet, stamp: str) -> None:
    """The main table, with its points."""
    create(base, sheet, KEY, "geom POINT")
    fill(base, sheet.name, ("geom", *sheet.names), read_features(sheet))
    latitude, longitude = sheet.roles["latitude"], sheet.roles["longitude"]
    both = f'"{longitude}" IS NOT NULL AND "{latitude}" IS NOT NULL'
    ends = f'min("{longitude}"), min("{latitude}"), max("{longitude}"), max("{latitude}")'
    extent = base.execute(f'SELECT {ends} FROM "{sheet.name}" WHERE {both}').fetchone()  # noqa: S608
    register(base, sheet.name, "features", stamp, extent, WGS84)
    place = (sheet.name, "geom", "POINT", WGS84, 0, 0)
    base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", place)


def read_features(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    """The lines, each with its point before it."""
    for line in sheet.read():
        yield (make_point(sheet, line), *store(line))


def make_point(sheet: Sheet, line: Line) -> bytes | None:
    """The point as GeoPackage keeps it: a header with the reference system, then well-known binary."""
    longitude, latitude = sheet.take(line, "longitude"), sheet.take(line, "latitude")
    if latitude is None or longitude is None:
        return None
    return struct.pack("<2sBBi", b"GP", 0, 1, WGS84) + struct.pack("<BIdd", 1, 1, longitude, latitude)


def register(
    base: sqlite3.Connection, name: str, kind: str, stamp: str, extent: tuple[object, ...], system: int | None
) -> None:
    """Names the table in the contents."""
    values = (name, kind, name, "", stamp, *extent, system)
    base.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
