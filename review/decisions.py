"""Decisions on changes: the file that holds them, and what they come to. Any surface writes the same records."""

import fcntl
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import ValidationError

from models.change import Change, digest
from models.decision import Decision
from models.errors import DecidedError, ReviewError
from models.hold import WHOLE, Hold
from review.applying import read_content_of

State = Literal["open", "accept", "reject", "skip", "flag", "edit"]
DECIDED: frozenset[State] = frozenset({"accept", "reject", "edit"})
Check = Callable[[list[Decision]], None]  # of the decisions that are there already
LONGEST = 1 << 26  # bytes of a line: a decision on a million changes


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of one change. `decision` is None where nobody decided now: the policy, or an earlier hold, did."""

    state: State
    decision: Decision | None = None
    comments: tuple[Decision, ...] = ()
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decisions come to for the changes of a diff."""

    standings: Mapping[str, Standing]  # change id -> standing, of every change
    stale: tuple[tuple[Decision, tuple[str, ...]], ...]  # decisions on what has changed since: ask again

    @property
    def undecided(self) -> tuple[str, ...]:
        """Ids of the changes that nobody accepted, rejected or edited."""
        return tuple(change for change, s in self.standings.items() if s.state not in DECIDED)


def read_decisions(path: Path) -> list[Decision]:
    """The records of a file, in its order; none where there is no file.

    Raises ReviewError, which names the line, where a record is broken or was altered.
    """
    try:
        with path.open("rb") as file:
            lines = list(iter(lambda: file.readline(LONGEST), b""))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read ({error.strerror})") from error
    return [read_decision(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def read_decision(line: bytes | str, where: str) -> Decision:
    """One record. Raises ReviewError."""
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"]))
        cause = f"{key}: {fault['msg']}" if key else fault["msg"]
        raise ReviewError(f"{where}: no sound decision ({cause}); restore the line or take it out") from error


def append_decisions(path: Path, decisions: Iterable[Decision], check: Check | None = None) -> None:
    """Adds the records under a lock and puts them on disk. Raises ReviewError.

    `check` is asked under the lock, and may raise: nobody writes between its look and the records.
    """
    lines = b"".join(decision.model_dump_json().encode() + b"\n" for decision in decisions)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if check:
                check(read_decisions(path))
            left = memoryview(mend_end(handle) + lines)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise ReviewError(f"{path}: cannot be written ({error.strerror})") from error


def mend_end(handle: int) -> bytes:
    """A line end where a crash left a torn line, so that the next record stands on a line of its own."""
    size = os.fstat(handle).st_size
    return b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""


def find_undone(decisions: Sequence[Decision]) -> frozenset[str]:
    """Ids of the decisions that no longer count. An undo can be undone; it stands behind it in any file."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.undoes and decision.decision_id not in undone:
            undone.add(decision.undoes)
    return frozenset(undone)


def order_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """In the order in which they were made, which a file that was taken in later does not have."""
    return sorted(decisions, key=lambda decision: decision.at)


def find_last(decisions: Sequence[Decision], who: str | None = None) -> Decision | None:
    """The newest decision that counts and can be undone; of one person, where one is named."""
    undone = find_undone(decisions)
    return next(
        (
            d
            for d in reversed(order_decisions(decisions))
            if d.verdict != "undo"
            and d.scope != "rest"
            and d.decision_id not in undone
            and who in (None, d.who)
        ),
        None,
    )


def replay(
    changes: Iterable[Change],
    decisions: Sequence[Decision],
    accepted: Iterable[str] = (),
    holds: Mapping[tuple[str, str], Hold] = MappingProxyType({}),
) -> Outcome:
    """What became of each change. `accepted` are operations that need no decision; the latest decision wins.

    What `apply` did with the rest that nobody decided stays open: it is in the file for the trail only.

    `holds` are what earlier reviews keep, by event and field: what was refused before is refused still.
    """
    known: dict[str, str] = {}
    standings: dict[str, Standing] = {}
    settled = frozenset(accepted)
    for change in changes:
        known[change.id] = change.hash
        hold = find_hold(change, holds)
        standings[change.id] = Standing(
            "reject" if hold else "accept" if change.operation in settled else "open", hold=hold
        )
    undone = find_undone(decisions)
    stale = []
    for decision in order_decisions(decisions):
        if decision.decision_id in undone or decision.verdict == "undo" or decision.scope == "rest":
            continue
        if gone := tuple(c.change for c in decision.covers if known.get(c.change) != c.hash):
            stale.append((decision, gone))
        for covered in decision.covers:
            if known.get(covered.change) == covered.hash:
                standings[covered.change] = settle(standings[covered.change], decision)
    return Outcome(standings, tuple(stale))


def find_hold(change: Change, holds: Mapping[tuple[str, str], Hold]) -> Hold | None:
    """The hold that answers the change: a locked field whatever it says, else where the same value was refused."""
    name = change.field if change.operation == "changed" else WHOLE
    for event in (*change.after_ids, *change.before_ids):
        hold = holds.get((event, name))
        if (
            hold
            and hold.verdict != "release"
            and (hold.verdict == "edit" or hold.refused == name_refused(change))
        ):
            return hold
    return None


def name_refused(change: Change) -> str:
    """The digest of what a refusal is about: of whole rows what they say, whichever run says it, and where."""
    if change.field != WHOLE or not change.after:
        return digest(change.after)
    return digest([read_content_of(line) for line in change.after])


def settle(standing: Standing, decision: Decision) -> Standing:
    """The standing after one more decision; a comment decides nothing."""
    if decision.verdict == "comment":
        return replace(standing, comments=(*standing.comments, decision))
    state: State = decision.verdict  # type: ignore[assignment]  # undo and comment are no verdicts here
    return replace(standing, state=state, decision=decision)


def refuse_undo(decision: Decision, known: Iterable[Decision]) -> None:
    """Raises ReviewError where it undoes a decision that there is not, or one of somebody else."""
    if not decision.undoes:
        return
    undone = next((one for one in known if one.decision_id == decision.undoes), None)
    if undone is None:
        fault = f"there is no decision {decision.undoes} that it could undo"
    elif undone.who != decision.who:
        fault = f"{undone.decision_id} is of {undone.who}, not of {decision.who}: decide anew instead"
    else:
        return
    raise ReviewError(f"decision {decision.decision_id}: {fault}")


def refuse_taken(decision: Decision, changes: Iterable[Change], known: Sequence[Decision]) -> None:
    """Raises DecidedError where a decision on many changes at once covers what somebody else has decided."""
    one_looked_at = decision.scope == "event" or (decision.scope == "change" and len(decision.covers) == 1)
    if one_looked_at:
        return
    for name, standing in replay(changes, known).standings.items():
        other = standing.decision
        if other and standing.state in DECIDED and other.who != decision.who:
            raise DecidedError(
                f"decision {decision.decision_id}: change {name} was decided by {other.who}: see it, and decide anew"
            )


def sum_state(standings: Iterable[Standing]) -> Literal["open", "accepted", "rejected", "mixed", "partly"]:
    """The state of a group: `partly` where some of it is still open."""
    states = {standing.state for standing in standings}
    if not states & DECIDED:
        return "open"
    if states - DECIDED:
        return "partly"
    if states == {"accept"}:
        return "accepted"
    return "rejected" if states == {"reject"} else "mixed"
