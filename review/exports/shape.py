"""A shape: another codebook's table of incidents. What it leaves out it says why."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.codebook import Books, Codebook
from models.event import EventRow
from review.exports.incidents import Incident, Incidents
from review.exports.losses import Loss, make_losses
from review.exports.sheets import Field, Role, Sheet, Value

Record = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Shape:
    """One codebook's table: its columns, how an incident is written and read back, and what is lost on the way.

    `refuse` gives the reason why the codebook has no such row, or None.
    """

    name: str
    fields: tuple[Field, ...]
    roles: Mapping[Role, str]
    refuse: Callable[[EventRow, Books], str | None]
    write: Callable[[Incident, Books], Record]
    read: Callable[[Mapping[str, Any], Books], dict[str, Any]]
    losses: tuple[Loss, ...]
    empty: Mapping[str, str]

    def make_sheet(self, incidents: Incidents, books: Books) -> Sheet:
        """The table of the incidents that the codebook holds."""
        names = [f.name for f in self.fields]

        def lines() -> Iterator[tuple[Value, ...]]:
            for incident in incidents():
                if self.refuse(incident.row, books) is None:
                    record = self.write(incident, books)
                    yield tuple(record.get(name) for name in names)

        return Sheet(self.name, self.fields, lines, self.roles)

    def make_losses(self) -> Sheet:
        """What becomes of each column."""
        return make_losses(self.losses, self.empty)

    def count_refused(self, incidents: Iterable[Incident], books: Books) -> Counter[str]:
        """Reasons why rows are left out, with their number."""
        found = (self.refuse(incident.row, books) for incident in incidents)
        return Counter(reason for reason in found if reason)


def refuse_status(row: EventRow, book: Codebook) -> str | None:
    """The reason where the codebook does not hold what the text says of whether it happened."""
    return None if row.status in book.statuses else f"status {row.status} is not in {book.name}"


def name_country(alpha3: str | None, books: Books) -> str | None:
    """The name of the country; its code where there is no name."""
    return books.names.get(alpha3, alpha3) if alpha3 else None


def find_country(name: str | None, books: Books) -> str | None:
    """The code of the country of that name."""
    return next((code for code, known in books.names.items() if known == name), name) or None


def middle_day(row: EventRow) -> date | None:
    """The day in the middle of the interval, or its one known end."""
    if row.date_start and row.date_end:
        return row.date_start + timedelta(days=(row.date_end - row.date_start).days // 2)
    return row.date_start or row.date_end


def code_date(row: EventRow, book: Codebook) -> int | None:
    """The codebook's precision of the day; coarser where the text does not tell the day."""
    if row.date_precision is None:
        return None
    code = book.date[row.date_precision]
    return max(code, book.assumed_date) if row.date_source == "published" and book.assumed_date else code


def code_place(row: EventRow, book: Codebook) -> int | None:
    """The codebook's precision of the place."""
    return book.place[row.place_precision] if row.place_precision else None


def first_key(codes: Mapping[Any, int], code: object) -> Any:
    """The finest of our terms with that code."""
    return next((term for term, known in codes.items() if str(known) == str(code)), None)
