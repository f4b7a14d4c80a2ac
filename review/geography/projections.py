"""From degrees to a plane, in kilometres: equal-area both, so that a ring of 50 km has one size all over a map."""

import math
from collections.abc import Callable
from dataclasses import dataclass

EARTH = 6371.0088  # km, mean radius
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # of Equal Earth (Savric, Patterson, Jenny 2018)

Project = Callable[[float, float], tuple[float, float] | None]


def project_world(lon: float, lat: float) -> tuple[float, float]:
    """Equal Earth: east and north of the middle of the world."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square**3
    stretch = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (3 * stretch)
    return EARTH * x, EARTH * theta * (A1 + A2 * square + sixth * (A3 + A4 * square))


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection around a point: what is near it keeps its shape."""

    lon: float
    lat: float

    def __call__(self, lon: float, lat: float) -> tuple[float, float] | None:
        """East and north of the middle; None on the far side of the earth."""
        turn, phi, here = math.radians(lon - self.lon), math.radians(lat), math.radians(self.lat)
        depth = math.sin(here) * math.sin(phi) + math.cos(here) * math.cos(phi) * math.cos(turn)
        if depth < 0:
            return None
        scale = EARTH * math.sqrt(2 / (1 + depth))
        north = math.cos(here) * math.sin(phi) - math.sin(here) * math.cos(phi) * math.cos(turn)
        return scale * math.cos(phi) * math.sin(turn), scale * north


def measure_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points of longitude and latitude over the ground."""
    (lon1, lat1), (lon2, lat2) = a, b
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
