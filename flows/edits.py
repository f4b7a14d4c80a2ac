"""What people decided on rows: a page's new text undoes neither an edit by hand nor a refusal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flows.night import Kept, Night
from models.article import Article
from models.errors import ReviewError
from models.event import EventRow
from models.hold import Hold
from review.held_rows import hold_rows
from review.holding import lock_fields


def keep_decided(night: Night, article: Article, rows: Iterable[EventRow]) -> list[EventRow]:
    """The article's rows as people left them; what no longer fits, and what is held, is a note."""
    night.kept = night.kept or load_kept(night)
    rows = [keep_edit(night, row, night.kept.edits.get(row.event_id, ())) for row in rows]
    return keep_refused(night, night.kept, article, rows)


def load_kept(night: Night) -> Kept:
    """What reviews left, and the pages that it is about."""
    holds = night.store.holds()
    refused = {key: hold for key, hold in holds.items() if hold.verdict == "reject"}
    events = frozenset(event for event, _ in refused)
    standing = night.store.view().rows_among("event_id", events) if events else []
    pages = frozenset(row.url for row in standing if row.url)
    return Kept(group_edits(holds.values()), refused, events, pages)


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


def keep_refused(night: Night, kept: Kept, article: Article, rows: list[EventRow]) -> list[EventRow]:
    """The rows of a page that a review refused something of; those of other pages are not looked up."""
    if article.url not in kept.pages and not any(row.event_id in kept.events for row in rows):
        return rows
    column, values = ("url", [article.url]) if article.url else ("event_id", [row.event_id for row in rows])
    held, notes = hold_rows(night.store.view().rows_among(column, values), rows, kept.refused)
    night.notes += notes
    return held
