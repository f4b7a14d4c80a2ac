"""Values that can hardly be true: what is wrong, with the row it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.event import EventRow
from review.figures import RowId
from review.limits import Impossible
from review.standing import BY_STATUS
from review.values import name_injured, name_killed, name_range


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is wrong with a row, in words."""

    row: RowId
    title: str
    words: str


def find_oddities(row: EventRow, limits: Impossible) -> Iterator[Oddity]:
    """What is wrong with the row; nothing, as a rule."""
    for words in (*check_dates(row, limits), *check_numbers(row, limits)):
        yield Oddity(RowId(row.run_id, row.event_id), row.title or row.sentence, words)


def check_dates(row: EventRow, limits: Impossible) -> Iterator[str]:
    """Days that do not fit the day of publication, of what is told as having happened."""
    if row.published is None or BY_STATUS[row.status].name != "happened":
        return
    told = row.published.date() if isinstance(row.published, datetime) else row.published
    if row.date_start and (row.date_start - told).days > limits.days_ahead:
        days = (row.date_start - told).days
        yield f"dated {row.date_start.isoformat()}, {days} days after its article ({told.isoformat()})"
    if row.date_end and not row.is_aggregate and count_years(row.date_end, told) >= limits.years_before:
        years = count_years(row.date_end, told)
        yield f"dated {row.date_end.isoformat()}, {years} years before its article ({told.isoformat()})"
    if row.date_start and row.date_end and row.date_end < row.date_start:
        yield f"ends ({row.date_end.isoformat()}) before it begins ({row.date_start.isoformat()})"


def count_years(earlier: date, later: date) -> int:
    """Whole years from one day to another."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def check_numbers(row: EventRow, limits: Impossible) -> Iterator[str]:
    """Numbers beyond what one event does; a total may sum many."""
    attacks = name_range(row.attacks_low, row.attacks_best, row.attacks_high)
    if max(row.attacks_low or 0, row.attacks_best or 0, row.attacks_high or 0) > limits.attacks_over:
        yield f"{attacks} attacks in one total (limit {limits.attacks_over})"
    if row.is_aggregate or BY_STATUS[row.status].name != "happened":
        return
    if max(row.killed_low or 0, row.killed_best or 0, row.killed_high or 0) > limits.killed_over:
        yield f"{name_killed(row)} killed in one event (limit {limits.killed_over})"
    if max(row.injured_low or 0, row.injured_best or 0, row.injured_high or 0) > limits.injured_over:
        yield f"{name_injured(row)} injured in one event (limit {limits.injured_over})"
