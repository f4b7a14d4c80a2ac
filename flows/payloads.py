"""Bodies out of foreign archives, in the encodings of their transfer."""

import io
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, GzipWriter, WarcReader, ZstdReader

from flows.hops import Headers
from models.errors import ArchiveError

LARGEST = 64 * 2**20


def decode_payload(body: bytes, headers: Headers) -> bytes:
    """The body without chunks and compression. Raises ArchiveError where it is not what its headers say.

    Archives exist that keep a body decoded under the headers of its transfer, so a body that does not
    begin like its encoding is taken as it is.
    """
    names = {name.lower(): value.lower() for name, value in headers}
    if "chunked" in names.get("transfer-encoding", ""):
        body = join_chunks(body)
    for encoding in reversed([part.strip() for part in names.get("content-encoding", "").split(",")]):
        decode = DECODERS.get(encoding)
        if decode:
            body = decode(body)
    return body


def join_chunks(body: bytes) -> bytes:
    """A chunked body as one; a body that does not begin with a chunk as it is."""
    pieces: list[bytes] = []
    place = 0
    while True:
        line_end = body.find(b"\r\n", place, place + 40)
        try:
            size = int(body[place:line_end].split(b";")[0], 16) if line_end >= 0 else -1
        except ValueError:
            size = -1
        if size <= 0:
            return b"".join(pieces) if pieces or size == 0 else body
        start = line_end + 2
        pieces.append(body[start : start + size])
        place = start + size + 2


def inflate_gzip(body: bytes) -> bytes:
    """A gzip body, or the body itself where it is none."""
    return inflate(body, zlib.MAX_WBITS | 16) if body.startswith(b"\x1f\x8b") else body


def inflate_deflate(body: bytes) -> bytes:
    """A deflate body with or without its wrapper, or the body itself where it looks like a page."""
    if body.lstrip()[:1] in (b"<", b""):
        return body
    return inflate(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)


def inflate(body: bytes, bits: int) -> bytes:
    """What zlib makes of the body, within bounds."""
    inflater = zlib.decompressobj(bits)
    try:
        data = inflater.decompress(body, LARGEST)
    except zlib.error as error:
        raise ArchiveError(f"a body is not in its content encoding ({error})") from error
    if inflater.unconsumed_tail:
        raise ArchiveError(f"a body is larger than {LARGEST // 2**20} MiB")
    return data


def inflate_brotli(body: bytes) -> bytes:
    """A brotli body, within bounds, or the body itself where it looks like a page."""
    return body if body.lstrip()[:1] in (b"<", b"") else read_all(BrotliReader(io.BytesIO(body)))


def inflate_zstd(body: bytes) -> bytes:
    """A zstd body, within bounds, or the body itself where it is none."""
    return read_all(ZstdReader(io.BytesIO(body))) if body.startswith(b"\x28\xb5\x2f\xfd") else body


def read_all(reader: WarcReader) -> bytes:
    """What a decompressing reader gives, within bounds."""
    pieces, size = [], 0
    try:
        while size <= LARGEST and (piece := reader.read(2**20)):
            pieces.append(piece)
            size += len(piece)
    except (OSError, ValueError) as error:
        raise ArchiveError(f"a body is not in its content encoding ({error})") from error
    if size > LARGEST:
        raise ArchiveError(f"a body is larger than {LARGEST // 2**20} MiB")
    return b"".join(pieces)


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": inflate_gzip,
    "x-gzip": inflate_gzip,
    "deflate": inflate_deflate,
    "br": inflate_brotli,
    "zstd": inflate_zstd,
}


def deflate_member(write: Callable[[GzipWriter], object]) -> bytes:
    """What is written as a gzip member of its own; the same record gives the same bytes."""
    stream = io.BytesIO()
    writer = GzipWriter(stream, compression_level=6)  # twice as fast as Python's own
    write(writer)
    writer.finish()  # without it the next record would stand in the same member
    writer.flush()
    return stream.getvalue()
