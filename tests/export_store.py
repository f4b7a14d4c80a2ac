"""A store for tests of exports: two runs, hostile and plain rows, an incident told twice, an aggregate with parts."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rows import make_full_row, make_hostile_row

from flows.receipts import find_store
from flows.store import Store
from models.article import Article
from models.event import EventRow
from models.run import Run
from review.exports.flat import PARTIES, VOICES

Line = dict[str, Any]

FIRST, SECOND = "20240305T020000Z-aaaa", "20240306T020000Z-bbbb"
HUGE = "bomb" * 25_000


def make_rows() -> list[EventRow]:
    """The rows of the first run."""
    aggregate = {"is_aggregate": True, "attacks_best": 2, "killed_low": 6, "killed_best": 6, "counts": ()}
    rows = [
        make_full_row(event_id="e1", incident_id="i1"),
        make_full_row(event_id="e2", incident_id="i1", killed_low=7, killed_best=7, publisher="Alder News"),
        make_full_row(event_id="e3", status="threatened"),
        make_full_row(event_id="e4", **aggregate),
        make_full_row(event_id="e5", part_of="e4", killed_low=2, killed_best=2),
        make_full_row(event_id="e6", latitude=None, longitude=None, date_start=None, date_end=None),
        make_full_row(event_id="e7", event_type="threat", status="actual", confidence=0.3),
        make_hostile_row().model_copy(
            update={"event_id": "e8", "status": "reported", "event_type": "bombing"}
        ),
        make_full_row(event_id="e9", title=HUGE, country="IRQ", published=date(2024, 3, 6)),
    ]
    return [row.model_copy(update={"article_id": make_article(row).article_id}) for row in rows]


def make_article(row: EventRow) -> Article:
    """An article of the row's own."""
    return Article(f"Text of {row.event_id}.", row.event_id, row.url, published=row.published)


def make_run(run_id: str) -> Run:
    """A run that ended at the time of its id."""
    ended = datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    told: dict[str, Any] = {"started": ended, "ended": ended, "complete": True, "articles": 1, "rows": 1}
    return Run.model_validate({"run_id": run_id, "kind": "ingest", "outcomes": {}} | told)


def fill_store(home: Path) -> Store:
    """The second run has read one page anew, with another number, and one page more."""
    store, rows = Store(find_store(home)), make_rows()
    store.commit_run(make_run(FIRST), [*map(make_article, rows)], rows)
    again = rows[0].model_copy(update={"killed_best": 5})
    fresh = make_full_row(event_id="e10", country="MLI")
    fresh = fresh.model_copy(update={"article_id": make_article(fresh).article_id})
    article = Article("Text of e1, anew.", "e1", again.url, published=again.published)
    again = again.model_copy(update={"article_id": article.article_id})
    store.commit_run(make_run(SECOND), [article, make_article(fresh)], [again, fresh])
    return store


def gather(events: Iterable[Line], details: Mapping[str, Iterable[Line]]) -> list[EventRow]:
    """The rows out of the lines of all tables, as a reader of them gets them: what was written comes back."""
    found: dict[str, Line] = {}
    for line in events:
        lists = {c: [] for c in (*PARTIES, *VOICES, "weapons", "other_places", "counts", "sentences")}
        found[line["event_id"]] = {**line, **lists, "evidence": {}}
    for name, lines in details.items():
        for line in lines:
            event = found[line["event_id"]]
            rest = {k: v for k, v in line.items() if k not in {"event_id", "field", "number"}}
            if name == "evidence":
                rest.pop("sentence")  # for the reader's eye: the table of sentences has it
            place = (
                event["evidence"].setdefault(line["field"], [])
                if name == "evidence"
                else event[line["field"]]
            )
            place.append(rest["name"] if line["field"] in VOICES else rest)
    told = ({k: v for k, v in event.items() if v is not None} for event in found.values())
    return [EventRow.model_validate_json(json.dumps(event, default=str)) for event in told]
