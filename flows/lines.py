"""Rows of the tables as JSON, and back: what is kept of an article, an event row and a run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from models.article import Article, Published, Version, read_published
from models.event import EventRow
from models.run import Run

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article's page came from: source, address or path, digest of its bytes, time of fetching.

    `reader` names what made text of the page. An article that a re-extraction made of a stored page has the
    run that stored the page, and the article that it stands for from then on.
    """

    source: str = ""
    page: str = ""
    payload: str = ""
    fetched: datetime | None = None
    reader: str | None = None
    article_run: str | None = None
    replaces: str | None = None


def article_line(article: Article, origin: Origin, run_id: str) -> Line:
    """An article as a line of its table."""
    return {
        "article_id": article.article_id,
        "doc_id": article.doc_id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "language": article.language,
        "published": instant(article.published),
        "published_text": iso(article.published),
        "published_source": article.published_source,
        "modified_text": iso(article.modified),
        "authors": list(article.authors),
        "section": article.section,
        "continued": article.continued,
        "duplicate_of": article.duplicate_of,
        "text": article.text,
        "source": origin.source,
        "page": origin.page,
        "payload": origin.payload,
        "fetched": iso(origin.fetched),
        "run_id": run_id,
        "text_sha": hash_text(article.text),
        "reader": origin.reader,
        "replaces": origin.replaces,
        "article_run": origin.article_run or run_id,
        "month": month(article.day),
    }


def hash_text(text: str) -> str:
    """SHA-256 of a text as a table holds it."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def row_line(row: EventRow, day: date | None, run_id: str, article_run: str | None = None) -> Line:
    """An event row as a line of its table, under the run's id."""
    return row.model_dump(mode="json") | {
        "published": instant(row.published),
        "published_text": iso(row.published),
        "run_id": run_id,
        "article_run": article_run or run_id,
        "month": month(day),
    }


def reading_line(article: Article, origin: Origin, run_id: str, findings: Mapping[str, str]) -> Line:
    """That the run has read the article, and the hash of what each stage found in it."""
    return {
        "article_id": article.article_id,
        "replaces": origin.replaces,
        "run_id": run_id,
        "findings": json.dumps(dict(sorted(findings.items()))),
        "month": month(article.day),
    }


def run_line(run: Run) -> Line:
    """A run as a line of its table."""
    return run.model_dump(mode="json") | {"started": instant(run.started), "ended": instant(run.ended)}


def iso(moment: Published | None) -> str | None:
    """ISO 8601, with the zone as the publisher wrote it, or the bare day."""
    return moment.isoformat() if moment else None


def instant(moment: Published | None) -> str | None:
    """ISO 8601 in UTC; a bare day begins at midnight, a time without a zone is taken for UTC."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), UTC)
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()


def month(day: date | None) -> str:
    """`2023-11`, or `unknown`."""
    return f"{day:%Y-%m}" if day else "unknown"


def read_article(line: Line) -> Article:
    """The article that the line was made of."""
    return Article(
        text=line["text"],
        doc_id=line["doc_id"],
        url=line["url"],
        publisher=line["publisher"],
        title=line["title"],
        language=line["language"],
        published=read_moment(line["published_text"]),
        published_source=line["published_source"],
        modified=read_moment(line["modified_text"]),
        authors=tuple(line["authors"] or ()),
        section=line["section"],
        continued=line["continued"],
        duplicate_of=line["duplicate_of"],
    )


def read_origin(line: Line) -> Origin:
    """Where the article of the line came from; in older stores, the run that wrote it is the one that stored it."""
    return Origin(
        source=line["source"] or "",
        page=line["page"] or "",
        payload=line["payload"] or "",
        fetched=line["fetched"],
        reader=line["reader"],
        article_run=line["article_run"] or line["run_id"],
        replaces=line["replaces"],
    )


def read_version(line: Line) -> Version:
    """The article with when it was fetched and by which run."""
    return Version(read_article(line), line["fetched"], line["run_id"])


def read_row(line: Line) -> EventRow:
    """The event row that the line was made of."""
    fields = {name: line[name] for name in EventRow.model_fields if name in line}
    return EventRow.model_validate(
        fields | {"published": read_moment(line["published_text"]), "evidence": json.loads(line["evidence"])}
    )


def read_run(line: Line) -> Run:
    """The run that the line was made of."""
    parts = {name: json.loads(line[name] or "{}") for name in ("outcomes", "scope", "stages")}
    return Run.model_validate(line | parts)


def read_moment(written: str | None) -> Published | None:
    """What `iso` wrote."""
    return read_published(written) if written else None
