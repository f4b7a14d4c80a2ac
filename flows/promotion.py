"""Which run stands: promoting a candidate, going back to an earlier run, dropping a candidate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial, reduce

import duckdb
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError

from flows.candidates import remove_candidate
from flows.held_values import refuse_undoing
from flows.ledger import PROMOTE, Ledger, Turn, read_time
from flows.store_tables import Tables, among
from flows.tables import in_months, typed
from flows.views import keep_others, names, read_scope, rows_at
from models.errors import StoreError
from models.run import Run

TRIES = 4  # a second writer of the same months is out of the ordinary: a few times, then it is said


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a change of state besides the run."""

    by: str = ""
    reason: str = ""


def promote(
    tables: Tables,
    wanted: str,
    said: Said,
    anyway: bool,
    checked: Callable[[], None],
    *,
    reviewed: bool = False,
) -> Run:
    """Makes a candidate, or a run that was current before, the current one. Raises StoreError.

    `checked` raises where the store is no longer ours to write. `reviewed`: what it does to holds was decided.
    """
    ledger = tables.read_ledger()
    run = ledger.find(wanted)
    refuse(tables, ledger, run, anyway)
    if ledger.find_turn(run.run_id) is None and not (reviewed or anyway or run.scope.get("reviewed")):
        refuse_undoing(tables, ledger, run)
    past = ledger.find_turn(run.run_id)
    if past is None:
        add_own(tables, run)
    checked()
    version = replace_months(
        tables, run, said, lambda: restore(tables, ledger, past) if past else take_over(tables, run)
    )
    commit = next(one for one in tables.events.commits(1) if one["version"] == version)
    add_state(tables, run.run_id, "current", read_time(commit), version, said)
    return run


def refuse(tables: Tables, ledger: Ledger, run: Run, anyway: bool) -> None:
    """Raises StoreError where the run cannot be made current, and says why."""
    state, name = ledger.tell_state(run), f"{tables.location}: run {run.run_id}"
    if state == "current":
        raise StoreError(f"{name} is already current")
    if state == "dropped":
        raise StoreError(f"{name} was dropped; `dateline reextract` makes a new one")
    past, now = ledger.find_turn(run.run_id), ledger.turns[-1].effective if ledger.turns else frozenset()
    if past:
        if past.effective == now:
            raise StoreError(
                f"{name} was current with the same re-extractions in effect; nothing would change"
            )
        return
    if run.scope.get("sample"):
        raise StoreError(
            f"{name} read a sample, to be looked at; `dateline reextract` without --sample makes a whole one"
        )
    if not run.complete:
        raise StoreError(f"{name} was stopped before its end; `dateline reextract` makes a new one")
    base = ledger.find_base(run)
    then = base.effective if base else frozenset()
    if now != then and not anyway:
        others = ", ".join(sorted(now ^ then))
        raise StoreError(
            f"{name} was made before {others} changed what stands, and would undo it; make a new one, or say --anyway"
        )


def add_own(tables: Tables, run: Run) -> None:
    """Adds the candidate's articles and readings. They count once it is current."""
    for name in ("articles", "readings"):
        there = tables.find(name)
        if not there.scan("run_id").filter(among("run_id", [run.run_id])).limit(1).fetchall():
            there.add(tables.candidate(run.run_id, name).scan(*there.columns), run.run_id)


Parts = tuple[list[str], Sequence[Callable[[DeltaTable], duckdb.DuckDBPyRelation]]]


def take_over(tables: Tables, run: Run) -> Parts:
    """The months of a candidate and of what it replaces, and the rows that they hold then."""
    own = tables.candidate(run.run_id, "events").scan
    old = tables.events.scan("article_id", "month").join(
        read_scope(tables, run.run_id), "article_id", how="semi"
    )
    months = {month for (month,) in old.select("month").union(own("month")).distinct().fetchall()}
    within = in_months(months)

    def others(handle: DeltaTable) -> duckdb.DuckDBPyRelation:
        rows = tables.events.scan(*names(tables), version=handle.version(), within=within)
        return keep_others(rows, read_scope(tables, run.run_id))

    return sorted(months), (others, lambda _: own(*names(tables)))


def restore(tables: Tables, ledger: Ledger, past: Turn) -> Parts:
    """The months that have changed since a turn, and their rows as they were; what came in since then stays.

    Of what came in, the rows are those of its ingest: a re-extraction in effect then was promoted before it came.
    """
    place = max(number for number, turn in enumerate(ledger.turns) if turn.effective == past.effective)
    last = ledger.turns[place]
    version = last.version if last.version is not None else (ledger.first_promotion or 0) - 1
    months = sorted({month for month, _ in tables.events.files(version) ^ tables.events.files()})
    within = in_months(months)
    since = group_ingests(ledger.turns[place + 1 :], last.ingests)

    def then(_: DeltaTable) -> duckdb.DuckDBPyRelation:
        rows = rows_at(tables, ledger, last, within=within)
        return rows.filter(among("run_id", last.visible))

    def later(group: list[Turn], _: DeltaTable) -> duckdb.DuckDBPyRelation:
        rows = rows_at(tables, ledger, group[-1], within=within)
        return rows.filter(among("run_id", [turn.run.run_id for turn in group]))

    return months, (then, *(partial(later, group) for group in since))


def group_ingests(turns: Iterable[Turn], known: Iterable[str]) -> list[list[Turn]]:
    """The first turns of ingests that are not known, grouped: between two of a group, rows were only added."""
    met, groups, only_added = set(known), list[list[Turn]](), False
    for turn in turns:
        fresh = turn.run.kind == "ingest" and turn.run.run_id not in met
        if fresh and only_added:
            groups[-1].append(turn)
        elif fresh:
            groups.append([turn])
        only_added = fresh
        met.add(turn.run.run_id)
    return groups


def replace_months(tables: Tables, run: Run, said: Said, plan: Callable[[], Parts]) -> int:
    """Overwrites the months with the rows in one commit that names run and action; gives the version it made."""
    words = {"run_id": run.run_id, "action": PROMOTE, "by": said.by, "reason": said.reason}
    tables.events.settle()
    for _ in range(TRIES):
        months, parts = plan()
        handle = tables.events.open()
        assert handle is not None  # it was just made
        wanted = sum(count(part(handle)) for part in parts)
        first, *rest = (part(handle) for part in parts)
        with typed(tables.events.location):
            try:
                tables.events.overwrite(
                    handle, reduce(lambda rows, more: rows.union(more), rest, first), months, words
                )
            except CommitFailedError:
                continue
        check_rows(tables, run, handle.version(), months, wanted)
        return handle.version()
    raise StoreError(
        f"{tables.location}: run {run.run_id} was not promoted: another writer changed the same months {TRIES} times"
    )


def check_rows(tables: Tables, run: Run, version: int, months: Sequence[str], wanted: int) -> None:
    """Raises StoreError where the months do not hold as many rows as were written."""
    found = count(tables.events.scan("month", version=version, within=in_months(months)))
    if found != wanted:
        raise StoreError(
            f"{tables.events.location}: {found} rows instead of {wanted} in the months that run {run.run_id} replaced "
            f"(version {version}); `dateline runs promote` the run before it goes back"
        )


def count(rows: duckdb.DuckDBPyRelation) -> int:
    """How many rows there are."""
    (number,) = rows.count("*").fetchall()[0]
    return int(number)


def complete_states(tables: Tables) -> list[str]:
    """Writes the lines of `run_states` that a crash after a promotion has cost; gives a line for each."""
    unsaid = sorted(tables.read_ledger().unsaid, key=lambda one: int(one["version"]))
    for one in unsaid:
        said = Said(one.get("by", ""), one.get("reason", ""))
        add_state(tables, one["run_id"], "current", read_time(one), one["version"], said)
    return [f"run {one['run_id']} was promoted by a run that died before it said so" for one in unsaid]


def drop(tables: Tables, wanted: str, said: Said) -> Run:
    """Gives a candidate up: its rows go, its line in `runs` stays. Raises StoreError."""
    ledger = tables.read_ledger()
    run = ledger.find(wanted)
    state, name = ledger.tell_state(run), f"{tables.location}: run {run.run_id}"
    if state not in {"candidate", "reviewed"}:
        raise StoreError(f"{name} is {state}; only a candidate can be dropped")
    add_state(tables, run.run_id, "dropped", datetime.now(UTC), run.events_version, said)
    remove_candidate(tables, run.run_id)
    return run


def add_state(tables: Tables, run_id: str, state: str, at: datetime, version: int | None, said: Said) -> None:
    """Adds a line to `run_states`."""
    line = {
        "run_id": run_id,
        "state": state,
        "at": at.isoformat(),
        "events_version": version,
        "by": said.by,
        "reason": said.reason,
    }
    tables.run_states.add(tables.run_states.make_row(line), run_id)
