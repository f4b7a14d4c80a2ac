"""A GeoPackage by its standard (OGC 12-128r17): each requirement that a table of points must meet, checked."""

import resource
import sqlite3
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from export_store import make_rows

from flows.export_files import guess_format, write_export
from models.errors import OutputError
from review.exports.flat import make_details, make_events
from review.exports.geopackage import write_geopackage
from review.exports.sheets import Export

ROWS = make_rows()
EXPORT = Export(
    make_events(lambda: iter(ROWS)),
    (("rows", "9"),),
    make_details(lambda: iter(ROWS)),
    None,
    datetime(2024, 3, 6, 2, tzinfo=UTC),
)
# Requirement 5: the column types there are.
TYPES = {"BOOLEAN", "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "FLOAT", "DOUBLE", "REAL", "TEXT"}
TYPES |= {"BLOB", "DATE", "DATETIME", "POINT"}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    write_geopackage(EXPORT, tmp_path / "rows.gpkg")
    base = sqlite3.connect(tmp_path / "rows.gpkg")
    base.execute("PRAGMA foreign_keys = ON")
    yield base
    base.close()


def ask(base: sqlite3.Connection, query: str) -> list[Any]:
    return base.execute(query).fetchall()


def test_the_file_is_one(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Requirements 1, 2, 6 and 7: SQLite 3, its application, sound, no broken reference."""
    assert (tmp_path / "rows.gpkg").read_bytes()[:16] == b"SQLite format 3\x00"
    assert (tmp_path / "rows.gpkg").read_bytes()[68:72] == b"GPKG"
    assert ask(base, "PRAGMA user_version") == [(10300,)]
    assert ask(base, "PRAGMA integrity_check") == [("ok",)]
    assert ask(base, "PRAGMA foreign_key_check") == []


def test_the_reference_systems(base: sqlite3.Connection) -> None:
    """Requirements 10, 11 and 12: the three that must be there, and those that are used."""
    found = ask(base, "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys")
    assert {(4326, "EPSG", 4326), (-1, "NONE", -1), (0, "NONE", 0)} <= set(found)
    used = ask(
        base,
        "SELECT srs_id FROM gpkg_contents WHERE srs_id IS NOT NULL UNION SELECT srs_id FROM gpkg_geometry_columns",
    )
    assert used == [(4326,)]


def test_the_contents(base: sqlite3.Connection) -> None:
    """Requirements 13 to 18, 118 and 119: every table named, with a time in UTC; one of points."""
    contents = {
        line[0]: line[1:]
        for line in ask(base, "SELECT table_name, data_type, last_change FROM gpkg_contents")
    }
    assert {name for name, (kind, _) in contents.items() if kind == "features"} == {"events"}
    assert {name for name, (kind, _) in contents.items() if kind == "attributes"} == {
        s.name for s in EXPORT.sheets[1:]
    }
    assert {stamp for _, stamp in contents.values()} == {"2024-03-06T02:00:00.000Z"}
    for name in contents:
        columns = ask(base, f"PRAGMA table_info({name})")
        assert {kind for _, _, kind, *_ in columns} <= TYPES
        assert [(n, kind, key) for _, n, kind, _, _, key in columns if key] == [("fid", "INTEGER", 1)]


def test_the_geometry_column(base: sqlite3.Connection) -> None:
    """Requirements 21 to 31: one geometry column, named, of a known type, without z and m."""
    assert ask(base, "SELECT * FROM gpkg_geometry_columns") == [("events", "geom", "POINT", 4326, 0, 0)]
    assert ("geom", "POINT") in [column[1:3] for column in ask(base, "PRAGMA table_info(events)")]


def test_the_points(base: sqlite3.Connection) -> None:
    """Requirement 19: header GP, version 0, little endian, no envelope; then well-known binary."""
    found = ask(base, "SELECT event_id, geom, longitude, latitude FROM events ORDER BY fid")
    assert [line[0] for line in found] == [row.event_id for row in ROWS]
    for _, blob, longitude, latitude in found:
        if longitude is None:
            assert blob is None
            continue
        magic, number, flags, system = struct.unpack_from("<2sBBi", blob)
        assert (magic, number, flags, system) == (b"GP", 0, 0b00000001, 4326)
        assert struct.unpack_from("<BIdd", blob, 8) == (1, 1, longitude, latitude)
        assert len(blob) == 29
    assert ask(base, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'events'") == [
        (-76.25, -3.5, -76.25, 3.5)
    ]


def test_the_same_rows_give_the_same_bytes(base: sqlite3.Connection, tmp_path: Path) -> None:
    write_geopackage(EXPORT, tmp_path / "again.gpkg")
    assert (tmp_path / "again.gpkg").read_bytes() == (tmp_path / "rows.gpkg").read_bytes()


@pytest.mark.parametrize("name", ["rows.gpkg", "rows.sqlite", "rows.xlsx"])
def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"rows\.\w+: cannot be written \("):
            write_export(EXPORT, guess_format(tmp_path / name), tmp_path / name, raw=False, hxl=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_no_rows(tmp_path: Path) -> None:
    write_geopackage(Export(make_events(lambda: iter(())), ()), tmp_path / "none.gpkg")
    base = sqlite3.connect(tmp_path / "none.gpkg")
    assert ask(base, "SELECT min_x FROM gpkg_contents WHERE table_name = 'events'") == [(None,)]
