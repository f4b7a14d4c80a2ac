"""Finding one row: in the tables, or in a file that `extract` wrote."""

import json
from datetime import datetime
from pathlib import Path

from flows.home import find_home
from flows.lines import read_row
from flows.receipts import find_store
from flows.store import Store
from flows.store_tables import among, fetch
from flows.tables import typed
from models.errors import InputError
from models.event import EventRow


def find_row(
    event_id: str,
    file: Path | None,
    home: Path | None,
    run: str | None = None,
    as_of: datetime | None = None,
) -> EventRow:
    """The row of that id, as it stands, or stood with a run or at a time. Raises InputError where there is none."""
    place = home or find_home()
    row = find_in_file(event_id, file) if file else find_in_store(event_id, place, run, as_of)
    if row is None:
        where = file or (f"run {run}" if run else place)
        raise InputError(f"no event {event_id} in {where}; dateline runs lists what is stored")
    return row


def find_in_store(event_id: str, home: Path, run: str | None, as_of: datetime | None) -> EventRow | None:
    """The row in the tables. Raises StoreError on a run that is not there."""
    store = Store(find_store(home))
    if as_of is None:
        return store.find_event(event_id, run)
    with typed(store.location):
        found = store.view(run, as_of).relation.filter(among("event_id", [event_id]))
        return next(map(read_row, fetch(found)), None)


def find_in_file(event_id: str, file: Path) -> EventRow | None:
    """The row in a file of JSON lines. Raises InputError where the file holds something else."""
    try:
        with file.open("rb") as lines:
            likely = [(number, line) for number, line in enumerate(lines, 1) if event_id.encode() in line]
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    rows = (read_line(line, f"{file}:{number}") for number, line in likely)
    return next((row for row in rows if row.event_id == event_id), None)


def read_line(line: bytes, where: str) -> EventRow:
    """The row of one line. Raises InputError."""
    try:
        record = json.loads(line)
        record.pop("doc_id", None)
        return EventRow.model_validate_json(json.dumps(record))  # from JSON, a bare day stays a day
    except (ValueError, AttributeError) as error:
        raise InputError(f"{where}: no event row as extract --format jsonl writes it") from error
