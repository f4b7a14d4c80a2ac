"""The receipt of a run: what became of every item, by source, and what went wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["new", "unchanged", "duplicate", "blocked", "failed", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
REFUSALS = frozenset(
    {"robots", "private_address", "challenge", "paywall", "consent", "status_401", "status_403"}
)


class Entry(BaseModel):
    """Base of the receipt and its parts: frozen, and no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Failure(Entry):
    """An item, or a whole source, that gave no article."""

    source: str
    item: str = Field(description="address or path")
    reason: str = Field(description="typed; `robots`, `timeout`, `no_text` …")
    message: str = Field(description="one line")

    @property
    def outcome(self) -> Outcome:
        """`blocked` where somebody refused us, else `failed`."""
        return "blocked" if self.reason in REFUSALS else "failed"


class SourceCount(Entry):
    """What became of one source's items; the six outcomes add up to `items`."""

    source: str
    items: int = Field(default=0, description="found in the feed, list or folder")
    fetched: int = Field(default=0, description="bodies that came over the net or from a folder")
    new: int = Field(default=0, description="articles stored")
    unchanged: int = Field(default=0, description="the same page or text is stored already")
    duplicate: int = Field(default=0, description="the same address or text came twice in this run")
    blocked: int = Field(
        default=0, description="refused: robots, paywall, consent wall, challenge, private address"
    )
    failed: int = Field(default=0, description="gave no article; the failures say why")
    left: int = Field(default=0, description="not reached before the run was stopped")
    copies: int = Field(
        default=0, description="of the new: repeat the text of another page, as wire copy does"
    )
    foreign: int = Field(default=0, description="of the new: not in English; stored, but no rows are read")
    rows: int = Field(default=0, description="event rows")


class Receipt(Entry):
    """What a run did. `ok` is false where a source fell short or the run was stopped."""

    run_id: str
    started: datetime
    ended: datetime
    sources: tuple[SourceCount, ...]
    failures: tuple[Failure, ...] = ()
    errors: tuple[str, ...] = Field(default=(), description="one line each: what a person has to look at")
    stopped: bool = Field(default=False, description="by Ctrl-C or SIGTERM; what was done is kept")
    extractor_version: str = ""
    model_version: str = ""

    @property
    def ok(self) -> bool:
        """True where nobody has to look."""
        return not (self.errors or self.stopped)

    @property
    def total(self) -> SourceCount:
        """All sources in one line."""
        return add_counts("all", self.sources)

    @property
    def articles(self) -> int:
        """Articles stored."""
        return self.total.new

    @property
    def rows(self) -> int:
        """Event rows stored."""
        return self.total.rows

    @property
    def outcomes(self) -> dict[str, int]:
        """Items by outcome, all sources together."""
        total = self.total
        return {outcome: getattr(total, outcome) for outcome in OUTCOMES}

    @property
    def reasons(self) -> dict[str, int]:
        """Failures by reason, the most frequent first."""
        counted = Counter(failure.reason for failure in self.failures)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def took(self) -> timedelta:
        """From start to end."""
        return self.ended - self.started


def add_counts(name: str, counts: Iterable[SourceCount]) -> SourceCount:
    """The sum of the counts under one name."""
    sums: Counter[str] = Counter()
    for count in counts:
        sums.update(count.model_dump(exclude={"source"}))
    return SourceCount(source=name, **sums)


def check_bounds(
    counts: Iterable[SourceCount], bounds: Mapping[str, tuple[int | None, int | None]]
) -> list[str]:
    """One line for each source whose number of items breaks its (minimum, maximum) or came to nothing."""
    faults = []
    for count in counts:
        low, high = bounds.get(count.source, (None, None))
        if low is not None and count.items < low:
            faults.append(f"{count.source}: {count.items} items, expected at least {low}")
        if high is not None and count.items > high:
            faults.append(f"{count.source}: {count.items} items, expected at most {high}")
        if count.items and not (count.new or count.unchanged or count.duplicate or count.left):
            faults.append(f"{count.source}: none of {count.items} items gave an article")
    return faults
