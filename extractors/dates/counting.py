"""What is counted within or from a resolved interval: the nth week of it, three days after it, so many years on."""

from collections.abc import Callable

from extractors.dates.anchor import interval, last_weekday, next_weekday, single
from extractors.dates.calendar import DAY, add_units, first_units, move_days, nth_unit, weekday_in
from extractors.dates.endpoints import closed
from extractors.dates.resolution import VAGUE_SPAN, whole
from models.dates import Interval, TimeExpression

Counter = Callable[[TimeExpression, Interval], Interval | None]


def count_within(value: TimeExpression, found: Interval) -> Interval | None:
    """ "the last week of July", "the second Monday of last month", "the first six months of 2023"."""
    days, rank = closed(found), whole(value, "rank")
    if days is None or not rank:
        return None
    weekday, count, unit = whole(value, "day"), whole(value, "count"), str(value.get("unit"))
    if count:
        return interval(first_units(days, unit, rank * count), found.source)
    if weekday is not None:
        day = weekday_in(days, weekday, rank)
        return single(day, found.source) if day else None
    part = nth_unit(days, unit, rank)
    return interval(part, found.source) if part else None


def count_weekdays(value: TimeExpression, found: Interval) -> Interval | None:
    """ "the third Tuesday after May 3": counted from the day, or from the end of a month."""
    days, weekday, count = closed(found), whole(value, "day"), whole(value, "count")
    if days is None or weekday is None or not count:
        return None
    if count > 0:
        return single(next_weekday(days[1] + DAY, weekday) + 7 * (count - 1) * DAY, found.source)
    return single(last_weekday(days[0] - DAY, weekday) + 7 * (count + 1) * DAY, found.source)


def count_length(value: TimeExpression, found: Interval) -> Interval | None:
    """ "for three days from Monday": so long from the first day on."""
    count = whole(value, "count")
    if found.start is None or count is None:
        return None
    return interval((found.start, add_units(found.start, str(value.get("unit")), count) - DAY), found.source)


def count_from(value: TimeExpression, found: Interval) -> Interval | None:
    """ "two days after May 3": counted from a day it is a day, from a longer period as long a one."""
    days, count = closed(found), whole(value, "count")
    if days is None or count is None:
        return None
    if days[0] == days[1]:
        return single(add_units(days[0], str(value.get("unit")), count), found.source)
    return interval(move_days(days, str(value.get("unit")), count), found.source)


def count_beside(value: TimeExpression, found: Interval) -> Interval | None:
    """ "the week before Easter", without its day; of "the days after May 3" as many as a vague word holds."""
    days, unit = closed(found), str(value.get("unit"))
    if days is None:
        return None
    count, sign = whole(value, "count"), whole(value, "sign") or 1
    edge = days[1] if sign > 0 else days[0]
    far = add_units(edge, unit, count) if count else edge + sign * VAGUE_SPAN.get(unit, 7) * DAY
    return interval((edge + DAY, far) if sign > 0 else (far, edge - DAY), found.source)


def count_years(value: TimeExpression, found: Interval) -> Interval | None:
    """ "the tenth anniversary of May 3, 2011": so many years on."""
    days, count = closed(found), whole(value, "count")
    return interval(move_days(days, "year", count), "explicit") if days and count else None
