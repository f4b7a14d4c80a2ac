"""What a store shows: its runs, the rows that stand or stood, its articles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

import duckdb
import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from flows.articles import Stored, find_articles, list_plan
from flows.figures import count_view
from flows.ledger import Ledger, Turn
from flows.lines import read_article, read_row, read_version
from flows.reviewed import count_holding_runs, read_holds
from flows.row_history import find_history
from flows.store_tables import Tables, among, fetch
from flows.table_files import TableFiles
from flows.tables import in_months, typed
from flows.views import View, committed, find_turn_at, rows_at, view_made, view_now, view_run
from models.article import Article, Version
from models.event import EventRow
from models.hold import Hold
from models.passage import Figures, Passage, Standing
from models.run import Run

LEXICONS = "lexicons"
VERSIONS = "SELECT *, count(*) OVER (PARTITION BY coalesce(url, doc_id)) AS versions FROM rows"
LAST = "SELECT * FROM rows QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY run_id DESC) = 1"


class StoreReader:
    """The reading half of a store: it takes no lock and writes nothing."""

    def __init__(self, location: str | Path) -> None:
        self.location = str(location)
        self.tables = Tables(self.location)

    def ledger(self) -> Ledger:
        """Runs, and which was current when."""
        return self.tables.read_ledger()

    def current(self) -> Run | None:
        """The run that stands; None in an empty store."""
        return self.ledger().current

    def view(self, run_id: str | None = None, as_of: datetime | None = None) -> View:
        """What stands now, or stood with that run or at that time, or would with that candidate. Raises StoreError."""
        ledger = self.ledger()
        if as_of is not None:
            return self.view_turn(find_turn_at(self.tables, ledger, as_of))
        return view_run(self.tables, ledger, ledger.find(run_id)) if run_id else view_now(self.tables, ledger)

    def view_turn(self, turn: Turn) -> View:
        """What stood from that turn on."""
        return View(self.location, turn.run.run_id, partial(rows_at, self.tables, self.ledger(), turn))

    def rows_of_run(self, run_id: str) -> View:
        """The rows that a run itself made, whatever stands now."""
        return view_made(self.tables, self.ledger(), run_id)

    def history(self, event_id: str) -> list[Passage]:
        """Which row of the event stood from when, and what each candidate would make of it."""
        return find_history(self.tables, self.ledger(), event_id)

    def figures(self, run_id: str) -> Figures:
        """What the run shows, in numbers. Raises StoreError."""
        ledger = self.ledger()
        run = ledger.find(run_id)
        return count_view(self.tables, ledger, run, view_run(self.tables, ledger, run))

    def standings(self) -> list[Standing]:
        """Each run with what it is now, the newest first."""
        return self.ledger().list_standings()

    def lexicons(self) -> TableFiles:
        """The lexicons that runs used, by digest."""
        return TableFiles(self.location).below(LEXICONS)

    def read_lexicon(self, digest: str) -> bytes | None:
        """The bytes of a lexicon that a run used; None where they are not kept."""
        return self.lexicons().read(digest)

    def runs(self) -> list[Run]:
        """The committed runs, oldest first."""
        return list(self.ledger().runs)

    def find_receipt(self, run_id: str) -> str | None:
        """The receipt of a run as JSON, as it was at the commit."""
        with typed(self.location):
            found = self.tables.runs.scan().filter(among("run_id", [run_id]))
            line = next(fetch(found), {})
            return line.get("receipt") or None  # tables of an earlier version have none

    def run_ids(self) -> set[str]:
        """Ids of the committed runs."""
        with typed(self.location):
            return {run_id for (run_id,) in self.tables.runs.scan("run_id").fetchall()}

    def read_events(self, run_id: str | None = None) -> pd.DataFrame:
        """The event rows of a run, or those that stand, as a typed frame; `evidence` is JSON text."""
        return (self.rows_of_run(run_id) if run_id else self.view()).frame()

    def rows(self, run_id: str | None = None) -> Iterator[EventRow]:
        """The same one by one, as rows."""
        yield from (self.rows_of_run(run_id) if run_id else self.view()).rows()

    def find_event(self, event_id: str, run_id: str | None = None) -> EventRow | None:
        """The row of that id that stands, or stood with the run."""
        with typed(self.location):
            found = self.view(run_id).relation.filter(among("event_id", [event_id]))
            return next(map(read_row, fetch(found)), None)

    def find_article(self, article_id: str) -> Article | None:
        """The article of that id as it stands; else as a candidate has it, or a run that was undone."""
        with typed(self.location):
            ledger = self.ledger()
            candidates = [run.run_id for run in ledger.candidates]
            places = [
                (self.tables.articles, ledger.visible),
                *((self.tables.candidate(run_id, "articles"), [run_id]) for run_id in candidates),
                (self.tables.articles, ledger.run_ids),
            ]
            for place, run_ids in places:
                found = place.scan().filter(among("article_id", [article_id]) & among("run_id", run_ids))
                for line in fetch(found.order("run_id DESC").limit(1)):
                    return read_article(line)
        return None

    def plan_articles(self) -> duckdb.DuckDBPyRelation:
        """The articles that stand, without their texts, in the order of partitions."""
        return list_plan(self.tables, self.ledger().visible)

    def read_articles(self, month: str, article_ids: Sequence[str]) -> list[Stored]:
        """These articles of a month with where they came from, in the order of partitions; no other month is read."""
        return find_articles(self.tables, self.ledger(), month, article_ids)

    def read_rows(self, month: str, article_ids: Iterable[str]) -> list[EventRow]:
        """The rows that stand of these articles of a month, in order; only the month's files are read."""
        wanted = among("article_id", article_ids)
        with typed(self.location):
            rows = committed(self.tables, self.ledger(), within=in_months([month])).filter(wanted)
            return [read_row(line) for line in fetch(rows.order("article_id, trigger_start, event_id"))]

    def last_readings(self) -> duckdb.DuckDBPyRelation:
        """Of each article the last reading that stands: run_id, and the hashes of what the stages found, as JSON."""
        found = self.tables.readings.scan().filter(among("run_id", self.ledger().visible))
        return cast(duckdb.DuckDBPyRelation, found.query("rows", LAST))

    def holds(self) -> dict[tuple[str, str], Hold]:
        """What reviews keep as it is, by event and field."""
        with typed(self.location):
            return read_holds(self.tables, self.ledger())

    def holding_runs(self) -> dict[tuple[str, str], int]:
        """For how many reviewed runs each of them has stood."""
        with typed(self.location):
            return count_holding_runs(self.tables, self.ledger())

    def versions(self, address: str) -> list[Version]:
        """The texts of the page of that address or id, the oldest first."""
        ours = ColumnExpression("url") == ConstantExpression(address)
        for name in ("page", "doc_id"):
            ours |= ColumnExpression(name) == ConstantExpression(address)
        with typed(self.location):
            found = self._articles().filter(ours).order("run_id, fetched, article_id")
            return [read_version(line) for line in fetch(found)]

    def newest_articles(self, limit: int) -> list[tuple[Version, int]]:
        """The articles fetched last, each with the number of its page's versions."""
        with typed(self.location):
            found = cast(duckdb.DuckDBPyRelation, self._articles().query("rows", VERSIONS))
            newest = found.order("fetched DESC NULLS LAST, article_id").limit(limit)
            return [(read_version(line), line["versions"]) for line in fetch(newest)]

    def known(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are stored."""
        wanted = among("article_id", article_ids)
        with typed(self.location):
            found = self._articles("article_id", "run_id").filter(wanted)
            return {article_id for (article_id, _) in found.fetchall()}

    def known_pages(self, pages: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of the (address, digest of the bytes) pairs that an article is stored of."""
        wanted = set(pages)
        payloads = among("payload", (payload for _, payload in wanted))
        with typed(self.location):
            found = self._articles("page", "payload", "run_id").filter(payloads)
            return {(page, payload) for page, payload, _ in found.fetchall()} & wanted

    def recent_texts(self, since: datetime) -> Iterator[tuple[str, str, str]]:
        """Id, key and text of each article fetched since then, the first seen first."""
        names = ("article_id", "url", "doc_id", "text", "fetched", "run_id")
        with typed(self.location):
            found = self._articles(*names).filter(ColumnExpression("fetched") >= ConstantExpression(since))
            for line in fetch(found.order("run_id, fetched, article_id")):
                yield line["article_id"], line["url"] or line["doc_id"], line["text"]

    def _articles(self, *columns: str) -> duckdb.DuckDBPyRelation:
        """The articles that count. The runs are read first, so that all their articles are there."""
        visible = self.ledger().visible
        return self.tables.articles.scan(*columns).filter(among("run_id", visible))
