"""What a review refused stays refused when a night brings the page's next text, and the receipt says so."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.extractor import Extractor
from flows.ingest import ingest
from flows.receipts import find_store
from flows.store import Store
from models.event import EventRow
from tests.nights import feed_of, make_page, publish, put, write_sources
from tests.reviewed_tables import add_candidate, apply, decide
from tests.servers import Site

FIRST, SECOND = (datetime(2026, 11, day, 2, 15, tzinfo=UTC) for day in (28, 30))
ASIDE, BACK = "20261129T021500Z-aaaa", "20261129T031500Z-bbbb"
MORE = "The harbour road was opened again on Tuesday, the army said."
Nights = Callable[[str], tuple[EventRow, EventRow | None, str]]


@pytest.fixture
def site_home(tmp_path: Path, site: Site) -> Path:
    publish(site, 1)
    write_sources(tmp_path, town=feed_of(site))
    return tmp_path


def read_night(folder: Path, extractor: Extractor, now: datetime) -> str:
    """A night; gives the notes of its receipt."""
    receipt = ingest(
        folder / "feeds.toml", folder / "home", allow_private=True, extractor=extractor, clock=lambda: now
    )
    return "\n".join(receipt.notes)


def refuse_what_is_read(folder: Path, extractor: Extractor, changed: dict[str, Any] | None) -> EventRow:
    """A night whose row is reviewed to say something else, or to be gone: what is read anew is refused."""
    read_night(folder, extractor, FIRST)
    home = folder / "home"
    store = Store(find_store(home))
    (row,) = [row for row in store.rows() if row.killed_best]
    rest = [one for one in store.rows() if one != row]
    article = store.find_article(row.article_id)
    assert article
    first = store.current()
    assert first
    base = first.run_id
    other = [row.model_copy(update=changed)] if changed is not None else []
    add_candidate(store, ASIDE, base, [(article, [*other, *rest])], stored_by=base)
    decide(home, x="accept")
    apply(home)
    add_candidate(store, BACK, ASIDE, [(article, [row, *rest])], stored_by=base)
    decide(home, x="reject")
    apply(home)
    return row


def find_rows(folder: Path) -> list[EventRow]:
    """The rows of the shooting that stand."""
    rows = Store(find_store(folder / "home")).rows()
    return [row for row in rows if "shot dead" in row.sentence]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"status": "alleged"}, "status"),
        ({"killed_low": 9, "killed_best": 9, "killed_high": 9}, "killed"),
        ({"event_type": "execution", "event_id": "0123456789abcdef"}, "event_type"),
    ],
)
def test_a_refused_value_outlives_a_new_text(
    site_home: Path, site: Site, extractor: Extractor, changed: dict[str, Any], field: str
) -> None:
    refuse_what_is_read(site_home, extractor, changed)
    put(site, "/1.html", make_page(1, MORE).encode())
    notes = read_night(site_home, extractor, SECOND)
    (row,) = find_rows(site_home)
    article = Store(find_store(site_home / "home")).find_article(row.article_id)
    assert article
    assert MORE in article.text
    assert {name: getattr(row, name) for name in changed} == changed
    assert row.evidence[field][0].rule.split(" -> ")[-1].startswith("hold:")
    assert f"event {row.event_id}: {field} is held as" in notes
    assert "because" in notes


def test_a_refused_row_stays_out_of_a_new_text(site_home: Path, site: Site, extractor: Extractor) -> None:
    row = refuse_what_is_read(site_home, extractor, None)
    put(site, "/1.html", make_page(1, MORE).encode())
    notes = read_night(site_home, extractor, SECOND)
    assert find_rows(site_home) == []
    assert f"event {row.event_id}: left out as" in notes


def test_what_is_another_than_was_refused_stands_and_is_noted(
    site_home: Path, site: Site, extractor: Extractor
) -> None:
    refuse_what_is_read(site_home, extractor, {"killed_low": 9, "killed_best": 9, "killed_high": 9})
    put(site, "/1.html", make_page(1, MORE).replace("3 traders", "5 traders").encode())
    notes = read_night(site_home, extractor, SECOND)
    assert 5 in {row.killed_best for row in find_rows(site_home)}
    assert "killed is not held: what is read now is another than what" in notes
    assert "is held as" not in notes
