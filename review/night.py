"""What the page of a night shows, made ready: maps, charts, tables, points."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from review import bands
from review.axes import Numbers
from review.charts import draw_stack
from review.figures import Figures, Mover, MoverKind, Tongue
from review.geography.frames import choose_frames, frame_world
from review.geography.maps import Map, draw_map
from review.geography.outlines import Shape
from review.points import SIGNS, make_points
from review.summary import Summary

SHOWN = 10  # lines of a table of the top
READ = "en"  # the language that events are read in
TITLES: dict[MoverKind, str] = {"actor": "Top actors", "weapon": "Top weapons", "place": "Top places"}

Shapes = Sequence[Shape]


@dataclass(frozen=True, slots=True)
class Top:
    """A table of the most frequent actors, weapons or places."""

    kind: MoverKind
    title: str
    now: str
    movers: tuple[Mover, ...]
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Tongues:
    """Articles by language: those without an event, and those that are not read."""

    articles: int
    silent: int
    foreign: tuple[Tongue, ...]


def prepare(figures: Figures, summary: Summary, shapes: Shapes) -> dict[str, Any]:
    """Everything that the template names beside receipt and rows."""
    maps = tuple(draw_maps(figures, shapes))
    losses = (*bands.draw_killed(figures), bands.draw_injured(figures))
    return {
        "figures": figures,
        "states": Counter(source.state for source in figures.sources),
        "tongues": sum_tongues(figures.tongues),
        "points": make_points(figures, summary),
        "maps": maps,
        "map_label": tell_world(figures),
        "tell_map": tell_map,
        "total": tell_total(figures),
        "signs": SIGNS,
        "stack": draw_stack(figures),
        "bands": losses,
        "has_losses": any(
            period.injured.high + sum(s.high for s in period.killed.values()) for period in figures.periods
        ),
        "tops": tuple(make_tops(figures)),
        "numbers": {"map": tabulate_spots(figures), "losses": bands.tabulate(figures)},
    }


def draw_maps(figures: Figures, shapes: Shapes) -> Iterator[Map]:
    """The world, then the regions where the events are; nothing where no event has a point."""
    if not figures.spots:
        return
    yield draw_map(frame_world(), shapes, figures.spots)
    points = [
        ((s.longitude, s.latitude), s.change.now + s.killed.best) for s in figures.spots if s.change.now
    ]
    for frame in choose_frames(points):
        yield draw_map(frame, shapes, figures.spots)


def tell_total(figures: Figures) -> str:
    """All events of the newest period in one sentence."""
    now = f"{figures.total.now} event{'' if figures.total.now == 1 else 's'} {figures.scale.now}"
    if figures.total.before is None:
        return f"{now}; the tables hold nothing earlier to measure them against."
    return f"{now}; {figures.total.before:.3g} {figures.scale.earlier} ({figures.total.words})."


def tell_world(figures: Figures) -> str:
    """The map in one sentence."""
    signs = Counter(spot.change.sign for spot in figures.spots)
    now = sum(spot.change.now > 0 for spot in figures.spots)
    return (
        f"World map to {figures.end.isoformat()}: {now} places with events {figures.scale.now}; "
        f"{signs['more']} places have more than usual, {signs['fewer']} fewer."
    )


def tell_map(drawn: Map) -> str:
    """A region in one sentence."""
    names = ", ".join(label.text for label in drawn.labels[:4])
    return f"Region {drawn.across:,} km across with {len(drawn.dots)} places{': ' + names if names else ''}."


def sum_tongues(tongues: Sequence[Tongue]) -> Tongues:
    """All languages together, and those that are not covered."""
    articles = sum(tongue.articles for tongue in tongues)
    foreign = tuple(tongue for tongue in tongues if tongue.name not in {READ, "unknown"})
    return Tongues(articles, articles - sum(tongue.told for tongue in tongues), foreign)


def make_tops(figures: Figures) -> Iterator[Top]:
    """The three tables, each with what happened in the newest period, the most frequent first."""
    for kind, title in TITLES.items():
        movers = [mover for mover in figures.movers if mover.kind == kind]
        ranked = sorted(movers, key=lambda m: (-m.change.now, -(m.change.before or 0), m.name, m.key))
        shown = [mover for mover in ranked if mover.change.now or mover.change.before][:SHOWN]
        yield Top(kind, title, figures.scale.now, tuple(shown), tabulate_movers(kind, ranked, figures))


def tabulate_movers(kind: MoverKind, movers: Sequence[Mover], figures: Figures) -> Numbers:
    """All of a kind as a table."""
    rows = tuple((m.name, m.change.now, tell_mean(m.change.before), "new" if m.new else "") for m in movers)
    return Numbers(f"top-{kind}s.csv", (kind, figures.scale.now, "mean before", "new"), rows)


def tell_mean(before: float | None) -> float | None:
    """The mean with two decimals."""
    return None if before is None else round(before, 2)


def tabulate_spots(figures: Figures) -> Numbers:
    """The places of the map as a table."""
    headings = (
        "place",
        "events",
        "mean before",
        "killed, at least",
        "best",
        "at most",
        "latitude",
        "longitude",
        "± km",
    )
    rows = tuple(
        (
            *(s.name, s.change.now, tell_mean(s.change.before), *bands.split(s.killed)),
            *(round(s.latitude, 4), round(s.longitude, 4), s.radius_km),
        )
        for s in figures.spots
    )
    return Numbers("places.csv", headings, rows)
