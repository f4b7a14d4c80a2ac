"""The parts of the world that are drawn large: where the events are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from review.geography.projections import EARTH, Azimuthal, Project, measure_km, project_world

REACH = 900.0  # km; a place so near to a group belongs to it
REGIONS = 4  # frames beside the world
NARROWEST, WIDEST = 1300.0, 5200.0  # km from edge to edge
MARGIN = 1.35
SOUTH, NORTH = -57.0, 78.0  # of the world that is drawn: the ice has no news

Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a projection: its middle and its width and height in km, drawn `width` pixels wide."""

    project: Project
    middle: tuple[float, float]
    across: float
    down: float
    width: int
    world: bool = False

    @property
    def scale(self) -> float:
        """Pixels a kilometre."""
        return self.width / self.across

    @property
    def height(self) -> int:
        """Pixels."""
        return round(self.down * self.scale)

    def place(self, lon: float, lat: float) -> tuple[float, float] | None:
        """The pixel of a point, inside the frame or not; None where the projection has none."""
        found = self.project(lon, lat)
        if found is None:
            return None
        x, y = found[0] - self.middle[0], found[1] - self.middle[1]
        return self.width / 2 + x * self.scale, self.height / 2 - y * self.scale

    def misses(self, south: float, north: float) -> bool:
        """Whether what lies between the two latitudes is surely outside."""
        if not isinstance(self.project, Azimuthal):
            return False
        reach = math.degrees((math.hypot(self.across, self.down) + math.hypot(*self.middle)) / EARTH)
        return south > self.project.lat + reach or north < self.project.lat - reach

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point is drawn."""
        at = self.place(lon, lat)
        return at is not None and 0 <= at[0] <= self.width and 0 <= at[1] <= self.height


def frame_world(width: int = 1180) -> Frame:
    """All continents but the ice of the south."""
    east, top, bottom = project_world(180, 0)[0], project_world(0, NORTH)[1], project_world(0, SOUTH)[1]
    return Frame(project_world, (0.0, (top + bottom) / 2), 2.01 * east, top - bottom, width, world=True)


def choose_frames(
    points: Sequence[tuple[Point, float]], width: int = 570, ratio: float = 0.72
) -> list[Frame]:
    """A frame for each of the heaviest groups of weighted points, the heaviest first."""
    groups = group_points([point for point, _ in points])
    weights = [sum(points[n][1] for n in group) for group in groups]
    ranked = sorted(range(len(groups)), key=lambda n: (-weights[n], groups[n]))
    return [frame_points([points[n][0] for n in groups[g]], width, ratio) for g in ranked[:REGIONS]]


def group_points(points: Sequence[Point]) -> list[list[int]]:
    """Groups of places: each within reach of the group's middle, the fullest neighbourhoods first."""
    near = [[m for m, b in enumerate(points) if measure_km(a, b) <= REACH] for a in points]
    left, groups = set(range(len(points))), []
    while left:
        seed = min(left, key=lambda n: (-sum(m in left for m in near[n]), points[n]))
        group = sorted(m for m in near[seed] if m in left)
        groups.append(group)
        left -= set(group)
    return groups


def frame_points(points: Sequence[Point], width: int, ratio: float) -> Frame:
    """The frame around the points, no closer than a country of middle size."""
    project = Azimuthal(*find_middle(points))
    placed = [at for at in (project(*point) for point in points) if at]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    across = max((max(xs) - min(xs)) * MARGIN, (max(ys) - min(ys)) * MARGIN / ratio, NARROWEST)
    across = min(across, WIDEST)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(project, middle, across, across * ratio, width)


def find_middle(points: Sequence[Point]) -> Point:
    """The mean of the points on the globe, so that those on both sides of 180° have it between them."""
    x = y = z = 0.0
    for lon, lat in points:
        a, b = math.radians(lon), math.radians(lat)
        x, y, z = x + math.cos(b) * math.cos(a), y + math.cos(b) * math.sin(a), z + math.sin(b)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
