"""What a page declares about its article in JSON-LD."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

Thing = dict[str, Any]

WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
# Below these the article stands itself; below others (itemListElement, hasPart) stand its neighbours.
INNER = ("@graph", "mainEntity", "mainEntityOfPage")


def read_jsonld(tree: HtmlElement) -> list[Thing]:
    """The page's JSON-LD objects in the page's order; blocks that are no JSON are passed over."""
    blocks = tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    return [thing for block in blocks for thing in read_block(block.text or "")]


def read_block(text: str) -> list[Thing]:
    """The objects of one script block."""
    text = WRAPPING.sub("", WRAPPING.sub("", text)).strip()
    if not text:
        return []
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    return list(walk_things(value, depth=0))


def walk_things(value: object, depth: int) -> Iterator[Thing]:
    """The object and those below the keys that hold the page's own subject."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from walk_things(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in INNER:
            yield from walk_things(value.get(key), depth + 1)


def find_article(things: list[Thing]) -> Thing:
    """The object that is the page's article, else its web page, else an empty one."""
    articles = [thing for thing in things if any(map(ARTICLE.search, types_of(thing)))]
    dated = [thing for thing in articles if thing.get("datePublished")]
    pages = [thing for thing in things if "WebPage" in types_of(thing)]
    return next(iter((*dated, *articles, *pages)), {})


def types_of(thing: Thing) -> list[str]:
    """The names of an object's types."""
    kind = thing.get("@type")
    return [name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]


def text_of(value: object, key: str = "name") -> str | None:
    """A text, or the text under `key` of an object, or that of a list's first member."""
    if isinstance(value, list):
        return text_of(value[0], key) if value else None
    if isinstance(value, dict):
        value = value.get(key)
    return value if isinstance(value, str) and value.strip() else None
