"""What a worker has at hand for one partition: its articles and their rows, the extractor, parses and pages."""

import atexit
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from flows.archive import Archive
from flows.lines import Line, read_article, read_origin
from flows.pages import Reader
from flows.parse_cache import ParseCache
from flows.partitions import Partition
from flows.reextract_cases import Case, Watched
from flows.reextract_job import Job
from flows.reextract_pages import Pages
from flows.store_tables import Tables, among, fetch
from flows.table_files import TableFiles
from flows.tables import in_months
from flows.worker import worker_extractor
from models.scope import Scope

if TYPE_CHECKING:
    from extractors.extractor import Extractor


@dataclass(slots=True)
class Desk:
    """One worker's view of the run."""

    job: Job
    store: Tables
    extractor: "Extractor"
    parses: Watched
    pages: Pages | None

    def scan(self, name: str, month: str, columns: Sequence[str] = ()) -> duckdb.DuckDBPyRelation:
        """A table's rows of a month, as they were when the run was planned."""
        table = self.store.find(name)
        rows = table.scan(version=self.job.versions.get(name), within=in_months([month]))
        rows = rows.filter(ColumnExpression("month") == ConstantExpression(month))
        return rows.select(*(columns or table.columns))

    def list_events(self, partition: Partition) -> dict[str, list[str]]:
        """The event ids that each article has."""
        names = ("article_id", "event_id", "trigger_start")
        rows = self.scan("events", partition.month, names).filter(ours(partition))
        found: dict[str, list[str]] = {}
        for article_id, event_id, _ in rows.order("article_id, trigger_start, event_id").fetchall():
            found.setdefault(article_id, []).append(event_id)
        return found

    def list_cases(self, partition: Partition) -> list[Case]:
        """The articles of the partition, in its order."""
        stored = {
            (line["article_id"], line["run_id"]): line
            for line in fetch(self.scan("articles", partition.month).filter(ours(partition)))
        }
        readings = self.scan("readings", partition.month).filter(ours(partition))
        found = {(line["article_id"], line["run_id"]): line["findings"] for line in fetch(readings)}
        lines = [stored[one.article_id, one.run_id] for one in partition.entries]
        firsts = self.find_originals(lines)
        cases = [
            make_case(line, found.get((one.article_id, one.read_by)), self.job, one.read_by, firsts)
            for one, line in zip(partition.entries, lines, strict=True)
        ]
        self.parses.inner.expect(case.article for case in cases)
        return cases

    def find_originals(self, lines: Sequence[Line]) -> dict[str, Line]:
        """The articles that some of these repeat, by their ids."""
        wanted = {line["duplicate_of"] for line in lines if line["duplicate_of"]}
        if not wanted:
            return {}
        table = self.store.find("articles")
        rows = table.scan(version=self.job.versions.get("articles")).filter(among("article_id", wanted))
        return {line["article_id"]: line for line in fetch(rows.order("run_id"))}

    def restamp(self, partition: Partition, article_ids: Sequence[str]) -> duckdb.DuckDBPyRelation:
        """The rows of these articles as they are, under this run's id and versions."""
        rows = self.scan("events", partition.month).filter(among("article_id", article_ids))
        stamps = {
            "run_id": ConstantExpression(self.job.run_id),
            "extractor_version": ConstantExpression(self.extractor.version),
            "article_run": duckdb.CoalesceOperator(
                ColumnExpression("article_run"), ColumnExpression("run_id")
            ),
        }
        columns = self.store.find("events").columns
        return rows.select(*(stamps[n].alias(n) if n in stamps else ColumnExpression(n) for n in columns))

    def keep_parses(self, partition: Partition, staged: TableFiles) -> str | None:
        """Keeps the parses that were made; gives the name of the file that tells the driver where they are."""
        lines = self.parses.inner.flush()
        if not lines:
            return None
        name = f"parses-{partition.name}.json"
        staged.keep(name, json.dumps(lines).encode())
        return name


def make_case(line: Line, findings: str | None, job: Job, read_by: str, firsts: Mapping[str, Line]) -> Case:
    """An article of the plan as it is stored."""
    article = read_article(line)
    first = firsts.get(article.duplicate_of or "")
    if first:
        article = replace(article, original=read_article(first).key)
    origin = replace(read_origin(line), replaces=None)  # which article it took the place of is settled
    first = first if first and is_inside(job.scope, first) else None
    return Case(line, article, origin, json.loads(findings or "{}"), job.carries[read_by], first)


def is_inside(scope: Scope, line: Line) -> bool:
    """Whether the scope holds a stored article; of a sample nobody asks, since it is never promoted."""
    day = (line["published_text"] or "")[:10] or (f"{line['fetched']:%Y-%m-%d}" if line["fetched"] else "")
    recent = scope.since is None or day >= scope.since.isoformat()
    return recent and (not scope.sources or line["source"] in scope.sources)


def ours(partition: Partition) -> duckdb.Expression:
    """The condition that a row is of an article of the partition."""
    return among("article_id", (one.article_id for one in partition.entries))


@contextmanager
def open_desk(job: Job, *, pages: bool = True) -> Iterator[Desk]:
    """The desk of this process for a partition; without `pages` none is read."""
    extractor = worker_extractor()
    parses = Watched(find_parses(job.tables, extractor.stages["parse"]), job.fresh, job.keeps)
    found = open_pages(job.archive, job.archive_url) if pages and job.reads_pages else None
    yield Desk(job, find_tables(job.tables), extractor, parses, found)


@cache
def find_tables(location: str) -> Tables:
    """The tables of a store, by one connection a process."""
    return Tables(location)


@cache
def find_parses(location: str, model: str) -> ParseCache:
    """The parses of a store; blocks stay open from partition to partition."""
    return ParseCache(location, model)


KEPT = ExitStack()  # what lasts as long as the process: a reader of pages takes a second to start
atexit.register(KEPT.close)


@cache
def open_pages(archive: str, url: str | None) -> Pages:
    """The archive, and a child that reads its pages. Raises ArchiveError."""
    opened = KEPT.enter_context(Archive(Path(archive), read_only=True, url=url))
    return Pages(opened, KEPT.enter_context(Reader()))


def close_pages() -> None:
    """Ends the child and closes the archive."""
    KEPT.close()
    open_pages.cache_clear()
