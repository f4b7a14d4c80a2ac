"""People killed and injured over time as geometry: a line of best numbers in a band from least to most."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from review.axes import Mark, Numbers, Tick, make_ticks, mark_dates, trace
from review.charts import name_bar
from review.figures import Figures, Period, Side, Span

WIDTH, HEIGHT = 570, 150
LEFT, RIGHT, BOTTOM, TOP = 44, 14, 24, 12
ENDS = ("at least", "best", "at most")
SIDES: tuple[tuple[Side, str], ...] = (
    ("civilians", "civilians"),
    ("parties", "combatants and others of the parties"),
    ("unstated", "people not said to be either"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A period: its best number, and `open` where some text gives no most."""

    x: float
    y: float
    open: bool
    title: str


@dataclass(frozen=True, slots=True)
class Band:
    """One chart of a row of charts."""

    width: int
    height: int
    left: int
    name: str
    area: str
    line: str
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    newest: str
    label: str


def draw_killed(figures: Figures) -> tuple[Band, ...]:
    """Killed: civilians, people of the parties, and those not said to be either, on one scale."""
    spans = {side: [period.killed[side] for period in figures.periods] for side, _ in SIDES}
    most = max((span.high for row in spans.values() for span in row), default=0)
    return tuple(draw_band(figures, f"Killed: {name}", spans[side], most) for side, name in SIDES)


def draw_injured(figures: Figures) -> Band:
    """Injured, on a scale of its own."""
    spans = [period.injured for period in figures.periods]
    return draw_band(figures, "Injured", spans, max((span.high for span in spans), default=0))


def draw_band(figures: Figures, name: str, spans: Sequence[Span], highest: int) -> Band:
    """One chart, up to the highest number of its row."""
    most, ticks = make_ticks(highest, TOP, HEIGHT - BOTTOM)
    slot = (WIDTH - LEFT - RIGHT) / max(len(spans), 1)
    xs = [round(LEFT + slot * (n + 0.5), 1) for n in range(len(spans))]

    def lift(pick: Callable[[Span], int]) -> list[tuple[float, float]]:
        room = HEIGHT - BOTTOM - TOP
        return [
            (x, round(HEIGHT - BOTTOM - room * pick(span) / most, 1))
            for x, span in zip(xs, spans, strict=True)
        ]

    best = lift(lambda span: span.best)
    edge = [*lift(lambda span: span.high), *reversed(lift(lambda span: span.low))]
    starts = [period.start for period in figures.periods]
    titles = [
        f"{name_bar(start, figures.scale.span)}: {span.words}"
        for start, span in zip(starts, spans, strict=True)
    ]
    newest = spans[-1].words if spans else "–"
    points = zip(best, spans, titles, strict=True)
    return Band(
        WIDTH,
        HEIGHT,
        LEFT,
        name,
        f"{trace(edge)}Z" if edge else "",
        trace(best),
        tuple(Point(*at, span.open, title) for at, span, title in points),
        ticks,
        mark_dates(starts, slot, LEFT, 5),
        newest,
        f"{name}: {newest} {figures.scale.now}, over {len(spans)} times {figures.scale.span} days.",
    )


def tabulate(figures: Figures) -> Numbers:
    """All the bands as one table."""
    heads = [f"{name}, {end}" for name in ("civilians", "parties", "not stated", "injured") for end in ENDS]
    rows = tuple(
        (
            name_bar(period.start, figures.scale.span),
            *(cell for span in list_spans(period) for cell in split(span)),
        )
        for period in figures.periods
    )
    return Numbers("killed-and-injured.csv", ("days", *heads), rows)


def list_spans(period: Period) -> Iterator[Span]:
    """The spans of a period in the order of the table."""
    yield from (period.killed[side] for side, _ in SIDES)
    yield period.injured


def split(span: Span) -> tuple[int, int, str | int]:
    """Least, best and most; where the most is open, at least how many."""
    return span.low, span.best, f"{span.high} or more" if span.open else span.high
