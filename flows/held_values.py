"""Whether a candidate would undo what reviews hold: asked before it is made current without a review."""

from collections.abc import Iterable
from typing import Any

from flows.ledger import Ledger
from flows.lines import read_row
from flows.reviewed import read_holds
from flows.store_tables import Tables, among, fetch
from flows.views import read_scope, view_now
from models.errors import StoreError
from models.event import EventRow
from models.hold import WHOLE, Hold
from models.run import Run
from review.applying import read_content


def refuse_undoing(tables: Tables, ledger: Ledger, run: Run) -> None:
    """Raises StoreError where the run would change what is held or was edited by hand."""
    undone = count_undone(tables, ledger, run)
    if undone:
        values = "1 held or edited value" if undone == 1 else f"{undone} held or edited values"
        raise StoreError(
            f"{tables.location}: run {run.run_id}: {values} would be undone: `dateline review apply` keeps what is "
            "held, or say --anyway"
        )


def count_undone(tables: Tables, ledger: Ledger, run: Run) -> int:
    """How many of the holds the candidate's rows go against; only rows of held events are read."""
    holds = read_holds(tables, ledger)
    events = {event for event, _ in holds}
    if not events:
        return 0
    own = tables.candidate(run.run_id, "events").scan().filter(among("event_id", events))
    after = index(map(read_row, fetch(own)))
    before = index(view_now(tables, ledger).rows_among("event_id", events))
    texts = {row.article_id for row in before.values()}
    read = {
        line["article_id"]
        for line in fetch(read_scope(tables, run.run_id).filter(among("article_id", texts)))
    }
    after |= {name: row for name, row in before.items() if row.article_id not in read and name not in after}
    return sum(
        is_undone(hold, before.get(hold.event_id), after.get(hold.event_id)) for hold in holds.values()
    )


def index(rows: Iterable[EventRow]) -> dict[str, EventRow]:
    """The rows by id."""
    return {row.event_id: row for row in rows}


def is_undone(hold: Hold, before: EventRow | None, after: EventRow | None) -> bool:
    """Whether what is held would be otherwise: the row in or out, or what its field says."""
    if before is None or after is None:
        return before is not after
    return hold.field != WHOLE and tell(before, hold.field) != tell(after, hold.field)


def tell(row: EventRow, name: str) -> Any:
    """What the row says in the field."""
    return read_content(row).get(name, (None, []))[0]
