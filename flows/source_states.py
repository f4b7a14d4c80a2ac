"""How each source does, as this night's receipt and the earlier ones tell it."""

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from models.receipt import Receipt, SourceCount
from review.figures import SourceState, State


def weigh_sources(receipt: Receipt, history: Sequence[Receipt]) -> Iterator[SourceState]:
    """The sources of the receipt: failed ones first, then silent ones, then those that were read."""
    earlier = [one for one in history if one.run_id < receipt.run_id]
    states = [weigh_source(count, receipt, earlier) for count in receipt.sources]
    order: tuple[State, ...] = ("failed", "silent", "read")
    yield from sorted(states, key=lambda state: order.index(state.state))


def weigh_source(count: SourceCount, receipt: Receipt, earlier: Sequence[Receipt]) -> SourceState:
    """One source: whether it was read, when last, and the median of the new articles of its earlier reads."""
    past = [
        (one.started.date(), old)
        for one in earlier
        for old in one.sources
        if old.source == count.source and was_read(old)
    ]
    days = [day for day, _ in past] + ([receipt.started.date()] if was_read(count) else [])
    usual = median(old.new for _, old in past) if past else None
    state, why = judge(count, receipt, past[-1][0] if past else None)
    return SourceState(
        count.source, state, why, count.items, count.new, usual, max(days, default=None), count.rows
    )


def was_read(count: SourceCount) -> bool:
    """Whether the source itself was had, and some of its items where it named any."""
    return count.blocked + count.failed < count.items if count.items else not count.reasons


def judge(count: SourceCount, receipt: Receipt, last: date | None) -> tuple[State, str]:
    """`failed`, `silent` or `read`, and why."""
    if was_read(count):
        return ("silent", count.silent) if count.silent else ("read", "")
    mine = f"{count.source}: "
    errors = [error.removeprefix(mine) for error in receipt.errors if error.startswith(mine)]
    reasons = ", ".join(f"{reason} {number}" for reason, number in count.reasons.items())
    since = "" if last else "; never read before"
    return "failed", (errors[0] if errors else reasons or "nothing came") + since
