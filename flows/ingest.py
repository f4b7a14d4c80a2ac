"""The nightly run: plan, fetch, extract, commit, report; `nightly` wraps the same for Prefect."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from extractors import load_extractor
from flows.archive import Archive
from flows.collect import collect_pages
from flows.feeds import read_sources
from flows.fetch import Fetcher
from flows.harvest import harvest_rows
from flows.home import find_archive_url, find_gazetteer
from flows.host_memory import HostMemory
from flows.memory import Memory, find_memory
from flows.night import Night, Progress
from flows.plan import plan_items, remember_sources
from flows.staging import Staging
from flows.stop import catch_stop
from flows.store import Store
from models.receipt import Receipt, check_bounds
from models.run import Run

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Work = Callable[[], int]
Runner = Callable[[str, Work], int]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A progress that shows nothing."""


def run_plain(_stage: str, work: Work) -> int:
    """Does a stage's work here and now."""
    return work()


def ingest(
    sources_path: Path,
    home: Path,
    *,
    allow_private: bool = False,
    extractor: "Extractor | None" = None,
    progress: Progress = quiet,
    run: Runner = run_plain,
) -> Receipt:
    """Reads every source once and stores what is new; gives the receipt, which also stands in the home.

    `run` does each stage. Raises SourceError, StoreError, ArchiveError, ModelError; a single bad page or
    source never raises but stands in the receipt.
    """
    with open_night(sources_path, home, allow_private, extractor, progress) as night:
        run("plan", lambda: plan_items(night))
        run("fetch", lambda: collect_pages(night))
        run("extract", lambda: harvest_rows(night))
        receipt = close_books(night)
        run("commit", lambda: commit_rows(night, receipt))
    save_receipt(home, receipt)
    return receipt


@contextmanager
def open_night(
    sources_path: Path, home: Path, allow_private: bool, extractor: "Extractor | None", progress: Progress
) -> Iterator[Night]:
    """A night with its tools, under the store's lock; what it staged goes when it ends."""
    started = datetime.now(UTC)
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    sources = {name: source for name, source in read_sources(sources_path).items() if not source.paused}
    store = Store(find_store(home))
    with ExitStack() as tools:
        tools.enter_context(store.writing())
        folder = home / "staging"  # what a killed run left there is overwritten
        tools.callback(rmtree, folder, ignore_errors=True)
        yield Night(
            run_id=run_id,
            started=started,
            base=sources_path.parent,
            sources=sources,
            fetcher=Fetcher(
                allow_private=allow_private, memory=tools.enter_context(HostMemory(home / "hosts.sqlite"))
            ),
            archive=tools.enter_context(Archive(home / "archive", url=find_archive_url())),
            store=store,
            memory=Memory(find_memory(home)),
            staged=tools.enter_context(Staging(folder, run_id)),
            stop=tools.enter_context(catch_stop()),
            progress=progress,
            load=lambda: load_extractor(find_gazetteer()),
            extractor=extractor,
        )


def close_books(night: Night) -> Receipt:
    """The receipt of what was done; items that were not reached count as left."""
    for source in night.sources:
        night.tally.leave(source)
    counts = night.tally.by_source()
    if night.fetcher.memory.fault:
        night.tally.errors.append(night.fetcher.memory.fault)
    bounds = {name: (source.minimum, source.maximum) for name, source in night.sources.items()}
    return Receipt(
        run_id=night.run_id,
        started=night.started,
        ended=datetime.now(UTC),
        sources=counts,
        failures=tuple(night.tally.failures),
        errors=(*night.tally.errors, *check_bounds(counts, bounds)),
        stopped=night.stop.asked,
        extractor_version=night.extractor.version if night.extractor else "",
        model_version=night.extractor.pipeline.version if night.extractor else "",
    )


def commit_rows(night: Night, receipt: Receipt) -> int:
    """Commits what is staged under the receipt's numbers; gives the number of rows."""
    run = Run(
        run_id=receipt.run_id,
        kind="ingest",
        started=receipt.started,
        ended=receipt.ended,
        complete=not receipt.stopped,
        articles=receipt.articles,
        rows=receipt.rows,
        extractor_version=receipt.extractor_version,
        model_version=receipt.model_version,
        outcomes=receipt.outcomes,
    )
    night.store.commit(run, night.staged)
    remember_sources(night)
    return receipt.rows


def find_store(home: Path) -> Path:
    """Where the tables stand."""
    return home / "tables"


def find_receipt(home: Path, run_id: str) -> Path:
    """Where the receipt of a run stands."""
    return home / "receipts" / f"{run_id}.json"


def save_receipt(home: Path, receipt: Receipt) -> None:
    """Keeps the receipt as JSON."""
    path = find_receipt(home, receipt.run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(receipt.model_dump_json(indent=2) + "\n", encoding="utf-8")
