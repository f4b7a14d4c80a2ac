"""What one sitemap file says: pages with their dates, and further sitemaps."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extractors.instants import read_instant
from flows.feed_entries import read_entries
from models.article import Published
from models.errors import FetchError

GZIP = b"\x1f\x8b"
LARGEST = 50 * 2**20  # what the protocol allows for a file, unpacked
STEP = 2**16
FIELDS = frozenset(("loc", "lastmod", "title", "publication_date", "language", "name"))
TAGS = ("{*}url", "{*}sitemap")
END = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex|html)\s*>", re.IGNORECASE)
TAIL = 2048  # bytes in which the end of a whole file stands
LONGEST = 2048  # characters of a field; no address or title is longer


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a sitemap lists; `published` is what a news sitemap or a feed says, never `lastmod`."""

    link: str
    title: str | None = None
    published: Published | None = None
    raw_date: str | None = None
    modified: Published | None = None
    language: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Further:
    """Another sitemap."""

    link: str
    modified: Published | None = None


def read_sitemap(body: bytes, name: str) -> Iterator[Listed | Further]:
    """The entries in order, as the file is read. Raises FetchError, also after the last sound entry.

    A sitemap is XML, a feed, or a text with an address a line; each may be packed with gzip.
    """
    head = next(unpack(body, name), b"").replace(b"\0", b"")  # of UTF-16
    if b"<!ENTITY" in head:
        raise FetchError("entities", f"{name}: declares entities, as no honest sitemap does")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2048]
    if not start:
        raise FetchError("not_a_sitemap", f"{name}: is empty, no sitemap")
    if start.startswith((b"http://", b"https://")):
        yield from read_lines(unpack(body, name))
    elif b"<rss" in start or b"<feed" in start or start.startswith(b"{"):
        for entry in read_entries(b"".join(unpack(body, name)), name):
            yield Listed(entry.link, entry.title, entry.published, entry.raw_date)
    else:
        yield from read_xml(body, name)


def unpack(body: bytes, name: str) -> Iterator[bytes]:
    """The file in pieces, unpacked. Raises FetchError `too_large`, `truncated` or `encoding`."""
    if not body.startswith(GZIP):
        yield from (body[place : place + STEP] for place in range(0, len(body), STEP))
        return
    inflate, size, rest = zlib.decompressobj(zlib.MAX_WBITS | 16), 0, body
    while rest:
        try:
            piece = inflate.decompress(rest, STEP)
        except zlib.error as error:
            raise FetchError("encoding", f"{name}: is no sound gzip file ({error})") from error
        size += len(piece)
        if size > LARGEST:
            raise FetchError("too_large", f"{name}: more than {LARGEST // 2**20} MiB when unpacked")
        if piece:
            yield piece
        rest = inflate.unconsumed_tail or inflate.unused_data
        if inflate.eof:
            rest = rest if rest.startswith(GZIP) else b""
            inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif not piece and not rest:
            raise FetchError("truncated", f"{name}: the gzip file ends before its end")


def read_lines(pieces: Iterator[bytes]) -> Iterator[Listed]:
    """The addresses of a text, one a line."""
    text = b"".join(pieces).decode("utf-8-sig", "replace")
    return (Listed(line.strip()) for line in text.splitlines() if line.strip())


def read_xml(body: bytes, name: str) -> Iterator[Listed | Further]:
    """The entries of an XML sitemap, damaged or not; what is read is let go at once."""
    parser: Any = etree.XMLPullParser(
        events=("end",), tag=TAGS, resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    found, tail = 0, b""
    for piece in unpack(body, name):
        tail = tail[-TAIL:] + piece
        parser.feed(piece)
        for entry in take_entries(parser):
            found += 1
            yield entry
    root = close_parser(parser, name)
    truncated = not END.search(tail[-TAIL:].replace(b"\0", b""))
    last = list(take_entries(parser))
    last = last[:-1] if truncated else last  # the entry that the end cuts, closed by the parser
    yield from last
    found += len(last)
    if not found and root not in ("urlset", "sitemapindex"):
        said = "a page of HTML" if root == "html" else f"<{root[:20]}>"
        raise FetchError("not_a_sitemap", f"{name}: is {said}, no sitemap")
    if truncated:
        raise FetchError("truncated", f"{name}: ends before its end; {found} entries were read")


def close_parser(parser: Any, name: str) -> str:
    """Ends the parse and gives the name of the outermost element. Raises FetchError where there is none."""
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise FetchError("not_a_sitemap", f"{name}: is no sitemap ({str(error)[:100]})") from error
    return root.tag.rpartition("}")[2].rpartition(":")[2].lower() if root is not None else "nothing"


def take_entries(parser: Any) -> Iterator[Listed | Further]:
    """What the parser has ready."""
    for _, element in parser.read_events():
        fields = dict(read_fields(element))
        link = fields.get("loc", "")
        further = element.tag.endswith("sitemap")
        while element.getprevious() is not None:  # what stands before was read
            del element.getparent()[0]
        element.clear()
        if link:
            yield make_further(link, fields) if further else make_listed(link, fields)


def read_fields(element: Any) -> Iterator[tuple[str, str]]:
    """The fields of an entry by their names without namespace; those of news go with them, images are none."""
    for child in element.iterchildren("{*}*"):
        name = child.tag.rpartition("}")[2].rpartition(":")[2]  # a prefix may be undeclared
        if name == "news":
            yield from read_fields(child)
        elif name == "publication":
            yield from ((f"publication_{key}", value) for key, value in read_fields(child))
        elif name in FIELDS:
            text = child.xpath("string()") if len(child) else child.text
            if text and (words := " ".join(text.split())):
                yield name, words[:LONGEST]


def make_listed(link: str, fields: dict[str, str]) -> Listed:
    """A page with what a news sitemap says of it."""
    raw = fields.get("publication_date")
    return Listed(
        link=link,
        title=fields.get("title"),
        published=read_instant(raw),
        raw_date=raw,
        modified=read_instant(fields.get("lastmod")),
        language=read_language(fields.get("publication_language") or fields.get("language")),
        publisher=fields.get("publication_name"),
    )


def make_further(link: str, fields: dict[str, str]) -> Further:
    """Another sitemap with its date."""
    return Further(link, read_instant(fields.get("lastmod")))


def read_language(text: str | None) -> str | None:
    """The code of a language without its country, None where it is none."""
    code = (text or "").lower().replace("_", "-").partition("-")[0]
    return code if code.isalpha() and len(code) in (2, 3) else None
