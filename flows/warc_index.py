"""What the index says of a WARC file, read from the file itself; and one record read by its place."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastwarc.warc import WarcRecordType

from flows.archive_index import Record
from flows.fetched import Fetched
from flows.warc_blocks import Block, read_blocks, read_one
from flows.warc_members import Damage
from flows.warc_reader import END, read_date, read_head, read_response
from models.errors import ArchiveError

KINDS = (WarcRecordType.response, WarcRecordType.revisit)


def index_file(path: Path, name: str = "") -> list[Record]:
    """The records of a file's sound members, each with the note that was written with it."""
    return index_blocks(read_blocks(path), name or path.name)


def index_blocks(blocks: Iterable[Block | Damage], name: str) -> list[Record]:
    """The same of what was read of a file."""
    records: dict[str, Record] = {}
    for found in blocks:
        if not isinstance(found, Block) or found.part or not found.length:
            continue
        if found.record.record_type == WarcRecordType.metadata:
            note = read_note(found)
            about = records.get(found.header("WARC-Concurrent-To"))
            if about and note:
                records[about.record_id] = replace(about, url=note["url"], metadata=note["metadata"])
        elif found.record.record_type in KINDS and found.record.record_id:
            record = describe(found, name)
            if record:
                records[record.record_id] = record
    return list(records.values())


def describe(found: Block, file: str) -> Record | None:
    """The index's row for a response or revisit, None where it is no HTTP response."""
    try:
        status, headers = read_head(found.data[: found.data.find(END) % (len(found.data) + 1)])
        fetched_at = read_date(found)
    except ArchiveError:
        return None
    page = Fetched(found.url, found.url, status, headers, b"", fetched_at)
    return Record(
        record_id=found.record.record_id or "",
        kind="revisit" if found.record.record_type == WarcRecordType.revisit else "response",
        url=found.url,
        final_url=found.url,
        fetched_at=fetched_at,
        status=status,
        mime=page.mime,
        digest=found.header("WARC-Payload-Digest"),
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
        refers_to=found.header("WARC-Refers-To") or None,
        file=file,
        offset=found.offset,
        length=found.length,
    )


def read_note(found: Block) -> Mapping[str, Any] | None:
    """The note of ours in a metadata record, None where it is another's or cannot be kept."""
    try:
        note = json.loads(found.data)
        json.dumps(note, ensure_ascii=False).encode()  # half a surrogate pair can be kept nowhere
    except (ValueError, RecursionError):
        return None
    ours = (
        isinstance(note, dict) and isinstance(note.get("url"), str) and isinstance(note.get("metadata"), dict)
    )
    return note if ours else None


def read_record(data: bytes, record: Record) -> Fetched:
    """The fetch of one record out of the bytes at its place. Raises ArchiveError where they hold another."""
    found = read_one(data) if len(data) == record.length else None
    if found is None or found.record.record_id != record.record_id:
        raise ArchiveError(f"{record.file}: damaged at byte {record.offset}, the record of {record.url}")
    page = read_response(found)
    return replace(page, url=record.url, final_url=record.final_url, fetched_at=record.fetched_at)
