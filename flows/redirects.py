"""Where an answer leads on to: by a redirect, or by a page that does nothing but refresh to another."""

import html
import re
from collections.abc import Container
from urllib.parse import urljoin

from flows.addresses import read_url
from flows.hops import Hop
from models.errors import FetchError

REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_CHAIN = 10

# A page that only leads on is small and does so at once; one that reloads itself after a while is a page.
LARGEST_SHIM = 16 * 1024
LONGEST_REFRESH = 5.0
UNSEEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(noscript|script|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
IS_REFRESH = re.compile(r"""http-equiv\s*=\s*["']?\s*refresh\b""", re.IGNORECASE)
CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
REFRESH = re.compile(r"\s*(\d+(?:\.\d*)?)\s*[;,]\s*(?:url\s*=)?(.*)", re.IGNORECASE | re.DOTALL)


def find_target(url: str, hop: Hop, seen: Container[str]) -> str | None:
    """The next address, None where the answer is the page. Raises FetchError where it must not be followed."""
    if hop.status in REDIRECTS:
        return next_address(url, hop, seen)
    location = find_refresh(hop) if hop.status == 200 else None
    if location is None or join_address(url, location) in seen:
        return None  # a page that shows itself again is a page
    return check_target(url, location, seen)


def next_address(url: str, hop: Hop, seen: Container[str]) -> str:
    """Where a redirect leads. Raises FetchError for a loop, and for a way out of TLS."""
    location = (hop.header("location") or "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if not location:
        raise FetchError("redirect", f"{url}: redirects to nowhere")
    return check_target(url, location, seen)


def check_target(url: str, location: str, seen: Container[str]) -> str:
    """The address that a location names on a page, if it may be followed. Raises FetchError."""
    target = join_address(url, location)
    if target is None:
        raise FetchError("redirect", f"{url}: redirects to an address that cannot be read")
    if target in seen:
        raise FetchError("redirect_loop", f"{url}: redirects in a circle")
    if url.startswith("https:") and read_url(target).scheme == "http":
        raise FetchError("tls_downgrade", f"{url}: redirects from https to http")
    return target


def join_address(url: str, location: str) -> str | None:
    """The address that a location names on a page, None where it names none."""
    try:
        return urljoin(url, location.strip()).partition("#")[0]
    except ValueError:
        return None


def find_refresh(hop: Hop) -> str | None:
    """The address that a small page sends its readers on to at once, without asking them."""
    if len(hop.body) > LARGEST_SHIM or "html" not in (hop.header("content-type") or "html").lower():
        return None
    for tag in META.findall(UNSEEN.sub(b"", hop.body)):
        text = tag.decode("utf-8", "replace")
        content = CONTENT.search(text) if IS_REFRESH.search(text) else None
        words = html.unescape(next(filter(None, content.groups()), "")) if content else ""
        found = REFRESH.match(words)
        if found and float(found[1]) <= LONGEST_REFRESH:
            return found[2].strip(" \t\r\n\"'") or None
    return None
