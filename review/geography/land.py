"""The land of a frame as one path, and where its countries' names may stand."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.geography.frames import Frame
from review.geography.outlines import Ring, Shape, cut_line

FINEST = 1.1  # pixels; a step of a line that is shorter is not drawn
NEAR = 40.0  # pixels around the frame in which lines are still drawn, so that no edge shows
SMALLEST = 4.0  # square pixels; an island that is smaller would be a speck

Pixel = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """The largest part of a country inside a frame: its middle, and its size in square pixels."""

    name: str
    x: float
    y: float
    size: float


def draw_land(frame: Frame, shapes: Sequence[Shape]) -> tuple[str, list[Area]]:
    """The path of all shapes in tenths of a pixel, and the largest part of each that has a name."""
    paths, areas = [], []
    for shape in shapes:
        pieces = [piece for ring in shape.rings for piece in cut_ring(frame, ring)]
        paths += [write_path([(round(10 * x), round(10 * y)) for x, y in piece]) for piece in pieces]
        if pieces and shape.name:
            areas.append(measure_area(shape.name, max(pieces, key=measure_size), frame))
    return "".join(paths), areas


def cut_ring(frame: Frame, ring: Ring) -> Iterator[list[Pixel]]:
    """A ring cut to the frame's surroundings, without steps that nobody would see."""
    if frame.misses(ring.south, ring.north):
        return
    placed = [frame.place(lon, lat) for lon, lat in ring.points]
    points = [at for at in placed if at is not None]
    if len(points) < len(placed) and not any(is_near(at, frame) for at in points):
        return  # it runs over the far side of the earth: what is left of it may be anything
    thin = thin_out(clip(points, -NEAR, -NEAR, frame.width + NEAR, frame.height + NEAR))
    if len(thin) >= 3 and measure_size(thin) >= SMALLEST:
        yield thin


def is_near(at: Pixel, frame: Frame) -> bool:
    """Whether a pixel is in the frame or its surroundings."""
    return -NEAR <= at[0] <= frame.width + NEAR and -NEAR <= at[1] <= frame.height + NEAR


def clip(points: Sequence[Pixel], left: float, top: float, right: float, bottom: float) -> list[Pixel]:
    """The polygon inside a rectangle."""
    cut = list(points)
    for axis, bound, side in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        cut = cut_line(cut, axis, bound, side)
    return cut


def thin_out(points: Sequence[Pixel]) -> list[Pixel]:
    """The points that are a visible step apart."""
    kept: list[Pixel] = []
    for point in points:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= FINEST:
            kept.append(point)
    return kept


def write_path(points: Sequence[tuple[int, int]]) -> str:
    """A closed path by the shortest way to write it: steps, each with its sign."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    told = "".join(f"{number:d}" if number < 0 else f" {number}" for step in steps for number in step)
    return f"M{points[0][0]} {points[0][1]}l{told.strip()}z"


def measure_size(points: Sequence[Pixel]) -> float:
    """The size of a polygon."""
    ends = (*points[1:], points[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, ends, strict=True))) / 2


def measure_area(name: str, piece: Sequence[Pixel], frame: Frame) -> Area:
    """The part of a polygon inside the frame: the middle of its weight, and its size."""
    inside = clip(piece, 0, 0, frame.width, frame.height)
    size = measure_size(inside) if len(inside) >= 3 else 0.0
    if not size:
        return Area(name, 0.0, 0.0, 0.0)
    x = y = twice = 0.0
    for a, b in zip(inside, (*inside[1:], inside[0]), strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y, twice = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross, twice + cross
    return Area(name, x / (3 * twice), y / (3 * twice), size)
