"""Pages read again out of the archive: what the page says now, and of the rest what the stored article has."""

from dataclasses import dataclass, replace
from datetime import datetime

from flows.archive import Archive, Record
from flows.lines import Line, read_article
from flows.pages import Page, Reader
from models.article import Article
from models.errors import ArchiveError, DatelineError, PageError

SAVED = "file:///"  # the address that a saved page without one was given
LISTED = ("feed", "sitemap")


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that gives no article now, with the reason; the stored one stands."""

    page: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The archive, and the child that reads its pages."""

    archive: Archive
    reader: Reader

    def read(self, line: Line) -> Article | Missing:
        """The article that the page of a line of `articles` gives now."""
        page = line["page"] or ""
        try:
            record = self.find_record(page, line["payload"] or "", line["fetched"])
            fetched = self.archive.read(record)
        except ArchiveError as error:
            return Missing(page, "archive", name_page(page, error))
        stored = read_article(line)
        feed = stored.published if stored.published_source in LISTED else None
        found = self.reader.read(
            Page(
                data=fetched.body,
                url=None if page.startswith(SAVED) else fetched.final_url,
                doc_id=page,
                charset=fetched.charset,
                feed_published=feed,
                fetched=fetched.fetched_at.date(),
            )
        )
        if isinstance(found, PageError):
            return Missing(page, found.reason, name_page(page, found))
        return complete(found, stored)

    def find_record(self, page: str, payload: str, fetched: datetime | None) -> Record:
        """The fetch that the article was read from. Raises ArchiveError where it is not there."""
        index = self.archive.index
        found = fetched and payload and index.find_fetch(page, fetched, payload)
        found = found or (index.find_version(page, payload) if payload else None)
        if not found:
            raise ArchiveError(f"{page or 'an article'}: its page is not in the archive")
        return found


def name_page(page: str, error: DatelineError) -> str:
    """What is wrong, with the page: the archive may name its file alone."""
    return str(error) if page in str(error) else f"{page}: {error}"


def complete(found: Article, stored: Article) -> Article:
    """The article with what only its source knew, and with its place among the copies."""
    listed = found.published_source == "feed" and stored.published_source in LISTED
    return replace(
        found,
        publisher=found.publisher or stored.publisher,
        language=found.language or stored.language,
        published_source=stored.published_source if listed else found.published_source,
        duplicate_of=stored.duplicate_of,
        original=stored.original,
    )
