"""Resolvers of expressions made of others: parts, ranks, ranges, open ends; and `resolve` itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from extractors.dates.anchor import Anchor, anchor_of, interval, last_weekday, next_weekday, single
from extractors.dates.calendar import (
    DAY,
    Days,
    add_units,
    first_units,
    long_weekend_of,
    move_days,
    nth_unit,
    part_of,
    unit_of,
    week_of,
    weekday_in,
)
from extractors.dates.deixis import DEIXIS
from extractors.dates.endpoints import closed, is_open, join_range, lies_beyond, nearest_to
from extractors.dates.resolution import CALENDAR, Resolver, whole
from models.dates import Interval, TimeExpression


def resolve(
    value: TimeExpression, published: date | None, previous: Interval | None = None
) -> Interval | None:
    """The closed interval that the expression names, never finer than its words; None where it names none.

    Relative words count from `published`; story-relative ones, and without publication day also months and
    days that lack a year, from `previous`.
    """
    try:
        return resolve_with(value, anchor_of(value, published, previous))
    except (ValueError, OverflowError):  # 30 February, the year 10000
        return None


def resolve_with(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """What the resolver of the expression's kind gives."""
    resolver = RESOLVERS.get(value.kind)
    return resolver(value, anchor) if resolver else None


def resolve_inner(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """The first expression inside."""
    return resolve_with(value.inner[0], anchor) if value.inner else None


def resolve_within(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "October last year", "Tuesday of next week": the first inside the second."""
    inner, holder = value.inner
    held = closed(resolve_with(holder, replace(anchor, future=True)))
    if held is None:
        return None
    day = whole(inner, "day")
    if inner.kind == "weekday" and day is not None:
        return single(week_of(held[0])[0] + day * DAY)
    if inner.kind == "day" and day is not None and inner.get("month") is None:
        found = held[0] + (day - 1) * DAY
        return single(found) if found <= held[1] else None
    return resolve_with(inner, Anchor(None, interval(unit_of(held[0], "year"))))


def resolve_part(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "early 2022", "the end of last week", "earlier this month"."""
    which = str(value.get("which"))
    inner = value.inner[0]
    found = resolve_with(inner, replace(anchor, future=anchor.future or inner.kind == "unit"))
    days = closed(found)
    if found is None or days is None:
        return None
    now = anchor.published
    if which in ("earlier", "later") and now and days[0] <= now <= days[1]:
        return interval((days[0], now) if which == "earlier" else (now, days[1]), found.source)
    if which in ("earlier", "later") and inner.get("bare"):
        return found
    if which in ("earlier", "later"):
        which = "early" if which == "earlier" else "late"
    return interval(part_of(days, which), found.source)


def resolve_nth(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the last week of July", "the second Monday of last month"."""
    found = resolve_inner(value, replace(anchor, future=anchor.future or value.inner[0].kind == "unit"))
    days, rank, weekday = closed(found), whole(value, "rank"), whole(value, "day")
    if found is None or days is None or not rank:
        return None
    count = whole(value, "count")
    if count:
        return interval(first_units(days, str(value.get("unit")), rank * count), found.source)
    if weekday is not None:
        day = weekday_in(days, weekday, rank)
        return single(day, found.source) if day else None
    part = nth_unit(days, str(value.get("unit")), rank)
    return interval(part, found.source) if part else None


def resolve_weekday_from(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the third Tuesday after May 3": counted from the day, or from the end of a month."""
    found = resolve_inner(value, anchor)
    days, weekday, count = closed(found), whole(value, "day"), whole(value, "count")
    if found is None or days is None or weekday is None or not count:
        return None
    if count > 0:
        return single(next_weekday(days[1] + DAY, weekday) + 7 * (count - 1) * DAY, found.source)
    return single(last_weekday(days[0] - DAY, weekday) + 7 * (count + 1) * DAY, found.source)


def resolve_length(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "for three days from Monday": so long from the first day on."""
    found = resolve_inner(value, anchor)
    count = whole(value, "count")
    if found is None or found.start is None or count is None:
        return None
    return interval((found.start, add_units(found.start, str(value.get("unit")), count) - DAY), found.source)


def resolve_around(pick: Callable[[date], Days]) -> Resolver:
    """A resolver of the week or weekend that holds a day."""

    def resolve_unit_around(value: TimeExpression, anchor: Anchor) -> Interval | None:
        found = resolve_inner(value, anchor)
        return interval(pick(found.start), found.source) if found and found.start else None

    return resolve_unit_around


def resolve_move(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "two days after May 3": counted from a day it is a day, from a longer period as long a one."""
    found = resolve_inner(value, anchor)
    days, count = closed(found), whole(value, "count")
    if found is None or days is None or count is None:
        return None
    if days[0] == days[1]:
        return single(add_units(days[0], str(value.get("unit")), count), found.source)
    return interval(move_days(days, str(value.get("unit")), count), found.source)


def resolve_anniversary(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the tenth anniversary of May 3, 2011": so many years on."""
    found = resolve_inner(value, anchor)
    days, count = closed(found), whole(value, "count")
    if found is None or days is None or count is None or found.source != "explicit":
        return None
    return interval(move_days(days, "year", count), "explicit")


def resolve_range(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """From the first day of one to the last day of the other, which comes behind it."""
    first, second = value.inner
    loose = anchor.published is not None and is_open(first) and is_open(second)
    if loose and anchor.future:
        return resolve_from_end(first, second, anchor)
    began = resolve_with(first, anchor)
    if began is None or began.start is None:
        return None
    coming = Anchor(began.start, began, future=True, named=True)
    ended = resolve_with(second, coming if is_open(second) else anchor)
    # "from May to March", of what has happened, ends with the last March
    if loose and not (anchor.nearest or anchor.untold) and lies_beyond(ended, anchor.published):
        return resolve_from_end(first, second, anchor)
    joined = join_range(began, ended)
    if anchor.published is None and anchor.told and is_open(first) and is_open(second):
        return nearest_to(anchor.told, joined, resolve_from_end(first, second, anchor))
    return joined


def resolve_from_end(first: TimeExpression, second: TimeExpression, anchor: Anchor) -> Interval | None:
    """A range whose end is known first: one to come may have begun, one that is past has ended."""
    ended = resolve_with(second, anchor)
    if ended is None or ended.start is None:
        return None
    began = resolve_with(first, Anchor(ended.start, ended))
    return join_range(began, ended) if began else None


def resolve_then(_: TimeExpression, anchor: Anchor) -> Interval | None:
    """The story's last date itself."""
    return anchor.previous


def resolve_since(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """From the first day up to publication."""
    found = resolve_inner(value, replace(anchor, future=False))
    if found is None or found.start is None:
        return None
    now = anchor.published
    return Interval(found.start, now if now and now >= found.start else None, "span", found.source)


def resolve_until(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """Up to the last day; the beginning is open."""
    found = resolve_inner(value, anchor)
    return Interval(None, found.end, "span", found.source) if found and found.end else None


def resolve_before(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """Up to the day before; the beginning is open."""
    found = resolve_inner(value, anchor)
    if found is None or found.start is None:
        return None
    # "before the end of the year" is before the year ends
    last = found.end if value.inner[0].get("which") == "late" else found.start - DAY
    return Interval(None, last, "span", found.source)


def resolve_after(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """From the day itself, or from the end of a longer period; the end is open."""
    found = resolve_inner(value, anchor)
    days = closed(found)
    if found is None or days is None:
        return None
    from_start = days[0] == days[1] or value.inner[0].get("which") == "early"
    return Interval(days[0] if from_start else days[1] + DAY, None, "span", found.source)


def resolve_from(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """From the first day; the end is open."""
    found = resolve_inner(value, anchor)
    return Interval(found.start, None, "span", found.source) if found and found.start else None


RESOLVERS: dict[str, Resolver] = {
    **CALENDAR,
    **DEIXIS,
    "within": resolve_within,
    "part": resolve_part,
    "nth": resolve_nth,
    "week_of": resolve_around(week_of),
    "week_to": resolve_around(lambda day: (day - 6 * DAY, day)),
    "weekend_of": resolve_around(long_weekend_of),
    "move": resolve_move,
    "weekday_from": resolve_weekday_from,
    "length": resolve_length,
    "anniversary": resolve_anniversary,
    "range": resolve_range,
    "since": resolve_since,
    "then": resolve_then,
    "until": resolve_until,
    "before": resolve_before,
    "after": resolve_after,
    "after_or_on": resolve_from,
}
