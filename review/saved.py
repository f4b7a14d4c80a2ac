"""Files that a page saved, line by line: what is sound is taken in, what is not is told by its line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.decision import Decision
from models.errors import ReviewError
from review.decisions import LONGEST, find_undone, read_decision
from review.diff_words import name_number


@dataclass(frozen=True, slots=True)
class Saved:
    """One line of a file: a decision, or why it is none."""

    where: str
    decision: Decision | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking decisions in: how many were new, edits that were undone and do not fit, and the refused."""

    fresh: int
    skipped: int
    refused: tuple[str, ...]

    def tell(self, stale: int) -> str:
        """The same in words; `stale` are about what is not so."""
        told = f"{name_number(self.fresh, 'decision')} taken in"
        told += f", {len(self.refused)} refused" if self.refused else ""
        told += f", {name_number(self.skipped, 'undone edit')} left out" if self.skipped else ""
        return f"{told}; {stale} {'is' if stale == 1 else 'are'} about what is not so: ask again"


def read_saved(paths: Iterable[Path]) -> Iterator[Saved]:
    """The lines of the files that say something. Raises ReviewError where a file cannot be read."""
    for path in paths:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                    if line.strip():
                        yield read_line(line, f"{path}:{number}")
        except OSError as error:
            raise ReviewError(f"{path}: cannot be read ({error.strerror})") from error


def read_line(line: bytes, where: str) -> Saved:
    """One line."""
    try:
        return Saved(where, read_decision(line, where))
    except ReviewError as error:
        return Saved(where, None, str(error))


def sort_out(
    lines: Iterable[Saved], trail: Sequence[Decision], find_fault: Callable[[Decision], str]
) -> tuple[list[Decision], Taken]:
    """The sound decisions that the trail does not have, each once, and what became of the others.

    An edit that does not fit but was undone is left out together with its undo: no later undo can revive it.
    """
    lines = list(lines)
    fresh = find_fresh(lines, trail)
    decisions = [decision for _, decision in fresh.values()]
    faults = {one.decision_id: fault for one in decisions if (fault := find_fault(one))}
    skipped = faults.keys() & find_undone([*trail, *decisions])
    left_out = find_undoing(skipped, decisions)
    refuse_orphans(decisions, trail, faults, left_out)
    told = {line.where: line.fault for line in lines if line.decision is None}
    told |= {
        where: f"{where}: {faults[name]}"
        for name, (where, _) in fresh.items()
        if name in faults and name not in left_out
    }
    kept = [one for one in decisions if one.decision_id not in faults.keys() | left_out]
    refused = tuple(told[line.where] for line in lines if line.where in told)
    return kept, Taken(len(kept), len(skipped), refused)


def find_fresh(lines: Iterable[Saved], trail: Sequence[Decision]) -> dict[str, tuple[str, Decision]]:
    """decision_id -> line and decision, of those that the trail does not have; each once."""
    known = {decision.decision_id for decision in trail}
    fresh: dict[str, tuple[str, Decision]] = {}
    for line in lines:
        if line.decision and line.decision.decision_id not in known:
            fresh.setdefault(line.decision.decision_id, (line.where, line.decision))
    return fresh


def find_undoing(names: Collection[str], decisions: Iterable[Decision]) -> set[str]:
    """The ids, with those of every undo of them, and of every undo of these."""
    found = set(names)
    for decision in decisions:
        if decision.undoes in found:
            found.add(decision.decision_id)
    return found


def refuse_orphans(
    decisions: Sequence[Decision],
    trail: Iterable[Decision],
    faults: dict[str, str],
    left_out: Collection[str],
) -> None:
    """Adds the fault of every undo whose decision is not there, or is refused itself."""
    known = {one.decision_id for one in (*trail, *decisions)} - faults.keys()
    undos = {one.decision_id: one for one in decisions if one.undoes and one.decision_id not in left_out}
    while orphans := [one for one in undos.values() if one.undoes not in known]:
        for one in orphans:
            faults[one.decision_id] = (
                f"decision {one.decision_id}: there is no decision {one.undoes} that it could undo"
            )
            known.discard(one.decision_id)
            del undos[one.decision_id]
