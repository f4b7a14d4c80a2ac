"""Who wrote an article, in which section it stands, and whether it goes on at another address."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.jsonld import Thing
from extractors.metadata import clean_title

MOST, LONGEST = 12, 80  # authors; characters of a name
BYLINE = (
    "//*[@rel='author' or contains(concat(' ', @itemprop, ' '), ' author ') or contains(concat(' ', @class, ' '), "
    "' byline ') or contains(concat(' ', @class, ' '), ' author ')][not(ancestor::aside or ancestor::footer)]"
)
NAME = ".//*[contains(concat(' ', @itemprop, ' '), ' name ')]"
LEAD = re.compile(
    r"^(?:(?:written|reported|reporting|story|words|text|posted|published)\s+)?(?:by|author)\b[\s:]*", re.I
)
NO_NAME = re.compile(
    r"https?:|www\.|[@\d{}<>\[\]]|^(?:author|admin|null|none|undefined|by|staff|editor)$", re.I
)
JOINT = re.compile(r"\s*(?:;|\s\|\s|\s&\s|\s+and\s+|\s+with\s+)\s*", re.I)
PAGE = re.compile(
    r"(?:[/_-](?:page|p|seite|pagina|pag)?[/=_-]?(?<!\d)\d{1,2}|/(?:page|index))?(?:\.[a-z]{3,5}|/)?$", re.I
)
PAGE_QUERY = re.compile(r"&?\b(?:page|p|seite|pagina|pag|pg)=\d{1,2}\b", re.I)


def find_authors(tree: HtmlElement, thing: Thing, metas: Mapping[str, str]) -> tuple[str, ...]:
    """The authors' names: declared in JSON-LD, else in a meta, else in the byline; each one once, in order."""
    for written in (list_things(thing), metas.values(), list_bylines(tree)):
        names = [name for text in written for name in split_names(text)]
        if names:
            return tuple(dict.fromkeys(names))[:MOST]
    return ()


def list_things(thing: Thing) -> Iterator[str]:
    """The names of the article's `author`, which is a text, an object or a list of them."""
    authors = thing.get("author")
    for one in authors if isinstance(authors, list) else [authors]:
        name = one.get("name") if isinstance(one, dict) else one
        yield from (n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str))


def list_bylines(tree: HtmlElement) -> Iterator[str]:
    """The texts of the page's first byline."""
    found: list[HtmlElement] = tree.xpath(BYLINE)
    for element in found[:1]:
        inner: list[HtmlElement] = element.xpath(NAME)
        yield from (one.get("content") or one.text_content() for one in inner or [element])


def split_names(text: str) -> list[str]:
    """The names in "By A and B", or none where it is an address, a handle or a sentence."""
    plain = LEAD.sub("", clean_title(text) or "")
    parts = JOINT.split(plain)
    parts = [name for part in parts for name in split_commas(part)]
    return [name for part in parts if (name := part.strip(" ,.·|-–—")) and is_name(name)]


def split_commas(part: str) -> list[str]:
    """ "A B, C D" is two names; "Doe, Jane" and "Jane Doe, Nairobi" are one with what belongs to it."""
    pieces = [piece.strip() for piece in part.split(",")]
    return pieces if all(" " in piece for piece in pieces) else pieces[:1] if " " in pieces[0] else [part]


def is_name(name: str) -> bool:
    """Whether it may be somebody's name."""
    return 2 <= len(name) <= LONGEST and len(name.split()) <= 8 and not NO_NAME.search(name)


def find_section(thing: Thing, metas: Mapping[str, str]) -> str | None:
    """The section of the paper, as the page declares it."""
    declared = thing.get("articleSection")
    written: Iterable[object] = (*(declared if isinstance(declared, list) else [declared]), *metas.values())
    names = (clean_title(text) for text in written if isinstance(text, str))
    return next((name[:LONGEST] for name in names if name), None)


def find_next(tree: HtmlElement, url: str | None) -> str | None:
    """The address at which the article goes on; `rel=next` to another article is none."""
    links: list[str] = tree.xpath(
        "//link[@rel='next']/@href | //a[contains(concat(' ', @rel, ' '), ' next ')]/@href"
    )
    for link in links:
        try:
            address = urljoin(url or "", link.strip()).partition("#")[0]
            same = name_story(address) == name_story(url or "")
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and same and address != url:
            return address
    return None


def name_story(address: str) -> tuple[str, str, str]:
    """Host, path and query without the number of a page."""
    parts = urlsplit(address)
    return parts.netloc, PAGE.sub("", parts.path), PAGE_QUERY.sub("", parts.query)
