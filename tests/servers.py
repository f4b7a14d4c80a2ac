"""A real web server on loopback that behaves as badly as a test asks it to."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """The paths that the server answers, and the requests that it has had."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Any 127.x.y.z is a host of a site that serves `0.0.0.0`."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def hits(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.requests)

    def add(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """A plain answer; `content_type="text/plain"` sets Content-Type."""
        self.answers[path] = lambda handler: reply(handler, body, status, **headers)


def reply(handler: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, **headers: str) -> None:
    """One whole answer."""
    handler.send_response(status)
    names = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    for name, value in names.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler: BaseHTTPRequestHandler, piece: bytes, times: int, pause: float) -> None:
    """The same piece again and again, slowly; ends when the reader goes away."""
    for _ in range(times):
        try:
            handler.wfile.write(piece)
        except OSError:
            return
        time.sleep(pause)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Ends the connection with a reset, without an answer."""
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


@contextmanager
def serve(tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """A site on a free port of loopback."""
    site = Site(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            answer = site.answers.get(self.path)
            if answer:
                answer(self)
            else:
                reply(self, b"<p>no such page</p>", 404)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            return

    server = Server((address, 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
