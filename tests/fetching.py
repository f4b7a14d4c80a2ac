"""What the tests of fetching share: a fetcher in a hurry, and the reason of a failure."""

from http.server import BaseHTTPRequestHandler

import pytest

from flows.fetch import Fetcher
from models.errors import FetchError
from tests.servers import drip, reply

PAGE = b"<html><body><p>A page.</p></body></html>"


def make_fetcher(**given: object) -> Fetcher:
    settings: dict[str, object] = {"deadline": 2.0, "host_delay": 0.0, "backoff": 0.01, **given}
    return Fetcher(allow_private=True, **settings)  # type: ignore[arg-type]


def fail(url: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        (fetcher or make_fetcher()).fetch(url)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, PAGE, content_length="1000")
    handler.close_connection = True


def dripped_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    drip(handler, b"x", 200, 0.1)
