"""Small maps of articles: where their events lie, and where they lay before. Articles of one region share a map."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.event import EventRow
from review.geography.frames import Frame, Point, find_middle
from review.geography.land import draw_land
from review.geography.outlines import Shape
from review.geography.projections import Azimuthal, measure_km

CELL = 3.0  # degrees; middles that are nearer share a map
REACHES = (900.0, 2000.0, 4500.0)  # km from edge to edge: the smallest that holds the points is taken
WIDTH, RATIO = 300, 0.72
MARGIN = 1.25
MOST = 200  # different regions of one page that have their own outlines
Json = dict[str, Any]


@dataclass(slots=True)
class Atlas:
    """The regions that have been drawn so far, by name."""

    shapes: Sequence[Shape]
    regions: dict[str, Json] = field(default_factory=dict)

    def place(self, before: Sequence[EventRow], after: Sequence[EventRow]) -> Json | None:
        """The map of an article: its region, and the points of its events; None where none has a point."""
        spots = list(find_spots(before, after))
        if not spots:
            return None
        points = [(spot.lon, spot.lat) for spot in spots]
        name, frame = choose_region(points)
        if name not in self.regions and len(self.regions) < MOST:
            self.regions[name] = draw_region(frame, self.shapes)
        drawn = [show_spot(spot, frame) for spot in spots]
        return {"region": name, "spots": [spot for spot in drawn if spot]}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an event lies, or lay before."""

    event: str
    lon: float
    lat: float
    radius: float
    name: str
    side: str  # both, before or after


def find_spots(before: Sequence[EventRow], after: Sequence[EventRow]) -> Iterator[Spot]:
    """The points of the events; one that did not move has one."""
    olds = {row.event_id: row for row in before}
    for row in after:
        old = olds.pop(row.event_id, None)
        same = old is not None and (old.latitude, old.longitude) == (row.latitude, row.longitude)
        yield from make_spot(row, "both" if same else "after")
        if old is not None and not same:
            yield from make_spot(old, "before")
    for row in olds.values():
        yield from make_spot(row, "before")


def make_spot(row: EventRow, side: str) -> Iterator[Spot]:
    """The row's point, where it has one."""
    if row.latitude is not None and row.longitude is not None:
        name = row.place_name or row.place_text or ""
        yield Spot(row.event_id, row.longitude, row.latitude, row.place_radius_km or 0.0, name, side)


def choose_region(points: Sequence[Point]) -> tuple[str, Frame]:
    """The region around the points, of a fixed set, so that neighbours share it."""
    lon, lat = (CELL * round(value / CELL) for value in find_middle(points))
    needed = 2 * MARGIN * max(measure_km((lon, lat), point) for point in points) / RATIO
    across = next((reach for reach in REACHES if reach >= needed), REACHES[-1])
    frame = Frame(Azimuthal(lon, lat), (0.0, 0.0), across, across * RATIO, WIDTH)
    return f"{lon:g} {lat:g} {across:g}", frame


def draw_region(frame: Frame, shapes: Sequence[Shape]) -> Json:
    """Size and outlines, in tenths of a pixel."""
    path, _ = draw_land(frame, shapes)
    return {"width": frame.width, "height": frame.height, "land": path}


def show_spot(spot: Spot, frame: Frame) -> list[Any] | None:
    """[event, x, y, radius in pixels, name, side]; None where it is off the map."""
    at = frame.place(spot.lon, spot.lat)
    if at is None or not frame.holds(spot.lon, spot.lat):
        return None
    radius = min(spot.radius * frame.scale, math.hypot(frame.width, frame.height))
    return [spot.event, round(at[0], 1), round(at[1], 1), round(radius, 1), spot.name, spot.side]
