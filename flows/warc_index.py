"""What the index says of a WARC file, read from the file itself."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.archive_index import Record
from flows.fetched import Fetched
from flows.warc_members import Member, read_members
from flows.warc_reader import read_date, read_response, split_http
from models.errors import ArchiveError

KINDS = (WarcRecordType.response, WarcRecordType.revisit)


def index_file(path: Path) -> list[Record]:
    """The records of a file's sound members, each with the note that was written with it."""
    records: dict[str, Record] = {}
    for member in read_members(path):
        if not isinstance(member, Member):
            continue
        found = parse_member(member.data)
        if found is None:
            continue
        if found.record_type == WarcRecordType.metadata:
            note = read_note(found)
            about = records.get(found.headers.get("WARC-Concurrent-To") or "")
            if about and note:
                records[about.record_id] = replace(about, url=note["url"], metadata=note["metadata"])
        elif found.record_type in KINDS and found.record_id:
            record = describe(found, path.name, member)
            if record:
                records[record.record_id] = record
    return list(records.values())


def parse_member(data: bytes) -> WarcRecord | None:
    """The record of a member, None where it holds none."""
    try:
        return next(iter(ArchiveIterator(io.BytesIO(data), parse_http=False)), None)
    except (OSError, ValueError):
        return None


def describe(found: WarcRecord, file: str, member: Member) -> Record | None:
    """The index's row for a response or revisit, None where it is no HTTP response."""
    try:
        status, headers, _ = split_http(found.reader.read())
        fetched_at = read_date(found)
    except ArchiveError:
        return None
    url = found.headers.get("WARC-Target-URI") or ""
    page = Fetched(url, url, status, headers, b"", fetched_at)
    return Record(
        record_id=found.record_id or "",
        kind="revisit" if found.record_type == WarcRecordType.revisit else "response",
        url=url,
        final_url=url,
        fetched_at=fetched_at,
        status=status,
        mime=page.mime,
        digest=found.headers.get("WARC-Payload-Digest") or "",
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
        refers_to=found.headers.get("WARC-Refers-To"),
        file=file,
        offset=member.offset,
        length=member.length,
    )


def read_note(found: WarcRecord) -> Mapping[str, Any] | None:
    """The note of ours in a metadata record, None where it is another's."""
    try:
        note = json.loads(found.reader.read())
    except ValueError:
        return None
    ours = (
        isinstance(note, dict) and isinstance(note.get("url"), str) and isinstance(note.get("metadata"), dict)
    )
    return note if ours else None


def read_record(path: Path, record: Record) -> Fetched:
    """The fetch of one record, by its place. Raises ArchiveError where the place holds something else."""
    try:
        found = next(read_members(path, record.offset), None)
    except OSError as error:
        raise ArchiveError(f"{path.name}: cannot be read ({error.strerror})") from error
    warc = parse_member(found.data) if isinstance(found, Member) else None
    if warc is None or warc.record_id != record.record_id:
        raise ArchiveError(f"{path.name}: damaged at byte {record.offset}, the record of {record.url}")
    page = read_response(warc)
    return replace(page, url=record.url, final_url=record.final_url, fetched_at=record.fetched_at)
