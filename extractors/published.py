"""When a page was published and last changed, and which part of the page says so."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from htmldate import find_date
from lxml.html import HtmlElement

from extractors.instants import day_of, read_instant
from extractors.jsonld import Thing, text_of
from extractors.maintext import is_vast
from models.article import Published, PublishedSource

Dated = tuple[Published, PublishedSource]
Metas = Mapping[str, str]

# The first news sites; an earlier date is a default value or the story's own subject.
EARLIEST = date(1993, 1, 1)
NO_LIMIT = date(2100, 1, 1)
DATED = "(.//*[contains(concat(' ', @itemprop, ' '), ' {} ')])[1]"
TIME = (
    "(//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime] | //time[@pubdate])[1]"
)


def find_published(
    tree: HtmlElement,
    thing: Thing,
    metas: Metas,
    *,
    feed: Published | None = None,
    fetched: date | None = None,
    url: str | None = None,
) -> Dated | None:
    """The best publication time with its source: declared, else the feed's, else guessed from the text.

    Where the best one is a bare day, an instant of that day from a lesser source is taken instead.
    """
    latest = fetched + timedelta(days=1) if fetched else NO_LIMIT
    found = [
        (value, source)
        for value, source in list_declared(tree, thing, metas, feed)
        if EARLIEST <= day_of(value) <= latest
    ]
    if not found:
        return guess_published(tree, latest, url)
    best = found[0]
    exact = (one for one in found if isinstance(one[0], datetime) and one[0].date() == day_of(best[0]))
    return best if isinstance(best[0], datetime) else next(exact, best)


def list_declared(tree: HtmlElement, thing: Thing, metas: Metas, feed: Published | None) -> Iterator[Dated]:
    """What the page and its feed declare, the most trustworthy first."""
    texts: tuple[tuple[str | None, PublishedSource], ...] = (
        (text_of(thing.get("datePublished")), "jsonld"),
        *((text, "meta") for text in metas.values()),
        (read_microdata(tree, "datePublished"), "microdata"),
        (read_time(tree), "time"),
    )
    for text, source in texts:
        value = read_instant(text)
        if value:
            yield value, source
    if feed:
        yield feed, "feed"


def find_modified(tree: HtmlElement, thing: Thing, metas: Metas) -> Published | None:
    """When the page says that it was last changed."""
    texts = (text_of(thing.get("dateModified")), *metas.values(), read_microdata(tree, "dateModified"))
    return next(filter(None, map(read_instant, texts)), None)


def read_microdata(tree: HtmlElement, name: str) -> str | None:
    """The value of the first element that has this `itemprop`."""
    found: list[HtmlElement] = tree.xpath(DATED.format(name))
    element = found[0] if found else None
    if element is None:
        return None
    return str(element.get("content") or element.get("datetime") or element.text_content())


def read_time(tree: HtmlElement) -> str | None:
    """The value of the article's first `time` element."""
    found: list[HtmlElement] = tree.xpath(TIME)
    return str(found[0].get("datetime")) if found else None


def guess_published(tree: HtmlElement, latest: date, url: str | None) -> Dated | None:
    """The day that htmldate picks from address and text; it answers nearly always, so it is only a guess.

    Its answer for a page without any date is often the first day it may give: that is none. It reads a vast
    page for minutes, which is not worth a guess.
    """
    if is_vast(tree):
        return None
    day = find_date(
        tree, url=url, original_date=True, min_date=EARLIEST.isoformat(), max_date=latest.isoformat()
    )
    return (date.fromisoformat(day), "guess") if day and day != EARLIEST.isoformat() else None
