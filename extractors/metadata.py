"""What a page says of itself: title, publisher and canonical address."""

import html
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from extractors.characters import clean_line
from extractors.jsonld import Thing, text_of

SEPARATORS = " |»·–—-"
TAIL = re.compile(r"^(.+?)\s+[|»·–—-]\s+[^|»·–—-]{2,40}$")
PUBLISHER = "(//*[@itemprop='publisher']//*[@itemprop='name'])[1]"
REFRESH, SOON = (
    re.compile(r"(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(\S.*)", re.IGNORECASE),
    10,
)  # seconds


def read_metas(tree: HtmlElement) -> dict[str, str]:
    """The content of each meta element by its name in lower case; the first one of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and element.get(key):
                metas.setdefault(element.get(key).strip().lower(), content)
    return metas


def pick_metas(metas: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """The page's own metas among the names, in the order of the names."""
    return {name: metas[name] for name in names if name in metas}


def find_title(tree: HtmlElement, thing: Thing, metas: Mapping[str, str]) -> str | None:
    """The headline, without the site's name."""
    headings = tree.xpath("//h1")
    heading = headings[0].text_content() if len(headings) == 1 else None
    declared = next(iter(metas.values()), None)
    plain = clean_title(text_of(thing.get("headline")) or declared or heading)
    return plain or clean_title(cut_tail(tree.findtext(".//title")))


def clean_title(text: str | None) -> str | None:
    """A title on one line; entities that were escaped twice are read."""
    return clean_line(html.unescape(text)) if text else None


def cut_tail(title: str | None) -> str | None:
    """A window title without " | Site" at its end."""
    found = TAIL.match(" ".join(title.split())) if title else None
    return found[1] if found and len(found[1]) > 15 else title


def find_publisher(tree: HtmlElement, thing: Thing, metas: Mapping[str, str]) -> str | None:
    """The site's or publisher's name: declared, or what follows the headline in the window title."""
    declared = next(iter(metas.values()), None) or text_of(thing.get("publisher"))
    names: list[HtmlElement] = [] if declared else tree.xpath(PUBLISHER)
    declared = declared or (names[0].get("content") or names[0].text_content() if names else None)
    return clean_title(declared) or find_tail(tree)


def find_tail(tree: HtmlElement) -> str | None:
    """The site's name in "Headline | Site", where the page's only heading shows what the headline is."""
    headings: list[HtmlElement] = tree.xpath("//h1")
    heading = clean_line(headings[0].text_content()) if len(headings) == 1 else None
    window = clean_line(tree.findtext(".//title")) or ""
    found = TAIL.match(window)
    return clean_line(window[found.end(1) :].strip(SEPARATORS)) if found and found[1] == heading else None


def find_canonical(tree: HtmlElement, metas: Mapping[str, str], url: str | None) -> str | None:
    """The address that the page gives as its own, else the one it came from.

    A canonical link to a front page is a mistake of the site, and is not followed.
    """
    links = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href")
    for link in (*links, metas.get("og:url")):
        address = read_address(link, url)
        if address:
            return address
    return url


def read_address(link: str | None, base: str | None) -> str | None:
    """An absolute web address of a page below a site's root, without its fragment."""
    try:
        parts = urlsplit(urljoin(base or "", (link or "").strip()))
    except ValueError:
        return None
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or not (parts.path.strip("/") or parts.query)
    ):
        return None
    return urlunsplit(parts._replace(fragment=""))


def find_refresh(tree: HtmlElement) -> str | None:
    """The address that a page without words of its own sends its reader to at once."""
    for content in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        found = REFRESH.match(clean_line(content) or "")
        if found and int(found[1]) <= SOON:
            return found[2].strip("'\" ")
    return None
