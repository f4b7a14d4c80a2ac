"""Decisions on two lists of rows, and the rows that they come to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from models.change import Change
from models.decision import Covered, Decision, make_decision
from models.event import EventRow
from models.hold import Hold
from review.applying import read_content
from review.compare import compare_rows
from review.decisions import replay
from review.holding import Settled, settle_rows
from tests.changed import make
from tests.rows import FULL

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PARTS = {name: value for name, value in FULL.items() if name != "evidence"}
LOSSES = {name: FULL[name] for name in ("counts", "killed_low", "killed_best")}


def decide(verdict: str, changes: Sequence[Change], **fields: Any) -> Decision:
    base = {"who": "mk", "scope": "change", "before": "r1", "after": "r2", "surface": "command"}
    covers = tuple(Covered(change=c.id, hash=c.hash) for c in changes)
    return make_decision(NOON, **base | {"verdict": verdict, "covers": covers} | fields)


def settle(
    before: Sequence[EventRow],
    after: Sequence[EventRow],
    decisions: Sequence[Decision],
    holds: Sequence[Hold] = (),
) -> tuple[dict[str, EventRow], Settled]:
    changes = compare_rows(before, after)
    kept = {(hold.event_id, hold.field): hold for hold in holds}
    outcome = replay(changes, decisions, ["moved"], kept)
    olds, news = ({row.event_id: row for row in rows} for rows in (before, after))
    settled = settle_rows(changes, outcome, olds, news)
    rows = {name: row for name, row in news.items() if name not in settled.out} | settled.rows
    return rows, settled


def values(row: EventRow) -> dict[str, Any]:
    return {name: value for name, (value, _) in read_content(row).items() if value is not None}


def divide() -> tuple[EventRow, EventRow]:
    """The first row in two: it has lost a number, which another row of the sentence has."""
    return make(0), make(0, "f" * 16, **LOSSES)
