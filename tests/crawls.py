"""WARC files as other crawlers write them, and servers that have them."""

import io
import re
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.fetched import Fetched
from flows.warc_pages import Step
from models.errors import ArchiveError
from models.source import Source
from tests.nights import make_page
from tests.servers import Answer, reply

RANGE = re.compile(r"bytes=(\d+)-(\d*)$")
Capture = tuple[str, bytes, str]  # address, page, day


def capture(number: int, host: str = "paper.example", day: str = "2024-03-05") -> Capture:
    return f"https://{host}/{number}.html", make_page(number).encode(), day


def write_crawl(
    captures: Iterable[Capture], *, packed: bool = True, status: str = "200 OK", **headers: str
) -> bytes:
    """A WARC file with a request and a response of each capture, a member each where it is packed."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"}))
    names = {"Content-Type": "text/html; charset=utf-8", **headers}
    for url, body, day in captures:
        dated = {"WARC-Date": f"{day}T10:00:00Z"}
        lines = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        writer.write_record(
            writer.create_warc_record(url, "request", http_headers=lines, warc_headers_dict=dict(dated))
        )
        answer = StatusAndHeaders(status, list(names.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=answer, warc_headers_dict=dict(dated)
        )
        writer.write_record(record)
    return stream.getvalue()


def ranged(body: bytes, etag: str = '"1"', fail: Callable[[int], bool] = lambda _start: False) -> Answer:
    """An answer that serves ranges; where `fail` says so for a range's start, it breaks off in the middle."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = RANGE.match(handler.headers.get("Range", "bytes=0-"))
        assert asked
        start = int(asked[1])
        end = min(int(asked[2] or len(body)) + 1, len(body))
        if start >= len(body):
            reply(handler, b"", 416, content_range=f"bytes */{len(body)}")
            return
        told = {"content_range": f"bytes {start}-{end - 1}/{len(body)}", "etag": etag}
        if fail(start):
            reply(handler, body[start : (start + end) // 2], 206, content_length=str(end - start), **told)
            handler.close_connection = True
        else:
            reply(handler, body[start:end], 206, content_type="application/octet-stream", **told)

    return answer


def put_file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def warc(**more: object) -> Source:
    return Source.model_validate({"id": "crawl", "kind": "warc", "path": "x", **more})


def urls(steps: list[Step]) -> list[str]:
    return [step.url.removeprefix("https://") for step in steps if isinstance(step, Fetched)]


def faults(steps: list[Step]) -> list[str]:
    return [str(step) for step in steps if isinstance(step, ArchiveError)]
