"""The nightly run: plan, fetch, extract, commit, report; `nightly` wraps the same for Prefect."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from extractors import load_extractor
from flows.alarm import MARK, CrashAlarm, close_alarm, look_back
from flows.alerts import find_alerts
from flows.archive import Archive
from flows.collect import collect_pages
from flows.feeds import read_sources
from flows.fetch import Fetcher
from flows.harvest import harvest_rows
from flows.home import find_archive_url, find_gazetteer
from flows.host_memory import HostMemory
from flows.keeping import keep_lexicons
from flows.lock import hold_lock
from flows.memory import Memory, find_memory
from flows.night import Night, Progress
from flows.plan import plan_items, remember_sources
from flows.progress import quiet
from flows.receipts import find_lock, find_receipt, find_store, list_receipts, save_receipt
from flows.run_ids import make_run_id
from flows.silence import HISTORY, find_silent
from flows.staging import Staging
from flows.stop import catch_stop
from flows.store import Store
from flows.tables import typed
from models.receipt import Receipt, SourceCount, check_bounds
from models.run import Run

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Work = Callable[[], int]
Runner = Callable[[str, Work], int]
Clock = Callable[[], datetime]

__all__ = ["Work", "find_receipt", "find_store", "ingest"]


def read_clock() -> datetime:
    """The time of day, which may step; how long a run takes is measured by a clock that does not."""
    return datetime.now(UTC)


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
    clock: Clock = read_clock,
    fresh: timedelta = timedelta(0),
) -> Receipt:
    """Reads every source once and stores what is new; gives the receipt, which also stands in the home.

    `run` does each stage; a page that was fetched no longer than `fresh` ago is not asked for again; the hooks
    of alerts.toml are told how it ended. Raises SourceError, AlertError, StoreError, ArchiveError, ModelError;
    a single bad page or source never raises but stands in the receipt.
    """
    alerts = find_alerts(sources_path)
    with CrashAlarm(alerts):
        began = time.monotonic()
        with open_night(sources_path, home, allow_private, extractor, progress, clock()) as night:
            before = look_back(alerts, night.store, night.staged.folder, night.started)
            night.notes += before.values()
            night.fresh = fresh
            mark_run(night)
            run("plan", lambda: plan_items(night))
            run("fetch", lambda: collect_pages(night))
            run("extract", lambda: harvest_rows(night))
            receipt = close_books(night, home, timedelta(seconds=time.monotonic() - began))
            run("commit", lambda: commit_rows(night, receipt))
        return close_alarm(home, alerts, save_receipt(home, receipt), before)


@contextmanager
def open_night(
    sources_path: Path,
    home: Path,
    allow_private: bool,
    extractor: "Extractor | None",
    progress: Progress,
    now: datetime,
) -> Iterator[Night]:
    """A night with its tools, under the store's lock; what it staged goes when it ends."""
    sources = {name: source for name, source in read_sources(sources_path).items() if not source.paused}
    store = Store(find_store(home))
    with ExitStack() as tools:
        if "://" in store.location:  # a home has one run at a time, and who looks for it looks there
            tools.enter_context(hold_lock(find_lock(home)))
        tools.enter_context(store.writing())
        run_id, notes = make_run_id(now, store.run_ids())
        notes += store.notes
        folder = home / "staging"  # what a killed run left there is overwritten
        tools.callback(rmtree, folder, ignore_errors=True)
        stop = tools.enter_context(catch_stop())
        memory = tools.enter_context(HostMemory(home / "hosts.sqlite"))
        yield Night(
            run_id=run_id,
            started=now,
            base=sources_path.parent,
            sources=sources,
            fetcher=Fetcher(allow_private=allow_private, memory=memory, stopped=lambda: stop.asked),
            archive=tools.enter_context(Archive(home / "archive", url=find_archive_url())),
            store=store,
            memory=Memory(find_memory(home)),
            staged=tools.enter_context(Staging(folder, run_id)),
            stop=stop,
            progress=progress,
            load=lambda: load_extractor(find_gazetteer()),
            extractor=extractor,
            notes=notes,
        )


def mark_run(night: Night) -> None:
    """Leaves the run's id where the next run finds it if this one is killed."""
    with typed(str(night.staged.folder)):
        (night.staged.folder / MARK).write_text(night.run_id, encoding="utf-8")


def close_books(night: Night, home: Path, took: timedelta) -> Receipt:
    """The receipt of what was done; items that were not reached count as left."""
    for source in night.sources:
        night.tally.leave(source)
    if night.fetcher.memory.fault:
        night.tally.errors.append(night.fetcher.memory.fault)
    history, faults = list_receipts(home, HISTORY)
    counts = watch_sources(night, night.tally.by_source(), history)
    bounds = {name: (source.minimum, source.maximum) for name, source in night.sources.items()}
    return Receipt(
        run_id=night.run_id,
        started=night.started,
        ended=night.started + took,
        sources=counts,
        failures=tuple(night.tally.failures),
        hosts=night.fetcher.traffic.slowest(),
        traffic=night.fetcher.traffic.total,
        notes=(*night.notes, *faults),
        errors=(*night.tally.errors, *check_bounds(counts, bounds)),
        stopped=night.stop.asked,
        extractor_version=night.extractor.version if night.extractor else "",
        model_version=night.extractor.pipeline.version if night.extractor else "",
    )


def watch_sources(
    night: Night, counts: tuple[SourceCount, ...], history: list[Receipt]
) -> tuple[SourceCount, ...]:
    """The counts, those of sources on the net judged for silence; a folder of saved pages has nothing to say."""
    heard = {count.source: count for count in find_silent(counts, history, night.started)}
    return tuple(heard[c.source] if night.sources[c.source].url else c for c in counts)


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
        stages=dict(night.extractor.stages) if night.extractor else {},
        receipt=receipt.model_dump_json(),
    )
    keep_lexicons(night.store, run.stages)
    night.store.commit(run, night.staged)
    remember_sources(night)
    return receipt.rows
