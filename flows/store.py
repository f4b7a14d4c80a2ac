"""The tables `articles`, `events` and `runs`. A row counts once its run stands in `runs`, the last commit."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import duckdb
import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from flows.lines import Line, Origin, read_article, read_row, read_run, read_version, run_line
from flows.lock import hold_lock
from flows.staging import Staging, write_line
from flows.tables import COLUMNS, Table, connect, typed
from models.article import Article, Version
from models.errors import StoreError
from models.event import EventRow
from models.frame import DTYPES
from models.run import Run
from models.schema import Column, read_columns

LOCK = ".lock"
NEWEST = "SELECT * FROM rows QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY run_id DESC) = 1"
VERSIONS = "SELECT *, count(*) OVER (PARTITION BY coalesce(url, doc_id)) AS versions FROM rows"
ORDER = "published, article_id, trigger_start, event_id"


class Store:
    """A table store in a folder, or at the address of an object store.

    One writer at a time holds a folder's lock; at an address nothing keeps a second writer out.
    """

    def __init__(self, location: str | Path) -> None:
        self.location = str(location)
        self._duck = connect()
        base = self.location.rstrip("/")
        self._tables = {name: Table(name, f"{base}/{name}", self._duck) for name in COLUMNS}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock and takes out what a killed run left. Raises StoreError where it cannot."""
        if "://" in self.location:
            self._sweep()
            yield
            return
        with hold_lock(Path(self.location) / LOCK):
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Drops rows of runs that never came to their last commit."""
        committed = self.run_ids()
        for name in ("articles", "events"):
            found = self._tables[name].scan("run_id").distinct().fetchall()
            if orphans := sorted({run_id for (run_id,) in found} - committed):
                self._tables[name].drop_runs(orphans)

    def commit_run(self, run: Run, articles: Iterable[Article], rows: Iterable[EventRow]) -> None:
        """Stores a run's articles and their rows, all or nothing. Raises StoreError."""
        by_article: dict[str, list[EventRow]] = {}
        for row in rows:
            by_article.setdefault(row.article_id, []).append(row)
        with self.writing(), tempfile.TemporaryDirectory() as folder:
            with Staging(Path(folder), run.run_id) as staged:
                for article in articles:
                    staged.add(article, by_article.pop(article.article_id, ()), Origin())
            if by_article:
                raise StoreError(f"run {run.run_id}: rows of {len(by_article)} articles that are not in it")
            self.commit(run, staged)

    def commit(self, run: Run, staged: Staging) -> None:
        """Adds what is staged. The line in `runs` comes last: without it the rest does not count."""
        if run.run_id in self.run_ids():
            raise StoreError(f"{self.location}: run {run.run_id} is already stored")
        record = staged.folder / "runs.jsonl"
        with typed(str(staged.folder)), record.open("wb") as file:
            write_line(file, run_line(run))
        for name in ("articles", "events"):
            for piece in staged.pieces(name):
                self._tables[name].append(piece, run.run_id)
        self._tables["runs"].append(record, run.run_id)

    def runs(self) -> list[Run]:
        """The committed runs, oldest first."""
        with typed(self.location):
            found = self._tables["runs"].scan(*(name for name in COLUMNS["runs"] if name != "receipt"))
            return [read_run(line) for line in fetch(found.order("run_id"))]

    def find_receipt(self, run_id: str) -> str | None:
        """The receipt of a run as JSON, as it was at the commit."""
        with typed(self.location):
            found = self._tables["runs"].scan().filter(among("run_id", [run_id]))
            line = next(fetch(found), {})
            return line.get("receipt") or None  # tables of an earlier version have none

    def run_ids(self) -> set[str]:
        """Ids of the committed runs."""
        with typed(self.location):
            return {run_id for (run_id,) in self._tables["runs"].scan("run_id").fetchall()}

    def read_events(self, run_id: str | None = None) -> pd.DataFrame:
        """The event rows of a run, or the newest of each event, as a typed frame; `evidence` is JSON text."""
        with typed(self.location):
            frame: pd.DataFrame = self._events(run_id).df()
        return pd.DataFrame({c.name: type_series(frame[c.name], c) for c in read_columns()})

    def rows(self, run_id: str | None = None) -> Iterator[EventRow]:
        """The same one by one, as rows."""
        with typed(self.location):
            yield from map(read_row, fetch(self._events(run_id)))

    def find_event(self, event_id: str) -> EventRow | None:
        """The newest row of that id."""
        with typed(self.location):
            found = newest_of(self._committed("events").filter(among("event_id", [event_id])))
            return next(map(read_row, fetch(found)), None)

    def find_article(self, article_id: str) -> Article | None:
        """The article of that id."""
        with typed(self.location):
            found = self._committed("articles").filter(among("article_id", [article_id])).limit(1)
            return next(map(read_article, fetch(found)), None)

    def versions(self, address: str) -> list[Version]:
        """The texts of the page of that address or id, the oldest first."""
        ours = ColumnExpression("url") == ConstantExpression(address)
        for name in ("page", "doc_id"):
            ours |= ColumnExpression(name) == ConstantExpression(address)
        with typed(self.location):
            found = self._committed("articles").filter(ours).order("run_id, fetched, article_id")
            return [read_version(line) for line in fetch(found)]

    def newest_articles(self, limit: int) -> list[tuple[Version, int]]:
        """The articles fetched last, each with the number of its page's versions."""
        with typed(self.location):
            found = cast(duckdb.DuckDBPyRelation, self._committed("articles").query("rows", VERSIONS))
            newest = found.order("fetched DESC NULLS LAST, article_id").limit(limit)
            return [(read_version(line), line["versions"]) for line in fetch(newest)]

    def known(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are stored."""
        wanted = among("article_id", article_ids)
        with typed(self.location):
            found = self._committed("articles", "article_id", "run_id").filter(wanted)
            return {article_id for (article_id, _) in found.fetchall()}

    def known_pages(self, pages: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the (address, digest of the bytes) pairs that an article is stored of."""
        wanted = set(pages)
        payloads = among("payload", (payload for _, payload in wanted))
        with typed(self.location):
            found = self._committed("articles", "page", "payload", "run_id").filter(payloads)
            return {(page, payload) for page, payload, _ in found.fetchall()} & wanted

    def recent_texts(self, since: datetime) -> Iterator[tuple[str, str, str]]:
        """Id, key and text of each article fetched since then, the first seen first."""
        names = ("article_id", "url", "doc_id", "text", "fetched", "run_id")
        with typed(self.location):
            found = self._committed("articles", *names).filter(
                ColumnExpression("fetched") >= ConstantExpression(since)
            )
            for line in fetch(found.order("run_id, fetched, article_id")):
                yield line["article_id"], line["url"] or line["doc_id"], line["text"]

    @property
    def duck(self) -> duckdb.DuckDBPyConnection:
        """Where the store's relations live: for sums that are better made by the database."""
        return self._duck

    def relation(self, name: str, *columns: str) -> duckdb.DuckDBPyRelation:
        """The rows of committed runs in a table, of which only the columns are read; old versions of rows too."""
        return self._committed(name, *columns)

    def _events(self, run_id: str | None) -> duckdb.DuckDBPyRelation:
        """The rows behind both ways to read events, in a fixed order."""
        rows = self._committed("events")
        chosen = rows.filter(among("run_id", [run_id])) if run_id else newest_of(rows)
        return chosen.order(ORDER)

    def _committed(self, name: str, *columns: str) -> duckdb.DuckDBPyRelation:
        """The rows of committed runs. The runs are read first, so that all their rows are there."""
        run_ids = self.run_ids()
        return self._tables[name].scan(*columns).filter(among("run_id", run_ids))


def type_series(values: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    """The values as the column defines them."""
    return values.map(list) if column.kind == "list" else pd.Series(values, dtype=DTYPES[column.kind])


def among(column: str, values: Iterable[str]) -> duckdb.Expression:
    """The condition that the column holds one of the values."""
    chosen = [ConstantExpression(value) for value in sorted(values)]
    return ColumnExpression(column).isin(*chosen) if chosen else ConstantExpression(False)


def newest_of(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Of each event the row of the newest run."""
    return cast(duckdb.DuckDBPyRelation, rows.query("rows", NEWEST))


def fetch(rows: duckdb.DuckDBPyRelation) -> Iterator[Line]:
    """The rows as mappings; memory holds some at a time."""
    for row in rows.iter_rows():
        yield dict(zip(rows.columns, row, strict=True))
