"""The entries of RSS, Atom and JSON feeds, with the dates as the feed writes them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import fastfeedparser
import feedparser
from lxml import etree

from extractors.instants import read_instant
from models.article import Published
from models.errors import FetchError

DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
# What both parsers raise on feeds that are none, or whose parts are of another kind than they expect.
FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
NAMES = ("link", "guid", "id")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `published` is read from `raw_date`, the feed's own words."""

    link: str
    title: str | None
    published: Published | None
    raw_date: str | None


def read_entries(body: bytes, name: str) -> list[Entry]:
    """The entries in the feed's order. Raises FetchError `not_a_feed`."""
    raw_dates = read_raw_dates(body)
    return [make_entry(found, raw_dates) for found in parse_feed(body, name)]


def parse_feed(body: bytes, name: str) -> list[Any]:
    """The entries as the fast parser reads them, or the patient one where it gives up."""
    if not body.strip():
        raise FetchError("not_a_feed", f"{name}: is empty, no feed")
    try:
        found = fastfeedparser.parse(
            body, include_content=False, include_tags=False, include_media=False, include_enclosures=False
        )
        return list(found.entries)
    except FAULTS as error:
        with suppress(*FAULTS):
            slow = feedparser.parse(body)
            if slow.version or slow.entries:
                return list(slow.entries)
        kind = "a page of HTML" if b"<html" in body[:4096].lower() else "something else"
        raise FetchError("not_a_feed", f"{name}: is {kind}, no feed") from error


def make_entry(found: Any, raw_dates: dict[str, str]) -> Entry:
    """An entry with its own words for its date; the parser's reading of them where they cannot be found."""
    link, key = find_link(found), str(found.get("id") or "").strip()
    raw = raw_dates.get(key) or raw_dates.get(link)
    parsed = found.get("published")
    return Entry(
        link=link or (key if key.startswith(("http://", "https://")) else ""),
        title=" ".join(str(found.get("title") or "").split()) or None,
        published=read_instant(raw) or read_instant(parsed if isinstance(parsed, str) else None),
        raw_date=raw or (parsed if isinstance(parsed, str) else None),
    )


def find_link(found: Any) -> str:
    """The address of an entry's page; Atom entries also link to their feed, comments and files."""
    links = [link for link in found.get("links") or () if link.get("rel") in (None, "alternate")]
    return str((links[0].get("href") if links else None) or found.get("link") or "").strip()


def read_raw_dates(body: bytes) -> dict[str, str]:
    """The best date of each entry as it is written, by each name that the entry goes by."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body.strip(), parser)
    except etree.XMLSyntaxError:
        return {}
    dates: dict[str, str] = {}
    for element in root.iter("{*}item", "{*}entry") if root is not None else ():
        found = dict(read_fields(element))
        date = next((found[name] for name in DATES if name in found), None)
        if date:
            dates.update({found[name]: date for name in NAMES if name in found})
    return dates


def read_fields(element: Any) -> Iterator[tuple[str, str]]:
    """The fields of an entry by name without namespace; a link's text is its address."""
    for child in element.iterchildren("{*}*"):
        name = child.tag.rpartition("}")[2].rpartition(":")[2]  # a prefix may be undeclared
        text = (child.text or "").strip() or child.get("href") or ""
        if text and child.get("rel", "alternate") == "alternate":
            yield name, text
