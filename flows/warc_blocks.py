"""The records of a WARC file: at the library's speed while all is sound, member by member from damage on."""

import io
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from flows.payloads import deflate_member
from flows.warc_members import LARGEST, MAGIC, TOO_LARGE, Damage, Member, read_member, read_members

TAIL = 4  # a member ends with the length of what it holds
LINE = 160  # more than a line of a record's headers takes when packed, which is all that the length can miss


@dataclass(slots=True)
class Block:
    """One record with its content, and where its member stands. A length of 0: it has no member of its own.

    `part` counts the records of one member; every writer of today puts one in each.
    """

    record: WarcRecord
    data: bytes
    offset: int
    length: int
    part: int = 0

    def header(self, name: str) -> str:
        """A header of the record, empty where it has none."""
        return self.record.headers.get(name) or ""

    @property
    def url(self) -> str:
        """The address that the record is of; some writers put it in brackets."""
        return self.header("WARC-Target-URI").strip("<>")


def read_blocks(path: Path) -> Iterator[Block | Damage]:
    """Every sound record, and each damaged part where it stands. Raises OSError where nothing can be read."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            yield from read_stream(path)
            return
    offset, parts = 0, 0
    for block in read_sound(path):
        yield block
        offset, parts = block.offset, 1
    for found in read_apart(path, offset, parts):
        if isinstance(found, Damage) and found.reason == TOO_LARGE and found.offset == 0:
            yield from read_stream(path)  # one member for the whole file
            return
        yield found


def read_sound(path: Path) -> Iterator[Block]:
    """The records from the first on, up to where there is any doubt; never the last one.

    The library says nothing of a record that is cut off, and can take several members for one record. So each
    is handed on only when the next one begins where a member does, and when its own member ends there.
    """
    with path.open("rb") as file:
        held, begin = None, file.peek(LINE)[:LINE]
        try:
            for record in ArchiveIterator(file, parse_http=False):
                place: int = record.stream_pos
                if held:
                    around = os.pread(file.fileno(), TAIL + LINE, place - TAIL)
                    if not ends_at(held, place, begin, around, path):
                        return
                    held.length, begin = place - held.offset, around[TAIL:]
                    yield held
                content = read_content(record)
                if len(content) != record.content_length:
                    return
                held = Block(record, content, place, 0)
        except (OSError, ValueError):
            return


def read_content(record: WarcRecord) -> bytes:
    """What the record holds; not all of it where that is more than a page can be."""
    content: bytes = record.reader.read(min(record.content_length, LARGEST + 1))
    return content


def ends_at(block: Block, place: int, begin: bytes, around: bytes, path: Path) -> bool:
    """Whether the record's member, and no other, stands between its offset and this place.

    `begin` is what the member begins with, `around` the bytes before and behind the place.
    """
    if place <= block.offset or not around.startswith(MAGIC, TAIL):
        return False
    if is_whole(block, around[:TAIL]) and MAGIC not in begin[1 : place - block.offset]:
        return True
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return is_alone(block, read_member(data, block.offset), place)


def is_whole(block: Block, tail: bytes) -> bool:
    """Whether the length that a member ends with is that of the record, written as most writers do."""
    head = io.BytesIO()
    block.record.headers.write(head)
    return int.from_bytes(tail, "little") == head.tell() + len(block.data) + 4


def is_alone(block: Block, member: Member | Damage, end: int) -> bool:
    """Whether a member that was read by itself ends there and holds this record and nothing else."""
    if not isinstance(member, Member) or member.offset + member.length != end:
        return False
    parts = [part.data if isinstance(part, Block) else None for part in read_parts(member)]
    return parts == [block.data]


def read_apart(path: Path, start: int, parts: int) -> Iterator[Block | Damage]:
    """The records from a member on, without so many of its first ones; each member is read by itself."""
    for found in read_members(path, start):
        if isinstance(found, Damage):
            yield found
            continue
        for block in read_parts(found):
            if isinstance(block, Damage) or block.offset > start or block.part >= parts:
                yield block


def read_parts(member: Member) -> Iterator[Block | Damage]:
    """The records of one member."""
    records = ArchiveIterator(io.BytesIO(member.data), parse_http=False, stream_detect=False)
    try:
        for part, record in enumerate(records):
            content = read_content(record)
            block = Block(record, content, member.offset, member.length, part)
            yield block if len(content) == record.content_length else lament(block)
    except (OSError, ValueError) as error:
        yield Damage(member.offset, f"no WARC record ({error})")


def lament(block: Block) -> Damage:
    """The damage of a record that is shorter than it says, or too large to be held."""
    fault = TOO_LARGE if len(block.data) > LARGEST else "cut off"
    return Damage(block.offset, f"the record of {block.url}: {fault}")


def read_stream(path: Path) -> Iterator[Block | Damage]:
    """The records of a file that is not made of members; nothing behind damage can be read."""
    place = 0
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file, parse_http=False):
                place = record.stream_pos
                block = Block(record, read_content(record), place, 0)
                yield block if len(block.data) == record.content_length else lament(block)
        except (OSError, ValueError) as error:
            yield Damage(place, f"no WARC record behind it ({error})")


def read_one(data: bytes) -> Block | None:
    """The record of one whole member, None where these bytes are anything else or are damaged."""
    records = ArchiveIterator(io.BytesIO(data), parse_http=False)
    try:
        record = next(records, None)
        if record is None or record.content_length > LARGEST or data[: len(MAGIC)] != MAGIC:
            return None
        block = Block(record, read_content(record), 0, len(data))
        more = next(records, None)  # going on is what has the library compare the checksum
    except (OSError, ValueError):
        return None
    if more or len(block.data) != record.content_length:
        return None
    return (
        block if is_whole(block, data[-TAIL:]) or is_alone(block, read_member(data, 0), len(data)) else None
    )


def pack_block(block: Block) -> bytes:
    """The record as a member of its own, its headers and content as they are."""
    head = io.BytesIO()
    block.record.headers.write(head)
    return deflate_member(lambda stream: stream.write(head.getvalue() + block.data + b"\r\n\r\n"))
