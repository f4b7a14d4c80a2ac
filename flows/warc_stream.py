"""The members or bare records of a WARC file out of a stream, from any of them on, in memory that does not grow.

fastwarc is not given the stream itself: what a stream raises in the middle ends it with a panic.
"""

import re
import zlib
from typing import Protocol

from flows.warc_members import LARGEST, MAGIC, RECORD, Damage, Member

STEP = 2**16
LOOK = 2**10  # bytes in which a member shows that it holds a record
LONGEST_HEAD = 2**16
SIZE = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
BETWEEN = b"\r\n\r\n"


class Stream(Protocol):
    """What can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end."""


class Window:
    """The part of a stream that is looked at; `offset` is where in the file it begins."""

    def __init__(self, stream: Stream, offset: int = 0) -> None:
        self.stream = stream
        self.offset = offset
        self.data = bytearray()

    def fill(self, size: int = 1) -> bool:
        """Whether there are so many bytes, read now where they were not yet."""
        while len(self.data) < size:
            piece = self.stream.read(STEP)
            if not piece:
                return False
            self.data += piece
        return True

    def drop(self, size: int) -> None:
        """Lets go of what was looked at."""
        del self.data[:size]
        self.offset += size

    def put_back(self, data: bytes) -> None:
        """Takes back what was let go of and not used."""
        self.data[:0] = data
        self.offset -= len(data)


def take_member(window: Window) -> Member | Damage:
    """The member at the beginning of the window, taken out of it; damage is left where it is."""
    window.fill(len(MAGIC))
    if not window.data.startswith(MAGIC):
        return Damage(window.offset, "no gzip member begins here")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces: list[bytes] = []
    size = place = 0
    try:
        while not inflate.eof:
            if not window.fill(place + 1):
                return Damage(window.offset, "cut off")
            chunk = bytes(window.data[place : place + STEP])
            pieces.append(inflate.decompress(chunk, LARGEST - size + 1))
            size += len(pieces[-1])
            place += len(chunk)
            if size > LARGEST or place > LARGEST:  # a member can be long and hold nothing
                return Damage(window.offset, f"more than {LARGEST // 2**20} MiB in one member")
    except zlib.error as error:
        return Damage(window.offset, str(error))
    member = Member(window.offset, place - len(inflate.unused_data), b"".join(pieces))
    window.drop(member.length)
    return member


def skip_damage(window: Window) -> None:
    """Goes to where the next member with a WARC record begins, else to the end."""
    window.drop(1)
    while window.fill(len(MAGIC)):
        place = window.data.find(MAGIC)
        if place < 0:
            window.drop(len(window.data) - len(MAGIC) + 1)
            continue
        window.drop(place)
        window.fill(LOOK)
        try:
            begins = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if begins.decompress(bytes(window.data[:LOOK]), len(RECORD)) == RECORD:
                return
        except zlib.error:
            pass  # chance bytes inside a damaged member
        window.drop(1)
    window.drop(len(window.data))


def take_record(window: Window) -> Member | Damage:
    """The record without compression at the beginning of the window, as a member is taken."""
    head = window.data.find(b"\r\n\r\n", 0, LONGEST_HEAD)
    while head < 0 and len(window.data) < LONGEST_HEAD and window.fill(len(window.data) + 1):
        head = window.data.find(b"\r\n\r\n", 0, LONGEST_HEAD)
    told = SIZE.search(window.data, 0, head + 2) if head >= 0 and window.data.startswith(RECORD) else None
    if told is None:
        return Damage(window.offset, "no WARC record begins here")
    length = head + 4 + int(told[1])
    if length > LARGEST:
        return Damage(window.offset, f"more than {LARGEST // 2**20} MiB in one record")
    if not window.fill(length):
        return Damage(window.offset, "cut off")
    member = Member(window.offset, length, bytes(window.data[:length]))
    window.fill(length + len(BETWEEN))
    window.drop(length + len(BETWEEN) * window.data.startswith(BETWEEN, length))
    return member


def skip_record(window: Window) -> None:
    """Goes to the next line that begins a record, else to the end."""
    window.drop(1)
    while window.fill(len(RECORD) + 1):
        place = window.data.find(b"\n" + RECORD)
        if place >= 0:
            window.drop(place + 1)
            return
        window.drop(len(window.data) - len(RECORD))
    window.drop(len(window.data))


class Inflated:
    """A window on a gzip file that is one large member, as a stream of what is in it."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.damaged = False

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end or where the member is damaged; the window then stands there."""
        while (
            not self.damaged and not self.inflate.eof and (self.inflate.unconsumed_tail or self.window.fill())
        ):
            rest = self.inflate.unconsumed_tail
            if not rest:
                rest = bytes(self.window.data[:STEP])
                self.window.drop(len(rest))
            try:
                found = self.inflate.decompress(rest, size)
            except zlib.error:
                self.damaged = True
                self.window.put_back(rest[1:])  # one byte less, so that reading goes on
                return b""
            if self.inflate.eof:
                self.window.put_back(self.inflate.unused_data)
            if found:
                return found
        return b""
