"""Connections that end at a deadline and after so many bytes, whatever the other side does."""

import socket
import ssl
import time
from contextvars import ContextVar
from http.client import HTTPResponse
from typing import Any

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from flows.lookups import Lookups

# How long a connection may take to open where the caller sets no time.
CONNECT_SECONDS = 30.0
# How many bytes the response to the next request may have; a connection serves requests of several kinds.
MOST: ContextVar[float] = ContextVar("MOST", default=float("inf"))


class TooManyBytesError(OSError):
    """The other side sends without end."""


class TimedSocket(socket.socket):
    """A socket whose reads together end at `deadline`: a timeout alone starts anew with each byte.

    They also end after `left` bytes: a body that decodes to nothing, or a chunk header without end, is as
    large as the sender likes however small the page that comes of it.
    """

    deadline = float("inf")
    left = float("inf")

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Reads for as long as there is time. Raises TimeoutError or TooManyBytesError."""
        self.settimeout(time_left(self.deadline))
        count = super().recv_into(*args, **kwargs)
        self.left -= count
        if self.left < 0:
            raise TooManyBytesError("more bytes than a page may have")
        return count


class TimedTLSSocket(TimedSocket, ssl.SSLSocket):
    """The same over TLS."""


def time_left(deadline: float) -> float | None:
    """Seconds to the deadline, None where there is none. Raises TimeoutError where it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return None if left == float("inf") else left


class FinalResponse(HTTPResponse):
    """A response that comes after any number of interim ones: the library passes over 100 alone, not 103."""

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, 100 if 101 < status < 200 else status, reason


class Connection(HTTPConnection):
    """A connection whose read timeout is the time left for the whole exchange, of `MOST` bytes at most."""

    response_class = FinalResponse

    def __init__(self, *args: Any, lookups: Lookups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lookups = lookups

    def _new_conn(self) -> socket.socket:
        return open_socket(self, self.lookups)

    def getresponse(self) -> Any:
        """The response; its headers and its body must be there by the deadline."""
        if isinstance(self.sock, TimedSocket) and isinstance(self.timeout, int | float):
            self.sock.deadline = time.monotonic() + self.timeout
            self.sock.left = MOST.get()
        return super().getresponse()


class TLSConnection(Connection, HTTPSConnection):
    """The same over TLS."""


def open_socket(connection: HTTPConnection, lookups: Lookups) -> socket.socket:
    """A socket to the first address of the host that answers; none of them has more than its share of time.

    Raises FetchError for an address that is refused, NewConnectionError where none answers in time.
    """
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else CONNECT_SECONDS
    end = time.monotonic() + timeout
    host = connection.host.strip("[]")
    fault: OSError = TimeoutError("no time left")
    addresses = lookups.resolve(host, connection.port or 80, timeout)
    for rest, (family, where) in zip(range(len(addresses), 0, -1), addresses, strict=True):
        sock = TimedSocket(family, socket.SOCK_STREAM)
        try:
            left = time_left(end)
            sock.settimeout(left and left / rest)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(where)
            sock.settimeout(time_left(end))  # for the TLS handshake
        except OSError as error:
            sock.close()
            fault = error
        else:
            return sock
    raise NewConnectionError(connection, str(fault)) from fault


class Pool(HTTPConnectionPool):
    """Connections to one host."""

    ConnectionCls = Connection


class TLSPool(HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = TLSConnection


def open_pool(
    scheme: str, host: str, port: int, lookups: Lookups, tls: ssl.SSLContext | None
) -> HTTPConnectionPool:
    """A pool of connections to a host."""
    if scheme == "https":
        return TLSPool(host, port, maxsize=2, ssl_context=tls, lookups=lookups)
    return Pool(host, port, maxsize=2, lookups=lookups)


def make_tls_context() -> ssl.SSLContext:
    """TLS with certificates and host names checked, by the system's authorities and certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.sslsocket_class = TimedTLSSocket
    return context
