"""A review of two runs: its changes, its decisions, and what follows from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.compared_runs import compare_runs, find_run
from flows.deciding import POLICY, Review, name_reviewer
from flows.receipts import find_store
from flows.run_ids import make_run_id
from flows.store import Store
from models.change import Change
from models.decision import Surface
from models.errors import ReviewError
from models.policy import read_policy
from review.decisions import Outcome, read_decisions
from review.diff_words import name_number
from review.holding import Settled, edit_field, settle_rows


@dataclass(slots=True, kw_only=True)
class RunReview(Review):
    """The review of two runs."""

    home: Path
    store: Store

    def try_edit(self, change: Change, value: str) -> None:
        """Writes the field of the row, for a trial."""
        (row,) = self.store.view(self.diff.after.name).rows_among("event_id", change.after_ids)
        edit_field(row, change.field, value, "edit:trial")


@contextmanager
def open_review(home: Path, before: str, after: str, surface: Surface = "command") -> Iterator[RunReview]:
    """The review of two runs by name. Raises InputError, StoreError, ReviewError."""
    store = Store(find_store(home))
    with compare_runs(store, before, after) as found:
        diff = found.diff
        path = find_decisions(home, diff.before.name, diff.after.name)
        own = home / "policy.toml"
        yield RunReview(
            home=home,
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

    What nobody had decided is noted in the decisions file, with the side that it got. Raises ReviewError where
    changes are open and `undecided` does not say which side they get.
    """
    outcome, rest = review.outcome, review.rest
    check_ready(review, outcome, undecided)
    side = f"--undecided {undecided}: {name_number(len(rest), 'change')}" if rest else ""
    run_id = stand(review, outcome, undecided or "new", "; ".join(filter(None, (reason, side))))
    if rest:
        comment = "; ".join(filter(None, (f"--undecided {undecided}", reason)))
        review.decide("accept" if undecided == "new" else "reject", rest, scope="rest", comment=comment)
    return run_id


def stand(review: RunReview, outcome: Outcome, undecided: str, reason: str) -> str:
    """Makes the outcome current; gives the run's id."""
    candidate = find_run(review.store.ledger(), review.diff.after.name)
    settled = settle(review, outcome, undecided)
    by = name_reviewer()
    if not (settled.rows or settled.out or settled.holds):
        review.store.promote(candidate.run_id, by=by, reason=reason, reviewed=True)
        return candidate.run_id
    now = datetime.now(UTC)
    run_id, _ = make_run_id(now, review.store.run_ids())
    run = candidate.model_copy(
        update={
            "run_id": run_id,
            "started": now,
            "ended": now,
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
    return settle_rows(review.changes, outcome, before, after, undecided=undecided)
