"""WARC/1.1 records of what was fetched, each a gzip member of its own."""

import json
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.fetched import Fetched
from flows.hops import Headers
from flows.payloads import deflate_member
from flows.warc_reader import KEPT

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
WORDS = {status.value: status.phrase for status in HTTPStatus}
CONTRADICTED = ("content-encoding", "transfer-encoding", "content-length")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record whose body a revisit stands for."""

    record_id: str
    final_url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one fetch: first the response or revisit, then the request and what was known."""

    record_id: str
    first: bytes
    rest: bytes


def make_warcinfo(name: str, software: str, now: datetime) -> bytes:
    """The member that opens a file."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n"
    record = make_record(WarcRecordType.warcinfo, now)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    return close_record(record, fields.encode("utf-8"))


def make_group(fetched: Fetched, metadata: Mapping[str, str], digest: str, earlier: Earlier | None) -> Group:
    """The records of one fetch; with `earlier`, a revisit without the body."""
    kind = WarcRecordType.revisit if earlier else WarcRecordType.response
    record = make_record(kind, fetched.fetched_at, fetched.final_url)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.headers["WARC-Payload-Digest"] = digest
    if earlier:
        record.headers["WARC-Profile"] = NOT_MODIFIED if fetched.status == 304 else SAME_PAYLOAD
        record.headers["WARC-Refers-To"] = earlier.record_id
        record.headers["WARC-Refers-To-Target-URI"] = earlier.final_url
        record.headers["WARC-Refers-To-Date"] = write_date(earlier.fetched_at)
    block = write_http(fetched) + (b"" if earlier else fetched.body)
    name = str(record.record_id)
    return Group(
        name, close_record(record, block), make_request(fetched, name) + make_note(fetched, metadata, name)
    )


def make_request(fetched: Fetched, about: str) -> bytes:
    """The member of the request as it was sent; empty for a page that came from a file."""
    if not fetched.sent:
        return b""
    parts = urlsplit(fetched.final_url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in fetched.sent),
    ]
    record = make_record(WarcRecordType.request, fetched.fetched_at, fetched.final_url, about)
    record.headers["Content-Type"] = "application/http; msgtype=request"
    return close_record(record, "\r\n".join([*lines, "", ""]).encode("utf-8"))


def make_note(fetched: Fetched, metadata: Mapping[str, str], about: str) -> bytes:
    """The member that keeps the address asked for, the way from there, and what the caller knows."""
    note = {"url": fetched.url, "redirects": list(fetched.redirects), "metadata": dict(metadata)}
    record = make_record(WarcRecordType.metadata, fetched.fetched_at, fetched.final_url, about)
    record.headers["Content-Type"] = "application/json"
    return close_record(record, json.dumps(note, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def make_record(
    kind: WarcRecordType, when: datetime, url: str | None = None, about: str | None = None
) -> WarcRecord:
    """A record with the headers that each has; `about` is the id of the response it goes with."""
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Date"] = write_date(when)
    if url:
        record.headers["WARC-Target-URI"] = url
    if about:
        record.headers["WARC-Concurrent-To"] = about
    return record


def close_record(record: WarcRecord, block: bytes) -> bytes:
    """The finished record as a gzip member."""
    record.set_bytes_content(block)
    return deflate_member(lambda stream: record.write(stream, checksum_data=True))


def write_http(fetched: Fetched) -> bytes:
    """Status line and headers; those that the decoded body contradicts are kept under another name."""
    first = f"HTTP/1.1 {fetched.status} {WORDS.get(fetched.status, 'Unknown')}"
    lines = (f"{name}: {value}" for name, value in agree(fetched.headers, len(fetched.body)))
    return "\r\n".join([first, *lines, "", ""]).encode("latin-1", "replace")


def agree(headers: Headers, length: int) -> Headers:
    """Headers that agree with a body of this length that is not encoded."""
    names = {name.lower(): value for name, value in headers}
    encoded = "content-encoding" in names or "transfer-encoding" in names
    if not encoded and names.get("content-length", str(length)) == str(length):
        return headers
    kept = tuple((KEPT * (name.lower() in CONTRADICTED) + name, value) for name, value in headers)
    return (*kept, ("Content-Length", str(length)))


def digest_payload(body: bytes) -> str:
    """The digest of a body as WARC files write it."""
    return f"sha1:{b32encode(sha1(body, usedforsecurity=False).digest()).decode('ascii')}"


def write_date(when: datetime) -> str:
    """An instant in UTC as WARC/1.1 writes it."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
