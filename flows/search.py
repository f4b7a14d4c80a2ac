"""Finding one row: in the tables, or in a file that `extract` wrote."""

import json
from pathlib import Path

from flows.home import find_home
from flows.receipts import find_store
from flows.store import Store
from models.errors import InputError
from models.event import EventRow


def find_row(event_id: str, file: Path | None, home: Path | None) -> EventRow:
    """The row of that id. Raises InputError where there is none."""
    place = home or find_home()
    row = find_in_file(event_id, file) if file else Store(find_store(place)).find_event(event_id)
    if row is None:
        where = file or place
        raise InputError(f"no event {event_id} in {where}; dateline runs lists what is stored")
    return row


def find_in_file(event_id: str, file: Path) -> EventRow | None:
    """The row in a file of JSON lines. Raises InputError where the file holds something else."""
    try:
        with file.open("rb") as lines:
            likely = [(number, line) for number, line in enumerate(lines, 1) if event_id.encode() in line]
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    rows = (read_row(line, f"{file}:{number}") for number, line in likely)
    return next((row for row in rows if row.event_id == event_id), None)


def read_row(line: bytes, where: str) -> EventRow:
    """The row of one line. Raises InputError."""
    try:
        record = json.loads(line)
        record.pop("doc_id", None)
        return EventRow.model_validate_json(json.dumps(record))  # from JSON, a bare day stays a day
    except (ValueError, AttributeError) as error:
        raise InputError(f"{where}: no event row as extract --format jsonl writes it") from error
