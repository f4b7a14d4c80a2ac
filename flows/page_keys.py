"""Which page an address means, so that a page is fetched once a night, however its address is written."""

import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote_plus, urljoin, urlsplit, urlunsplit

from models.marks import AddressMarks, read_marks

MARKS = Path(__file__).resolve().parent / "addresses.toml"
# Copies of AMP pages carry the address that they are of in their path.
AMP_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[cv]|www\.google\.[a-z.]+/amp)/(s/)?(.+)", re.I
)
WEB = ("https://", "http://")
DEFAULT_PORT = re.compile(r":(?:80|443)$")


@cache
def load_marks() -> AddressMarks:
    """The marks of our own file. Raises SourceError."""
    return read_marks(MARKS)


def clean_address(link: str, base: str) -> str | None:
    """The absolute address without fragment and tracking marks, None where it is no address of the web.

    What is left of the query stays as it is written: servers exist that read it by the letter.
    """
    link = "".join(link.split()) if "\n" in link else link.strip()
    try:
        parts = urlsplit(link if link.startswith(WEB) else urljoin(base, link))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    if not parts.query:
        return urlunsplit(parts._replace(fragment=fragment))
    tracking = load_marks().tracking
    kept = [
        pair
        for pair in parts.query.split("&")
        if (name := name_of(pair)) not in tracking.names and not name.startswith(tracking.beginnings)
    ]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def name_of(pair: str) -> str:
    """The name of a query's part, in lower case."""
    return unquote_plus(pair.partition("=")[0]).lower()


@lru_cache(maxsize=4096)
def key_of(url: str) -> str:
    """The same text for all addresses of one page: http and https, www. and m., AMP and print, sessions.

    It only compares; no address is made of it. courlan's clean_url is not the base of it: that drops every
    parameter that begins like a tracker (`cid`, `eid`, `uid`, `gallery`), and so makes one page of many.
    """
    copy = AMP_CACHE.match(url) if "amp" in url else None
    address = clean_address(f"https://{copy[2]}" if copy else url, "")
    if address is None:
        return url
    parts = urlsplit(address)
    return urlunsplit(("", key_host(parts), key_path(parts.path), key_query(parts.query), parts.fragment))


def key_host(parts: SplitResult) -> str:
    """The host without its default port and without what tells only the form of its pages."""
    host = DEFAULT_PORT.sub("", parts.netloc.rpartition("@")[2].lower()).rstrip(".")
    for beginning in load_marks().forms.hosts:
        rest = host.removeprefix(beginning)
        host = rest if "." in rest else host
    return host


def key_path(path: str) -> str:
    """The path without sessions and AMP, its double and last slashes gone."""
    forms = load_marks().forms
    parts = [part for part in path.split("/") if part]
    if parts:
        last, *parameters = parts[-1].split(";")
        kept = [one for one in parameters if name_of(one) not in forms.path_parameters]
        parts[-1] = ";".join([last, *kept])
    if len(parts) > 1 and parts[-1].lower() in forms.segments:
        parts.pop()
    if len(parts) > 1 and parts[0].lower() in forms.segments:
        parts.pop(0)
    if parts:
        parts[-1] = drop_ending(parts[-1])
    return quote("/" + "/".join(parts), safe="/%!=:,;@&+$~*'()-")


def drop_ending(part: str) -> str:
    """The last part of a path without AMP's ending: `story.amp` and `story.amp.html`."""
    stem, dot, suffix = part.rpartition(".")
    for ending in load_marks().forms.endings:
        if stem and f".{suffix}" == ending:
            return stem
        if len(stem) > len(ending) and stem.endswith(ending):
            return f"{stem.removesuffix(ending)}{dot}{suffix}"
    return part


def key_query(query: str) -> str:
    """The query in the order of its names, without parts that choose a form."""
    forms = load_marks().forms.parameters
    pairs = (pair for pair in query.split("&") if pair)
    return "&".join(sorted(pair for pair in pairs if not {name_of(pair), pair.lower()} & forms))
