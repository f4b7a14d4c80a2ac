"""Whether a record is what its digests and its headers say."""

import hashlib
from base64 import b32encode
from collections.abc import Iterator

from fastwarc.warc import WarcRecordType

from flows.payloads import join_chunks
from flows.warc_blocks import Block
from flows.warc_reader import LENGTH, split_http
from models.errors import ArchiveError

KNOWN = ("sha1", "sha256", "sha512", "md5")
HTTP = (WarcRecordType.response, WarcRecordType.revisit)


def list_faults(block: Block) -> Iterator[str]:
    """What is wrong with a record that was read whole."""
    if differs(block.header("WARC-Block-Digest"), block.data):
        yield "the content does not match its digest"
    if block.record.record_type not in HTTP:
        return
    try:
        _, headers, body = split_http(block.data)
    except ArchiveError as error:
        yield str(error)
        return
    if block.record.record_type == WarcRecordType.revisit:
        return
    names = {name.lower(): value for name, value in headers}
    chunked = "transfer-encoding" in names
    digest = block.header("WARC-Payload-Digest")
    if differs(digest, body) and not (chunked and not differs(digest, join_chunks(body))):
        yield "the body does not match its digest"
    told = names.get(LENGTH, "")
    if not chunked and told.isdecimal() and (told.lstrip("0") or "0") != str(len(body)):
        yield f"Content-Length says {told[:20]}, the body has {len(body)} bytes"


def differs(digest: str, data: bytes) -> bool:
    """Whether a digest is known to be another's; none, or one of an unknown kind, says nothing."""
    kind, _, value = digest.partition(":")
    kind = kind.lower().replace("-", "")
    if kind not in KNOWN or not value:
        return False
    found = hashlib.new(kind, data, usedforsecurity=False)
    return value.lower() not in (
        found.hexdigest(),
        b32encode(found.digest()).decode("ascii").rstrip("=").lower(),
    )


def has_digest(block: Block) -> bool:
    """Whether the record has a digest that can be checked."""
    return block.header("WARC-Block-Digest").partition(":")[0].lower().replace("-", "") in KNOWN
