"""Resolvers of expressions made of others: parts, ranks, ranges, open ends; and `resolve` itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from extractors.dates.anchor import Anchor, anchor_of, interval, last_weekday, single
from extractors.dates.calendar import (
    DAY,
    Days,
    long_weekend_of,
    move_days,
    part_of,
    unit_of,
    week_of,
)
from extractors.dates.counting import (
    Counter,
    count_beside,
    count_from,
    count_length,
    count_weekdays,
    count_within,
    count_years,
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
        if holder.kind == "ago" and (whole(holder, "count") or 0) < 0 and anchor.published:
            # "a week ago Saturday", said on a Wednesday, is no Saturday of four days ago
            return single(last_weekday(anchor.published, day) + 7 * (whole(holder, "count") or 0) * DAY)
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
    if which == "late" and inner.get("bare") and is_over(anchor, days):
        days = move_days(days, str(inner.get("unit")), -1)
    if which in ("earlier", "later") and now and days[0] <= now <= days[1]:
        return interval((days[0], now) if which == "earlier" else (now, days[1]), found.source)
    if which in ("earlier", "later") and inner.get("bare"):
        return found
    if which in ("earlier", "later"):
        which = "early" if which == "earlier" else "late"
    return interval(part_of(days, which), found.source)


def is_over(anchor: Anchor, days: Days) -> bool:
    """Whether, early in a period and not of what is to come, "the end of the year" means that of the last one."""
    coming = anchor.future or anchor.pending or anchor.nearest
    now = anchor.published
    return now is not None and not coming and days[0] <= now <= part_of(days, "early")[1]


def resolve_counted(count: Counter) -> Resolver:
    """A resolver of what is counted within or from the expression inside."""

    def resolve_by_counting(value: TimeExpression, anchor: Anchor) -> Interval | None:
        whole_unit = value.inner[0].kind == "unit"  # not cut at publication: "the last Friday of this week"
        found = resolve_inner(value, replace(anchor, future=anchor.future or whole_unit))
        return count(value, found) if found else None

    return resolve_by_counting


def resolve_anniversary(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the tenth anniversary of May 3, 2011": so many years on; where no year is told, the day that is near."""
    found = resolve_inner(value, anchor)
    if found and found.source == "explicit":
        return count_years(value, found)
    return resolve_inner(value, replace(anchor, nearest=True))


def resolve_around(pick: Callable[[date], Days]) -> Resolver:
    """A resolver of the week or weekend that holds a day."""

    def resolve_unit_around(value: TimeExpression, anchor: Anchor) -> Interval | None:
        # in Easter week "Easter week" is this one, though its Sunday is to come
        for near in (replace(anchor, nearest=True), anchor):
            found = resolve_inner(value, near)
            days = pick(found.start) if found and found.start else None
            now = anchor.published
            if found and days and (near is anchor or (now and days[0] <= now <= days[1])):
                return interval(days, found.source)
        return None

    return resolve_unit_around


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
    if loose and not (anchor.nearest or anchor.pending) and lies_beyond(ended, anchor.published):
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
    "nth": resolve_counted(count_within),
    "week_of": resolve_around(week_of),
    "week_to": resolve_around(lambda day: (day - 6 * DAY, day)),
    "weekend_of": resolve_around(long_weekend_of),
    "move": resolve_counted(count_from),
    "beside": resolve_counted(count_beside),
    "weekday_from": resolve_counted(count_weekdays),
    "length": resolve_counted(count_length),
    "anniversary": resolve_anniversary,
    "range": resolve_range,
    "since": resolve_since,
    "then": resolve_then,
    "until": resolve_until,
    "before": resolve_before,
    "after": resolve_after,
    "after_or_on": resolve_from,
}
