"""The outlines that maps are drawn on: those of the package, or a GeoJSON file of the user's own."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import InputError

WORLD = Path(__file__).parent / "world.json"
LARGEST = 32 * 2**20  # bytes of a user's file
DEEPEST = 8  # collections inside collections
PASSED = {"Point", "MultiPoint", "LineString", "MultiLineString"}
HOLDERS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """A line around land, longitude and latitude in degrees, and the box it fits into."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


def make_ring(points: Sequence[Point]) -> Ring:
    """The points as a ring."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Ring(tuple(points), min(lons), min(lats), max(lons), max(lats))


@cache
def read_world() -> tuple[tuple[Ring, ...], ...]:
    """The countries of the package, each as its rings."""
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    arcs = [list(unpack(arc, world["step"])) for arc in world["arcs"]]
    return tuple(tuple(make_ring(join(ring, arcs)) for ring in rings) for _, rings in world["countries"])


def unpack(arc: Sequence[int], step: float) -> Iterator[Point]:
    """The points of first point and steps."""
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * step, y * step


def join(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of a ring of arcs; one with a negative number runs backwards."""
    points: list[Point] = []
    for index in ring:
        points += arcs[index] if index >= 0 else arcs[~index][::-1]
    return points


def read_outlines(path: Path) -> tuple[tuple[Ring, ...], ...]:
    """The shapes of a GeoJSON file in longitude and latitude. Raises InputError where it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than {LARGEST >> 20} MB")
        found = json.loads(path.read_bytes())
        shapes = tuple(shape for shape in read_shapes(found, 0) if shape)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise InputError(f"{path}: is no GeoJSON of areas ({error or type(error).__name__})") from error
    if not shapes:
        raise InputError(f"{path}: holds no area")
    return shapes


def read_shapes(found: Any, depth: int) -> Iterator[tuple[Ring, ...]]:
    """The shapes of an object of GeoJSON and of what it holds; points and lines are passed over."""
    if depth > DEEPEST:
        raise ValueError("collections lie too deep in one another")
    kind = found["type"]
    if kind in HOLDERS:
        for part in found[HOLDERS[kind]]:
            yield from read_shapes(part, depth + 1)
    elif kind == "Feature":
        if found["geometry"]:
            yield from read_shapes(found["geometry"], depth + 1)
    elif kind == "Polygon":
        yield tuple(read_ring(ring) for ring in found["coordinates"])
    elif kind == "MultiPolygon":
        for rings in found["coordinates"]:
            yield tuple(read_ring(ring) for ring in rings)
    elif kind not in PASSED:
        raise ValueError(f"what is {kind!r}?")


def read_ring(found: Any) -> Ring:
    """A ring of positions; a height is let go."""
    points = [(float(position[0]), float(position[1])) for position in found]
    if len(points) < 4:
        raise ValueError("a ring of fewer than four positions")
    for lon, lat in points:
        if not (math.isfinite(lon) and abs(lon) <= 540 and abs(lat) <= 90):
            raise ValueError(f"{lon}, {lat} is no longitude and latitude in degrees")
    return make_ring(points)
