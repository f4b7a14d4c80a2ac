"""What reading rejected, and why: notes that the code which decides leaves where somebody asks for them.

A trace is handed in by who wants one and costs nothing where it is None; no note is made by other code afterwards.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from models.reason import NoteField, Reason

Spot = tuple[int, int]
Item = TypeVar("Item", bound="Placed")


class Placed(Protocol):
    """Whatever stands at offsets of the text: mentions, losses, parties, evidence."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point behind the last."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not taken. Offsets are into the text.

    `event` is the leading event word of the draft for which it was decided, None where it was for the whole text;
    `other` what was taken instead, or what it belongs to; `detail` what the reason weighs or counts.
    """

    field: NoteField
    reason: Reason
    spot: Spot
    event: Spot | None = None
    other: Spot | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """A place that a name may stand for, with what spoke for it when the name was last weighed."""

    spot: Spot
    id: str
    name: str
    country: str | None
    admin1: str | None
    kind: str
    score: float
    signs: tuple[tuple[str, float], ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One sign of a confidence: its strength and its weight in log odds."""

    sign: str
    value: float
    weight: float


@dataclass(slots=True)
class Trace:
    """The notes of one article, in the order in which they were made.

    `terms` are those of each leading event word, `words` all event words of each row, by its id.
    """

    notes: list[Note] = field(default_factory=list)
    senses: list[Sense] = field(default_factory=list)
    terms: dict[Spot, tuple[Term, ...]] = field(default_factory=dict)
    words: dict[str, Sequence[Spot]] = field(default_factory=dict)
    sentences: list[Spot] = field(default_factory=list)

    def add(
        self,
        name: NoteField,
        reason: Reason,
        spot: Spot,
        event: Spot | None = None,
        other: Spot | None = None,
        detail: str = "",
    ) -> None:
        """Keeps one note."""
        self.notes.append(Note(name, reason, spot, event, other, detail))

    def add_all(
        self, name: NoteField, reason: Reason, items: Iterable[Placed], event: Spot | None, other: Spot | None
    ) -> None:
        """Keeps a note of each item, all for one reason."""
        for item in items:
            self.add(name, reason, (item.start, item.end), event, other)


def spot(item: Placed) -> Spot:
    """Where something stands."""
    return item.start, item.end


Refusal = Reason | tuple[Reason, Spot] | None  # why not, and what it belongs to instead


def sift(
    items: Iterable[Item],
    judge: Callable[[Item], Refusal],
    trace: Trace | None,
    name: NoteField,
    event: Spot | None = None,
    describe: Callable[[Item], str] | None = None,
) -> list[Item]:
    """The items that nothing speaks against; of the others the trace keeps what does."""
    kept = []
    for item in items:
        refusal = judge(item)
        if refusal is None:
            kept.append(item)
        elif trace is not None:
            reason, other = refusal if isinstance(refusal, tuple) else (refusal, None)
            trace.add(name, reason, (item.start, item.end), event, other, describe(item) if describe else "")
    return kept


@dataclass(frozen=True, slots=True)
class Notes:
    """What one decision leaves out, step by step, of one field of one event."""

    trace: Trace | None
    field: NoteField
    event: Spot

    def keep(
        self,
        reason: Reason,
        before: list[Item],
        after: list[Item],
        winner: Placed | None = None,
        find: Callable[[Item], Spot] | None = None,
    ) -> list[Item]:
        """What a step leaves, or all where it would leave nothing.

        The trace keeps what it left out, with the winner or whatever else is found to have it.
        """
        if after and self.trace is not None and len(after) < len(before):
            kept = {(item.start, item.end) for item in after}
            for item in (item for item in before if (item.start, item.end) not in kept):
                other = find(item) if find else None if winner is None else spot(winner)
                self.trace.add(self.field, reason, spot(item), self.event, other)
        return after or before

    def keep_few(self, reason: Reason, before: Sequence[Item], after: list[Item]) -> list[Item]:
        """What a step leaves, be it nothing; the trace keeps what it left out."""
        if self.trace is not None and len(after) < len(before):
            kept = {(item.start, item.end) for item in after}
            lost = [item for item in before if (item.start, item.end) not in kept]
            self.trace.add_all(self.field, reason, lost, self.event, None)
        return after

    def drop(self, reason: Reason, items: Iterable[Item]) -> list[Item]:
        """Nothing; the trace keeps what is left out."""
        if self.trace is not None:
            self.trace.add_all(self.field, reason, items, self.event, None)
        return []

    def add(self, reason: Reason, item: Placed, other: Placed | None = None, detail: str = "") -> None:
        """Keeps one item."""
        if self.trace is not None:
            self.trace.add(
                self.field, reason, spot(item), self.event, None if other is None else spot(other), detail
            )


def show_terms(terms: Sequence[Term], most: int = 4) -> str:
    """The weightiest terms in few words, as what they add to the odds."""
    return ", ".join(f"{t.sign} {t.value * t.weight:+.1f}" for t in terms[:most])


def weigh_terms(signs: Mapping[str, float], weights: Mapping[str, float]) -> tuple[Term, ...]:
    """The signs that count, the weightiest first."""
    terms = [Term(name, value, weights[name]) for name, value in signs.items() if value and name in weights]
    return tuple(sorted(terms, key=lambda t: (-abs(t.value * t.weight), t.sign)))
