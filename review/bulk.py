"""Decisions on a whole group: what one leaves out and why, and what a random sample of it proves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from models.change import Change
from models.policy import Policy
from review.decisions import DECIDED, Standing

TIE = 1e-12  # a chance of exactly 1 - level is none of more, whatever its last digit
REASONS = ("unsure", "edited", "removal", "effect", "gone")


GOING = frozenset({"removed", "merged"})


@dataclass(frozen=True, slots=True)
class Bulk:
    """The changes that a decision on a group covers, and those that stay for a look of their own."""

    covered: tuple[Change, ...]
    left: tuple[tuple[Change, str], ...]  # with the reason, one of REASONS
    decided: int  # changes that were decided before, which it does not touch


def choose_bulk(
    group: Iterable[Change],
    standings: Mapping[str, Standing],
    policy: Policy,
    *,
    edited: Collection[str] = (),
    removing: Collection[str] = (),
) -> Bulk:
    """What a decision on the whole group, or on all that follows from one cause, covers.

    Where events go beside changes of other kinds, those that go stay.

    `edited` are event ids with a hand edit; `removing` are those that `find_removing` gives.
    """
    group = list(group)
    whole = {change.id for change in group if change.operation in GOING}
    mixed = 0 < len(whole) < len(group)
    covered: list[Change] = []
    left: list[tuple[Change, str]] = []
    decided = 0
    for change in group:
        if standings[change.id].state in DECIDED:
            decided += 1
        elif reason := find_doubt(change, policy, edited, removing):
            left.append((change, reason))
        elif mixed and change.id in whole:
            left.append((change, "gone"))
        else:
            covered.append(change)
    return Bulk(tuple(covered), tuple(left), decided)


def find_doubt(
    change: Change, policy: Policy, edited: Collection[str], removing: Collection[str]
) -> str | None:
    """Why the change needs a look of its own; None where it needs none."""
    events = {*change.before_ids, *change.after_ids}
    sure = [c for c in (change.confidence_before, change.confidence_after) if c is not None]
    if sure and min(sure) < policy.confidence:
        return "unsure"
    if events & set(edited):
        return "edited"
    if change.id not in removing and events & set(removing):
        return "removal"
    return "effect" if abs(change.effect.killed_best) > policy.killed else None


def find_removing(changes: Iterable[Change], standings: Mapping[str, Standing]) -> frozenset[str]:
    """Event ids of which an open change takes something away, and the ids of these changes themselves."""
    found: set[str] = set()
    for change in changes:
        if takes_away(change) and standings[change.id].state not in DECIDED:
            found.update((*change.before_ids, *change.after_ids, change.id))
    return frozenset(found)


def takes_away(change: Change) -> bool:
    """Whether an event, or what a field said, is gone afterwards."""
    return change.operation in GOING or (change.operation == "changed" and not change.words_after)


def draw_sample(changes: Sequence[Change], number: int, seed: str) -> tuple[Change, ...]:
    """That many changes, the same for the same seed whatever their order."""
    ranked = sorted(changes, key=lambda change: sha256(f"{seed} {change.id}".encode()).digest())
    return tuple(ranked[:number])


def bound_wrong(right: int, of: int, level: float) -> int:
    """How many of those that were not drawn may still be wrong, at that level, where all that were drawn are right.

    One-sided, exact for a sample drawn without putting back (hypergeometric): the greatest number of wrong ones
    among `of` with which such a draw still has a chance of more than 1 - level, C(of - wrong, right) / C(of, right).
    It stays true for whoever draws more until it is small enough: more right ones contain the fewer.
    Of a group without end it is the share 1 - (1 - level) ** (1 / right); of one that was drawn whole, none.
    """
    chance = 1.0
    for wrong in range(of - right):
        chance *= (of - right - wrong) / (of - wrong)  # of one wrong more than `wrong`
        if chance <= 1 - level + TIE:
            return wrong
    return of - right
