"""One event over all runs: which row of it stood from when, and what each candidate would make of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.ledger import Ledger, Turn
from flows.lines import Line, read_row
from flows.store_tables import Tables, among, fetch
from flows.tables import quote, typed
from flows.views import committed, rows_if
from models.passage import Passage


class Epoch(NamedTuple):
    """Turns between two changes of what stood, during which rows were only added."""

    turns: list[Turn]
    version: int | None  # of `events` at the end of them; None for the newest


def find_history(tables: Tables, ledger: Ledger, event_id: str) -> list[Passage]:
    """A passage for each time that another row of the event, or none, came to stand; then one a candidate."""
    found: list[Passage] = []
    shown: Line | None = None
    with typed(tables.location):
        for epoch in split_epochs(ledger.turns):
            lines = read_lines(tables, ledger, event_id, epoch)
            for number, turn in enumerate(epoch.turns):
                later = {one.run.run_id for one in epoch.turns[number + 1 :]}
                line = choose([line for line in lines if line["run_id"] not in later])
                if line != shown:
                    state = ledger.tell_state(turn.run)
                    found.append(Passage(turn.run.run_id, state, turn.at, read_row(line) if line else None))
                shown = line
        return [*found, *find_proposals(tables, ledger, event_id, shown)]


def split_epochs(turns: Sequence[Turn]) -> Iterator[Epoch]:
    """The turns, cut before each that replaced rows: a promotion, or a return to an earlier run."""
    epoch: list[Turn] = []
    met: set[str] = set()
    for turn in turns:
        if epoch and (turn.run.kind == "reextract" or turn.run.run_id in met) and turn.version is not None:
            yield Epoch(epoch, turn.version - 1)
            epoch = []
        epoch.append(turn)
        met.add(turn.run.run_id)
    if epoch:
        yield Epoch(epoch, None)


def read_lines(tables: Tables, ledger: Ledger, event_id: str, epoch: Epoch) -> list[Line]:
    """All rows of the event at the end of the epoch."""
    within = f"event_id = {quote([event_id])}"
    rows = committed(tables, ledger, version=epoch.version, within=within)
    return list(fetch(rows.filter(among("event_id", [event_id]))))


def choose(lines: Sequence[Line]) -> Line | None:
    """The row of the newest page, as a view has it."""
    ordered = sorted(lines, key=lambda line: line["article_id"])
    return max(
        ordered, key=lambda line: (line["article_run"] or line["run_id"], line["run_id"]), default=None
    )


def find_proposals(tables: Tables, ledger: Ledger, event_id: str, shown: Line | None) -> Iterator[Passage]:
    """What each candidate would let stand, where that is another row or none."""
    for run in reversed(ledger.candidates):
        rows = rows_if(tables, ledger, run).filter(among("event_id", [event_id]))
        line = choose(list(fetch(rows)))
        if line != shown:
            yield Passage(run.run_id, "candidate", run.ended, read_row(line) if line else None)
