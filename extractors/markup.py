"""From the bytes of a page to its source and tree, whatever they hold, in bounded time."""

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from extractors.characters import strip_controls
from extractors.encodings import decode_page
from models.errors import PageError

# No real news page is larger; the time that one takes grows faster than its size.
LARGEST = 5 * 2**20
LARGEST_SCRIPT = 2**20  # what holds more is a program or a database; searching it for dates takes seconds
BINARY = re.compile(
    rb"\s*(?:%PDF|\x89PNG|GIF8|\xff\xd8\xff|PK[\x03\x05]|\x1f\x8b|BZh|7z\xbc\xaf|Rar!|RIFF|OggS|ID3|\x7fELF"
    rb"|\x1aE\xdf\xa3|FLV|....ftyp)",
    re.DOTALL,
)
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.DOTALL
)
JSON = re.compile(r"""\s*(?:\)\]\}'[,\s]*)?(?:\{\s*["}]|\[\s*[\[{"\]])""")
TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|table|span|br|pre)\b", re.IGNORECASE
)
# Both parsers compare every attribute of a tag with every other; a real tag has a dozen, however long they are.
LONG_TAG, MANY = re.compile(r"<([a-zA-Z][\w:-]*+)[^<>]{8000,}+>"), 500
ATTRIBUTE = re.compile(r"[\s\"'/][^\s\"'<>/=]+")


def decode_markup(data: bytes, name: str, charset: str | None) -> str:
    """The page's source as text. Raises PageError where the bytes cannot be a page."""
    if not data.strip(b"\x00\t\n\r\f "):
        raise PageError("empty", f"{name}: the page is empty")
    if len(data) > LARGEST:
        raise PageError(
            "too_large", f"{name}: {len(data) / 2**20:.0f} MiB; the limit is {LARGEST // 2**20} MiB"
        )
    if is_binary(data):
        raise PageError("binary", f"{name}: binary data, no page")
    markup = strip_controls(decode_page(data, charset))
    if FEED.match(markup):
        raise PageError("not_html", f"{name}: a feed or sitemap, no page")
    if JSON.match(markup):
        raise PageError("not_html", f"{name}: JSON, no page")
    if not TAG.search(markup):
        raise PageError("not_html", f"{name}: text without HTML, no page")
    return LONG_TAG.sub(shorten_tag, markup)


def is_binary(data: bytes) -> bool:
    """Whether the bytes begin as a known file type, or hold more control bytes than a damaged page would."""
    head = data[:4096]
    if head.startswith(WIDE) or (head[1::2].count(0) * 4 > len(head) and head[::2].count(0) * 8 < len(head)):
        return False
    if BINARY.match(head):
        return True
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 20 > len(head)


def shorten_tag(tag: re.Match[str]) -> str:
    """The tag, without its attributes where there are more than any page needs."""
    return f"<{tag[1]}>" if len(ATTRIBUTE.findall(tag[0])) > MANY else tag[0]


def parse_page(markup: str, name: str) -> HtmlElement:
    """The page's tree, however deep it is, without the text of vast scripts. Raises PageError."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageError("not_html", f"{name}: no HTML that can be parsed") from error
    for script in tree.iter("script"):
        if len(script.text or "") > LARGEST_SCRIPT:
            script.text = None
    return tree
