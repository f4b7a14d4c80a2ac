"""Bodies that are small on the way and huge when unpacked, or never end: bounded memory, whatever they claim."""

import gzip
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest

from tests.fetching import fail, make_fetcher
from tests.hostile import Answer, answer, nest, raw, squeeze, squeeze_brotli, squeeze_zlib
from tests.servers import Site

CAP = 5 * 2**20
SIZE = 200 * 2**20  # what each bomb unpacks to
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
BLOCK = b"x" * 2**16


def read_memory() -> int:
    """The process's memory now, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def watch_memory() -> Iterator[list[int]]:
    """The most that the process grew by while the block ran, as the list's only number."""
    grown, ended, before = [0], threading.Event(), read_memory()

    def watch() -> None:
        while not ended.wait(0.002):
            grown[0] = max(grown[0], read_memory() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield grown
    finally:
        ended.set()
        watcher.join()


BOMBS: dict[str, Answer] = {
    "gzip": answer(squeeze(SIZE), content_encoding="gzip"),
    "gzip in chunks": raw(HEAD + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
                          b"%x\r\n%b\r\n0\r\n\r\n" % (len(squeeze(SIZE)), squeeze(SIZE))),
    "brotli": answer(squeeze_brotli(SIZE), content_encoding="br"),
    "deflate": answer(squeeze_zlib(SIZE, 15), content_encoding="deflate"),
    "raw deflate": answer(squeeze_zlib(SIZE, -15), content_encoding="deflate"),
    "gzip in gzip": answer(nest(squeeze(SIZE), 1), content_encoding="gzip, gzip"),
    "gzip five times": answer(nest(squeeze(SIZE), 4), content_encoding=", ".join(["gzip"] * 5)),
    "gzip in brotli": answer(brotli.compress(squeeze(SIZE)), content_encoding="gzip, br"),
    "brotli in gzip": answer(gzip.compress(squeeze_brotli(SIZE)), content_encoding="br, gzip"),
    "many gzip members": answer(gzip.compress(b"x" * 1000) * 20_000, content_encoding="gzip"),
    "endless empty gzip members": raw(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 3000, times=10**5),
    "endless plain body": raw(HEAD + b"\r\n", BLOCK, times=10**5),
    "endless chunk extension": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", BLOCK, times=10**5),
    "endless 1xx": raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, times=10**5),
    "chunk of minus five": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n", BLOCK, times=10**5),
    "chunk of a terabyte": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n10000000000\r\n", BLOCK, times=10**5),
}  # fmt: skip


@pytest.mark.parametrize("behave", BOMBS.values(), ids=BOMBS)
def test_no_body_takes_more_memory_than_the_cap_and_64_mib(site: Site, behave: Answer) -> None:
    site.answers["/bomb"] = behave
    fetcher = make_fetcher(deadline=5.0, max_bytes=CAP)
    start = time.monotonic()
    with watch_memory() as grown:
        reason = fail(site.url("/bomb"), fetcher)
    assert reason in ("too_large", "protocol", "deadline")
    assert time.monotonic() - start < 6
    assert grown[0] < CAP + 64 * 2**20
