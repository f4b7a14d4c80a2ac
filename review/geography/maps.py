"""A map as geometry: paths of land, dots with rings, and the names that have room."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.figures import Spot
from review.geography.frames import Frame
from review.geography.land import Area, draw_land
from review.geography.outlines import Shape

DOT, LARGEST_DOT = 3.5, 26.0  # radius of nobody killed, and of the most
GROWTH = 1.5  # pixels of radius by the root of people killed
LABELS, LETTER = 9, 8.8  # names on one frame; width of a letter
SIGNS = {"more": "+", "fewer": "−", "same": "="}

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: its pixel, its size, the ring it may lie in, and what is told of it."""

    x: float
    y: float
    radius: float
    ring: float
    change: str  # more, fewer, same
    title: str
    spot: Spot

    @property
    def sign(self) -> str:
        """The change without colour."""
        return SIGNS[self.change]

    @property
    def arm(self) -> float:
        """Half the length of the sign's strokes."""
        return round(min(self.radius * 0.6, 5.0), 1)


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its dot."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Map:
    """One frame, drawn; `outside` counts places that are not in it."""

    width: int
    height: int
    land: str  # a path in tenths of a pixel
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    countries: tuple[Label, ...]
    across: int  # km
    outside: int
    world: bool

    @property
    def bar(self) -> tuple[float, int]:
        """A scale bar: pixels and the round number of km they stand for."""
        km = max(n * 10**p for p in range(5) for n in (1, 2, 5) if n * 10**p <= max(self.across / 5, 1))
        return round(km * self.width / self.across, 1), km


def draw_map(frame: Frame, shapes: Sequence[Shape], spots: Sequence[Spot]) -> Map:
    """The frame with its land and the spots in it, the largest below."""
    inside = [spot for spot in spots if frame.holds(spot.longitude, spot.latitude)]
    dots = [make_dot(frame, spot) for spot in inside]
    dots.sort(key=lambda dot: (-dot.radius, dot.x, dot.y, dot.title))
    land, areas = draw_land(frame, shapes)
    taken = [(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots]
    labels = () if frame.world else tuple(place_labels(frame, dots, taken))
    return Map(
        frame.width,
        frame.height,
        land,
        tuple(dots),
        labels,
        () if frame.world else tuple(name_countries(frame, areas, taken)),
        round(frame.across),
        len(spots) - len(inside),
        frame.world,
    )


def make_dot(frame: Frame, spot: Spot) -> Dot:
    """A spot as a dot; its ring is drawn where it is wider than the dot."""
    x, y = frame.place(spot.longitude, spot.latitude) or (0.0, 0.0)
    radius = min(LARGEST_DOT, DOT + GROWTH * math.sqrt(spot.killed.best))
    if spot.change.sign != "same":
        radius = max(radius, 5.0)  # room for the sign
    ring = spot.radius_km * frame.scale
    return Dot(
        round(x, 1),
        round(y, 1),
        round(radius, 1),
        round(ring, 1) if ring > radius else 0.0,
        spot.change.sign,
        tell_spot(spot),
        spot,
    )


def tell_spot(spot: Spot) -> str:
    """A place in words."""
    usual = "" if spot.change.before is None else f", {spot.change.before:.3g} usual"
    events = "event" if spot.change.now == 1 else "events"
    off = f", within {spot.radius_km:.0f} km" if spot.radius_km else ""
    return f"{spot.name}: {spot.change.now} {events}{usual}; killed {spot.killed.words}{off}"


def place_labels(frame: Frame, dots: Sequence[Dot], taken: list[Box]) -> Iterator[Label]:
    """Names of the most important places, beside their dots, none over what is taken or over the edge."""
    ranked = sorted(dots, key=lambda dot: (-dot.spot.killed.best, -dot.spot.change.now, dot.title))
    placed = 0
    for dot in ranked:
        text = dot.spot.name.split(",")[0]
        text = text if len(text) <= 26 else f"{text[:25]}…"
        for x, y, anchor, box in try_sides(dot, LETTER * len(text)):
            if has_room(frame, box, taken):
                taken.append(box)
                placed += 1
                yield Label(x, y, anchor, text)
                break
        if placed == LABELS:
            return


def has_room(frame: Frame, box: Box, taken: Sequence[Box]) -> bool:
    """Whether a box lies inside the frame and over nothing."""
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2
    return inside and not any(overlap(box, other) for other in taken)


def name_countries(frame: Frame, areas: Sequence[Area], taken: list[Box]) -> Iterator[Label]:
    """The names of the countries that are large enough on the frame."""
    for area in sorted(areas, key=lambda area: (-area.size, area.name)):
        half = 4.2 * len(area.name)
        box = area.x - half, area.y - 10, area.x + half, area.y + 6
        if 2 * half < 1.3 * math.sqrt(area.size) and has_room(frame, box, taken):
            taken.append(box)
            yield Label(round(area.x, 1), round(area.y, 1), "middle", area.name)


def try_sides(dot: Dot, width: float) -> Iterator[tuple[float, float, str, Box]]:
    """Right, left, above and below of the dot: where the text starts, and the box it fills."""
    gap = dot.radius + 4
    yield dot.x + gap, dot.y + 4, "start", (dot.x + gap, dot.y - 8, dot.x + gap + width, dot.y + 8)
    yield dot.x - gap, dot.y + 4, "end", (dot.x - gap - width, dot.y - 8, dot.x - gap, dot.y + 8)
    half = width / 2
    yield dot.x, dot.y - gap, "middle", (dot.x - half, dot.y - gap - 12, dot.x + half, dot.y - gap + 4)
    yield dot.x, dot.y + gap + 9, "middle", (dot.x - half, dot.y + gap - 3, dot.x + half, dot.y + gap + 13)


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share room."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
