"""The receipt of a run: what became of every item, by source, and what went wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from models.again import Again

Outcome = Literal["new", "unchanged", "duplicate", "blocked", "failed", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
MOST_FAILURES = 1000  # that a receipt names one by one; `reasons` counts all
MOST_HOSTS = 20
REFUSED_STATUS = ("status_401", "status_402", "status_403", "status_451")
REFUSALS = frozenset({"robots", "private_address", "challenge", "paywall", "consent", *REFUSED_STATUS})
NUMBERS = ("items", "fetched", *OUTCOMES, "copies", "foreign", "rows")


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
    bytes: int = Field(default=0, description="size of the bodies that came")
    revisits: int = Field(default=0, description="pages of which the archive has the body already")
    reasons: dict[str, int] = Field(default_factory=dict, description="blocked and failed by reason")
    newest: datetime | None = Field(default=None, description="when its newest item is from, by its own word")
    silent: str = Field(default="", description="why it counts as silent; empty where it does not")


class HostCount(Entry):
    """What a host cost."""

    host: str
    requests: int = Field(default=0, description="exchanges, robots.txt and redirects too")
    failed: int = Field(default=0, description="exchanges that gave no answer")
    bytes: int = Field(default=0, description="size of the bodies that came")
    seconds: float = Field(default=0.0, description="spent on waiting for its answers")


class Receipt(Entry):
    """What a run did. `ok` is false where a source fell short or the run was stopped."""

    run_id: str
    started: datetime
    ended: datetime
    sources: tuple[SourceCount, ...]
    failures: tuple[Failure, ...] = Field(default=(), description="the first ones; `reasons` counts all")
    traffic: HostCount = Field(default=HostCount(host="all"), description="all hosts together")
    hosts: tuple[HostCount, ...] = Field(default=(), description="the slowest ones, the slowest first")
    errors: tuple[str, ...] = Field(default=(), description="one line each: what a person has to look at")
    notes: tuple[str, ...] = Field(default=(), description="one line each: good to know, but no error")
    sent: tuple[str, ...] = Field(default=(), description="alert hooks that were told of the run")
    unsent: tuple[str, ...] = Field(default=(), description="alert hooks that could not be told, and why")
    stopped: bool = Field(default=False, description="by Ctrl-C or SIGTERM; what was done is kept")
    extractor_version: str = ""
    model_version: str = ""
    again: Again | None = Field(default=None, description="of a re-extraction: what it did with the articles")

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
        return self.again.done if self.again else self.total.new

    @property
    def rows(self) -> int:
        """Event rows stored."""
        return self.again.rows if self.again else self.total.rows

    @property
    def outcomes(self) -> dict[str, int]:
        """Items by outcome, all sources together; articles by what was done with them."""
        if self.again:
            return self.again.ways
        total = self.total
        return {outcome: getattr(total, outcome) for outcome in OUTCOMES}

    @property
    def reasons(self) -> dict[str, int]:
        """Failures by reason, the most frequent first."""
        counted: Counter[str] = Counter()
        for count in self.sources:
            counted.update(count.reasons)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def failed(self) -> int:
        """Failures, those too that are not named one by one."""
        return sum(self.reasons.values())

    @property
    def silent(self) -> dict[str, str]:
        """Why sources count as silent, by source."""
        return {count.source: count.silent for count in self.sources if count.silent}

    @property
    def took(self) -> timedelta:
        """From start to end."""
        return self.ended - self.started


def add_counts(name: str, counts: Iterable[SourceCount]) -> SourceCount:
    """The sum of the counts under one name."""
    sums: Counter[str] = Counter()
    for count in counts:
        sums.update({name: number for name, number in count if isinstance(number, int)})
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
