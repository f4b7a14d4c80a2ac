"""Which run was current when: the order in which runs were committed and promoted, and what each let stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flows.lines import Line
from models.errors import StoreError
from models.passage import RunState, Standing
from models.run import Run

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
    """The runs, the turns in their order, and what was said of them."""

    location: str
    runs: tuple[Run, ...]
    turns: tuple[Turn, ...]
    said: Mapping[str, Line]  # the last line of `run_states` on a run
    unsaid: tuple[Mapping[str, Any], ...]  # promotions that no line tells of: a crash has cost it
    version: int | None = None  # of `events` when it was read, so that all who read by it see the same rows

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

    @property
    def previous(self) -> Run | None:
        """The run of the last turn with other re-extractions in effect; where there is none, the run before."""
        other = [turn for turn in self.turns if turn.effective != self.turns[-1].effective]
        before = other[-1:] or self.turns[-2:-1]
        return before[0].run if before else None

    @property
    def dropped(self) -> set[str]:
        """Ids of the candidates that were given up."""
        return {run_id for run_id, line in self.said.items() if line["state"] == "dropped"}

    @property
    def reviewed(self) -> dict[str, str]:
        """Candidate -> the run that a review made of it, where that is in effect; else it may yet be promoted."""
        effective = self.turns[-1].effective if self.turns else frozenset()
        return {
            str(run.scope["reviewed"]): run.run_id
            for run in self.runs
            if "reviewed" in run.scope and run.run_id in effective
        }

    def find(self, wanted: str) -> Run:
        """The run of that id or beginning of it, or that `current`, `previous`, `candidate` or `last` stand for.

        Raises StoreError where there is none, or more than one.
        """
        named = self.name_run(wanted)
        found = [run for run in self.runs if run.run_id == named]
        found = found or [run for run in self.runs if run.run_id.startswith(wanted)]
        if wanted and len(found) == 1:
            return found[0]
        fault = f"{len(found)} runs begin so" if wanted and found else "there is no such run"
        raise StoreError(f"{self.location}: run '{wanted}': {fault}; `dateline runs list` lists all")

    def name_run(self, wanted: str) -> str | None:
        """The id that a word stands for; any other word stands for itself."""
        if wanted == "candidate":
            return self.candidates[0].run_id if self.candidates else None
        if wanted == "last":
            return self.runs[-1].run_id if self.runs else None
        if wanted == "current":
            return self.current.run_id if self.current else None
        if wanted == "previous":
            return self.previous.run_id if self.previous else None
        return wanted

    def list_standings(self) -> list[Standing]:
        """Each run with what it is now, the newest first."""
        return [self.make_standing(run) for run in reversed(self.runs)]

    def make_standing(self, run: Run) -> Standing:
        """The run with what it is now, and since when."""
        line = self.said.get(run.run_id, {})
        last = self.find_last(run.run_id)
        since = last.at if last else line.get("at") or run.ended
        state, reason = self.tell_state(run), line.get("reason") or ""
        if state == "reviewed":
            reason = f"reviewed as {self.reviewed[run.run_id]}"
        return Standing(run, state, since, line.get("by") or "", reason)

    def find_turn(self, run_id: str) -> Turn | None:
        """When the run first became current; None where it never did."""
        return next((turn for turn in self.turns if turn.run.run_id == run_id), None)

    def find_last(self, run_id: str) -> Turn | None:
        """When the run last became current; None where it never did."""
        return next((turn for turn in reversed(self.turns) if turn.run.run_id == run_id), None)

    def find_base(self, run: Run) -> Turn | None:
        """The turn that stood when a re-extraction was committed: its base may have become current again since."""
        known = run.events_version if run.events_version is not None else -1
        turns = [turn for turn in self.turns if turn.run.run_id == run.base]
        before = [turn for turn in turns if (-1 if turn.version is None else turn.version) <= known]
        return next(iter(before[-1:] or turns), None)

    def find_shown(self, run: Run) -> Turn | None:
        """The turn whose articles the run shows: what stands, its last turn, or of a candidate its base's."""
        if self.current and self.current.run_id == run.run_id:
            return self.turns[-1]
        return self.find_last(run.run_id) or self.find_base(run)

    def tell_state(self, run: Run) -> RunState:
        """What the run is now."""
        if self.current and run.run_id == self.current.run_id:
            return "current"
        if run.run_id in self.promoted:
            return "past"
        if run.run_id in self.dropped:
            return "dropped"
        return "reviewed" if run.run_id in self.reviewed else "candidate"

    @property
    def first_promotion(self) -> int | None:
        """The version of `events` that the first promotion made; before it, rows were only added."""
        return next((turn.version for turn in self.turns if turn.run.kind == "reextract"), None)


def make_ledger(
    location: str,
    runs: Iterable[Run],
    states: Iterable[Line],
    commits: Iterable[Mapping[str, Any]],
    events_version: int | None = None,
) -> Ledger:
    """The ledger out of the tables' lines, and promotions that so far stand in the log of `events` alone."""
    found = {run.run_id: run for run in runs}
    lines = sorted(states, key=lambda line: line["at"])
    told = {line["events_version"] for line in lines if line["state"] == "current"}
    unsaid = tuple(one for one in commits if is_promotion(one) and one["version"] not in told)
    steps = {
        (run.events_version if run.events_version is not None else -1, 1, run.run_id): run.ended
        for run in found.values()
        if run.kind == "ingest"
    }
    promotions = [
        (line["events_version"], line["run_id"], line["at"]) for line in lines if line["state"] == "current"
    ]
    promotions += [(one["version"], one["run_id"], read_time(one)) for one in unsaid]
    steps |= {(version, 0, run_id): at for version, run_id, at in promotions if run_id in found}
    turns: list[Turn] = []
    for (version, _, run_id), at in sorted(steps.items()):
        turns.append(make_turn(turns, found[run_id], version, at))
    last = {line["run_id"]: line for line in lines}
    return Ledger(location, tuple(found.values()), tuple(turns), last, unsaid, events_version)


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
