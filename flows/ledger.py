"""Which run was current when: the order in which runs were committed and promoted, and what each let stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from flows.lines import Line
from models.errors import StoreError
from models.run import Run

State = Literal["current", "past", "candidate", "dropped"]
PROMOTE = "promote"  # the action that the log of `events` names beside the run


@dataclass(frozen=True, slots=True)
class Turn:
    """That a run became current: the version of `events` from then on, and the re-extractions in effect.

    `version` is null for runs of older stores, which only ever added rows.
    """

    run: Run
    version: int | None
    at: datetime
    ingests: frozenset[str]
    effective: frozenset[str]

    @property
    def visible(self) -> frozenset[str]:
        """The runs whose articles count."""
        return self.ingests | self.effective


@dataclass(frozen=True, slots=True)
class Ledger:
    """The runs, the turns in their order, and what was said of the dropped ones."""

    location: str
    runs: tuple[Run, ...]
    turns: tuple[Turn, ...]
    dropped: Mapping[str, Line]

    @property
    def run_ids(self) -> set[str]:
        """Ids of the committed runs."""
        return {run.run_id for run in self.runs}

    @property
    def promoted(self) -> set[str]:
        """Ids of the runs that were ever current."""
        return {turn.run.run_id for turn in self.turns}

    @property
    def candidates(self) -> list[Run]:
        """The runs that may yet be promoted, the newest first."""
        return [run for run in reversed(self.runs) if self.tell_state(run) == "candidate"]

    @property
    def visible(self) -> frozenset[str]:
        """The runs whose articles count now."""
        return self.turns[-1].visible if self.turns else frozenset()

    @property
    def current(self) -> Run | None:
        """The run that stands."""
        return self.turns[-1].run if self.turns else None

    def find(self, run_id: str) -> Run:
        """The run of that id. Raises StoreError."""
        for run in self.runs:
            if run.run_id == run_id:
                return run
        raise StoreError(f"{self.location}: no run {run_id}; `dateline runs` lists all")

    def find_turn(self, run_id: str) -> Turn | None:
        """When the run first became current; None where it never did."""
        return next((turn for turn in self.turns if turn.run.run_id == run_id), None)

    def tell_state(self, run: Run) -> State:
        """What the run is now."""
        if self.current and run.run_id == self.current.run_id:
            return "current"
        if run.run_id in self.promoted:
            return "past"
        return "dropped" if run.run_id in self.dropped else "candidate"

    @property
    def first_promotion(self) -> int | None:
        """The version of `events` that the first promotion made; before it, rows were only added."""
        return next((turn.version for turn in self.turns if turn.run.kind == "reextract"), None)


def make_ledger(
    location: str, runs: Iterable[Run], states: Iterable[Line], commits: Iterable[Mapping[str, Any]]
) -> Ledger:
    """The ledger out of the tables' lines, and promotions that so far stand in the log of `events` alone."""
    found = {run.run_id: run for run in runs}
    lines = list(states)
    steps = {
        (run.events_version if run.events_version is not None else -1, 1, run.run_id): run.ended
        for run in found.values()
        if run.kind == "ingest"
    }
    promotions = [
        (one["events_version"], one["run_id"], one["at"]) for one in lines if one["state"] == "current"
    ]
    promotions += [(one["version"], one["run_id"], read_time(one)) for one in commits if is_promotion(one)]
    for version, run_id, at in promotions:
        if run_id in found:
            steps[version, 0, run_id] = at
    turns: list[Turn] = []
    for (version, _, run_id), at in sorted(steps.items()):
        turns.append(make_turn(turns, found[run_id], version, at))
    dropped = {one["run_id"]: one for one in lines if one["state"] == "dropped"}
    return Ledger(location, tuple(found.values()), tuple(turns), dropped)


def make_turn(turns: list[Turn], run: Run, version: int, at: datetime) -> Turn:
    """The next turn. A run that was current before brings back what was in effect at its first turn."""
    ingests = turns[-1].ingests if turns else frozenset()
    effective = turns[-1].effective if turns else frozenset()
    earlier = next((turn for turn in turns if turn.run.run_id == run.run_id), None)
    if earlier:
        effective = earlier.effective
    elif run.kind == "ingest":
        ingests |= {run.run_id}
    else:
        effective |= {run.run_id}
    return Turn(run, version if version >= 0 else None, at, ingests, effective)


def is_promotion(commit: Mapping[str, Any]) -> bool:
    """Whether a commit of `events` made a run current."""
    return commit.get("action") == PROMOTE


def read_time(commit: Mapping[str, Any]) -> datetime:
    """When a commit was made."""
    return datetime.fromtimestamp(commit["timestamp"] / 1000, UTC)
