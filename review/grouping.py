"""Alike changes put together: each change in one group, the groups by impact."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.change import AlikeKey, Cause, Change, Group, SubGroup, Totals, digest
from review.ways import Way, list_ways, make_key, name_group

MOST_PAIRS = (
    100_000  # different pairs of values of one group that are told apart; the rest are not sub-grouped
)
SHOWN_PAIRS = 20  # the commonest
SHOWN_RULES = 20  # the commonest
SEVERAL = "several kinds"


@dataclass(slots=True)
class Heap:
    """A group as it grows."""

    key: AlikeKey
    members: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    effect: Counter[str] = field(default_factory=Counter)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    rules: Counter[str] = field(default_factory=Counter)
    parts: dict[Way, list[int]] = field(default_factory=dict)  # numbers of members
    least: float | None = None

    def add(self, change: Change) -> None:
        """Takes a change in."""
        for way in list_ways(change, self.key):
            if way in self.parts or len(self.parts) < MOST_PAIRS:
                self.parts.setdefault(way, []).append(len(self.members))
        self.members.append(change.id)
        self.articles.update(change.article_ids)
        self.effect.update({name: n for name, n in change.effect if n})
        self.kinds.add((change.kind_before, change.kind_after))
        self.relations.add(change.relation)
        self.roots.add(change.root)
        self.rules.update(change.cause)
        sure = change.confidence_before if change.confidence_after is None else change.confidence_after
        if sure is not None:
            self.least = sure if self.least is None else min(self.least, sure)

    @property
    def totals(self) -> Totals:
        """What its changes do to the totals."""
        return Totals(**self.effect)

    def close(self, number: int) -> Group:
        """The group as it is shown."""
        olds, news = ({pair[side] for pair in self.kinds} for side in (0, 1))
        return Group(
            number=number,
            id=self.key.id,
            name=name_group(self.key),
            operation=self.key.operation,
            field=self.key.field,
            way=self.key.way,
            root=tell_one(self.roots, ""),
            kind_before=tell_one(olds, SEVERAL),
            kind_after=tell_one(news, SEVERAL),
            cause=tuple(rule for rule, _ in order_common(self.rules.items()))[:SHOWN_RULES],
            relation=self.relations.copy().pop() if len(self.relations) == 1 else "several",
            changes=len(self.members),
            articles=len(self.articles),
            least_confidence=self.least,
            effect=self.totals,
            pairs=tuple(self.cut())[:SHOWN_PAIRS],
            members=tuple(self.members),
        )

    def cut(self) -> Iterator[SubGroup]:
        """Its sub-groups, no change in two of them: those of one pair of values, then of what is left by kind."""
        taken: set[int] = set()
        for by in ("values", "kinds", "root"):
            found = [
                (way, left)
                for way, numbers in self.parts.items()
                if way[0] == by and len(left := [n for n in numbers if n not in taken]) > 1
            ]
            for way, numbers in sorted(found, key=lambda item: (-len(item[1]), item[0])):
                if len(numbers) < len(self.members):
                    taken.update(numbers)
                    members = tuple(self.members[n] for n in numbers)
                    yield SubGroup(by=by, before=way[1], after=way[2], changes=len(numbers), members=members)


def tell_one(values: Iterable[str], several: str) -> str:
    """The one value that there is, or what stands for several."""
    found = set(values)
    return found.pop() if len(found) == 1 else several


def order_common(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The commonest first."""
    return sorted(counted, key=lambda item: (-item[1], item[0]))


@dataclass(slots=True)
class Root:
    """What followed from one root, as it grows."""

    changes: int = 0
    groups: set[AlikeKey] = field(default_factory=set)
    effect: Counter[str] = field(default_factory=Counter)

    def close(self, root: str) -> Cause:
        """As it is shown."""
        return Cause(
            id=digest(["cause", root]),
            root=root,
            changes=self.changes,
            groups=len(self.groups),
            effect=Totals(**self.effect),
        )


class Heaps:
    """All groups as they grow."""

    def __init__(self) -> None:
        self.heaps: dict[AlikeKey, Heap] = {}
        self.roots: dict[str, Root] = {}
        self.articles: set[str] = set()
        self.changes = 0

    def add(self, change: Change) -> AlikeKey:
        """Puts the change into its group, and gives the group's key."""
        key = make_key(change)
        self.heaps.setdefault(key, Heap(key)).add(change)
        if change.root not in {"", "unknown"}:
            root = self.roots.setdefault(change.root, Root())
            root.changes += 1
            root.groups.add(key)
            root.effect.update({name: n for name, n in change.effect if n})
        self.articles.update(change.article_ids)
        self.changes += 1
        return key

    def close(self) -> tuple[Group, ...]:
        """The groups, that of the greatest impact first."""
        ordered = sorted(self.heaps.values(), key=order_of)
        return tuple(heap.close(number) for number, heap in enumerate(ordered, 1))

    def list_causes(self) -> tuple[Cause, ...]:
        """All roots, that of the most changes first."""
        ordered = sorted(self.roots.items(), key=lambda item: (-item[1].changes, item[0]))
        return tuple(root.close(name) for name, root in ordered)


def group_all(changes: Iterable[Change]) -> tuple[tuple[Group, ...], tuple[Cause, ...]]:
    """The groups of the changes, that of the greatest impact first, and their causes."""
    heaps = Heaps()
    for change in changes:
        heaps.add(change)
    return heaps.close(), heaps.list_causes()


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
