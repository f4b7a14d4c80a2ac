"""The work of `dateline explain`: finds the row and its text, and reads the text again with the present rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractors import load_extractor
from flows.documents import Given, read_documents
from flows.home import find_gazetteer, find_home
from flows.receipts import find_store
from flows.search import find_row
from flows.stage_changes import compare_stages, list_entries, list_stages
from flows.store import Store
from models.article import Article
from models.errors import InputError
from models.event import EventRow
from review.explanations import ArticleExplanation, RowExplanation
from review.rejections import Reread, Since

if TYPE_CHECKING:
    from extractors.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Asked:
    """Which row or article, where it is looked for, and whether only the row itself is wanted."""

    event_id: str | None = None
    article: str | None = None
    run: str | None = None
    as_of: datetime | None = None
    rows: Path | None = None
    text: Path | None = None
    home: Path | None = None
    quick: bool = False


def explain_asked(
    asked: Asked, load: Callable[[], "Extractor"] = lambda: load_extractor(find_gazetteer())
) -> RowExplanation | ArticleExplanation:
    """The explanation. Raises InputError or StoreError where row, run or text is not there.

    The extractor is loaded once there is something to read.
    """
    if asked.event_id is None:
        article = find_article(asked)
        return ArticleExplanation(article, reread(article, load()))
    row = find_row(asked.event_id, asked.rows, asked.home, asked.run, asked.as_of)
    if asked.quick:
        return RowExplanation(row, None, "only what the row itself tells was asked for")
    text = find_text(row, asked)
    if text is None:
        told = (
            "its text is not in the tables: with --text FILE, the document it was read from, they are shown"
        )
        return RowExplanation(row, None, told)
    extractor = load()
    since = None if asked.rows else find_changes(row, asked, extractor)
    return RowExplanation(row, replace(reread(text, extractor), since=since))


def find_changes(row: EventRow, asked: Asked, extractor: "Extractor") -> Since | None:
    """What reads otherwise than in the run that made the row; None where the run does not tell how it read."""
    store = Store(find_store(asked.home or find_home()))
    stages = next((run.stages for run in store.runs() if run.run_id == row.run_id), {})
    if not stages:
        return None
    carries = [compare_stages(store, stages, extractor.stages)]
    return Since(row.run_id, list_stages(carries), list_entries(carries))


def reread(article: Article, extractor: "Extractor") -> Reread:
    """The article as the present rules read it."""
    rows, trace = extractor.trace_events(article)
    return Reread(article.text, rows, trace, (extractor.version, extractor.pipeline.version))


def find_text(row: EventRow, asked: Asked) -> Article | None:
    """The text that the row was read in, dated and named as the row says. Raises InputError."""
    if asked.text is None:
        return Store(find_store(asked.home or find_home())).find_article(row.article_id)
    for article in read_articles(asked.text):
        if article.article_id == row.article_id or fits(row, article.text):
            return replace(
                article,
                url=row.url,
                publisher=row.publisher,
                title=row.title,
                language=row.language,
                published=row.published,
            )
    raise InputError(f"{asked.text}: holds no text with the sentences of {row.event_id} at their offsets")


def find_article(asked: Asked) -> Article:
    """The article asked for: of a file, or the newest of that id or address in the tables. Raises InputError."""
    name = asked.article
    if asked.text is not None:
        found = [a for a in read_articles(asked.text) if name in (None, a.article_id, a.url, a.doc_id)]
        if len(found) != 1:
            told = "give one of them by --article ID" if found else f"holds no article {name}"
            raise InputError(f"{asked.text}: {len(found)} articles fit; {told}")
        return found[0]
    store = Store(find_store(asked.home or find_home()))
    article = store.find_article(name or "")
    if article is None:
        versions = store.versions(name or "")
        article = versions[-1].article if versions else None
    if article is None:
        raise InputError(f"no article {name} in {store.location}; `dateline articles list` lists the newest")
    return article


def read_articles(file: Path) -> Iterator[Article]:
    """The articles of a file, as `extract` reads it. Raises what the first document is refused for."""
    if not file.is_file():
        raise InputError(f"{file}: is no file")
    for found in read_documents((str(file),), Given()):
        if not isinstance(found, Article):
            raise found
        yield found


def fits(row: EventRow, text: str) -> bool:
    """Whether every sentence of the row stands at its offsets."""
    return all(text[told.start : told.end] == told.text for told in row.sentences)
