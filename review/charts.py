"""Events over time as geometry: bars of stacked types, the median, and what the run before held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from review.axes import Mark, Numbers, Tick, make_ticks, mark_dates, trace
from review.figures import Bar, Figures
from review.values import name_term

WIDTH, HEIGHT = 1180, 260
LEFT, RIGHT, BOTTOM, TOP = 40, 16, 26, 12  # room for the numbers, for dates, and above the highest bar
TYPES = 5  # told apart by colour and hatching; the rest is one
MEDIAN = 7  # bars


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: one type. `kind` is its number in the legend."""

    x: float
    y: float
    width: float
    height: float
    kind: int
    title: str


@dataclass(frozen=True, slots=True)
class Before:
    """The height that a bar had before this run."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the legend."""

    number: int
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Stack:
    """The chart: `label` says in a sentence what it shows."""

    width: int
    height: int
    left: int
    pieces: tuple[Piece, ...]
    before: tuple[Before, ...]
    median: str
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    kinds: tuple[Kind, ...]
    label: str
    numbers: Numbers


def draw_stack(figures: Figures) -> Stack:
    """The bars of the figures, the oldest at the left."""
    bars = figures.bars
    kinds = rank_types(bars)
    most, ticks = make_ticks(max((max(b.total, b.before) for b in bars), default=0), TOP, HEIGHT - BOTTOM)
    slot = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    height = (HEIGHT - BOTTOM - TOP) / most
    middles = find_medians([bar.total for bar in bars])
    line = [(round(LEFT + slot * (n + 0.5), 1), round(HEIGHT - BOTTOM - m * height, 1)) for n, m in middles]
    return Stack(
        WIDTH,
        HEIGHT,
        LEFT,
        tuple(p for n, bar in enumerate(bars) for p in stack_bar(bar, kinds, LEFT + slot * n, slot, height)),
        tuple(
            Before(round(LEFT + slot * n, 1), round(HEIGHT - BOTTOM - bar.before * height, 1), round(slot, 1))
            for n, bar in enumerate(bars)
            if bar.before
        ),
        trace(line),
        ticks,
        mark_dates([bar.start for bar in bars], slot, LEFT),
        kinds,
        tell(figures),
        tabulate(figures, kinds, dict(middles)),
    )


def rank_types(bars: Sequence[Bar]) -> tuple[Kind, ...]:
    """The most frequent types, and all others as one."""
    counted: Counter[str] = Counter()
    for bar in bars:
        counted.update(bar.types)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    kinds = [Kind(n, name_term(name), total) for n, (name, total) in enumerate(ranked[:TYPES])]
    rest = sum(total for _, total in ranked[TYPES:])
    return (*kinds, *([Kind(TYPES, "other kinds", rest)] if rest else []))


def split_bar(bar: Bar, kinds: Sequence[Kind]) -> list[int]:
    """How many of each kind of the legend the bar holds."""
    named = {kind.name: kind.number for kind in kinds}
    parts = [0] * len(kinds)
    for name, number in bar.types.items():
        parts[named.get(name_term(name), len(kinds) - 1)] += number
    return parts


def stack_bar(bar: Bar, kinds: Sequence[Kind], x: float, slot: float, height: float) -> list[Piece]:
    """The pieces of a bar, the most frequent type at the bottom."""
    pieces, y = [], float(HEIGHT - BOTTOM)
    for kind, number in zip(kinds, split_bar(bar, kinds), strict=True):
        if number:
            y -= number * height
            title = f"{bar.start.isoformat()}: {kind.name} {number} of {bar.total}"
            size = round(slot * 0.76, 1), round(number * height, 1)
            pieces.append(Piece(round(x + slot * 0.12, 1), round(y, 1), *size, kind.number, title))
    return pieces


def find_medians(totals: Sequence[int]) -> list[tuple[int, float]]:
    """The median of each bar and the six before it, by the bar's place."""
    return [(n, median(totals[n - MEDIAN + 1 : n + 1])) for n in range(MEDIAN - 1, len(totals))]


def tell(figures: Figures) -> str:
    """The chart in one sentence."""
    total, unit = sum(bar.total for bar in figures.bars), figures.scale.unit
    if not total:
        return f"No dated event in the time to {figures.end.isoformat()}."
    most = max(figures.bars, key=lambda bar: (bar.total, bar.start))
    return (
        f"Events per {unit} from {figures.bars[0].start.isoformat()} to {figures.end.isoformat()}: "
        f"{total} in all, most in the {unit} of {most.start.isoformat()} ({most.total})."
    )


def tabulate(figures: Figures, kinds: Sequence[Kind], middles: dict[int, float]) -> Numbers:
    """The chart as a table; bars that hold nothing, now or before, are left out of it."""
    rows = tuple(
        (
            name_bar(bar.start, figures.scale.days),
            *split_bar(bar, kinds),
            bar.total,
            middles.get(n),
            bar.before,
        )
        for n, bar in enumerate(figures.bars)
        if bar.total or bar.before
    )
    headings = (
        figures.scale.unit,
        *(kind.name for kind in kinds),
        "all",
        f"{MEDIAN}-{figures.scale.unit} median",
    )
    return Numbers(
        f"events-per-{figures.scale.unit.replace(' ', '-')}.csv", (*headings, "before this run"), rows
    )


def name_bar(start: date, days: int) -> str:
    """The day, or first and last."""
    return start.isoformat() if days == 1 else f"{start.isoformat()} – {start + timedelta(days=days - 1)}"
