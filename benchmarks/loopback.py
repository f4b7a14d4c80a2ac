"""A web server on loopback in a process of its own, so that its work is not counted as the client's.

python -m benchmarks.loopback     prints its port, and serves until its standard input ends

/page/N    a page of about 30 KB with validators, of the same words at every request
/changed/N the same without ever answering 304
/throttled 429 with Retry-After: 3600
/dripped/body, /dripped/headers    a byte or a header every tenth of a second, for ever
/count     how many requests and bytes of answers there were since it was asked last, as JSON
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

ROBOTS = (
    b"User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nAllow: /\n" + b"# a comment of a site\n" * 50
)
COUNTS = {"requests": 0, "bytes": 0}


@cache
def write_page(number: int) -> bytes:
    """About 30 KB of made-up words."""
    chance = random.Random(number)
    words = " ".join("".join(chance.choices("aeioulnrst", k=chance.randint(2, 9))) for _ in range(4600))
    return f"<html><head><title>{number}</title></head><body><p>{words}</p></body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers as the path asks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = self.path.split("/")
        if parts[1] == "count":
            self.answer(200, json.dumps(COUNTS).encode())
            COUNTS.update(requests=0, bytes=0)
        elif parts[1] == "robots.txt":
            self.validated(ROBOTS, '"robots"')
        elif parts[1] == "page":
            self.validated(write_page(int(parts[2])), f'"{parts[2]}"')
        elif parts[1] == "changed":
            self.answer(200, write_page(int(parts[2])), ETag='"new"')
        elif parts[1] == "throttled":
            self.answer(429, b"slow down", **{"Retry-After": "3600"})
        else:
            self.drip(parts[2])

    def validated(self, body: bytes, etag: str) -> None:
        """The body, or 304 to whoever has it."""
        same = self.headers["If-None-Match"] == etag
        self.answer(304 if same else 200, b"" if same else body, ETag=etag)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """One whole answer, counted."""
        lines = [f"HTTP/1.1 {status} OK", "Content-Type: text/html; charset=utf-8"]
        lines += [f"{name}: {value}" for name, value in {"Content-Length": str(len(body)), **headers}.items()]
        whole = "\r\n".join([*lines, "", ""]).encode() + body
        self.wfile.write(whole)
        COUNTS["requests"] += 1
        COUNTS["bytes"] += len(whole)

    def drip(self, what: str) -> None:
        """Pieces without end."""
        self.close_connection = True
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        self.wfile.write(start if what == "headers" else start + b"Content-Length: 100000\r\n\r\n")
        while True:
            try:
                self.wfile.write(b"X-A: b\r\n" if what == "headers" else b"x")
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002  # as the base names it
        return


@contextmanager
def serve_apart() -> Iterator[str]:
    """The address of such a server while the block runs."""
    command = [sys.executable, "-m", "benchmarks.loopback"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


def read_counts(site: str) -> dict[str, int]:
    """Requests and bytes since this was asked last."""
    with urlopen(f"{site}/count") as answer:
        counts: dict[str, int] = json.load(answer)
        return counts


def main() -> None:
    """Serves until nobody listens any more."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
