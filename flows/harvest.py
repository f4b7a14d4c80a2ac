"""Third stage: archived pages to articles, articles to event rows, rows to the staging folder."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from extractors.duplicates import Originals
from extractors.language import can_read
from flows.edits import keep_decided
from flows.feeds import Item
from flows.keeping import commit_parses, expect_parses, put_aside
from flows.lines import Origin
from flows.night import Night, Ready
from flows.pages import Page, read_pages
from models.article import Article
from models.errors import ArchiveError, PageError
from models.source import Source

BATCH = 64  # articles whose rows are staged together: what a stop waits for
LOOK_UP = 512  # pages that one question to the tables is about
WINDOW = timedelta(days=7)  # wire copy comes within hours; what is older is seldom repeated
Thing = TypeVar("Thing")


def harvest_rows(night: Night) -> int:
    """Reads and extracts every ready page that the tables do not have yet; gives the number of rows."""
    ready = [night.ready[place] for place in sorted(night.ready)]
    seen: set[str] = set()
    if night.stop.asked:
        return 0
    originals: Originals | None = None
    for batch in take(read_articles(night, skip_known(night, ready)), BATCH):
        if fresh := drop_seen(night, batch, seen):
            originals = originals or load_originals(night)
            stage_rows(night, link_copies(night, fresh, originals))
        night.progress("extract", night.tally.closed, len(night.items), str)
        if night.stop.asked:
            break
    commit_parses(night)
    return night.staged.rows


def skip_known(night: Night, ready: Iterable[Ready]) -> Iterator[Ready]:
    """The pages of which the tables have no article of the same bytes."""
    for batch in take(ready, LOOK_UP):
        known = night.store.known_pages(one.version for one in batch)
        for one in batch:
            if one.version in known:
                night.tally.close(one.item.source_id, "unchanged")
            else:
                yield one


def read_articles(night: Night, ready: Iterable[Ready]) -> Iterator[tuple[Ready, Article]]:
    """The articles of the pages, in order; a page without one is counted as a failure."""
    waiting: deque[Ready] = deque()
    for _, found in read_pages(open_pages(night, ready, waiting)):
        one = waiting.popleft()
        if isinstance(found, PageError):
            night.tally.fail(one.item.source_id, one.page, found.reason, str(found))
        else:
            yield one, fill_in(found, one.item, night.sources[one.item.source_id])


def fill_in(article: Article, item: Item, source: Source) -> Article:
    """The article with what only its source knows."""
    listed = source.kind == "sitemap" and article.published_source == "feed"
    return replace(
        article,
        publisher=article.publisher or item.publisher or source.publisher,
        language=article.language or item.language or source.language,
        published_source="sitemap" if listed else article.published_source,
    )


def open_pages(night: Night, ready: Iterable[Ready], waiting: deque[Ready]) -> Iterator[Page]:
    """The pages out of the archive; `waiting` gets the items in the same order."""
    for one in ready:
        if night.stop.asked:
            return
        try:
            fetched = night.archive.read(one.record)
        except ArchiveError as error:
            night.tally.fail(one.item.source_id, one.page, "archive", str(error))
            continue
        waiting.append(one)
        yield Page(
            data=fetched.body,
            url=fetched.final_url if one.item.url else None,
            doc_id=one.page,
            charset=fetched.charset,
            feed_published=one.item.feed_published,
            fetched=fetched.fetched_at.date(),
        )


def drop_seen(
    night: Night, batch: list[tuple[Ready, Article]], seen: set[str]
) -> list[tuple[Ready, Article]]:
    """The articles that are neither in the tables nor earlier in this run."""
    known = night.store.known(article.article_id for _, article in batch)
    fresh = []
    for one, article in batch:
        if article.article_id in known:
            night.tally.close(one.item.source_id, "unchanged")
        elif article.article_id in seen:
            night.tally.close(one.item.source_id, "duplicate")
        else:
            seen.add(article.article_id)
            fresh.append((one, article))
    return fresh


def load_originals(night: Night) -> Originals:
    """The texts of the last days, which a new one may repeat."""
    originals = Originals()
    for article_id, key, text in night.store.recent_texts(night.started - WINDOW):
        originals.place(article_id, key, text)
    return originals


def link_copies(
    night: Night, batch: list[tuple[Ready, Article]], originals: Originals
) -> list[tuple[Ready, Article]]:
    """The articles, each with the first text that it repeats; what is not in English is counted too."""
    linked = []
    for one, article in batch:
        first = originals.place(article.article_id, article.key, article.text)
        if first:
            night.tally.mark(one.item.source_id, "copies")
            article = replace(article, duplicate_of=first.article_id, original=first.key)  # noqa: PLW2901
        if not can_read(article.language):
            night.tally.mark(one.item.source_id, "foreign")
        linked.append((one, article))
    return linked


def stage_rows(night: Night, batch: list[tuple[Ready, Article]]) -> None:
    """Extracts the articles and stages them with their rows. The model is loaded for the first of them."""
    night.extractor = night.extractor or night.load()
    extractor = night.extractor
    parses = expect_parses(night, (article for _, article in batch))
    reads = extractor.read((article for _, article in batch), parses, trace=True)
    for (one, _), read in zip(batch, reads, strict=True):
        reader = extractor.stages["reader"]
        origin = Origin(one.item.source_id, *one.version, one.record.fetched_at, reader)
        staged = night.staged.add(
            read.article, keep_decided(night, read.article, read.rows), origin, read.found
        )
        night.tally.close(one.item.source_id, "new", staged)
    put_aside(night)


def take(things: Iterable[Thing], number: int) -> Iterator[list[Thing]]:
    """The things in lists of that many; the last one may be shorter."""
    left = iter(things)
    while batch := list(islice(left, number)):
        yield batch
