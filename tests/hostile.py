"""Answers of servers that are broken, overloaded or malicious, as handlers of `tests.servers`."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler

import brotli

from tests.fetching import PAGE
from tests.servers import drip, reply

Answer = Callable[[BaseHTTPRequestHandler], None]
MIB = 2**20


def answer(body: bytes = PAGE, status: int = 200, **headers: str) -> Answer:
    return lambda handler: reply(handler, body, status, **headers)


def raw(*pieces: bytes, times: int = 1) -> Answer:
    """The pieces as they are, the last of them again and again."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"".join(pieces[:-1]))
        drip(handler, pieces[-1], times, 0)

    return send


def slow(start: bytes, piece: bytes, pause: float = 0.05, times: int = 60) -> Answer:
    """The start at once, then the piece again and again with pauses."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(start)
        drip(handler, piece, times, pause)

    return send


def stalled(start: bytes, seconds: float = 3) -> Answer:
    """The start, and then nothing."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(start)
        time.sleep(seconds)

    return send


def reset_after(start: bytes) -> Answer:
    """The start, and then a reset."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        time.sleep(0.1)  # so that the start is read before the reset drops it
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()
        handler.close_connection = True

    return send


@cache
def squeeze(size: int, level: int = 9) -> bytes:
    """So many bytes as gzip, made without ever holding them."""
    packer = zlib.compressobj(level, wbits=31)
    return b"".join(packer.compress(b"x" * MIB) for _ in range(size // MIB)) + packer.flush()


@cache
def squeeze_brotli(size: int) -> bytes:
    packer = brotli.Compressor(quality=5, lgwin=22)
    return b"".join(packer.process(b"x" * MIB) for _ in range(size // MIB)) + packer.finish()


def squeeze_zlib(size: int, wbits: int) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(b"x" * MIB) for _ in range(size // MIB)) + packer.flush()


def nest(body: bytes, times: int) -> bytes:
    for _ in range(times):
        body = gzip.compress(body, 9)
    return body


@contextmanager
def listen_only(backlog: int = 5, address: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with socket.create_server((address, port), backlog=backlog) as server:
        yield server.getsockname()[1]


@contextmanager
def listen_full(address: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A port that does not even take connections."""
    with listen_only(0, address, port) as taken:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex((address, taken))
        time.sleep(0.05)
        yield taken
        for one in waiting:
            one.close()
