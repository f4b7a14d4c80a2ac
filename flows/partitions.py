"""The archive cut into partitions: some hundred articles of one month, the unit of work, of resuming and of Dask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

MOST = 500  # articles: 10 to 40 seconds, which is what a dead worker costs


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the plan: its id, the run that stored it, and the one that read it last, if that is known."""

    article_id: str
    run_id: str
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class Partition:
    """Articles of one month, in the order in which they were stored."""

    number: int
    month: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """What its results are called: the same articles have the same name."""
        ids = "\n".join(f"{one.article_id} {one.run_id} {one.read_by}" for one in self.entries)
        return f"{self.number:06}-{self.month}-{sha256(ids.encode()).hexdigest()[:12]}"

    def __str__(self) -> str:
        return f"partition {self.name} of {len(self.entries)} articles"


def cut_partitions(planned: Iterable[tuple[str, Entry]], most: int = MOST) -> Iterator[Partition]:
    """The partitions of (month, entry) pairs that come month by month; memory holds one of them."""
    number = 0
    for month, entries in groupby(planned, key=lambda pair: pair[0]):
        held: list[Entry] = []
        for _, entry in entries:
            held.append(entry)
            if len(held) == most:
                yield Partition(number, month, tuple(held))
                number, held = number + 1, []
        if held:
            yield Partition(number, month, tuple(held))
            number += 1
