"""Fills an archive until it is killed; prints the address of each page once it is kept."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from flows.archive import Archive
from flows.fetched import Fetched


def make_fetched(n: int, body: bytes = b"", status: int = 200, path: str = "page") -> Fetched:
    """A response of an invented site; its body is different for each number."""
    url = f"https://paper.example/{path}/{n}"
    filler = b"".join(b"%x " % (n * n * k + k) for k in range(800))
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{n}"'), ("Last-Modified", "then"))
    body = body or b"<html><p>Page %d. " % n + filler
    sent = (("User-Agent", "dateline/0"),)
    return Fetched(
        url,
        url,
        status,
        headers,
        body,
        datetime(2026, 5, 4, n // 3600, n // 60 % 60, n % 60, tzinfo=UTC),
        (),
        sent,
    )


if __name__ == "__main__":
    with Archive(Path(sys.argv[1])) as archive:
        for number in range(int(sys.argv[2]), int(sys.argv[2]) + 2000):
            print(archive.append(make_fetched(number), {"n": str(number)}).url, flush=True)
