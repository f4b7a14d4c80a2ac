"""First and last days: where an expression leaves them open, and intervals joined by them."""

from dataclasses import replace
from datetime import date

from extractors.dates.anchor import interval
from extractors.dates.calendar import DAY, Days
from models.dates import Interval, TimeExpression

OPEN_YEAR = {"day", "month", "season", "quarter", "half", "holiday", "weekday"}


def closed(found: Interval | None) -> Days | None:
    """First and last day, where both are known."""
    return (found.start, found.end) if found and found.start and found.end else None


def is_open(value: TimeExpression) -> bool:
    """Whether the expression leaves open the year or week that it lies in."""
    return value.kind in OPEN_YEAR and not any(
        value.get(name) is not None for name in ("year", "manner", "shift")
    )


def join_range(began: Interval, ended: Interval | None) -> Interval | None:
    """The interval from the first day of one to the last of the other."""
    if began.start is None or ended is None or ended.end is None or ended.end < began.start:
        return None
    explicit = began.source == ended.source == "explicit"
    found = interval((began.start, ended.end), "explicit" if explicit else "relative")
    short = (ended.end - began.start).days < 14
    return found if found.precision == "day" else replace(found, precision="days" if short else "span")


def lies_beyond(found: Interval | None, published: date | None) -> bool:
    """Whether the interval begins after the day behind publication."""
    return bool(found and found.start and published and found.start > published + DAY)


def nearest_to(told: Days, one: Interval | None, other: Interval | None) -> Interval | None:
    """Whichever leaves the smaller gap to the story's last date; the first of equals."""

    def gap(found: Interval | None) -> int:
        days = closed(found)
        return max((days[0] - told[1]).days, (told[0] - days[1]).days, 0) if days else 10**6

    return min(one, other, key=gap)
