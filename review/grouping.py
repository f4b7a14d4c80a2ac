"""Alike changes put together: each change in one group, the groups by impact."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.change import SAME, AlikeKey, Change, Group, SubGroup, Totals

LONGEST = 200  # characters of a value in a sub-group
MOST_PAIRS = (
    100_000  # different pairs of values of one group that are told apart; the rest are not sub-grouped
)
SHOWN_PAIRS = 20  # the commonest
NAMES = {
    "killed": "killed",
    "told": "sentences",
    "part_of": "part of a total",
    "is_aggregate": "sum of several incidents",
    "event_type": "type",
}
WHOLE = {
    "removed": "event removed",
    "added": "event added",
    "split": "event split in several",
    "merged": "events merged into one",
}


@dataclass(slots=True)
class Heap:
    """A group as it grows."""

    key: AlikeKey
    members: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    effect: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    least: float | None = None

    def add(self, change: Change) -> None:
        """Takes a change in."""
        self.members.append(change.id)
        self.articles.update(change.article_ids)
        self.effect.update({name: n for name, n in change.effect if n})
        pair = cut(change.words_before), cut(change.words_after)
        if change.operation == "changed" and (pair in self.pairs or len(self.pairs) < MOST_PAIRS):
            self.pairs[pair] += 1
        sure = change.confidence_before if change.confidence_after is None else change.confidence_after
        if sure is not None:
            self.least = sure if self.least is None else min(self.least, sure)

    @property
    def totals(self) -> Totals:
        """What its changes do to the totals."""
        return Totals(**self.effect)

    def close(self, number: int) -> Group:
        """The group as it is shown."""
        common = sorted(self.pairs.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_PAIRS]
        return Group(
            number=number,
            id=self.key.id,
            name=name_group(self.key),
            **self.key._asdict(),
            changes=len(self.members),
            articles=len(self.articles),
            least_confidence=self.least,
            effect=self.totals,
            pairs=tuple(SubGroup(before=a, after=b, changes=n) for (a, b), n in common if n > 1),
            members=tuple(self.members),
        )


class Heaps:
    """All groups as they grow."""

    def __init__(self) -> None:
        self.heaps: dict[AlikeKey, Heap] = {}
        self.articles: set[str] = set()
        self.changes = 0

    def add(self, change: Change) -> AlikeKey:
        """Puts the change into its group, and gives the group's key."""
        key = change.key
        self.heaps.setdefault(key, Heap(key)).add(change)
        self.articles.update(change.article_ids)
        self.changes += 1
        return key

    def close(self) -> tuple[Group, ...]:
        """The groups, that of the greatest impact first."""
        ordered = sorted(self.heaps.values(), key=order_of)
        return tuple(heap.close(number) for number, heap in enumerate(ordered, 1))


def group_changes(changes: Iterable[Change]) -> tuple[Group, ...]:
    """The groups of the changes, that of the greatest impact first."""
    heaps = Heaps()
    for change in changes:
        heaps.add(change)
    return heaps.close()


def order_of(heap: Heap) -> tuple[object, ...]:
    """Removed events, then people killed, people injured, added events, number of changes; moves last."""
    effect, operation = heap.totals, heap.key.operation
    return (
        operation == "moved",
        operation != "removed",
        -abs(effect.killed_best),
        -abs(effect.injured_best),
        operation != "added",
        -len(heap.members),
        heap.key,
    )


def name_group(key: AlikeKey) -> str:
    """The group in words."""
    if key.operation in WHOLE:
        return WHOLE[key.operation]
    if key.operation == "moved":
        return "only offsets moved" if key.field == "offsets" else "only headline, address or text version"
    name = NAMES.get(key.field, key.field.replace("_", " "))
    if key.kind_before.startswith(SAME):
        return f"{name}: same value, other evidence"
    if key.kind_before == "empty" != key.kind_after:
        return f"{name} found"
    if key.kind_after == "empty" != key.kind_before:
        return f"{name} lost"
    return f"{name} changed"


def cut(text: str) -> str:
    """The value, shortened where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
