"""What a source would bring, found without fetching any page."""

from dataclasses import dataclass
from datetime import date, datetime

from models.source import Source


@dataclass(frozen=True, slots=True)
class Checked:
    """One source as it is now; `more` where not all of it was looked at."""

    source: Source
    items: int = 0
    more: bool = False
    newest: date | None = None
    titles: tuple[str, ...] = ()
    robots: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One source with what is remembered of it."""

    source: Source
    read: datetime | None
    failing: int
