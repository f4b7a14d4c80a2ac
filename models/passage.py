"""What a store says of a run besides its line, and of one event over all runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from models.event import EventRow
from models.run import Run

RunState = Literal["current", "past", "candidate", "reviewed", "dropped"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A run with what it is now, since when, and who said so and why."""

    run: Run
    state: RunState
    since: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """That a run let this row of an event stand, or none; a candidate's says what it would do."""

    run_id: str
    state: RunState
    at: datetime
    row: EventRow | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run shows, in numbers.

    Incidents and people are of rows that happened and are no totals; without a best number the lowest counts.
    """

    run: Run
    articles: int
    telling: int  # articles with rows
    rows: int
    incidents: int
    killed: int
    injured: int
    statuses: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)
