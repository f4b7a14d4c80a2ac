"""From the bytes of a saved or fetched page to its article, or to the reason why there is none."""

from dataclasses import replace
from datetime import date

from lxml.html import HtmlElement, tostring

from extractors.byline import find_authors, find_next, find_section
from extractors.jsonld import Thing, find_article, read_jsonld
from extractors.language import find_declared, find_language
from extractors.liveblog import read_live_blog
from extractors.maintext import find_text, is_vast
from extractors.markup import decode_markup, parse_page
from extractors.metadata import (
    find_canonical,
    find_publisher,
    find_refresh,
    find_title,
    pick_metas,
    read_metas,
)
from extractors.published import Dated, find_modified, find_published
from extractors.walls import MESSAGES, drop_dialogs, find_wall, is_challenge, load_signs
from models.article import Article, Published, digest
from models.errors import PageError

# What is longer is a book or a dump; the parse of one would take all memory.
LONGEST = 500_000
FORWARDING = 300  # "You are being taken to the new address", in a few words


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
    live = read_live_blog(tree, things) if not is_vast(tree) else None
    text = live.text if live else find_article_text(tree, markup, things, name)
    if len(text) > LONGEST:
        raise PageError("too_large", f"{name}: {len(text)} characters of text; the limit is {LONGEST}")
    metas = read_metas(tree)
    if published:
        found: Dated | None = (published, "given")
    else:
        dates = pick_metas(metas, load_signs()["published"].names)
        thing = find_article(things)
        found = find_published(tree, thing, dates, feed=feed_published, fetched=fetched, url=url)
        if live and live.first and (found is None or found[1] in ("time", "guess")):
            found = live.first, "time"  # the first time in the page is that of the newest update
    article = describe_page(tree, things, metas, text, url)
    return replace(
        article,
        doc_id=doc_id or article.doc_id,
        published=found[0] if found else None,
        published_source=found[1] if found else None,
        modified=article.modified or (live.last if live else None),
    )


def describe_page(
    tree: HtmlElement, things: list[Thing], metas: dict[str, str], text: str, url: str | None
) -> Article:
    """What the page says of itself, but for when it was published."""
    thing, signs = find_article(things), load_signs()
    named = {kind: pick_metas(metas, entry.names) for kind, entry in signs.items()}
    canonical = find_canonical(tree, metas, url)
    title = find_title(tree, thing, named["title"])
    text = drop_title(text, title)
    return Article(
        text=text,
        doc_id=canonical or digest(text),
        url=canonical,
        publisher=find_publisher(tree, thing, named["publisher"]),
        title=title,
        language=find_language(find_declared(tree, thing, metas), text, signs["english"].phrases),
        modified=find_modified(tree, thing, named["modified"]),
        authors=find_authors(tree, thing, named["author"]),
        section=find_section(thing, named["section"]),
        continued=find_next(tree, canonical),
    )


def drop_title(text: str, title: str | None) -> str:
    """The text without the headline among its first lines: it would be read twice, and twins would differ."""
    lines = text.split("\n", 3)
    if title in lines[:3] and len(lines) > 1:
        lines.remove(title)
    return "\n".join(lines)


def find_article_text(tree: HtmlElement, markup: str, things: list[Thing], name: str) -> str:
    """The text that an article's offsets point into. Raises PageError where there is none."""
    if is_challenge(markup, tree):
        raise PageError("challenge", f"{name}: a firewall's challenge page, no article")
    asked = drop_dialogs(tree)
    text = find_text(tree, tostring(tree, encoding="unicode") if asked else markup)
    if not text and asked:
        raise PageError("consent", f"{name}: {MESSAGES['consent']}")
    if wall := find_wall(things, tree, text):
        raise PageError(wall, f"{name}: {MESSAGES[wall]}")
    if len(text) < FORWARDING and (target := find_refresh(tree)):
        raise PageError("refresh", f"{name}: only forwards to {target[:200]}; fetch that")
    if not text:
        raise PageError("no_text", f"{name}: no article text in the page")
    return text
