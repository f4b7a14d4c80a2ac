"""Fields that a person has edited: a page's new text does not undo them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flows.night import Night
from models.errors import ReviewError
from models.event import EventRow
from models.hold import Hold
from review.holding import lock_fields


def keep_edits(night: Night, rows: Iterable[EventRow]) -> list[EventRow]:
    """The rows with their edited fields as a person left them; an edit that no longer fits is a note."""
    if night.edits is None:
        night.edits = group_edits(night.store.holds().values())
    return [keep_edit(night, row, night.edits.get(row.event_id, ())) for row in rows]


def group_edits(holds: Iterable[Hold]) -> Mapping[str, Sequence[Hold]]:
    """The edits by event."""
    edits: dict[str, list[Hold]] = defaultdict(list)
    for hold in holds:
        if hold.verdict == "edit":
            edits[hold.event_id].append(hold)
    return edits


def keep_edit(night: Night, row: EventRow, edits: Sequence[Hold]) -> EventRow:
    """One row."""
    try:
        return lock_fields(row, edits)
    except ReviewError as error:
        night.notes.append(f"event {row.event_id}: an edit is not kept: {error}")
        return row
