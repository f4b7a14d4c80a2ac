"""One export of odd rows, which tests of its formats share."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from export_store import make_rows
from rows import HOSTILE

from models.event import EventRow
from review.exports.flat import make_details, make_events
from review.exports.sheets import Export

MOMENT = datetime(2024, 3, 6, 2, 0, tzinfo=UTC)
ROWS = make_rows()
IDS = [row.event_id for row in ROWS]
ABOUT = (("made by", HOSTILE), ("rows", "9"))
KML = {"k": "http://www.opengis.net/kml/2.2"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def rows() -> Iterator[EventRow]:
    return iter(ROWS)


EXPORT = Export(make_events(rows), ABOUT, make_details(rows), None, MOMENT)


def to_bytes(write: Any, *given: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    write(*given, out, **options)
    return out.getvalue()
