"""What the tables tell of a night and the weeks before it, summed by the database: the figures of the report."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

import duckdb

from flows import trend_queries as queries
from flows.ledger import Ledger, Turn
from flows.store import Store
from flows.tables import typed
from review.figures import (
    SCALES,
    Bar,
    Change,
    Figures,
    LeftOut,
    Mover,
    MoverKind,
    Period,
    RowId,
    Scale,
    Side,
    Span,
    Spot,
    Tongue,
)
from review.limits import read_limits
from review.standing import STANDINGS

HAPPENED = [status for group in STANDINGS if group.name == "happened" for status in group.statuses]
ENOUGH = 0.75  # of the run's dated events: a scale that shows so many of them is fine enough
TOP = 60  # of each kind, of which the page shows fewer
KINDS: tuple[MoverKind, ...] = ("actor", "weapon", "place")
SIDES: tuple[Side, ...] = ("civilians", "parties", "unstated")

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is looked at, ending with the night, and which earlier periods have any article."""

    run_id: str
    end: date
    scale: Scale
    present: tuple[int, ...] = ()

    @property
    def first(self) -> date:
        """The first day that anything is drawn of."""
        return self.end - timedelta(
            days=max(self.scale.bars * self.scale.days, self.scale.periods * self.scale.span) - 1
        )

    @property
    def facts(self) -> Line:
        """What the queries ask for."""
        scale, limits = self.scale, read_limits().map
        return {
            "run": self.run_id,
            "end": self.end,
            "first": self.first,
            "days": scale.days,
            "span": scale.span,
            "bars": scale.bars,
            "periods": scale.periods,
            "present": [*self.present],
            "known": max(len(self.present), 1),
            "happened": HAPPENED,
            "widest": limits.widest_km,
            "spots": limits.spots,
            "top": TOP,
            "cut": f"{self.end - timedelta(days=scale.span - 1):%Y%m%d}",
        }


def sum_tables(store: Store, run_id: str, day: date) -> Figures:
    """The figures of the run that was made on that day. Raises StoreError."""
    with typed(store.location), open_rows(store, run_id, day) as (duck, window, earlier):
        newcomers = tuple(read_newcomers(duck, window)) if earlier else ()
        old = any(one < window.facts["cut"] for one in earlier)
        fresh = {(m.kind, m.key) for m in newcomers if m.new and old}
        places = ask(duck, queries.PLACELESS, window)[0]
        return Figures(
            end=window.end,
            scale=window.scale,
            first=not earlier,
            known=len(window.present),
            bars=tuple(read_bars(duck, window)),
            periods=tuple(read_periods(duck, window)),
            total=read_change(ask(duck, queries.TOTAL, window)[0], window),
            movers=tuple(read_movers(duck, window, fresh)),
            newcomers=tuple(m for m in newcomers if m.rows),
            spots=tuple(read_spots(duck, window)),
            placeless=places["placeless"],
            wide=places["wide"],
            left_out=LeftOut(**ask(duck, queries.LEFT_OUT, window)[0]),
            tongues=tuple(Tongue(**line) for line in ask(duck, queries.TONGUES, window)),
        )


@contextmanager
def open_rows(
    store: Store, run_id: str, day: date
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Window, list[str]]]:
    """What the queries read: the rows as they stood with the run, with the run before it, and the run's own.

    Also gives the ids of the earlier runs that made rows. Each view is read once, as one at an address has to be.
    """
    duck, view = store.tables.duck, store.view(run_id)
    turns = list_turns_before(store.ledger(), run_id)
    earlier = sorted({turn.run.run_id for turn in turns if turn.run.rows})
    views = {
        "newest_row": view.relation,
        "every_row": view.every(*queries.NAMED),
        "before_row": store.view_turn(turns[-1]).relation if earlier else view.relation.limit(0),
        "own_row": store.rows_of_run(run_id).relation,
        "article": store.tables.articles.scan("article_id", "language", "run_id"),
    }
    try:
        for name, relation in views.items():
            relation.create_view(name, replace=True)
        duck.execute(queries.NIGHT)
        window = choose_window(duck, run_id, day)
        run(duck, queries.TOLD, window)
        present = tuple(slot for (slot,) in run(duck, queries.PRESENT, window).fetchall())
        yield duck, Window(run_id, window.end, window.scale, present), earlier
    finally:
        for name in views:
            duck.execute(f"DROP VIEW IF EXISTS {name}")
        duck.execute("DROP TABLE IF EXISTS told; DROP TABLE IF EXISTS night")


def list_turns_before(ledger: Ledger, run_id: str) -> list[Turn]:
    """The turns before the run first became current; what never was current is not among them."""
    return list(takewhile(lambda turn: turn.run.run_id != run_id, ledger.turns))


def choose_window(duck: duckdb.DuckDBPyConnection, run_id: str, day: date) -> Window:
    """Ends with the last whole day, or the run's newest article where that is older; as fine as its events allow."""
    newest, dated = duck.execute(queries.NIGHT_DAYS).fetchall()[0]
    yesterday = day - timedelta(days=1)
    end = min(yesterday, newest.date()) if isinstance(newest, datetime) else yesterday
    days: list[date] = dated or []
    for scale in SCALES:
        window = Window(run_id, end, scale)
        inside = sum(window.end - timedelta(days=scale.bars * scale.days) < one <= end for one in days)
        if inside >= ENOUGH * len(days):
            return window
    return Window(run_id, end, SCALES[-1] if sum(one <= end for one in days) else SCALES[0])


def run(duck: duckdb.DuckDBPyConnection, query: str, window: Window) -> duckdb.DuckDBPyConnection:
    """Runs a query with those of the window's facts that it names."""
    return duck.execute(query, {name: fact for name, fact in window.facts.items() if f"${name}" in query})


def ask(duck: duckdb.DuckDBPyConnection, query: str, window: Window) -> list[Line]:
    """The answer's lines by column."""
    found = run(duck, query, window)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, line, strict=True)) for line in found.fetchall()]


def read_change(line: Line, window: Window) -> Change:
    """How many now, and how many an earlier period had."""
    return Change(line["now"], line["earlier"] / len(window.present) if window.present else None)


def read_bars(duck: duckdb.DuckDBPyConnection, window: Window) -> Iterator[Bar]:
    """Every bar, the oldest first, empty ones too."""
    types: dict[int, dict[str, int]] = {}
    for line in ask(duck, queries.BARS, window):
        types.setdefault(line["slot"], {})[line["event_type"]] = line["incidents"]
    before = {line["slot"]: line["incidents"] for line in ask(duck, queries.BARS_BEFORE, window)}
    for slot, start in count_back(window.end, window.scale.days, window.scale.bars):
        yield Bar(start, types.get(slot, {}), before.get(slot, 0))


def count_back(end: date, days: int, number: int) -> Iterator[tuple[int, date]]:
    """Number and first day of each stretch of days, the oldest first."""
    for slot in reversed(range(number)):
        yield slot, end - timedelta(days=days * (slot + 1) - 1)


def read_periods(duck: duckdb.DuckDBPyConnection, window: Window) -> Iterator[Period]:
    """Every period, the oldest first."""
    lines = {line["slot"]: line for line in ask(duck, queries.PERIODS, window)}
    for slot, start in count_back(window.end, window.scale.span, window.scale.periods):
        line = lines.get(slot, {})
        killed = {side: read_span(line, side) for side in SIDES}
        yield Period(start, killed, read_span(line, "injured"))


def read_span(line: Line, name: str) -> Span:
    """A range out of the columns that begin with the name."""
    low, best, high = (int(line.get(f"{name}_{end}") or 0) for end in ("low", "best", "high"))
    return Span(low, best, high, open=bool(line.get(f"{name}_open")))


def read_movers(
    duck: duckdb.DuckDBPyConnection, window: Window, fresh: Iterable[tuple[str, str]]
) -> Iterator[Mover]:
    """Actors, weapons and places with their change, of each kind the most frequent."""
    known = frozenset(fresh)
    for line in ask(duck, queries.MOVERS, window):
        mark = line["kind"], line["key"]
        change = read_change(line, window)
        yield Mover(*mark, line["name"], change, mark in known, tuple(read_ids(line)))


def read_ids(line: Line) -> Iterator[RowId]:
    """The rows of a line, the newest run's first."""
    for row in line["rows"] or ():
        run_id, _, event_id = row.partition(" ")
        yield RowId(run_id, event_id)


def read_newcomers(duck: duckdb.DuckDBPyConnection, window: Window) -> Iterator[Mover]:
    """What no run before the newest period knew; with rows where no run before this one knew it."""
    for line in ask(duck, queries.NEWCOMERS, window):
        rows = tuple(read_ids(line)) if line["first_run"] == window.run_id else ()
        yield Mover(line["kind"], line["key"], line["name"], Change(len(rows)), line["fresh"], rows)


def read_spots(duck: duckdb.DuckDBPyConnection, window: Window) -> Iterator[Spot]:
    """Places with a point, those with the most killed and the most events first."""
    for line in ask(duck, queries.SPOTS, window):
        yield Spot(
            name=line["name"],
            latitude=line["latitude"],
            longitude=line["longitude"],
            radius_km=line["radius_km"] or 0.0,
            precision=line["precision"] or "",
            change=read_change(line, window),
            killed=read_span(line, "killed"),
            rows=tuple(read_ids(line)),
        )
