"""Counting while a run goes on: what became of each item, by source."""

from collections import Counter, defaultdict
from typing import Literal

from models.receipt import OUTCOMES, Failure, Outcome, SourceCount

ENDS = tuple(outcome for outcome in OUTCOMES if outcome != "left")


class Tally:
    """Items by source and outcome, and the failures in the order in which they came."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.failures: list[Failure] = []
        self.errors: list[str] = []

    def found(self, source: str, items: int = 0) -> None:
        """The source was read and has so many items."""
        self.counts[source]["items"] += items

    def fetched(self, source: str, status: int) -> None:
        """An answer came; a 304 brings no body."""
        self.counts[source]["fetched"] += status != 304

    def close(self, source: str, outcome: Outcome, rows: int = 0) -> None:
        """An item came to its end."""
        self.counts[source][outcome] += 1
        self.counts[source]["rows"] += rows

    def note(self, source: str, what: Literal["copies", "foreign"]) -> None:
        """A stored article is a copy of another, or not in English."""
        self.counts[source][what] += 1

    def fail(self, source: str, item: str, reason: str, message: str) -> None:
        """An item gave no article."""
        failure = Failure(source=source, item=item, reason=reason, message=message)
        self.failures.append(failure)
        self.close(source, failure.outcome)

    def note(self, source: str, item: str, reason: str, message: str) -> None:
        """Something to know of a source that cost no item."""
        self.failures.append(Failure(source=source, item=item, reason=reason, message=message))

    def lose(self, source: str, item: str, reason: str, message: str) -> None:
        """A whole source could not be read: an error, since nobody knows how many items are missing."""
        self.failures.append(Failure(source=source, item=item, reason=reason, message=message))
        self.errors.append(f"{source}: {message}")
        self.found(source)

    @property
    def closed(self) -> int:
        """Items that came to their end."""
        return sum(count[outcome] for count in self.counts.values() for outcome in ENDS)

    def leave(self, source: str) -> None:
        """Closes the items that were not reached."""
        count = self.counts[source]
        count["left"] = count["items"] - sum(count[outcome] for outcome in ENDS)

    def by_source(self) -> tuple[SourceCount, ...]:
        """The counts, in the order of the sources."""
        return tuple(SourceCount(source=source, **count) for source, count in self.counts.items())
