"""A review of anything: its changes and the decisions on them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.home import ROOT
from models.change import Change, Diff
from models.decision import Covered, Decision, Surface, make_decision
from models.errors import ReviewError
from models.hold import Hold
from models.policy import Policy
from review.decisions import DECIDED, Outcome, append_decisions, read_decisions, refuse_undo, replay
from review.saved import Saved, Taken, sort_out

POLICY = ROOT / "review" / "policy.toml"


@dataclass(slots=True, kw_only=True)
class Review:
    """What is reviewed, and the decisions so far. Every decision goes to the file at once."""

    diff: Diff
    changes: Sequence[Change]
    policy: Policy
    path: Path
    surface: Surface
    holds: Mapping[tuple[str, str], Hold] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What became of each change."""
        return replay(self.changes, self.decisions, self.policy.accepted, self.holds)

    @property
    def rest(self) -> list[Change]:
        """The changes that nobody has decided."""
        standings = self.outcome.standings
        return [change for change in self.changes if standings[change.id].state not in DECIDED]

    @property
    def edited(self) -> frozenset[str]:
        """Events with an edit by hand."""
        return frozenset(event for (event, _), hold in self.holds.items() if hold.verdict == "edit")

    @property
    def trail(self) -> list[Decision]:
        """All decisions that were ever made."""
        return self.decisions

    def decide(self, verdict: str, changes: Sequence[Change], **fields: Any) -> Outcome:
        """Makes a decision, keeps it, and gives what became of each change. Raises ReviewError."""
        covers = tuple(Covered(change=change.id, hash=change.hash) for change in changes)
        known = {"before": self.diff.before.name, "after": self.diff.after.name, "who": name_reviewer()}
        told = {"verdict": verdict, "covers": covers, "surface": self.surface}
        try:
            decision = make_decision(datetime.now(UTC), **known | told | fields)
        except ValueError as error:
            raise ReviewError(f"no decision: {error}") from error
        refuse_undo(decision, self.trail)
        self.check_edit(decision)
        append_decisions(self.path, [decision])
        self.decisions.append(decision)
        return self.outcome

    def check_edit(self, decision: Decision) -> None:
        """Raises ReviewError, which names decision and change, where an edit makes no row."""
        if decision.verdict != "edit":
            return
        (covered,) = decision.covers
        change = next((one for one in self.changes if one.id == covered.change), None)
        if change is None or change.hash != covered.hash:
            return  # about what is not so: asked again
        try:
            if change.operation != "changed":
                raise ReviewError("only a changed field can be edited")
            self.try_edit(change, decision.value or "")
        except ReviewError as error:
            raise ReviewError(f"decision {decision.decision_id}: change {change.id}: {error}") from error

    def try_edit(self, change: Change, value: str) -> None:
        """Raises ReviewError where the field cannot say so; here it never can, there are no tables."""
        raise ReviewError(
            f"{change.field}: {value} is not written: a golden is not edited here: mend the rules, or the file itself"
        )

    def belongs(self, change: Change, name: str) -> bool:
        """Whether the change is of the event of that id."""
        return name in (*change.before_ids, *change.after_ids)

    def take_in(self, lines: Iterable[Saved]) -> Taken:
        """Keeps the sound ones of decisions that were made elsewhere, each once, and tells what became of the rest."""
        kept, taken = sort_out(lines, self.trail, self.find_fault)
        append_decisions(self.path, kept)
        self.reload()
        return taken

    def find_fault(self, decision: Decision) -> str:
        """Why an edit makes no row; empty where it does, and of all other decisions."""
        try:
            self.check_edit(decision)
        except ReviewError as error:
            return str(error)
        return ""

    def reload(self) -> None:
        """Reads the decisions anew, since others write to the file as well."""
        self.decisions = read_decisions(self.path)


def name_reviewer() -> str:
    """Who decides: DATELINE_REVIEWER, else the user of the system."""
    return os.environ.get("DATELINE_REVIEWER") or os.environ.get("USER") or f"user {os.getuid()}"
