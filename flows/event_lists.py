"""The rows that stand, stood with a run or at a time, written as `extract` writes rows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from flows.formats import write_rows
from flows.lines import Line, read_row
from flows.store import Store
from flows.store_tables import fetch
from flows.tables import typed
from flows.views import ORDER, View
from models.article import Article, read_published
from models.errors import InputError
from models.event import EventRow

DOCUMENTS = "SELECT article_id, min(doc_id) AS doc_id FROM rows GROUP BY article_id"


def write_view(store: Store, view: View, form: str, output: Path | None) -> None:
    """Writes the rows of a view in their fixed order. Raises StoreError, OutputError."""
    found = list_rows(store, view)
    if form == "parquet":
        from flows.parquet import write_parquet  # noqa: PLC0415 - only this format needs it

        write_parquet(found, output)
    elif form == "jsonl":
        write_rows(found, "jsonl", output)
    else:
        write_rows(found, "csv" if form == "csv" else "table", output)


def list_rows(store: Store, view: View) -> Iterator[tuple[Article, list[EventRow]]]:
    """The rows by article; of the article, the document's id alone is known."""
    with typed(store.location):
        documents = store.tables.articles.scan("article_id", "doc_id").query("rows", DOCUMENTS)
        lines = fetch(view.relation.join(documents, "article_id", how="left").order(ORDER))
        for _, group in groupby(lines, key=lambda line: line["article_id"]):
            yield make_pair(list(group))


def make_pair(lines: list[Line]) -> tuple[Article, list[EventRow]]:
    """An article without text, and its rows."""
    return Article("", lines[0]["doc_id"] or lines[0]["article_id"]), [read_row(line) for line in lines]


def read_moment(text: str) -> datetime:
    """An instant; a bare day stands for its end in UTC, a time without a zone is UTC. Raises InputError."""
    try:
        moment = read_published(text)
    except ValueError as error:
        raise InputError(f"--as-of '{text}': no day (2026-05-04) and no time (2026-05-04T12:00Z)") from error
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return end_day(moment)


def end_day(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1, microseconds=-1)
