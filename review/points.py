"""The key points of a night in words, each with the rows it rests on."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from review.figures import Figures, Mover, RowId
from review.limits import Points, read_limits
from review.summary import Summary

ROWS = 6  # links of one point
SIGNS: dict[str, str] = {"more": "▲", "fewer": "▼", "new": "✦", "impossible": "!"}


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line: a subject from outside, what is said of it, and the rows it rests on."""

    kind: Literal["more", "fewer", "new", "impossible"]
    subject: str
    words: str
    rows: tuple[RowId, ...] = ()
    more: int = 0  # rows that have no link


def make_points(figures: Figures, summary: Summary, limits: Points | None = None) -> list[KeyPoint]:
    """Impossible values first, since they spoil the rest; then changes; then what is new."""
    limits = limits or read_limits().points
    return [
        *(KeyPoint("impossible", odd.title, odd.words, (odd.row,)) for odd in summary.oddities),
        *tell_changes(figures, limits),
        *tell_newcomers(figures.newcomers, limits),
    ]


def tell_changes(figures: Figures, limits: Points) -> Iterator[KeyPoint]:
    """The changes that are largest for their size; nothing where there is nothing to compare with."""
    for mover in rank_changes(figures.movers, limits)[: limits.changes]:
        change = mover.change
        kind: Literal["more", "fewer"] = "more" if change.now > (change.before or 0) else "fewer"
        events = "event" if change.now == 1 else "events"
        usual = f"{change.before:.3g} {figures.scale.earlier}"
        words = f"{mover.kind}: {change.now} {events} {figures.scale.now}, {usual}"
        yield KeyPoint(kind, mover.name, words, mover.rows[:ROWS], max(0, change.now - ROWS))


def rank_changes(movers: Iterable[Mover], limits: Points) -> list[Mover]:
    """The movers that changed enough, those first whose change is least to be expected by chance."""
    worth = [
        (abs(mover.change.now - mover.change.before) / math.sqrt(mover.change.before + 1), mover)
        for mover in movers
        if mover.change.before is not None and not mover.new
        if abs(mover.change.now - mover.change.before) >= limits.change_at_least
    ]
    return [mover for _, mover in sorted(worth, key=lambda pair: (-pair[0], pair[1].kind, pair[1].key))]


def tell_newcomers(newcomers: Sequence[Mover], limits: Points) -> Iterator[KeyPoint]:
    """Actors and weapons that no earlier run knew; how many more there are, where they are many."""
    for kind in ("actor", "weapon"):
        found = [mover for mover in newcomers if mover.kind == kind]
        for mover in found[: limits.newcomers]:
            number = len(mover.rows)
            words = f"{kind} seen for the first time, in {number} row{'s' if number > 1 else ''}"
            yield KeyPoint("new", mover.name, words, mover.rows[:ROWS], max(0, number - ROWS))
        if len(found) > limits.newcomers:
            yield KeyPoint("new", f"{len(found) - limits.newcomers} more {kind}s", "seen for the first time")
