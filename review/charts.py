"""Bar charts as geometry: where each bar stands. The page draws them as SVG, without a script."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from review.values import name_term

WIDTH, HEIGHT = 640, 180
LEFT, BOTTOM, TOP = 34, 24, 12  # room for the numbers, for the days, and above the highest bar
DAYS = 30  # the days shown; what lies before is told in words
TYPES = 12
LINE, LETTER, GAP = 24, 7.6, 44  # height of a line, width of a letter, room for the number behind a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with what it stands for. `label` is empty where there is no room for it."""

    x: float
    y: float
    width: float
    height: float
    name: str
    value: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart and its number."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in a box of `width` by `height`; `left_out` is counted but not drawn."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...] = ()
    left_out: int = 0


def chart_days(days: Counter[date]) -> Chart:
    """A bar for each of the last thirty days up to the last day with an event."""
    if not days:
        return Chart(WIDTH, HEIGHT, ())
    last = max(days)
    first = max(min(days), last - timedelta(days=DAYS - 1))
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    top, step = scale(max(days[day] for day in span))
    room = HEIGHT - BOTTOM - TOP
    ticks = tuple(Tick(HEIGHT - BOTTOM - room * value / top, value) for value in range(0, top + 1, step))
    early = sum(number for day, number in days.items() if day < first)
    return Chart(WIDTH, HEIGHT, place_days(span, days, room / top), ticks, early)


def place_days(span: Sequence[date], days: Counter[date], unit: float) -> tuple[Bar, ...]:
    """The bars of the days; every so many bears its day below."""
    slot = min(48.0, (WIDTH - LEFT) / len(span))
    every = -(-len(span) // 8)
    return tuple(
        Bar(
            x=round(LEFT + slot * (n + 0.12), 2),
            y=round(HEIGHT - BOTTOM - days[day] * unit, 2),
            width=round(slot * 0.76, 2),
            height=round(days[day] * unit, 2),
            name=day.isoformat(),
            value=days[day],
            label=f"{day.day} {day:%b}" if n % every == 0 else "",
        )
        for n, day in enumerate(span)
    )


def scale(highest: int) -> tuple[int, int]:
    """The top of the axis and the step of its numbers: round ones, four at the most."""
    step = next(
        base * 10**power for power in range(9) for base in (1, 2, 5) if base * 10**power * 4 >= highest
    )
    return -(-highest // step) * step, step


def chart_types(types: Counter[str]) -> Chart:
    """A line a type, the most frequent first."""
    ranked = sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ranked[:TYPES]
    start = round(12 + LETTER * max((len(name) for name, _ in shown), default=0))
    unit = (WIDTH - start - GAP) / max((number for _, number in shown), default=1)
    bars = tuple(
        Bar(start, n * LINE + 4, round(number * unit, 2), LINE - 8, name_term(name), number)
        for n, (name, number) in enumerate(shown)
    )
    return Chart(WIDTH, len(shown) * LINE, bars, left_out=sum(number for _, number in ranked[TYPES:]))
