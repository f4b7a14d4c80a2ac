"""Pages that stand before the article: paywalls and firewalls."""

from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from extractors.jsonld import Thing
from models.lexicon import read_entries
from models.page import PageEntry

PAGES = Path(__file__).parent / "lexicons" / "pages.toml"
HIDDEN = "@hidden or contains(translate(@style, ' ', ''), 'display:none')"
SHOWN = (
    "//title//text() | //body//text()[not(ancestor::script or ancestor::style or ancestor::template or "
    f"ancestor::*[{HIDDEN}])]"
)
# A page that only tells of a firewall is short; a stub is a lead of two or three sentences.
CHALLENGE_TEXT, STUB_TEXT = 1500, 1200


@cache
def load_signs() -> dict[str, PageEntry]:
    """The signs of `pages.toml` by kind; raises LexiconError."""
    return read_entries(PAGES, PageEntry)


def is_challenge(markup: str, tree: HtmlElement) -> bool:
    """Whether this is a firewall's page: one of its signs, and hardly any text."""
    signs = load_signs()["challenge"]
    marked = any(mark in markup for mark in signs.markup)
    if not marked and not has_phrase(markup, signs.phrases):
        return False
    shown = read_shown(tree)
    return len(shown) <= CHALLENGE_TEXT and (marked or has_phrase(shown, signs.phrases))


def is_paywalled(things: list[Thing], tree: HtmlElement, text: str) -> bool:
    """Whether only an article's first lines stand here: declared or told to be for subscribers, and short."""
    if len(text) > STUB_TEXT:
        return False
    closed = any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in things)
    return closed or has_phrase(read_shown(tree), load_signs()["paywall"].phrases)


def has_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases (in lower case) stands in the text."""
    plain = text.lower().replace("’", "'")
    return any(phrase in plain for phrase in phrases)


def read_shown(tree: HtmlElement) -> str:
    """The words that a reader of the page sees: sites keep their paywall's words hidden in every page."""
    words: list[str] = tree.xpath(SHOWN)
    return " ".join(" ".join(words).split())
