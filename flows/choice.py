"""Which rows of a view go out, and why the others do not."""

from dataclasses import dataclass
from datetime import date

from models.errors import InputError
from models.event import EventRow


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of a row; an empty list asks nothing."""

    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_confidence: float = 0

    def refuse(self, row: EventRow) -> str | None:
        """The reason why the row is left out, in the words of the option; None for a row that goes out."""
        if (self.since or self.until) and (row.date_start is None or row.date_end is None):
            return "without a date"
        if self.since and row.date_end and row.date_end < self.since:
            return f"before {self.since}"
        if self.until and row.date_start and row.date_start > self.until:
            return f"after {self.until}"
        if self.countries and row.country not in self.countries:
            return "in another country" if row.country else "without a country"
        if self.types and row.event_type not in self.types:
            return "of another type"
        if self.statuses and row.status not in self.statuses:
            return "of another status"
        return "less sure than asked" if row.confidence < self.min_confidence else None

    def describe(self) -> str:
        """The choice in words."""
        parts = (
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
            f"country {', '.join(self.countries)}" if self.countries else "",
            f"type {', '.join(self.types)}" if self.types else "",
            f"status {', '.join(self.statuses)}" if self.statuses else "",
            f"confidence {self.min_confidence:g} or more" if self.min_confidence else "",
        )
        return "; ".join(filter(None, parts)) or "all rows"


def check_terms(option: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Raises InputError where one is not known."""
    for term in given:
        if term not in known:
            raise InputError(f"{option} {term}: there is no such term; known are {', '.join(known)}")


def find_countries(given: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    """The countries as alpha-3, by code or name. Raises InputError."""
    codes = {name.casefold(): code for code, name in names.items()} | {c.casefold(): c for c in names}
    found = {country: codes.get(country.casefold()) for country in given}
    if missing := [country for country, code in found.items() if code is None]:
        raise InputError(f"--country {missing[0]}: is no country; write its name or code (Iraq, IRQ)")
    return tuple(code for code in found.values() if code)
