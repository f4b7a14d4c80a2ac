"""The outlines that maps are drawn on: those of the package, or a GeoJSON file of the user's own."""

import itertools
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A country, or what else the user's file outlines: its name, empty where it has none, and its rings."""

    name: str
    rings: tuple[Ring, ...]


def make_rings(points: Sequence[Point]) -> Iterator[Ring]:
    """The ring of the points; two or three where it goes over 180°, each on one side of it."""
    if all(abs(a[0] - b[0]) <= 180 for a, b in itertools.pairwise(points)):
        yield make_ring(points)
        return
    whole = unroll(points)
    for turn in (-360, 0, 360):
        piece = [(lon + turn, lat) for lon, lat in whole]
        for bound, side in ((-180.0, 1), (180.0, -1)):
            piece = cut_line(piece, 0, bound, side)
        if piece:
            yield make_ring(piece)


def make_ring(points: Sequence[Point]) -> Ring:
    """The points as a ring."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Ring(tuple(points), min(lons), min(lats), max(lons), max(lats))


def unroll(points: Sequence[Point]) -> list[Point]:
    """The points without jumps over 180°; around a pole, closed over the pole."""
    whole = [points[0]]
    for lon, lat in points[1:]:
        whole.append((lon - 360 * round((lon - whole[-1][0]) / 360), lat))
    if abs(whole[-1][0] - whole[0][0]) > 180:
        pole = -90.0 if whole[0][1] < 0 else 90.0
        whole += [(whole[-1][0], pole), (whole[0][0], pole)]
    return whole


def cut_line(points: Sequence[Point], axis: int, bound: float, side: int) -> list[Point]:
    """What of a polygon lies on one side of a line (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for before, point in zip((points[-1], *points), points, strict=False) if points else ():
        inside, was = side * (point[axis] - bound) >= 0, side * (before[axis] - bound) >= 0
        if inside != was:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
            )
        if inside:
            kept.append(point)
    return kept


@cache
def read_world() -> tuple[Shape, ...]:
    """The countries of the package."""
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    arcs = [list(unpack(arc, world["step"])) for arc in world["arcs"]]
    return tuple(
        Shape(name, tuple(r for ring in rings for r in make_rings(join(ring, arcs))))
        for name, rings in world["countries"]
    )


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


def read_outlines(path: Path) -> tuple[Shape, ...]:
    """The shapes of a GeoJSON file in longitude and latitude. Raises InputError where it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than {LARGEST >> 20} MB")
        found = json.loads(path.read_bytes())
        shapes = tuple(shape for shape in read_shapes(found, "", 0) if shape.rings)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise InputError(f"{path}: is no GeoJSON of areas ({error or type(error).__name__})") from error
    if not shapes:
        raise InputError(f"{path}: holds no area")
    return shapes


def read_shapes(found: Any, name: str, depth: int) -> Iterator[Shape]:
    """The shapes of an object of GeoJSON and of what it holds; points and lines are passed over."""
    if depth > DEEPEST:
        raise ValueError("collections lie too deep in one another")
    kind = found["type"]
    if kind in HOLDERS:
        for part in found[HOLDERS[kind]]:
            yield from read_shapes(part, name, depth + 1)
    elif kind == "Feature":
        if found["geometry"]:
            yield from read_shapes(found["geometry"], read_name(found), depth + 1)
    elif kind == "Polygon":
        yield Shape(name, tuple(r for ring in found["coordinates"] for r in read_ring(ring)))
    elif kind == "MultiPolygon":
        rings = (ring for part in found["coordinates"] for ring in part)
        yield Shape(name, tuple(r for ring in rings for r in read_ring(ring)))
    elif kind not in PASSED:
        raise ValueError(f"what is {kind!r}?")


def read_name(feature: Any) -> str:
    """The feature's `name`, where its properties have one."""
    held = feature.get("properties")
    name = held.get("name", held.get("NAME")) if isinstance(held, dict) else None
    return name if isinstance(name, str) else ""


def read_ring(found: Any) -> Iterator[Ring]:
    """A ring of positions; a height is let go."""
    points = [(float(position[0]), float(position[1])) for position in found]
    if len(points) < 4:
        raise ValueError("a ring of fewer than four positions")
    for lon, lat in points:
        if not (math.isfinite(lon) and abs(lon) <= 540 and abs(lat) <= 90):
            raise ValueError(f"{lon}, {lat} is no longitude and latitude in degrees")
    yield from make_rings(points)
