"""The archive for other tools: CDXJ of each file, and a selection of pages as a WARC file."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from flows.archive import Archive
from flows.archive_files import BESIDE, PART
from flows.archive_index import Record
from flows.cdxj import write_cdxj
from flows.warc_blocks import read_one
from flows.warc_members import Member, read_member
from flows.warc_records import make_warcinfo
from models.errors import ArchiveError, OutputError


def export_lines(archive: Archive, folder: Path) -> Iterator[Path]:
    """One CDXJ file for each WARC file of the archive. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in archive.index.sizes():
            path = folder / (name + BESIDE)
            path.write_bytes(write_cdxj(archive.index.of_file(name)))
            yield path
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error


def select_records(
    archive: Archive, url: str | None, since: datetime | None, until: datetime | None
) -> Iterator[Record]:
    """The records of a selection, each with the one before it that holds its body."""
    told: set[str] = set()
    for record in archive.index.of_address(url) if url else archive.records(since):
        if (since and record.fetched_at < since) or (until and record.fetched_at >= until):
            continue
        body = archive.index.find_id(record.refers_to) if record.refers_to else None
        for one in (body, record):
            if one and one.record_id not in told:
                told.add(one.record_id)
                yield one


def export_pages(archive: Archive, records: Iterable[Record], path: Path) -> int:
    """Writes a WARC file of these records, byte for byte, with their requests and notes; their number.

    Raises OutputError, and ArchiveError where one is damaged; then there is no file.
    """
    number = 0
    part = path.with_name(path.name + PART)
    with ExitStack() as undo:
        try:
            with part.open("wb") as file:
                undo.callback(part.unlink, missing_ok=True)
                file.write(make_warcinfo(path.name, f"dateline/{version('dateline')}", datetime.now(UTC)))
                for record in records:
                    file.writelines(read_group(archive, record))
                    number += 1
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
    return number


def read_group(archive: Archive, record: Record) -> Iterator[bytes]:
    """The members of one fetch: the record, then what was written with it. Raises ArchiveError."""
    end = archive.index.next_offset(record) or archive.index.sizes()[record.file]
    data = archive.files.read(record.file, record.offset, end - record.offset)
    first = read_one(data[: record.length])
    if first is None or first.record.record_id != record.record_id:
        raise ArchiveError(f"{record.file}: damaged at byte {record.offset}, the record of {record.url}")
    place = 0
    while place < len(data):
        member = read_member(data, place)
        if not isinstance(member, Member):
            return  # damage behind the record, which verify tells of
        whole = data[place : place + member.length]
        block = read_one(whole)
        about = block.header("WARC-Concurrent-To") if block else None
        if place and about != record.record_id:
            return
        yield whole
        place += member.length
