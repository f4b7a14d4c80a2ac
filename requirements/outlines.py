"""Makes `review/geography/world.json`, the countries that maps are drawn on, out of npm's world-atlas.

npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
python requirements/outlines.py package/countries-50m.json > review/geography/world.json

The data are Natural Earth's at 1:50m (public domain; world-atlas is ISC). Needed only when they change: the
result is part of the repository. Lines that two countries share stand in it once, so that no gap opens between them.
"""

import itertools
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

Point = tuple[float, float]
STEP = 0.01  # degrees that one unit of the result stands for: about a kilometre
SLACK = 0.022  # degrees that a line may be off: less than two pixels on a map of 1,000 km
SMALLEST = 0.012  # square degrees (about 150 km2) of an island that is drawn, unless it is all of a country


def main(path: str) -> int:
    """Prints the outlines as JSON: `arcs` of first point and steps, `countries` of name and rings of arcs."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs = [list(unpack(arc, topology["transform"])) for arc in topology["arcs"]]
    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        sized = [(measure(join(rings[0], arcs)), rings) for rings in polygons]
        largest = max(size for size, _ in sized)
        kept = [ring for size, rings in sized if size >= min(SMALLEST, largest) for ring in rings]
        countries.append((shape["properties"]["name"], kept))
    used = sorted(
        {index if index >= 0 else ~index for _, rings in countries for ring in rings for index in ring}
    )
    place = {index: number for number, index in enumerate(used)}
    lines = [pack(simplify(arcs[index])) for index in used]
    named = [
        [name, [[place[i] if i >= 0 else ~place[~i] for i in ring] for ring in rings]]
        for name, rings in sorted(countries)
    ]
    show = [json.dumps(line, separators=(",", ":"), ensure_ascii=False) for line in (*lines, *named)]
    arcs_text, names_text = ",\n".join(show[: len(lines)]), ",\n".join(show[len(lines) :])
    sys.stdout.write(f'{{"step":{STEP},\n"arcs":[\n{arcs_text}],\n"countries":[\n{names_text}]}}\n')
    return 0


def unpack(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """The arc's points in degrees."""
    x = y = 0
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def join(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The ring's points; an arc with a negative number runs backwards."""
    points: list[Point] = []
    for index in ring:
        points += arcs[index] if index >= 0 else arcs[~index][::-1]
    return points


def measure(ring: Sequence[Point]) -> float:
    """The ring's size in square degrees of the equator."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
    return abs(area) * math.cos(math.radians(sum(lat for _, lat in ring) / len(ring)))


def simplify(points: Sequence[Point]) -> list[Point]:
    """The points that are needed for the line to be no more than SLACK off (Douglas and Peucker)."""
    keep, open_spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far, worst = 0.0, 0
        for at in range(first + 1, last):
            off = measure_distance(points[at], points[first], points[last])
            if off > far:
                far, worst = off, at
        if far > SLACK:
            keep.add(worst)
            open_spans += [(first, worst), (worst, last)]
    return [points[at] for at in sorted(keep)]


def measure_distance(point: Point, start: Point, end: Point) -> float:
    """How far the point is from the straight line, in degrees of latitude."""
    shrink = math.cos(math.radians(point[1]))
    px, py = (point[0] - start[0]) * shrink, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = ex * ex + ey * ey
    share = min(1.0, max(0.0, (px * ex + py * ey) / length)) if length else 0.0
    return math.hypot(px - share * ex, py - share * ey)


def pack(points: Sequence[Point]) -> list[int]:
    """The first point and the steps to each next one, in units of STEP."""
    units = [(round(lon / STEP), round(lat / STEP)) for lon, lat in points]
    packed = [*units[0]]
    for before, after in itertools.pairwise(units):
        if after != before:
            packed += [after[0] - before[0], after[1] - before[1]]
    return packed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
