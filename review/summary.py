"""What the rows of a run add up to, gathered in one pass so that their number does not matter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from models.event import EventRow
from review.limits import Limits, read_limits
from review.oddities import Oddity, find_oddities
from review.standing import BY_STATUS
from review.values import VALUED, name_range

SHOWN = 600  # rows on the page, which stays under 3 MB; the tables hold all of them


@dataclass(slots=True)
class Sum:
    """A number of people over many incidents, from the least to the most that the texts say.

    An incident counts once, however many articles tell it: copies, or two reporters who differ.
    """

    parts: dict[str, tuple[int, int, bool]] = field(default_factory=dict)  # least, most, whether open

    def add(self, incident: str, low: int | None, best: int | None, high: int | None) -> None:
        """Adds one row's number."""
        known = [number for number in (low, best, high) if number is not None]
        if known:
            least, most, is_open = low if low is not None else 0, max(known), high is None
            old = self.parts.get(incident, (least, most, is_open))
            self.parts[incident] = min(least, old[0]), max(most, old[1]), is_open or old[2]

    @property
    def told(self) -> int:
        """Incidents of which some row gives a number."""
        return len(self.parts)

    @property
    def low(self) -> int:
        """The least that the texts say."""
        return sum(least for least, _, _ in self.parts.values())

    @property
    def high(self) -> int:
        """The most that they say."""
        return sum(most for _, most, _ in self.parts.values())

    @property
    def open(self) -> bool:
        """Whether some text gives no upper end."""
        return any(is_open for _, _, is_open in self.parts.values())

    def __str__(self) -> str:
        return name_range(self.low, None, None if self.open else self.high) if self.told else "–"


@dataclass(slots=True)
class Summary:
    """Counts over all rows, and the first rows themselves."""

    shown: list[EventRow] = field(default_factory=list)
    rows: int = 0
    types: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    actors: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    killed: Sum = field(default_factory=Sum)
    injured: Sum = field(default_factory=Sum)
    incidents: set[str] = field(default_factory=set)
    undated: int = 0
    apart: int = 0  # totals, and what did not happen: no part of the sums and of the days
    valued: Counter[str] = field(default_factory=Counter)  # rows by field that has a value
    proven: Counter[str] = field(default_factory=Counter)  # of them, with the words that justify it
    unsure: int = 0  # rows of low confidence
    oddities: list[Oddity] = field(default_factory=list)  # the first ones; `odd` counts all
    odd: int = 0

    @property
    def proof(self) -> float | None:
        """The share of values that have evidence."""
        return self.proven.total() / self.valued.total() if self.valued else None


def summarise(rows: Iterable[EventRow], limits: Limits | None = None) -> Summary:
    """The summary of the rows."""
    summary, limits = Summary(), limits or read_limits()
    for row in rows:
        add_row(summary, row)
        weigh_row(summary, row, limits)
    return summary


def weigh_row(summary: Summary, row: EventRow, limits: Limits) -> None:
    """Adds what tells how far the row can be trusted."""
    summary.unsure += row.confidence < limits.trust.confidence_under
    for name, has_value in VALUED.items():
        if has_value(row):
            summary.valued[name] += 1
            summary.proven[name] += bool(row.evidence.get(name))
    for oddity in find_oddities(row, limits.impossible):
        summary.odd += 1
        if len(summary.oddities) < limits.points.impossible:
            summary.oddities.append(oddity)


def add_row(summary: Summary, row: EventRow) -> None:
    """Adds one row."""
    standing = BY_STATUS[row.status]
    if summary.rows < SHOWN:
        summary.shown.append(row)
    summary.rows += 1
    summary.types[row.event_type] += 1
    summary.standings[standing.name] += 1
    summary.actors |= {actor.id or actor.name for actor in row.actors if actor.named}
    if row.place_name:
        summary.places.add(row.place_id or row.place_name)
    if row.is_aggregate or standing.name != "happened":
        summary.apart += 1
        return
    incident = row.incident_id or row.event_id
    summary.killed.add(incident, row.killed_low, row.killed_best, row.killed_high)
    summary.injured.add(incident, row.injured_low, row.injured_best, row.injured_high)
    if incident in summary.incidents:
        return  # counted already
    summary.incidents.add(incident)
    if row.date_start and row.date_start == row.date_end:
        summary.days[row.date_start] += 1
    else:
        summary.undated += 1
