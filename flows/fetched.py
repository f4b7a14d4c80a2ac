"""What is asked of a site and what comes back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.hops import Headers, Hop, StatusError, read_retry_after
from models.errors import FetchError

# What may stand in a header: an archive of others may hold validators that would break the request.
SENDABLE = re.compile(r"[\t\x20-\x7e\x80-\xff]{1,1000}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response as archived: status 200 with its body decoded, or 304 without one.

    `redirects` are the addresses on the way to `final_url`; `sent` are the request's headers.
    """

    url: str
    final_url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    redirects: tuple[str, ...] = ()
    sent: Headers = ()

    def header(self, name: str) -> str | None:
        """The first header of this name (in lower case)."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def mime(self) -> str | None:
        """The type that the Content-Type header names, in lower case."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type header names."""
        _, found, label = (self.header("content-type") or "").lower().partition("charset=")
        return label.partition(";")[0].strip(" \"'") or None if found else None


@dataclass(frozen=True, slots=True)
class Request:
    """A page to fetch, with the validators of its last version and whatever the caller knows it by.

    `validated` is the address that the validators came from, where that is another one: the end of a redirect.
    What leads there is asked without them, since its own 304 would say nothing of the page.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    key: str = ""
    validated: str = ""

    def conditions_for(self, url: str) -> dict[str, str]:
        """The conditions, if the validators are of this address."""
        return self.conditions if url == (self.validated or self.url) else {}

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed; a validator that cannot be sent is left out."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value and SENDABLE.fullmatch(value)}


def accept(request: Request, way: Sequence[str], hop: Hop, sent: Mapping[str, str]) -> Fetched:
    """The response to keep, `way` being the addresses that led to it. Raises FetchError where it is none."""
    unchanged = hop.status == 304 and bool(request.conditions_for(way[-1]))
    if hop.status != 200 and not unchanged:
        retry_after = read_retry_after(hop.header("retry-after"))
        raise StatusError(hop.status, f"{way[-1]}: answers {hop.status}", retry_after, way[-1])
    if hop.status == 200 and not hop.body.strip():
        raise FetchError("empty", f"{way[-1]}: answers 200 with nothing in it")
    return Fetched(
        url=request.url,
        final_url=way[-1],
        status=hop.status,
        headers=hop.headers,
        body=hop.body,
        fetched_at=datetime.now(UTC),
        redirects=tuple(way[1:-1]),
        sent=tuple(sent.items()),
    )
