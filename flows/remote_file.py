"""A large file on the web, read in ranges: each piece has its deadline, and a failed one is asked for again."""

import re
import time
from itertools import count
from types import TracebackType
from typing import Self

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError

from flows.addresses import read_url
from flows.fetch import Fetcher
from flows.hops import Hop, StatusError, explain_fault, read_retry_after
from flows.queues import host_of
from flows.redirects import LONGEST_CHAIN, REDIRECTS, next_address
from models.errors import FetchError

PIECE = 8 * 2**20
PIECE_SECONDS = 120.0
WHOLE_SECONDS = 3600.0  # for a server that knows no ranges and sends the whole file at once
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)$")


class RemoteFile:
    """The bytes of an address from an offset on. A context manager; read raises FetchError.

    `version` is what the server tells of the content; where it is not the one that is expected, the file is
    read from its beginning. `whole` is true where the server knows no ranges: then what stands before the
    offset comes over the net too and is dropped.
    """

    def __init__(self, fetcher: Fetcher, url: str, offset: int = 0, version: str = "") -> None:
        self.fetcher = fetcher
        self.url = url
        self.offset = offset
        self.expected = version
        self.version = ""
        self.whole = False
        self.size: int | None = None
        self.piece = b""
        self.response: BaseHTTPResponse | None = None

    @property
    def start(self) -> int:
        """The offset of the next byte."""
        return self.offset - len(self.piece)

    def __enter__(self) -> Self:
        given = self.offset
        self.offset = max(
            0, given - 1
        )  # the byte before is there, and tells the version, at the file's end too
        self.next_piece()
        if given and self.version != self.expected:
            self.offset, self.size, self.piece = 0, None, b""
            self.version = self.version if self.whole else ""
            self.next_piece()
        elif self.whole:
            self.offset = given
        elif given:
            self.piece = self.piece[1:]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.response:
            self.response.close()

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end. Raises FetchError."""
        if self.whole:
            return self.read_whole(size)
        if not self.piece:
            self.next_piece()
        found, self.piece = self.piece[:size], self.piece[size:]
        return found

    def next_piece(self) -> None:
        """The next bytes, tried again a few times where the network or server failed.

        Nothing where the server turns out to know no ranges: the file begins with the first read.
        """
        if self.whole or (self.size is not None and self.offset >= self.size):
            return
        for tried in count():
            try:
                self.piece = self.ask()
            except FetchError as error:
                if not self.fetcher.may_retry(error, host_of(self.url), tried):
                    raise
            else:
                self.offset += len(self.piece)
                return

    def ask(self) -> bytes:
        """The piece at the offset. Raises FetchError."""
        wanted = f"bytes={self.offset}-{self.offset + PIECE - 1}"
        response = self.send(PIECE_SECONDS, {"Range": wanted})
        try:
            return self.take(response)
        except (HTTPError, OSError) as error:
            raise explain_fault(error, self.url, timed_out=isinstance(error, TimeoutError)) from error
        finally:
            response.close()  # one that was read to its end has given its connection back already

    def send(self, seconds: float, more: dict[str, str]) -> BaseHTTPResponse:
        """The answer to a request that has so much time, redirects followed. Raises FetchError."""
        url, end = self.url, time.monotonic() + seconds
        headers = {**self.fetcher.headers, "Accept-Encoding": "identity", **more}
        for _ in range(LONGEST_CHAIN + 1):
            self.fetcher.await_turn(host_of(url))
            parts = read_url(url)
            try:
                with self.fetcher.traffic.watch(host_of(url)) as exchange:
                    response = self.fetcher.find_pool(parts).urlopen(
                        "GET",
                        parts.request_uri,
                        headers=headers,
                        retries=False,
                        redirect=False,
                        preload_content=False,
                        assert_same_host=False,
                        timeout=Timeout(connect=30.0, read=seconds),
                    )
                    exchange.size = 0  # what comes of the body is counted as it comes
            except (HTTPError, OSError) as error:
                raise explain_fault(error, url, timed_out=time.monotonic() >= end) from error
            if response.status not in REDIRECTS:
                return response
            response.close()
            url = next_address(url, Hop(response.status, tuple(response.headers.items()), b""), ())
        raise FetchError("redirect_loop", f"{self.url}: more than {LONGEST_CHAIN} redirects")

    def take(self, response: BaseHTTPResponse) -> bytes:
        """The bytes of an answer, by its status. Raises FetchError."""
        if response.status == 416:  # the offset is the end
            self.size = self.offset
            return b""
        if response.status == 200:
            self.whole = True
            self.check_version(response, response.headers.get("content-length", "*"))
            return b""
        if response.status != 206:
            pause = read_retry_after(response.headers.get("retry-after"))
            raise StatusError(response.status, f"{self.url}: answers {response.status}", pause)
        found = RANGE.match(response.headers.get("content-range", ""))
        if not found or int(found[1]) != self.offset:
            raise FetchError("protocol", f"{self.url}: sends another range than the one that was asked for")
        self.check_version(response, found[3])
        self.size = int(found[3]) if found[3].isdigit() else None
        body = self.receive(response, PIECE)
        if len(body) < min(int(found[2]) - self.offset + 1, PIECE):
            raise FetchError("truncated", f"{self.url}: a range ends before its end")
        return body

    def read_whole(self, size: int) -> bytes:
        """The next bytes of a file that comes at once; the first time, those behind the offset."""
        try:
            if self.response is None:
                self.response = self.send(WHOLE_SECONDS, {})
                if self.response.status != 200:
                    pause = read_retry_after(self.response.headers.get("retry-after"))
                    words = f"{self.url}: answers {self.response.status}"
                    raise StatusError(self.response.status, words, pause)
                self.check_version(self.response, self.response.headers.get("content-length", "*"))
                left = self.offset
                while left and (dropped := self.receive(self.response, min(PIECE, left))):
                    left -= len(dropped)
            found = self.receive(self.response, size)
        except (HTTPError, OSError) as error:
            raise explain_fault(error, self.url, timed_out=isinstance(error, TimeoutError)) from error
        self.offset += len(found)
        return found

    def receive(self, response: BaseHTTPResponse, size: int) -> bytes:
        """The next bytes of an answer, counted."""
        began = time.monotonic()
        found = bytes(response.read(size, decode_content=False))
        self.fetcher.traffic.receive(host_of(self.url), len(found), time.monotonic() - began)
        return found

    def check_version(self, response: BaseHTTPResponse, size: str) -> None:
        """Raises FetchError where the file is another one than a moment ago."""
        told = response.headers.get("etag") or response.headers.get("last-modified") or ""
        version = f"{told} {size}"
        if self.version and version != self.version:
            words = "has changed while it was read; the next run begins anew"
            raise FetchError("changed", f"{self.url}: {words}")
        self.version = version
