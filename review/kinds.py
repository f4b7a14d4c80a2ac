"""What kind of value a field of a row has: none, a number, a range, a name, how fine a place or date."""

from models.event import EventRow
from review.values import name_range, name_term


def kind_of_range(low: int | None, best: int | None, high: int | None) -> str:
    """Whether there is a number, and how far it is known."""
    if low is None and high is None:
        return "empty" if best is None else "number"
    if low == high:
        return "number" if low else "zero"
    if high is None:
        return "at least"
    return "at most" if low is None else "range"


def name_counts(row: EventRow, what: str) -> str:
    """The numbers of one kind with those counted."""
    found = (c for c in row.counts if c.what == what)
    return "; ".join(" ".join(filter(None, (name_range(c.low, c.best, c.high), c.whom))) for c in found)


def name_flag(flag: bool | None) -> str:
    """The flag in a word."""
    return "" if flag is None else "yes" if flag else "no"


def kind_of_weapons(row: EventRow) -> str:
    """Whether a weapon has an entry of its own, or a word only tells the means."""
    if len(row.weapons) > 1:
        return "weapons"
    return "empty" if not row.weapons else "weapon" if row.weapons[0].id else "word"


def kind_of_place(row: EventRow) -> str:
    """How fine the place is, where it is linked."""
    if not (row.place_text or row.place_name):
        return "empty"
    return name_term(row.place_precision or "no precision") if row.place_id else "not linked"


def kind_of_date(row: EventRow) -> str:
    """How fine the date is, where the text tells it."""
    if row.date_start is None and row.date_end is None:
        return "empty"
    return "assumed" if row.date_source == "published" else row.date_precision or "date"
