"""Rows read from a page's new text, with what a review refused at its old value."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from models.change import Change
from models.event import EventRow
from models.hold import WHOLE, Hold
from review.compare import compare_rows
from review.decisions import find_hold
from review.holding import hold_field

Holds = Mapping[tuple[str, str], Hold]


def hold_rows(
    before: Sequence[EventRow], fresh: Sequence[EventRow], holds: Holds
) -> tuple[list[EventRow], list[str]]:
    """The fresh rows with what was refused as `before`, and a note on each hold that was met.

    A hold answers only what it refused: where the new text or newer rules read something else, that stands, noted.
    An event that the new text no longer tells needs no hold: its row stands until another takes its place.
    """
    olds = {row.event_id: row for row in before}
    rows = {row.event_id: row for row in fresh}
    ids = {name: name for name in rows}  # as it was read -> as it stands
    notes: list[str] = []
    for change in compare_rows(before, fresh):
        hold = find_hold(change, holds)
        if hold is None:
            notes += tell_other(change, holds)
        elif change.operation == "changed":
            (old,), (new,) = change.before_ids, change.after_ids
            held = hold_field(rows[new], change.field, olds[old], f"hold:{hold.decision_id}")
            if held is rows[new]:
                notes.append(f"event {new}: {change.field} is not held: the new text does not have its words")
                continue
            rows[new] = held
            ids[new] = old if change.field == "event_type" else ids[new]  # an id is of its type
            notes.append(tell_held(old, change.field, hold))
        else:
            ids |= dict.fromkeys(change.after_ids, "")
            notes += [tell_held(name, WHOLE, hold) for name in change.after_ids]
    return [name_anew(row, ids, olds) for name, row in rows.items() if ids[name]], notes


def name_anew(row: EventRow, ids: Mapping[str, str], olds: Collection[str]) -> EventRow:
    """The row under the id that stands; it is part of a row that stands, or of none."""
    whole = row.part_of and (
        ids.get(row.part_of, row.part_of) or (row.part_of if row.part_of in olds else None)
    )
    return row.model_copy(update={"event_id": ids[row.event_id], "part_of": whole})


def tell_held(name: str, what: str, hold: Hold) -> str:
    """That a review's refusal stands."""
    told = "left out" if what == WHOLE else f"{what} is held"
    tail = f": {hold.reason}" if hold.reason else ""
    return f"event {name}: {told} as {hold.who} decided on {hold.at:%Y-%m-%d}{tail}"


def tell_other(change: Change, holds: Holds) -> Iterable[str]:
    """That something else was read than what was refused, if anything of this was."""
    if change.operation == "moved" or not change.after_ids or change.same_value:
        return
    name = change.field if change.operation == "changed" else WHOLE
    for event in dict.fromkeys((*change.after_ids, *change.before_ids)):
        if hold := holds.get((event, name)):
            yield (
                f"event {event}: {'the row' if name == WHOLE else name} is not held: what is read now is another "
                f"than what {hold.who} refused on {hold.at:%Y-%m-%d}"
            )
