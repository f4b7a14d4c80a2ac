"""Addresses of sources: only those that a reader may safely follow."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and its host in plain letters, so that no look-alike passes for another."""

    href: str
    host: str


def make_link(url: str | None) -> Link | None:
    """The link, or None where the address is no plain web address."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    return Link(parts.geturl(), host) if is_plain(parts) and host else None


def is_plain(parts: SplitResult) -> bool:
    """Whether it is a web address that hides no name or password before its host."""
    return parts.scheme in {"http", "https"} and "@" not in parts.netloc
