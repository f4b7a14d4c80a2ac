"""Dates as closed intervals, and time expressions before they are resolved."""

from dataclasses import dataclass, field
from datetime import date

from models.terms import DatePrecision, DateSource


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included; either may be open."""

    start: date | None
    end: date | None
    precision: DatePrecision
    source: DateSource


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as read, before it is anchored: the grammar's name for it and its parts.

    `kind` says how to resolve it (an explicit date, a weekday, so many units before publication, before
    the story's last event, a range …); `parts` are sorted pairs, so that equal expressions are equal.
    `inner` are the expressions that it is made of ("the end of" a year, "two days after" a Monday).
    """

    kind: str
    parts: tuple[tuple[str, int | str | None], ...] = field(default=())
    inner: tuple["TimeExpression", ...] = field(default=())

    def get(self, name: str) -> int | str | None:
        """The part of that name, or None."""
        return next((value for key, value in self.parts if key == name), None)
