"""The archive read again: plan, extract, commit; `reextract_flow` wraps the same for Prefect.

It makes a candidate run, which changes nothing until it is promoted. Killed or stopped, it keeps the partitions
that are done, and the same command goes on with them under the same run id.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from flows.backends import Backend, Here, map_partitions
from flows.home import find_archive_url, keeps_parses
from flows.ingest import Clock, Runner, read_clock, run_plain
from flows.lock import hold_lock
from flows.night import Progress
from flows.outputs import remark
from flows.partitions import MOST, Partition
from flows.progress import quiet
from flows.receipts import find_store, save_receipt
from flows.reextract_books import close_books, commit_run
from flows.reextract_desk import close_pages
from flows.reextract_job import Job
from flows.reextract_plan import Plan, list_partitions
from flows.reextract_results import find_done
from flows.reextract_round import Round
from flows.reextract_shelf import open_shelf
from flows.reextract_start import (
    Asked,
    compare_runs,
    drop_committed,
    drop_useless,
    find_twin,
    make_plan,
)
from flows.reextract_work import read_partition
from flows.stop import Stop, catch_stop
from flows.store import Store
from flows.store_tables import Tables
from flows.worker import worker_extractor
from models.receipt import Failure, Receipt


def reextract(
    home: Path,
    asked: Asked,
    *,
    backend: Backend | None = None,
    progress: Progress = quiet,
    run: Runner = run_plain,
    clock: Clock = read_clock,
    size: int = MOST,
) -> Receipt | str:
    """Reads the articles of the scope again and commits a candidate; gives its receipt, which stands in the home.

    Where nothing can have changed, no run is made, and what is given says so; where no article could be read, only
    the receipt is. Raises a DatelineError where nothing can be done; a page that cannot be read never raises, but
    stands in the receipt.
    """
    began = time.monotonic()
    with open_round(home, asked, backend, progress, clock, size) as ours:
        run("plan", lambda: plan_round(ours))
        for note in ours.notes:
            remark(note)
        if unneeded := explain_nothing(ours):
            return unneeded
        run("extract", lambda: extract_round(ours))
        receipt = close_books(ours, timedelta(seconds=time.monotonic() - began))
        if receipt.articles and not receipt.stopped:  # a run of no article would stand for nothing
            run("commit", lambda: commit_run(ours, receipt))
            ours.shelf.drop(ours.plan)
        return save_receipt(home, receipt)


@contextmanager
def open_round(
    home: Path,
    asked: Asked,
    backend: Backend | None = None,
    progress: Progress = quiet,
    clock: Clock = read_clock,
    size: int = MOST,
) -> Iterator[Round]:
    """A re-extraction with its tools; no other goes on beside it."""
    home = home.absolute()  # a worker may stand in another folder
    location = str(find_store(home))
    with ExitStack() as tools:
        tools.enter_context(hold_lock(home / "reextract" / ".lock"))
        tools.callback(close_pages)
        stop = tools.enter_context(catch_stop())
        shelf, store, tables = open_shelf(home, location), Store(location), Tables(location)
        yield Round(home, store, tables, shelf, asked, backend or Here(), stop, progress, clock(), size)


def view_round(home: Path, asked: Asked) -> Round:
    """A planned re-extraction to be looked at: it holds nothing and writes nothing, so that any other may go on."""
    home = home.absolute()
    location = str(find_store(home))
    shelf, store = open_shelf(home, location, read_only=True), Store(location)
    ours = Round(home, store, Tables(location), shelf, asked, Here(), Stop(), quiet, read_clock(), MOST)
    done = store.run_ids()
    choose_plan(ours, [plan for plan in shelf.find_plans() if plan.run_id not in done])
    compare_plan(ours)
    return ours


def plan_round(ours: Round) -> int:
    """Plans the run, or finds the plan of one that was killed; gives the number of its articles."""
    with ours.store.writing():
        drop_committed(ours.store, ours.shelf)
        stale = ours.shelf.drop_stale(ours.started)
        choose_plan(ours, ours.shelf.find_plans())
    ours.notes += stale
    compare_plan(ours)
    return ours.plan.scope.articles


def choose_plan(ours: Round, left: Sequence[Plan]) -> None:
    """Settles which plan is followed: one that was `left` by a killed run, or a new one."""
    stages = worker_extractor().stages
    plan, notes = make_plan(ours.store, ours.tables, left, ours.asked, stages, ours.started, ours.size)
    ours.plan, ours.notes, ours.resumed = plan, notes, plan in left


def compare_plan(ours: Round) -> None:
    """Finds what changed since the articles were read, and what is done already."""
    ours.carries = compare_runs(ours.store, ours.plan)
    ours.done = find_done(ours.results) if ours.resumed else {}


def explain_nothing(ours: Round) -> str:
    """Why no run is needed, in one line; empty where one is."""
    plan = ours.plan
    if not plan.scope.articles:
        return f"no article is in the scope ({plan.scope.words})"
    if plan.force or plan.fresh or plan.pages:
        return ""
    if all(carry.is_nothing for carry in ours.carries.values()):
        return f"nothing can have changed since run {plan.base}: the same texts, rules, lexicons, gazetteer and model"
    twin = find_twin(ours.store.ledger(), plan)
    return f"run {twin.run_id}, a candidate, has read these articles so already" if twin else ""


def find_equal(home: Path, asked: Asked) -> str:
    """The id of the candidate that makes a run unneeded; empty where there is none."""
    with open_round(home, asked) as ours:
        plan_round(ours)
        twin = find_twin(ours.store.ledger(), ours.plan)
        return twin.run_id if twin and explain_nothing(ours) else ""


def extract_round(ours: Round) -> int:
    """Does the partitions that are not done yet; gives the number of articles that are."""
    plan = ours.plan
    drop_useless(ours.shelf, plan, ours.store.ledger())
    ours.shelf.keep(plan)
    ours.results.make()
    total = sum(result.counts["articles"] for result in ours.done.values())
    ours.progress("extract", total, plan.scope.articles, str)
    waiting = (p for p in list_partitions(Tables(ours.tables.location), plan) if p.name not in ours.done)
    work = partial(read_partition, make_job(ours))
    with closing(map_partitions(ours.backend, work, waiting, stop=ours.stop, say=ours.say)) as answers:
        for answer in answers:
            if answer.result is None:
                lose_partition(ours, answer.partition, answer.loss)
                continue
            ours.done[answer.result.name] = answer.result
            total += answer.result.counts["articles"]
            ours.progress("extract", total, plan.scope.articles, ours.tell_ways)
    return total


def make_job(ours: Round) -> Job:
    """What the workers have to know."""
    plan = ours.plan
    return Job(
        run_id=plan.run_id,
        tables=ours.tables.location,
        staged=ours.results.base,
        archive=str(ours.home / "archive"),
        archive_url=find_archive_url(),
        versions=plan.versions,
        carries=ours.carries,
        scope=plan.scope,
        fresh=plan.fresh,
        force=plan.force,
        pages=plan.pages,
        keeps=keeps_parses(),
    )


def lose_partition(ours: Round, partition: Partition, why: str) -> None:
    """Counts a partition that no worker survived: its articles stay as they are."""
    words = f"{partition}: {why}"
    ours.losses.append(Failure(source="", item=partition.name, reason="crashed", message=words))
