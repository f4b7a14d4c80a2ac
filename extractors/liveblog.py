"""The text of a live blog: its updates in the page's order, each below its own heading and time."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from lxml.html import HtmlElement

from extractors.characters import clean_line, clean_text
from extractors.instants import read_instant
from extractors.jsonld import Thing, text_of, types_of
from extractors.updates import write_time
from models.article import Published

POSTING = "LiveBlogPosting"
MARKED = re.compile(r"live-?_?(?:blog|feed|updates|page|stream|coverage)|LiveBlogPosting", re.IGNORECASE)
MARKS = "//@itemtype | //@class | //@id | //link[@rel='canonical']/@href"
ASIDE = "ancestor::nav or ancestor::aside or ancestor::footer or ancestor::form"
TIMES = f"//time[@datetime][not({ASIDE})] | //*[@itemprop='datePublished'][not({ASIDE})]"
WORDS = ".//p | .//li[not(.//p)] | .//blockquote[not(.//p)]"
HEADING = "(.//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6 | .//*[@itemprop='headline'])[1]"
LEAST, SHORTEST = 2, 40  # updates; characters of one, or of a paragraph above the first


@dataclass(frozen=True, slots=True)
class Update:
    """One entry: its heading, its time and its paragraphs."""

    heading: str | None
    moment: Published | None
    paragraphs: tuple[str, ...]

    def __str__(self) -> str:
        head = (self.heading, write_time(self.moment) if self.moment else None)
        return "\n\n".join(filter(None, (*head, "\n".join(self.paragraphs))))


@dataclass(frozen=True, slots=True)
class LiveBlog:
    """The text, and the times of the first and the last update."""

    text: str
    first: Published | None
    last: Published | None


def read_live_blog(tree: HtmlElement, things: list[Thing]) -> LiveBlog | None:
    """The live blog, None where the page is none: it says that it is one, and has updates with times."""
    posting = next((thing for thing in things if POSTING in types_of(thing)), None)
    if posting is None and not any(MARKED.search(mark) for mark in tree.xpath(MARKS)):
        return None
    blocks = find_blocks(tree)
    updates = [u for u in map(read_block, blocks) if len("".join(u.paragraphs)) >= SHORTEST]
    declared = list_declared(posting or {})
    above = read_above(blocks[0]) if blocks else []
    if len(declared) > len(updates):
        updates, above = declared, []
    if len(updates) < LEAST:
        return None
    moments = sorted(filter(is_exact, (u.moment for u in updates)), key=datetime.timestamp)
    text = clean_text("\n\n".join(["\n".join(above), *map(str, updates)]))
    return LiveBlog(text, *((moments[0], moments[-1]) if moments else (None, None)))


def is_exact(moment: Published | None) -> TypeGuard[datetime]:
    """Whether the time is an instant: a clock without a zone is none."""
    return isinstance(moment, datetime) and moment.tzinfo is not None


def find_blocks(tree: HtmlElement) -> list[HtmlElement]:
    """The largest group of sisters of which each holds one time."""
    times: list[HtmlElement] = tree.xpath(TIMES)
    held = Counter(above for time in times for above in (time, *time.iterancestors()))
    groups: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for time in times:
        block = time
        while (parent := block.getparent()) is not None and held[parent] == 1:
            block = parent
        if block.getparent() is not None and block is not time:
            groups[block.getparent()].append(block)
    return max(groups.values(), key=len, default=[])


def read_block(block: HtmlElement) -> Update:
    """An update as it stands in the page."""
    time = block.xpath(".//time[@datetime] | .//*[@itemprop='datePublished']")[0]
    headings: list[HtmlElement] = block.xpath(HEADING)
    heading = clean_line(headings[0].text_content()) if headings else None
    paragraphs = tuple(filter(None, (clean_line(p.text_content()) for p in block.xpath(WORDS))))
    if not paragraphs:
        whole = clean_line(block.text_content()) or ""
        paragraphs = (
            whole.removeprefix(clean_line(time.text_content()) or "").replace(heading or "\0", "", 1).strip(),
        )
    return Update(heading, read_moment(time.get("datetime") or time.get("content")), paragraphs)


def list_declared(posting: Thing) -> list[Update]:
    """The updates that JSON-LD gives in full."""
    updates = posting.get("liveBlogUpdate")
    found = []
    for one in updates if isinstance(updates, list) else [updates]:
        if not isinstance(one, dict):
            continue
        body = clean_text(text_of(one.get("articleBody")) or "")
        if len(body) >= SHORTEST:
            heading, time = clean_line(text_of(one.get("headline"))), text_of(one.get("datePublished"))
            found.append(Update(heading, read_moment(time), tuple(body.split("\n"))))
    return found


def read_above(block: HtmlElement) -> list[str]:
    """The paragraphs above the first update."""
    found: list[HtmlElement] = block.xpath(f"preceding::p[not({ASIDE} or ancestor::li)]")
    texts = (clean_line(p.text_content()) or "" for p in found)
    return [text for text in texts if len(text) >= SHORTEST]


def read_moment(text: str | None) -> Published | None:
    """An update's time; one without a zone is kept as the clock that readers see."""
    found = read_instant(text)
    try:
        naive = datetime.fromisoformat((text or "").strip()) if len(text or "") > 10 else None
    except ValueError:
        naive = None
    return naive if found and not isinstance(found, datetime) and naive else found
