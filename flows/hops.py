"""One HTTP exchange: one request to one address, its response or the typed reason why there is none."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import IncompleteRead, RemoteDisconnected

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPResponse, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    InvalidChunkLength,
    NewConnectionError,
    SSLError,
)

from flows.connections import MOST, TooManyBytesError
from flows.host_memory import LONGEST_HOLD
from models.errors import FetchError

Headers = tuple[tuple[str, str], ...]

CHUNK = 2**16
# What a response may have beside its body: headers, and what a compression adds to a body that it cannot shrink.
BESIDE_BODY = 2**20
# Compressions that may come unasked and cannot be undone here, unless a library for them is there.
COMPRESSIONS = {"br", "zstd", "compress", "x-compress", "dcb", "dcz", "lzma", "xz", "bzip2"} - set(
    HTTPResponse.CONTENT_DECODERS
)
# What a page, feed or (packed) sitemap may call itself; octet-stream is what servers say that know nothing.
READABLE = ("text/", "application/octet-stream")
READABLE_PARTS = ("xml", "html", "json", "gzip")


@dataclass(frozen=True, slots=True)
class Hop:
    """A response as it came, its body decoded."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this name (in lower case)."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class StatusError(FetchError):
    """A response with a status that is no success; `retry_after` is what the server asks for, in seconds.

    `url` is the address that answered, which need not be of the host that was asked first.
    """

    def __init__(self, status: int, message: str, retry_after: float | None, url: str = "") -> None:
        super().__init__(f"status_{status}", message)
        self.status = status
        self.retry_after = retry_after
        self.url = url


def get_hop(
    pool: HTTPConnectionPool,
    url: str,
    target: str,
    *,
    headers: Mapping[str, str],
    end: float,
    max_bytes: int,
    cut: bool = False,
) -> Hop:
    """The response to GET `target`, in full by `end` (monotonic). Raises FetchError; `url` is for its words.

    A body above `max_bytes` is cut or refused.
    """
    left = end - time.monotonic()
    if left <= 0:
        raise FetchError("deadline", f"{url}: no answer in time")
    before = MOST.set(max_bytes + BESIDE_BODY)
    try:
        response = pool.urlopen(
            "GET",
            target,
            headers=headers,
            retries=False,
            redirect=False,
            preload_content=False,
            assert_same_host=False,
            timeout=Timeout(total=left),
        )
        try:
            return read_response(response, url, max_bytes, cut=cut)
        finally:
            response.release_conn()
    except (HTTPError, OSError, ValueError) as error:  # ValueError: a chunk of negative length
        raise explain_fault(error, url, timed_out=time.monotonic() >= end - 0.01) from error
    finally:
        MOST.reset(before)


def read_response(response: BaseHTTPResponse, url: str, max_bytes: int, *, cut: bool) -> Hop:
    """The response with its body, unless nobody would read it. Raises FetchError."""
    headers = tuple((str(key), str(value)) for key, value in response.headers.items())
    if response.status != 200:
        end_response(response)
        return Hop(response.status, headers, b"")
    fault = find_fault(response, url)
    if fault:
        response.close()
        raise fault
    body = bytearray()
    for chunk in response.stream(CHUNK, decode_content=True):
        body += chunk
        if len(body) > max_bytes:
            response.close()
            if cut:
                break
            raise FetchError("too_large", f"{url}: more than {max_bytes / 2**20:g} MiB")
    if not cut and not is_complete(response):
        raise FetchError("truncated", f"{url}: the compressed body ends before its end")
    return Hop(response.status, headers, bytes(body))


def end_response(response: BaseHTTPResponse) -> None:
    """Keeps the connection where the rest of the answer is short, as with a 304, else ends it.

    A redirect ends it too: one that sends more than it says would spoil the answer to the next request, which
    follows at once. With others, what comes too late is seen before the host's next turn.
    """
    rest = response.length_remaining
    if response.status == 304 or (response.status >= 400 and rest is not None and rest <= CHUNK):
        response.drain_conn()
    else:
        response.close()


def find_fault(response: BaseHTTPResponse, url: str) -> FetchError | None:
    """Why the body is nothing to read, by its headers."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(READABLE) and not any(part in kind for part in READABLE_PARTS):
        return FetchError("wrong_type", f"{url}: is {kind[:80]}, no page")
    encodings = response.headers.get("content-encoding", "").lower().replace(" ", "").split(",")
    if COMPRESSIONS.intersection(encodings):
        return FetchError(
            "encoding", f"{url}: is compressed as {', '.join(encodings)[:80]}, which was not asked for"
        )
    return None


def is_complete(response: BaseHTTPResponse) -> bool:
    """Whether the compressed body came to its end: urllib3 hands out what there is of a shorter one in silence.

    It does not show its decoders either; where they are not what they were, all is taken for complete.
    """
    decoder = getattr(response, "_decoder", None)
    parts = getattr(decoder, "_decoders", [decoder])
    return all(ended(getattr(part, "_obj", None)) or getattr(part, "_state", 0) for part in parts)


def ended(decompressor: object) -> bool:
    """Whether a decompressor, of zlib or of Brotli, has seen the end of its data."""
    finished = getattr(decompressor, "is_finished", None)
    return bool(finished() if finished else getattr(decompressor, "eof", True))


def explain_fault(error: Exception, url: str, *, timed_out: bool) -> FetchError:
    """The typed reason of a failed exchange."""
    causes = list_causes(error)
    if any(isinstance(cause, TooManyBytesError) for cause in causes):
        return FetchError("too_large", f"{url}: sends without end")
    if timed_out:
        return FetchError("deadline", f"{url}: no answer in time")
    if any(isinstance(cause, NewConnectionError) for cause in causes):
        refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
        return FetchError("refused" if refused else "unreachable", f"{url}: no connection ({causes[-1]})")
    if any(isinstance(cause, SSLError) for cause in causes):
        return FetchError("tls", f"{url}: TLS failed ({first_line(causes[-1])})")
    if isinstance(error, ConnectTimeoutError | TimeoutError):
        return FetchError("timeout", f"{url}: no connection in time")
    if isinstance(error, DecodeError):
        return FetchError("encoding", f"{url}: the body is not in its content encoding")
    if any(isinstance(cause, InvalidChunkLength) for cause in causes):
        return FetchError("protocol", f"{url}: no valid HTTP response (a chunk without length)")
    if (
        isinstance(causes[-1], IncompleteRead)
        or "IncompleteRead" in repr(error)
        or "prematurely" in str(error)
    ):
        return FetchError("truncated", f"{url}: the body ends before its end")
    if any(isinstance(cause, ConnectionError | RemoteDisconnected) for cause in causes):
        return FetchError("reset", f"{url}: the server ended the connection")
    return FetchError("protocol", f"{url}: no valid HTTP response ({first_line(error)})")


def list_causes(error: BaseException) -> list[BaseException]:
    """The error and what it was raised from, the innermost last."""
    inner = (
        error.__cause__
        or error.__context__
        or next((a for a in error.args if isinstance(a, Exception)), None)
    )
    return [error, *(list_causes(inner) if inner else [])]


def first_line(error: BaseException) -> str:
    """An error's words on one line."""
    return " ".join(str(error).split())[:200]


def read_retry_after(text: str | None) -> float | None:
    """The seconds of a Retry-After header, given as seconds or as a date; None where it is neither."""
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
            seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return None if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_HOLD)
