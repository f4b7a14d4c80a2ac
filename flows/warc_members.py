"""The members of a WARC file, one after the other, with damage reported and passed over."""

import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x1f\x8b\x08"
RECORD = b"WARC/"
STEP = 2**16
HEAD = 2**10  # of a member, in which its record's first bytes stand packed
# A record of ours is a page of 5 MiB at most; a larger member is a whole file in one piece.
LARGEST = 64 * 2**20
TOO_LARGE = f"more than {LARGEST // 2**20} MiB in one member"


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member: where it stands, and what it holds."""

    offset: int
    length: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that hold no record: where they begin and what is wrong."""

    offset: int
    reason: str


def read_members(path: Path, start: int = 0) -> Iterator[Member | Damage]:
    """Every sound member from `start` on. After damage it goes on at the next member that is sound."""
    if path.stat().st_size <= start:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        offset = start
        while offset < len(data):
            found = read_member(data, offset)
            yield found
            offset = offset + found.length if isinstance(found, Member) else find_next(data, offset + 1)


def read_member(data: mmap.mmap | bytes, offset: int) -> Member | Damage:
    """The member at an offset."""
    if data[offset : offset + len(MAGIC)] != MAGIC:
        return Damage(offset, "no gzip member begins here")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces: list[bytes] = []
    size, place = 0, offset
    try:
        while not inflate.eof and place < len(data):
            chunk = data[place : place + STEP]
            pieces.append(inflate.decompress(chunk, LARGEST - size + 1))
            size += len(pieces[-1])
            if size > LARGEST:
                return Damage(offset, TOO_LARGE)
            place += len(chunk)
    except zlib.error as error:
        return Damage(offset, str(error))
    if not inflate.eof:
        return Damage(offset, "cut off")
    return Member(offset, place - len(inflate.unused_data) - offset, b"".join(pieces))


def find_next(data: mmap.mmap | bytes, offset: int) -> int:
    """Where the next member with a WARC record begins, else the end."""
    place = data.find(MAGIC, offset)
    while place >= 0:
        begins = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            if begins.decompress(data[place : place + HEAD], len(RECORD)) == RECORD:
                return place
        except zlib.error:
            pass  # chance bytes inside a damaged member
        place = data.find(MAGIC, place + 1)
    return len(data)


def find_sound_end(path: Path) -> int:
    """Where the last sound member ends: what stands behind it was never finished."""
    end = 0
    for found in read_members(path):
        if isinstance(found, Member):
            end = found.offset + found.length
    return end
