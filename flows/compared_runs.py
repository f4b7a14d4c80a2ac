"""Two runs of the tables compared: what each showed when it was current, or would show."""

from flows.comparison import Comparison
from flows.diff_knowledge import Knowledge, read_families
from flows.differences import Source
from flows.ledger import Ledger
from flows.store import Store
from models.errors import InputError
from models.run import Run


def compare_runs(store: Store, before: str, after: str) -> Comparison:
    """Two runs by name. Raises InputError or StoreError."""
    ledger = store.ledger()
    runs = [find_run(ledger, name) for name in (after, before)][::-1]  # what was asked for is missed first
    knowledge = Knowledge({run.run_id: run for run in ledger.runs}, store.read_lexicon, read_families())
    old, new = (
        Source(run.run_id, store.view(run.run_id).every, True, run.stages, list_ingests(ledger, run))
        for run in runs
    )
    return Comparison(store.tables.duck, old, new, knowledge)


def find_run(ledger: Ledger, name: str) -> Run:
    """The run of that id or beginning of it, or `current`, `previous`, `candidate`. Raises InputError."""
    newest = next(iter(ledger.candidates), None)
    named = {"current": ledger.current, "previous": ledger.previous, "candidate": newest}
    if name in named:
        if (run := named[name]) is None:
            raise InputError(f"there is no {name} run; `dateline runs` lists all")
        return run
    found = [run for run in ledger.runs if name and run.run_id.startswith(name)]
    if len(found) != 1:
        fault = f"{len(found)} runs begin so" if found else "there is no such run or file"
        raise InputError(f"'{name}': {fault}; `dateline runs` lists all runs")
    return found[0]


def list_ingests(ledger: Ledger, run: Run) -> frozenset[str]:
    """The runs whose articles a run had before it."""
    turn = ledger.find_shown(run)
    return turn.ingests if turn else frozenset()
