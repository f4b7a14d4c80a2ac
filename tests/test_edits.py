"""An edit by hand outlives the page's next text, and one that no longer fits is told and costs nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.ingest import ingest
from flows.receipts import find_store
from flows.reviewed import add_holds
from flows.store import Store
from models.event import EventRow
from models.hold import Hold
from tests.nights import feed_of, make_page, publish, put, write_sources
from tests.servers import Site


def lock(store: Store, row: EventRow, value: str) -> None:
    hold = Hold(
        event_id=row.event_id,
        field="claimed_by",
        verdict="edit",
        value=value,
        decision_id="0123456789abcdef",
        who="mk",
        at=datetime(2024, 3, 6, tzinfo=UTC),
        reason="its own statement",
    )
    current = store.current()
    assert current
    with store.writing():
        add_holds(store.tables, current, [hold])


@pytest.mark.parametrize(
    ("value", "claimed", "note"),
    [('["the Free Valley Front"]', ("the Free Valley Front",), False), ('{"a": 1}', (), True)],
)
def test_an_edit_outlives_a_new_text(
    tmp_path: Path, site: Site, extractor: Extractor, value: str, claimed: tuple[str, ...], note: bool
) -> None:
    publish(site, 1)
    sources = write_sources(tmp_path, town=feed_of(site))
    ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    store = Store(find_store(tmp_path / "home"))
    row = next(row for row in store.rows() if row.killed_best)
    lock(store, row, value)
    put(
        site, "/1.html", make_page(1, "The harbour road was opened again on Tuesday, the army said.").encode()
    )
    receipt = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    again = store.find_event(row.event_id)
    assert again
    assert again.run_id == receipt.run_id
    assert again.claimed_by == claimed
    assert ("an edit is not kept" in " ".join(receipt.notes)) == note
