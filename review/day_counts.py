"""Events per day before and after, of the articles that changed; per month where the days are many."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from models.event import EventRow

MOST = 31  # bars


class DayCounts:
    """Events on one exact day, on either side."""

    def __init__(self) -> None:
        self.before: Counter[date] = Counter()
        self.after: Counter[date] = Counter()

    def add(self, before: Iterable[EventRow], after: Iterable[EventRow]) -> None:
        """Counts the rows of an article; totals and vague dates are left out."""
        for rows, counts in ((before, self.before), (after, self.after)):
            counts.update(row.date_start for row in rows if row.date_start and is_exact(row))

    def list_bars(self) -> list[tuple[str, int, int]]:
        """Name, before, after of each bar: every day, or the newest `MOST` months that have events."""
        days = sorted({*self.before, *self.after})
        if not days:
            return []
        if (days[-1] - days[0]).days < MOST:
            span = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
            return [(f"{day:%-d %b %Y}", self.before[day], self.after[day]) for day in span]
        months = sorted({f"{day:%Y-%m}" for day in days})[-MOST:]
        sums = [Counter[str]() for _ in range(2)]
        for total, counts in zip(sums, (self.before, self.after), strict=True):
            for day, number in counts.items():
                total[f"{day:%Y-%m}"] += number
        return [(month, sums[0][month], sums[1][month]) for month in months]


def is_exact(row: EventRow) -> bool:
    """Whether it happened on one day, and is no sum."""
    return row.date_start == row.date_end and not row.is_aggregate
