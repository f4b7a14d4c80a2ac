"""Who may ask the app: tabs that were let in by the printed address, from the page itself."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from models.decision import Decision
from review.page import Material

HOST = "127.0.0.1"  # never ::1: a Host check cannot tell its names apart


def make_secret() -> str:
    """What nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(slots=True)
class Desk:
    """What the app shows, where it writes, and the secrets that a request must bring."""

    material: Material
    decisions: Path
    port: int
    check_edit: Callable[[Decision], None] = lambda _: None  # raises ReviewError where an edit makes no row
    tell: Callable[[str], None] = lambda _: None  # says the next address once one is used up
    key: str = field(default_factory=make_secret, repr=False)  # of the address; good once
    sessions: set[str] = field(default_factory=set, repr=False)  # secrets of the tabs that were let in

    @property
    def origin(self) -> str:
        """The app's own origin."""
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """What to open. The secret is behind the `#`, which a browser sends to nobody."""
        return f"{self.origin}/#key={self.key}"

    def open_session(self, key: str) -> str | None:
        """The secret of a new session; None where the key is another. A key that was used is told to nobody else:
        the address stands in the command line of the browser, where others of this machine may read it."""
        if not secrets.compare_digest(key.encode(), self.key.encode()):
            return None
        self.key, session = make_secret(), make_secret()
        self.sessions.add(session)
        self.tell(self.address)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was opened by a key."""
        return any(secrets.compare_digest(session.encode(), known.encode()) for known in self.sessions)


def find_fault(desk: Desk, request: Request) -> str:
    """Why a request is not the page's own; empty where it is.

    Another port is the same site and a rebound name sends no `Sec-Fetch-Site`: the secret decides, the rest is depth.
    """
    if not desk.knows(request.headers.get("x-dateline-token", "")):
        return "the secret is missing or wrong: open the address that was printed last"
    return find_stranger(desk, request)


def find_stranger(desk: Desk, request: Request) -> str:
    """Why a request does not come from the page, whatever secret it has; empty where it does."""
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return "only the page itself may ask"
    if request.method != "POST":
        return ""
    if headers.get("origin") not in {desk.origin, desk.origin.replace(HOST, "localhost")}:
        return "only the page itself may decide"
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "a decision is sent as application/json"
    return ""
