"""Pages out of any WARC file: ours, other crawlers', damaged ones."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import WarcRecordType

from flows.fetched import Fetched
from flows.hops import Headers
from flows.payloads import decode_payload
from flows.warc_blocks import Block, read_blocks
from flows.warc_members import Damage
from models.errors import ArchiveError

LENGTH, END = "content-length", b"\r\n\r\n"
# Headers that the stored body contradicts are kept under this prefix, as Common Crawl does.
KEPT = "X-Crawl-"


def read_warc(path: Path) -> Iterator[Fetched | ArchiveError]:
    """The responses of a WARC file, and an error for each damaged part; the sound ones are read."""
    try:
        for found in read_blocks(path):
            if isinstance(found, Damage):
                yield explain_damage(path.name, found)
            elif found.record.record_type == WarcRecordType.response:
                yield read_page(path.name, found)
    except OSError as error:
        yield ArchiveError(f"{path.name}: cannot be read ({error.strerror})")


def explain_damage(name: str, damage: Damage) -> ArchiveError:
    """The error of a damaged part."""
    return ArchiveError(f"{name}: damaged at byte {damage.offset} ({damage.reason})")


def read_page(name: str, block: Block) -> Fetched | ArchiveError:
    """The response of a record, or what is wrong with it."""
    try:
        return read_response(block)
    except ArchiveError as error:
        return ArchiveError(f"{name}: byte {block.offset}: {error}")


def read_response(block: Block) -> Fetched:
    """The response of a record, its body decoded. Raises ArchiveError."""
    status, headers, body = split_http(block.data)
    url, when = block.url, read_date(block)
    if not [name for name, _ in headers if name.startswith(KEPT)]:
        return Fetched(url, url, status, headers, decode_payload(body, headers), when)
    restored = [(name.removeprefix(KEPT), value) for name, value in headers if name.lower() != LENGTH]
    return Fetched(url, url, status, tuple(restored), body, when)


def split_http(block: bytes) -> tuple[int, Headers, bytes]:
    """Status, headers and body of an HTTP response. Raises ArchiveError."""
    end = block.find(END)
    status, headers = read_head(block if end < 0 else block[:end])
    return status, headers, b"" if end < 0 else block[end + len(END) :]


def read_head(head: bytes) -> tuple[int, Headers]:
    """Status and headers of an HTTP response. Raises ArchiveError."""
    first, *lines = head.decode("latin-1").split("\r\n")
    protocol, status = (*first.split(None, 2), "", "")[:2]
    if not protocol.startswith("HTTP/") or not (len(status) == 3 and status.isascii() and status.isdigit()):
        raise ArchiveError("the record holds no HTTP response")
    pairs = [line.split(":", 1) for line in lines if ":" in line]
    return int(status), tuple([(name.strip(), value.strip()) for name, value in pairs])


def read_date(block: Block) -> datetime:
    """The record's date in UTC. Raises ArchiveError."""
    text = block.header("WARC-Date")
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # the year 1 in a zone of the east is none in UTC
        raise ArchiveError(f"the record has no date ({text[:80]!r})") from error
