"""The article: one version of one page's text, with where and when it was published."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

Published = datetime | date
PublishedSource = Literal["given", "jsonld", "meta", "microdata", "time", "feed", "sitemap", "guess"]


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be read. `published` is a date where only the day is known, else an instant with its zone."""

    text: str
    doc_id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    published: Published | None = None
    published_source: PublishedSource | None = None
    modified: Published | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    continued: str | None = None  # the address of the article's next page, which is not read
    duplicate_of: str | None = None  # article_id of the first text that this one repeats
    original: str | None = None  # the key of that text: what its incidents are named after
    identity: str | None = None

    @property
    def key(self) -> str:
        """What event ids are made from: the address, so that a page keeps its ids wherever it is read from.

        A line of JSONL is known by its own id instead: two lines may be cut from one page.
        """
        return self.identity or self.url or self.doc_id

    @property
    def article_id(self) -> str:
        """Sixteen hex digits of the address (or document id) and the text: one text version, one id."""
        return digest(self.url or self.doc_id, self.text)

    @property
    def day(self) -> date | None:
        """The day of publication in the zone that the publisher wrote it in."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a page, with when it was fetched and by which run it was stored."""

    article: Article
    fetched: datetime | None
    run_id: str


def digest(*parts: str) -> str:
    """Sixteen hex digits of the SHA-256 of the parts, joined by a character that no text part can hold."""
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_published(text: str) -> Published:
    """A date (`2023-11-22`) or an instant (`2023-11-22T05:00:00+03:00`) from ISO 8601.

    Raises ValueError where it is neither.
    """
    return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
