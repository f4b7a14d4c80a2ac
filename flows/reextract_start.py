"""How a re-extraction begins: what is asked for, what changed, and a plan that may be there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.carrying import Carry
from flows.ledger import Ledger
from flows.reextract_plan import Plan, count_readers, pin_versions, rank_runs
from flows.reextract_shelf import Shelf
from flows.run_ids import make_run_id
from flows.stage_changes import compare_stages
from flows.store import Store
from flows.store_tables import Tables
from models.errors import InputError
from models.run import Run
from models.scope import Scope


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
    left: Sequence[Plan],
    asked: Asked,
    stages: Mapping[str, str],
    now: datetime,
    size: int,
) -> tuple[Plan, list[str]]:
    """The plan that is `left` already where it is of use, else a new one; and what to note of it."""
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
        began=now.isoformat(),
    )
    for found in left:
        if found.key == plan.key and found.stands(ledger):
            return found, [
                f"goes on with run {found.run_id}, which did not come to its end; its time counts from its start"
            ]
        notes.append(f"run {found.run_id}, which did not come to its end, {tell_use(found, plan, ledger)}")
    readers = count_readers(tables, plan)
    total = sum(readers.values())
    return replace(plan, readers=readers, scope=asked.scope.model_copy(update={"articles": total})), notes


def tell_use(found: Plan, plan: Plan, ledger: Ledger) -> str:
    """What becomes of a plan that this command does not go on with."""
    if not found.stands(ledger):
        return "was made before another run changed what stands: begun anew"
    if is_usable(found, plan, ledger):
        return "was of other options: its own command goes on with it"
    return "was of other stages or lexicons: begun anew"


def is_usable(found: Plan, plan: Plan, ledger: Ledger) -> bool:
    """Whether the command that made a plan, or this one, can go on with it."""
    return found.stages == plan.stages and found.stands(ledger)


def drop_committed(store: Store, shelf: Shelf) -> None:
    """Clears away what runs left that died behind their commits."""
    done = store.run_ids()
    for plan in shelf.find_plans():
        if plan.run_id in done:
            shelf.drop(plan)


def drop_useless(shelf: Shelf, plan: Plan, ledger: Ledger) -> None:
    """Clears away what no command goes on with any more."""
    for found in shelf.find_plans():
        if not is_usable(found, plan, ledger):
            shelf.drop(found)


def compare_runs(store: Store, plan: Plan) -> dict[str, Carry]:
    """What changed since each run that read articles of the plan."""
    known = {run.run_id: run for run in store.ledger().runs}
    return {
        read_by: compare_stages(store, known[read_by].stages if read_by in known else {}, plan.stages)
        for read_by in plan.readers
    }


def find_twin(ledger: Ledger, plan: Plan) -> Run | None:
    """A candidate that read the same articles under the same stages, so that another would be its equal."""
    for run in reversed(ledger.runs):
        if run.kind == "reextract" and ledger.tell_state(run) == "candidate" and run.complete:
            same = run.base == plan.base and run.scope == plan.scope.model_dump(mode="json")
            whole = not run.outcomes.get("failed") and not run.outcomes.get(
                "left"
            )  # else it is worth a new try
            if same and whole and run.stages == dict(plan.stages):
                return run
    return None
