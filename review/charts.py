"""Bar charts as geometry: where each bar stands. The page draws them as SVG, without a script."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from review.values import name_term

WIDTH, HEIGHT = 640, 180
LEFT, BOTTOM, TOP = 34, 24, 12  # room for the numbers, for the days, and above the highest bar
BINS = 31  # bars side by side; what lies before is told in words
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
    unit: str = "day"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of days that one bar stands for: its first day, and how it is written."""

    name: str
    days: int
    start: Callable[[date], date]
    label: Callable[[date], str]
    title: Callable[[date], str]


UNITS = (
    Unit("day", 1, lambda day: day, lambda day: f"{day.day} {day:%b}", date.isoformat),
    Unit(
        "week",
        7,
        lambda day: day - timedelta(days=day.weekday()),
        lambda day: f"{day.day} {day:%b}",
        lambda day: f"week of {day.isoformat()}",
    ),
    Unit("month", 30, lambda day: day.replace(day=1), lambda day: f"{day:%b %Y}", lambda day: f"{day:%Y-%m}"),
    Unit(
        "year",
        365,
        lambda day: day.replace(month=1, day=1),
        lambda day: str(day.year),
        lambda day: str(day.year),
    ),
)


def chart_days(days: Counter[date]) -> Chart:
    """A bar a day; a bar a week, month or year where the days would not fit."""
    if not days:
        return Chart(WIDTH, HEIGHT, ())
    unit = next((unit for unit in UNITS if count_bins(days, unit) <= BINS), UNITS[-1])
    bins: Counter[date] = Counter()
    for day, number in days.items():
        bins[unit.start(day)] += number
    span = list_bins(min(bins), max(bins), unit)[-BINS:]
    top, step = scale(max(bins[start] for start in span))
    room = HEIGHT - BOTTOM - TOP
    ticks = tuple(Tick(HEIGHT - BOTTOM - room * value / top, value) for value in range(0, top + 1, step))
    early = sum(number for start, number in bins.items() if start < span[0])
    return Chart(WIDTH, HEIGHT, place_bins(span, bins, room / top, unit), ticks, early, unit.name)


def count_bins(days: Counter[date], unit: Unit) -> int:
    """About how many bars the days would take."""
    return (max(days) - min(days)).days // unit.days + 1


def list_bins(first: date, last: date, unit: Unit) -> list[date]:
    """The first day of every bin from one to the other, empty ones too."""
    bins = [first]
    while bins[-1] < last:
        # Half a unit past the next start is inside the next bin, whatever the length of a month.
        bins.append(unit.start(bins[-1] + timedelta(days=unit.days + unit.days // 2)))
    return bins


def place_bins(span: Sequence[date], bins: Counter[date], scaled: float, unit: Unit) -> tuple[Bar, ...]:
    """The bars; every so many bears its date below."""
    slot = min(48.0, (WIDTH - LEFT) / len(span))
    every = -(-len(span) // 8)
    return tuple(
        Bar(
            x=round(LEFT + slot * (n + 0.12), 2),
            y=round(HEIGHT - BOTTOM - bins[start] * scaled, 2),
            width=round(slot * 0.76, 2),
            height=round(bins[start] * scaled, 2),
            name=unit.title(start),
            value=bins[start],
            label=unit.label(start) if n % every == 0 else "",
        )
        for n, start in enumerate(span)
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
