"""What is asked of a site and what comes back."""

from dataclasses import dataclass
from datetime import datetime

from flows.hops import Headers


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
    """A page to fetch, with the validators of its last version and whatever the caller knows it by."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    key: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}
