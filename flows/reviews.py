"""A review of two runs: its changes, its decisions, and what follows from them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.compared_runs import compare_runs, find_run
from flows.home import ROOT
from flows.receipts import find_store
from flows.run_ids import make_run_id
from flows.store import Store
from models.change import Change, Diff
from models.decision import Covered, Decision, Surface, make_decision
from models.errors import ReviewError
from models.hold import Hold
from models.policy import Policy, read_policy
from review.decisions import Outcome, append_decisions, read_decisions, replay
from review.holding import Settled, settle_rows

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
        append_decisions(self.path, [decision])
        self.decisions.append(decision)
        return self.outcome

    def belongs(self, change: Change, name: str) -> bool:
        """Whether the change is of the event of that id."""
        return name in (*change.before_ids, *change.after_ids)

    def take_in(self, decisions: Iterable[Decision]) -> int:
        """Keeps decisions that were made elsewhere, each once; gives how many were new."""
        known = {decision.decision_id for decision in self.trail}
        fresh = {one.decision_id: one for one in decisions if one.decision_id not in known}
        append_decisions(self.path, fresh.values())
        self.reload()
        return len(fresh)

    def reload(self) -> None:
        """Reads the decisions anew, since others write to the file as well."""
        self.decisions = read_decisions(self.path)


@dataclass(slots=True, kw_only=True)
class RunReview(Review):
    """The review of two runs."""

    store: Store


def name_reviewer() -> str:
    """Who decides: DATELINE_REVIEWER, else the user of the system."""
    return os.environ.get("DATELINE_REVIEWER") or os.environ.get("USER") or f"user {os.getuid()}"


@contextmanager
def open_review(home: Path, before: str, after: str, surface: Surface = "command") -> Iterator[RunReview]:
    """The review of two runs by name. Raises InputError, StoreError, ReviewError."""
    store = Store(find_store(home))
    with compare_runs(store, before, after) as found:
        diff = found.diff
        path = find_decisions(home, diff.before.name, diff.after.name)
        own = home / "policy.toml"
        yield RunReview(
            diff=diff,
            changes=list(found.changes()),
            policy=read_policy(own if own.exists() else POLICY),
            path=path,
            surface=surface,
            holds=store.holds(),
            decisions=read_decisions(path),
            store=store,
        )


def find_decisions(home: Path, before: str, after: str) -> Path:
    """Where the decisions on two runs stand."""
    return home / "decisions" / f"{before}..{after}.jsonl"


def apply_review(review: RunReview, undecided: str | None, reason: str = "") -> str:
    """Brings the decisions to the tables and makes the outcome current; gives the run's id.

    Raises ReviewError where changes are open and `undecided` does not say which side they get.
    """
    outcome = review.outcome
    check_ready(review, outcome, undecided)
    candidate = find_run(review.store.ledger(), review.diff.after.name)
    settled = settle(review, outcome, undecided or "new")
    by = name_reviewer()
    if not (settled.rows or settled.out or settled.holds):
        review.store.promote(candidate.run_id, by=by, reason=reason)
        return candidate.run_id
    now = datetime.now(UTC)
    run_id, _ = make_run_id(now, review.store.run_ids())
    added = len(settled.rows) - len(settled.out)
    run = candidate.model_copy(
        update={
            "run_id": run_id,
            "started": now,
            "ended": now,
            "rows": max(0, candidate.rows + min(0, added)),
            "scope": candidate.scope | {"reviewed": candidate.run_id},
        }
    )
    with review.store.writing(run_id):
        review.store.commit_reviewed(
            run, candidate.run_id, settled.out, list(settled.rows.values()), settled.holds
        )
        review.store.promote(run_id, by=by, reason=reason or f"review of {candidate.run_id}")
    return run_id


def check_ready(review: RunReview, outcome: Outcome, undecided: str | None) -> None:
    """Raises ReviewError where something has to be decided first."""
    if (
        review.store.ledger().tell_state(find_run(review.store.ledger(), review.diff.after.name))
        != "candidate"
    ):
        raise ReviewError(f"{review.diff.after.name} is no candidate: there is nothing to apply to")
    if outcome.undecided and undecided is None:
        raise ReviewError(
            f"{len(outcome.undecided)} changes are not decided: `dateline review` shows them, "
            "--undecided old or new says which side they get"
        )


def settle(review: RunReview, outcome: Outcome, undecided: str) -> Settled:
    """The rows that are not as the candidate has them; only articles with such a change are read."""
    wanted = [
        change
        for change in review.changes
        if outcome.standings[change.id].state not in {"accept"} or outcome.standings[change.id].hold
    ]
    ids = sorted({event for change in wanted for event in (*change.before_ids, *change.after_ids)})
    views = [review.store.view(side.name) for side in (review.diff.before, review.diff.after)]
    before, after = ({row.event_id: row for row in view.rows_among("event_id", ids)} for view in views)
    after |= {row.event_id: row for row in views[1].rows_among("part_of", ids)}
    return settle_rows(wanted, outcome, before, after, undecided=undecided)
