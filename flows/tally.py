"""Counting while a run goes on: what became of each item, by source."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, time
from typing import Literal

from models.article import Published
from models.receipt import MOST_FAILURES, OUTCOMES, Failure, Outcome, SourceCount

ENDS = tuple(outcome for outcome in OUTCOMES if outcome != "left")


class Tally:
    """Items by source and outcome, and the first failures in the order in which they came."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.reasons: dict[str, Counter[str]] = defaultdict(Counter)
        self.newest: dict[str, datetime] = {}
        self.failures: list[Failure] = []
        self.errors: list[str] = []

    def found(self, source: str, items: int = 0) -> None:
        """The source was read and has so many items."""
        self.counts[source]["items"] += items

    def date(self, source: str, published: Published | None) -> None:
        """The source names an item of that time; a bare day counts from its beginning."""
        if published is None:
            return
        if not isinstance(published, datetime):
            published = datetime.combine(published, time(), UTC)
        moment = published.replace(tzinfo=published.tzinfo or UTC)
        self.newest[source] = max(moment, self.newest.get(source, moment))

    def fetched(self, source: str, status: int, size: int = 0) -> None:
        """An answer came; a 304 brings no body."""
        self.counts[source]["fetched"] += status != 304
        self.counts[source]["bytes"] += size

    def revisit(self, source: str) -> None:
        """The archive has the body already."""
        self.counts[source]["revisits"] += 1

    def close(self, source: str, outcome: Outcome, rows: int = 0) -> None:
        """An item came to its end."""
        self.counts[source][outcome] += 1
        self.counts[source]["rows"] += rows

    def mark(self, source: str, what: Literal["copies", "foreign"]) -> None:
        """A stored article is a copy of another, or not in English."""
        self.counts[source][what] += 1

    def fail(self, source: str, item: str, reason: str, message: str) -> None:
        """An item gave no article."""
        self.close(source, self.keep(source, item, reason, message).outcome)

    def lose(self, source: str, item: str, reason: str, message: str) -> None:
        """A whole source could not be read: an error, since nobody knows how many items are missing."""
        self.keep(source, item, reason, message)
        self.errors.append(f"{source}: {message}")
        self.found(source)

    def keep(self, source: str, item: str, reason: str, message: str) -> Failure:
        """Counts a failure, and keeps it where there are not too many."""
        failure = Failure(source=source, item=item, reason=reason, message=message)
        self.reasons[source][reason] += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(failure)
        return failure

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
        return tuple(
            SourceCount(source=name, reasons=self.reasons[name], newest=self.newest.get(name), **count)
            for name, count in self.counts.items()
        )
