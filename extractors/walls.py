"""Pages that stand where an article should: firewalls, paywalls, consent walls, pages gone, forms."""

import re
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from extractors.characters import clean_line
from extractors.jsonld import Thing
from models.lexicon import read_entries
from models.page import PageEntry

PAGES = Path(__file__).parent / "lexicons" / "pages.toml"
HIDDEN = "@hidden or contains(translate(@style, ' ', ''), 'display:none')"
OUTSIDE = "ancestor::nav or ancestor::footer or ancestor::aside or ancestor::header[not(ancestor::article)]"
BODY = (
    "//body//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::noscript or "
    f"ancestor::*[{HIDDEN}]{{}})]"
)
SHOWN, CONTENT = f"//title//text() | {BODY.format('')}", BODY.format(f" or {OUTSIDE}")
DIALOG = "//*[@role='dialog' or @role='alertdialog' or @aria-modal or self::dialog or {}]"
NAMED = "contains(concat(@id, ' ', @class), ${})"
WORDS = ".//text()[not(parent::script or parent::style or parent::template)]"
WHOLE = ("html", "body", "main", "article")  # elements that hold more than a dialog, whatever they are called
# A page that only tells of a firewall is short; a stub is a lead of two or three sentences.
CHALLENGE_TEXT, MARKED_TEXT, STUB_TEXT = 1500, 300, 1200
END, BOX = 300, 600  # where a stub's own last words and the box below it are looked for
# A form or dialog has one of its phrases every so many characters; an article that quotes one has more between.
SPACING, LONGEST_FORM = 300, 6000
GONE_TEXT = 1500
MISSING = 1.5  # times the words that are here: what a page that is closed says that it has
EDGES = re.compile(r"^(?:\W|\b(?:oops|sorry|error|404|410)\b)+|(?:\W|\b(?:error|404|410)\b)+$")
PART = re.compile(r"\s+[|»·•–—-]\s+")
MESSAGES = {
    "consent": "asks for consent to cookies; no article",
    "not_found": "says that there is no such page",
    "signup": "a form to sign up, log in or subscribe; no article",
    "paywall": "only the first lines of an article for subscribers",
}


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
    shown = read_words(tree, SHOWN)
    if has_phrase(shown, signs.phrases):
        return len(shown) <= CHALLENGE_TEXT
    return marked and len(shown) <= MARKED_TEXT


def drop_dialogs(tree: HtmlElement) -> bool:
    """Takes out the dialogs that ask for consent, beside an article or before it, and says whether there was one."""
    dropped = False
    for element in find_dialogs(tree):
        if element.tag not in WHOLE and element.getparent() is not None and asks_consent(element):
            element.drop_tree()
            dropped = True
    return dropped


def find_dialogs(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that are dialogs or are named like one."""
    names = {f"name{n}": name for n, name in enumerate(load_signs()["dialog"].markup)}
    found: list[HtmlElement] = tree.xpath(DIALOG.format(" or ".join(map(NAMED.format, names))), **names)
    return found


def asks_consent(element: HtmlElement) -> bool:
    """Whether an element's words are those of a dialog: what wraps a whole page may be named like one."""
    words = read_words(element, WORDS)
    if len(words) > LONGEST_FORM:
        return False
    found = count_phrases(words, load_signs()["consent"].phrases)
    return found >= 2 and len(words) <= found * SPACING


def find_wall(things: list[Thing], tree: HtmlElement, text: str) -> str | None:
    """The kind of page that stands before or in place of the article whose text was found, if one does."""
    if len(text) > LONGEST_FORM:
        return None
    if is_missing(tree, text):
        return "not_found"
    content = read_words(tree, CONTENT)
    for kind in ("consent", "signup"):
        if is_form(kind, tree, text, content):
            return kind
    return "paywall" if is_paywalled(things, text, content) else None


def is_missing(tree: HtmlElement, text: str) -> bool:
    """Whether a heading says that there is no such page, or the few words of one without a heading do."""
    signs = load_signs()["not_found"]
    if len(text) <= LONGEST_FORM and has_title(tree, signs.titles):
        return True
    return len(text) <= GONE_TEXT // 2 and count_phrases(text, signs.phrases) >= 2


def is_form(kind: str, tree: HtmlElement, text: str, content: str) -> bool:
    """Whether the page's words are mostly those of a dialog or form of that kind."""
    signs = load_signs()[kind]
    titled = has_title(tree, signs.titles)
    words = text or content
    found = count_phrases(words, signs.phrases)
    if found < (1 if titled else 2) or found * SPACING * (2 if titled else 1) < len(words):
        return False
    own = sum(len(line) for line in words.split("\n") if has_phrase(line, signs.phrases))
    return titled or own * 3 >= 2 * len(words)  # else an article stands beside it


def is_paywalled(things: list[Thing], text: str, content: str) -> bool:
    """Whether only an article's first lines stand here: declared or told to be for subscribers, and short."""
    closed = any(is_closed(thing) for thing in things)
    if closed and any(count_declared(thing) > MISSING * len(text.split()) for thing in things):
        return True
    if len(text) > STUB_TEXT:
        return False
    complete = any(0 < count_declared(thing) <= len(text.split()) * 1.1 for thing in things)
    return (closed and not complete) or has_phrase(end_of(text, content), load_signs()["paywall"].phrases)


def end_of(text: str, content: str) -> str:
    """The text's last words and what a reader sees below them; a log-in above, or far below, tells nothing."""
    last = " ".join(text.split())[-30:]
    place = content.rfind(last) if last else -1
    below = content[place : place + BOX] if place >= 0 else content
    return f"{text[-END:]} {below}"


def is_closed(thing: Thing) -> bool:
    """Whether the object, or a part of it, is declared not to be free."""
    parts = thing.get("hasPart")
    inner = parts if isinstance(parts, list) else [parts]
    return any(
        str(one.get("isAccessibleForFree")).lower() == "false"
        for one in (thing, *inner)
        if isinstance(one, dict)
    )


def count_declared(thing: Thing) -> int:
    """The number of words that the page says its article has; 0 where it says none."""
    number = str(thing.get("wordCount", "")).strip()
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def has_title(tree: HtmlElement, titles: tuple[str, ...]) -> bool:
    """Whether a main heading, or the window's title without the site's name, is one of these."""
    headings: list[HtmlElement] = tree.xpath("(//h1)[position() <= 3]")
    window = PART.split(clean_line(tree.findtext(".//title")) or "")
    return any(plain_title(one) in titles for one in (*window, *(h.text_content() for h in headings)))


def plain_title(title: str) -> str:
    """A title as the lexicon writes it; "404" alone stays."""
    lower = " ".join(title.casefold().replace("’", "'").split())
    return EDGES.sub("", lower) or ("404" if "404" in lower else lower)


def has_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases (in lower case) stands in the text."""
    return count_phrases(text, phrases) > 0


def count_phrases(text: str, phrases: tuple[str, ...]) -> int:
    """How many of the phrases (in lower case) stand in the text."""
    plain = text.lower().replace("’", "'")
    return sum(phrase in plain for phrase in phrases)


def read_words(tree: HtmlElement, path: str) -> str:
    """The words that a reader of the page sees: sites keep their paywall's words hidden in every page."""
    words: list[str] = tree.xpath(path)
    return " ".join(" ".join(words).split())
