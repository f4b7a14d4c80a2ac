"""How a re-extraction begins: what is asked for, what changed, and a plan that may be there already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.carrying import Carry, plan_carry
from extractors.stages import list_files, list_readers
from flows.home import ROOT
from flows.ledger import Ledger
from flows.reextract_plan import Plan, count_readers, pin_versions, rank_runs, read_plan
from flows.run_ids import make_run_id
from flows.staged_files import StagedFiles
from flows.store import Store
from flows.store_tables import Tables
from models.errors import InputError
from models.run import Run
from models.scope import Scope

PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    scope: Scope
    fresh: bool = False  # no parse out of the cache
    force: bool = False  # nothing is carried over
    pages: bool = False  # pages are read again, whether or not their reader changed


def make_plan(
    store: Store,
    tables: Tables,
    staged: StagedFiles,
    asked: Asked,
    stages: Mapping[str, str],
    now: datetime,
    size: int,
) -> tuple[Plan, list[str]]:
    """The plan that is there already where it is of use, else a new one; and what to note of it."""
    ledger = store.ledger()
    if ledger.current is None:
        raise InputError(f"{store.location}: no run to re-extract; `dateline ingest` makes the first")
    run_id, notes = make_run_id(now, ledger.run_ids)
    plan = Plan(
        run_id=run_id,
        base=ledger.current.run_id,
        visible=rank_runs(ledger),
        versions=pin_versions(tables),
        stages=dict(stages),
        scope=asked.scope,
        fresh=asked.fresh,
        force=asked.force,
        pages=asked.pages,
        size=size,
    )
    found = find_plan(staged)
    if found and found.key == plan.key:
        return found, [f"goes on with run {found.run_id}, which did not come to its end"]
    if found:
        why = "other stages or lexicons" if found.stages != plan.stages else "other options"
        notes.append(f"run {found.run_id}, which did not come to its end, was of {why}: begun anew")
    readers = count_readers(tables, plan)
    total = sum(readers.values())
    return replace(plan, readers=readers, scope=asked.scope.model_copy(update={"articles": total})), notes


def drop_committed(store: Store, staged: StagedFiles) -> None:
    """Clears away what a run left that died behind its commit."""
    found = find_plan(staged)
    if found and found.run_id in store.run_ids():
        staged.drop_all()


def find_plan(staged: StagedFiles) -> Plan | None:
    """The plan of a run that was killed or stopped."""
    return read_plan(staged.get(PLAN)) if PLAN in staged.names() else None


def keep_plan(staged: StagedFiles, plan: Plan) -> None:
    """Puts the plan where the next run finds it; results of another plan go first."""
    found = find_plan(staged)
    if found != plan:
        staged.drop_all()
        staged.put(PLAN, plan.write())


def compare_runs(store: Store, plan: Plan) -> dict[str, Carry]:
    """What changed since each run that read articles of the plan."""
    known = {run.run_id: run for run in store.ledger().runs}
    readers, paths = list_readers(ROOT), list_files(ROOT)

    def read_old(_name: str, digest: str) -> bytes | None:
        return store.read_lexicon(digest)

    def read_new(name: str, _digest: str) -> bytes | None:
        return paths[name].read_bytes()

    return {
        read_by: plan_carry(
            known[read_by].stages if read_by in known else {}, plan.stages, read_old, read_new, readers
        )
        for read_by in plan.readers
    }


def find_twin(ledger: Ledger, plan: Plan) -> Run | None:
    """A candidate that read the same articles under the same stages, so that another would be its equal."""
    for run in reversed(ledger.runs):
        if run.kind == "reextract" and ledger.tell_state(run) == "candidate" and run.complete:
            same = run.base == plan.base and run.scope == plan.scope.model_dump(mode="json")
            whole = not run.outcomes.get("failed") and not run.outcomes.get("left")  # else it is worth a new try
            if same and whole and run.stages == dict(plan.stages):
                return run
    return None
