"""The app of a review on loopback: what tests of it share."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from review.app import listen, make_app
from review.desk import HOST, Desk
from review.page import Material
from tests.reviewed import make_review

GOOD: dict[str, Any] = {"Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}


@contextmanager
def serving(material: Material, decisions: Path) -> Iterator[Desk]:
    """The app of that review, until the test is done with it."""
    with listen(0) as line:
        desk = Desk(material, decisions, line.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
        thread.start()
        yield desk
        server.should_exit = True
        thread.join()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving(make_review(3), tmp_path / "decisions.jsonl") as desk:
        yield desk


def ask(
    desk: Desk, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    line = HTTPConnection(HOST, desk.port, timeout=60)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request("POST" if body is not None else "GET", path, body, told)
    answer = line.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def enter(desk: Desk) -> str:
    """The secret of a session that was opened with the address."""
    session = desk.open_session(desk.key)
    assert session
    return session
