"""From the bytes of a saved or fetched page to its article, or to the reason why there is none."""

import re
from datetime import date

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from extractors.characters import clean_text, strip_controls
from extractors.encodings import decode_page
from extractors.jsonld import Thing, find_article, read_jsonld
from extractors.metadata import (
    find_canonical,
    find_language,
    find_publisher,
    find_title,
    pick_metas,
    read_metas,
)
from extractors.published import Dated, find_modified, find_published
from extractors.walls import is_challenge, is_paywalled, load_signs
from models.article import Article, Published, digest
from models.errors import PageError

# No real news page is larger; the time that one takes grows faster than its size.
LARGEST = 5 * 2**20
# Below this stands no sentence; and what the fallback finds below the other is a menu or a cookie notice.
SHORTEST, SHORTEST_FALLBACK = 40, 250
# Time grows with the square of the depth; at this many tags it is a second or two.
DEEP, DEEP_TAGS = etree.XPath(f"boolean({'/*' * 1000})"), 10_000
BINARY = re.compile(
    rb"\s*(?:%PDF|\x89PNG|GIF8|\xff\xd8\xff|PK[\x03\x05]|\x1f\x8b|BZh|7z\xbc\xaf|Rar!|RIFF|OggS|ID3|\x7fELF|....ftyp)"
)
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.DOTALL
)
TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|table|span|br|pre)\b", re.IGNORECASE
)


def read_page(
    data: bytes,
    url: str | None,
    *,
    doc_id: str | None = None,
    charset: str | None = None,
    published: Published | None = None,
    feed_published: Published | None = None,
    fetched: date | None = None,
) -> Article:
    """The article of a page: its text without the site around it, its title, language and time.

    `published` overrides what the page says. Raises PageError with the reason where there is no article.
    """
    name = url or doc_id or "page"
    markup = decode_markup(data, name, charset)
    tree = parse_page(markup, name)
    things = read_jsonld(tree)
    text = find_article_text(tree, markup, things, name)
    thing, metas, signs = find_article(things), read_metas(tree), load_signs()
    dates = pick_metas(metas, signs["published"].names)
    found: Dated | None = (published, "given") if published else None
    found = found or find_published(tree, thing, dates, feed=feed_published, fetched=fetched, url=url)
    canonical = find_canonical(tree, metas, url)
    title = find_title(tree, thing, pick_metas(metas, signs["title"].names))
    text = text.removeprefix(f"{title}\n")  # or it would be read twice, and twins would differ
    return Article(
        text=text,
        doc_id=doc_id or canonical or digest(text),
        url=canonical,
        publisher=find_publisher(tree, thing, pick_metas(metas, signs["publisher"].names)),
        title=title,
        language=find_language(tree, thing, metas, text),
        published=found[0] if found else None,
        published_source=found[1] if found else None,
        modified=find_modified(tree, thing, pick_metas(metas, signs["modified"].names)),
    )


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
    if not TAG.search(markup):
        raise PageError("not_html", f"{name}: text without HTML, no page")
    return markup


def is_binary(data: bytes) -> bool:
    """Whether the bytes begin as a known file type, or hold more control bytes than a damaged page would."""
    head = data[:4096]
    if head.startswith(WIDE) or (head[1::2].count(0) * 4 > len(head) and head[::2].count(0) * 8 < len(head)):
        return False
    if BINARY.match(head):
        return True
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 20 > len(head)


def parse_page(markup: str, name: str) -> HtmlElement:
    """The page's tree, however deep it is. Raises PageError."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageError("not_html", f"{name}: no HTML that can be parsed") from error


def find_article_text(tree: HtmlElement, markup: str, things: list[Thing], name: str) -> str:
    """The text that an article's offsets point into. Raises PageError where there is none."""
    if is_challenge(markup, tree):
        raise PageError("challenge", f"{name}: a firewall's challenge page, no article")
    text = find_text(tree, markup)
    if is_paywalled(things, tree, text):
        raise PageError("paywall", f"{name}: only the first lines of an article for subscribers")
    if not text:
        raise PageError("no_text", f"{name}: no article text in the page")
    return text


def find_text(tree: HtmlElement, markup: str) -> str:
    """The text of the page's main part, empty where there is none."""
    if DEEP(tree) and markup.count("<") > DEEP_TAGS:
        return ""
    document = bare_extraction(tree, include_comments=False, with_metadata=False)
    text = clean_text(getattr(document, "text", None) or "")
    if len(text) >= SHORTEST:
        return text
    plain = extract_plain_text(markup, main_content=True, alt_texts=False, links=False, comments=False)
    plain = clean_text(plain)
    return plain if len(plain) >= SHORTEST_FALLBACK else ""
