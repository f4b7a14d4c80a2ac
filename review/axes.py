"""Axes of charts: round numbers at the side, dates below, and the table that every picture has."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from urllib.parse import quote

from review.cells import make_cell

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart and its number."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A date below the chart."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a picture as a table; `name` is that of its CSV file."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def csv(self) -> str:
        """The table as CSV; no cell of it is run by a spreadsheet."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerows(map(make_cell, row) for row in (self.headings, *self.rows))
        return out.getvalue()

    @property
    def address(self) -> str:
        """The CSV as an address that holds it, for a link that saves it."""
        return f"data:text/csv;charset=utf-8,{quote(self.csv, safe='')}"


def scale(highest: int) -> tuple[int, int]:
    """The top of the axis and the step of its numbers: round ones, four at the most."""
    step = next(
        base * 10**power for power in range(19) for base in (1, 2, 5) if base * 10**power * 4 >= highest
    )
    return max(-(-highest // step), 1) * step, step


def make_ticks(highest: int, top: float, bottom: float) -> tuple[int, tuple[Tick, ...]]:
    """The top of the axis and its lines between two heights of the picture."""
    most, step = scale(highest)
    room = bottom - top
    return most, tuple(
        Tick(round(bottom - room * value / most, 2), value) for value in range(0, most + 1, step)
    )


def mark_dates(starts: Sequence[date], slot: float, left: float, most: int = 8) -> tuple[Mark, ...]:
    """Dates below every so many slots, counted back from the newest."""
    every = -(-len(starts) // most)
    long = len(starts) > 1 and (starts[-1] - starts[0]).days > 300
    return tuple(
        Mark(round(left + slot * (n + 0.5), 2), name_day(start, long))
        for n, start in enumerate(starts)
        if (len(starts) - 1 - n) % every == 0
    )


def name_day(day: date, long: bool = False) -> str:
    """`4 Mar`, or `Mar 2024` where a chart is long."""
    return f"{day:%b %Y}" if long else f"{day.day} {day:%b}"


def trace(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points, as the path of a picture."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""
