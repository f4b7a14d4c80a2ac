"""Pages out of any WARC file: ours, other crawlers', damaged ones."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.fetched import Fetched
from flows.hops import Headers
from flows.payloads import decode_payload
from flows.warc_members import LARGEST, MAGIC, Damage, Member, read_members
from models.errors import ArchiveError

# Headers that the stored body contradicts are kept under this prefix, as Common Crawl does.
KEPT = "X-Crawl-"


def read_warc(path: Path) -> Iterator[Fetched | ArchiveError]:
    """The responses of a WARC file, and an error for each damaged part; the sound ones are read."""
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        yield ArchiveError(f"{path.name}: cannot be read ({error.strerror})")
        return
    if head != MAGIC:
        yield from read_stream(path)
        return
    for found in read_members(path):
        if isinstance(found, Member):
            yield from read_data(found.data, f"{path.name}: byte {found.offset}")
        elif found.offset == 0 and found.reason.startswith("more than"):
            yield from read_stream(path)  # one member for the whole file
            return
        else:
            yield explain_damage(path, found)


def explain_damage(path: Path, damage: Damage) -> ArchiveError:
    """The error of a damaged part."""
    return ArchiveError(f"{path.name}: damaged at byte {damage.offset} ({damage.reason})")


def read_stream(path: Path) -> Iterator[Fetched | ArchiveError]:
    """The responses of a file that is not made of members; nothing behind damage can be read."""
    with path.open("rb") as file:
        yield from read_records(ArchiveIterator(file, parse_http=False), path.name)


def read_data(data: bytes, name: str) -> Iterator[Fetched | ArchiveError]:
    """The responses among the records of one member."""
    return read_records(ArchiveIterator(io.BytesIO(data), parse_http=False), name)


def read_records(records: ArchiveIterator, name: str) -> Iterator[Fetched | ArchiveError]:
    """The responses of the records, up to the first that cannot be parsed."""
    try:
        for record in records:
            if record.record_type == WarcRecordType.response:
                yield read_response(record)
    except (OSError, ValueError) as error:
        yield ArchiveError(f"{name}: no WARC record ({error})")
    except ArchiveError as error:
        yield ArchiveError(f"{name}: {error}")


def read_response(record: WarcRecord) -> Fetched:
    """The response of a record, its body decoded. Raises ArchiveError."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # some writers put it in brackets
    block = record.reader.read(LARGEST + 1)
    if len(block) != record.content_length:
        raise ArchiveError(f"the record of {url} is cut off or larger than {LARGEST // 2**20} MiB")
    status, headers, body = split_http(block)
    if not any(name.startswith(KEPT) for name, _ in headers):
        return Fetched(url, url, status, headers, decode_payload(body, headers), read_date(record))
    original = ((name, value) for name, value in headers if name.lower() != "content-length")
    restored = tuple((name.removeprefix(KEPT), value) for name, value in original)
    return Fetched(url, url, status, restored, body, read_date(record))


def split_http(block: bytes) -> tuple[int, Headers, bytes]:
    """Status, headers and body of an HTTP response. Raises ArchiveError."""
    head, _, body = block.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    protocol, status = (*first.split(None, 2), "", "")[:2]
    if not protocol.startswith("HTTP/") or not status.isdigit():
        raise ArchiveError("the record holds no HTTP response")
    pairs = (line.partition(":") for line in lines if ":" in line)
    return int(status), tuple((name.strip(), value.strip()) for name, _, value in pairs), body


def read_date(record: WarcRecord) -> datetime:
    """The record's date. Raises ArchiveError."""
    text = record.headers.get("WARC-Date") or ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArchiveError(f"the record has no date ({text!r})") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
