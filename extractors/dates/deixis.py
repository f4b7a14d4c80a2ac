"""Resolvers of what points from publication or from the story: yesterday, last week, two days later."""

from datetime import date

from extractors.dates.anchor import Anchor, interval, last_weekday, next_weekday, single
from extractors.dates.calendar import DAY, DAYS_IN, Days, add_units, move_days, unit_of, week_of, weekend_of
from extractors.dates.resolution import VAGUE_SPAN, Resolver, whole
from models.dates import Interval, TimeExpression

ALIGNED = {"quarter", "decade", "century"}
MIDWEEK = 3


def resolve_offset(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "today" and its neighbours."""
    return single(anchor.published + (whole(value, "days") or 0) * DAY) if anchor.published else None


def resolve_overnight(_value: TimeExpression, anchor: Anchor) -> Interval | None:
    """The night into the day of publication."""
    return interval((anchor.published - DAY, anchor.published)) if anchor.published else None


def resolve_weekday(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """The last such day up to publication; "next" is of the week behind, "previous" of the story's week before."""
    weekday, manner, now = whole(value, "day") or 0, value.get("manner"), anchor.published
    told = anchor.told if not (anchor.told and now and anchor.told[0] > now) else None
    if told and manner in ("previous", "preceding"):
        return single(last_weekday(told[0] - DAY, weekday))
    if told and manner == "following":
        return single(next_weekday(told[1] + DAY, weekday))
    if now is None:
        return single(next_weekday(anchor.told[0], weekday)) if anchor.told else None
    monday = week_of(now)[0]
    if manner in ("next", "following"):
        return single(monday + (7 + weekday) * DAY)
    if manner in ("previous", "preceding"):
        return single(monday + (weekday - 7) * DAY)
    if manner in ("last", "past"):
        return single(last_weekday(now - DAY, weekday))
    if manner in ("coming", "upcoming"):
        return single(next_weekday(now + DAY, weekday))
    if manner == "this":
        return single(monday + weekday * DAY)
    if anchor.nearest:
        return single(next_weekday(now - 3 * DAY, weekday))
    return single(next_weekday(now, weekday) if anchor.future else last_weekday(now, weekday))


def resolve_weekday_count(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "two Sundays from now", "three Fridays ago"."""
    weekday, count, now = whole(value, "day") or 0, whole(value, "count") or 0, anchor.published
    if now is None or count == 0:
        return None
    if count > 0:
        return single(next_weekday(now + DAY, weekday) + 7 * (count - 1) * DAY)
    return single(last_weekday(now - DAY, weekday) + 7 * (count + 1) * DAY)


def resolve_unit(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "last week", "this month", "the weekend"; of the story where no publication day is known."""
    unit, shift, now = str(value.get("unit")), whole(value, "shift"), anchor.now
    if now is None:
        return None
    if value.get("manner") and anchor.told and shift is not None:
        return interval(unit_of(add_units(anchor.told[0], unit, shift), unit))
    if unit == "quarter" and value.get("bare"):
        told = anchor.told
        return interval(told if told and is_quarter(told) else move_days(unit_of(now, unit), unit, -1))
    if unit == "weekend" and shift is None:
        return interval(nearest_weekend(now, anchor.future))
    days = unit_of(now, unit)
    # who writes on a Monday that police resigned "this weekend" means the one that is over
    if (
        unit == "weekend"
        and now.weekday() < MIDWEEK
        and not (anchor.future or anchor.pending or anchor.nearest)
    ):
        shift = (shift or 0) - (shift == 0)
    if shift:
        return interval(move_days(days, unit, shift))
    # "this week" has not ended: only what is to come can lie behind the day of publication
    if unit == "week" and anchor.published and not anchor.future and not value.get("bare"):
        return interval((days[0], now))
    return interval(days)


def nearest_weekend(now: date, future: bool) -> Days:
    """The weekend that is or was last; the next one in talk of the future."""
    this = weekend_of(now)
    return this if future or this[0] <= now else move_days(this, "week", -1)


def resolve_span(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the past two weeks", "the next five days", "recent days": up to, or from, publication."""
    unit, count, shift, now = (
        str(value.get("unit")),
        whole(value, "count"),
        whole(value, "shift") or -1,
        anchor.published,
    )
    if now is None:
        return None
    if unit == "hour":
        unit, count = "day", max(1, -(-(count or 24) // 24))
    if count is None:
        edge = now + shift * VAGUE_SPAN.get(unit, 7) * DAY
    elif unit in ALIGNED:
        days = unit_of(now, unit)
        first, last = move_days(days, unit, shift), move_days(days, unit, shift * count)
        return interval((min(first[0], last[0]), max(first[1], last[1])))
    else:
        edge = add_units(now, unit, shift * count)
    days = (edge, now) if shift < 0 else (now + DAY, edge)
    return Interval(*days, "days" if unit == "day" and (count or 9) < 14 else "span", "relative")


def resolve_ago(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "three weeks ago": the day where days are counted, else the week, month or year that holds it."""
    unit, count, sign, now = (
        str(value.get("unit")),
        whole(value, "count"),
        whole(value, "sign") or -1,
        anchor.published,
    )
    if now is None:
        return None
    if count is None:
        return resolve_vague_ago(unit, sign, now)
    if unit == "year" and sign < 0 and count == -1 and anchor.told and is_quarter(anchor.told):
        return interval(move_days(anchor.told, "year", -1))
    found = add_units(now, unit, count)
    return interval(unit_of(found, coarse(unit)))


def coarse(unit: str) -> str:
    """How fine a count of such units tells a date."""
    return {
        "fortnight": "week",
        "quarter": "month",
        "decade": "year",
        "century": "decade",
        "weekend": "week",
    }.get(unit, unit)


def is_quarter(days: Days) -> bool:
    """Whether the interval is three whole months: then "a year ago" means the same quarter."""
    return days == unit_of(days[0], "quarter")


def resolve_vague_ago(unit: str, sign: int, now: date) -> Interval | None:
    """ "a few days ago": from two to ten; vaguer units than weeks name no interval."""
    if unit not in ("day", "week"):
        return None
    near, far = (2, 10) if unit == "day" else (14, 70)
    ends = sorted((now + sign * near * DAY, now + sign * far * DAY))
    return Interval(ends[0], ends[1], "span", "relative")


def resolve_story(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """ "the next day", "two months later", "that year": from the story's last date."""
    unit, count, told = str(value.get("unit")), whole(value, "count"), anchor.told
    if told is None or count is None:
        return None
    if unit in DAYS_IN and unit != "week":
        return shift_story_days(told, unit, count)
    exact = (
        unit == "year"
        and count
        and (value.get("like") or (is_whole_months(told) and (told[1] - told[0]).days < 100))
    )
    if exact:
        return interval(move_days(told, "year", count))
    moved = add_units(told[0], unit, count)
    return interval(unit_of(moved, coarse(unit) if count else unit))


def is_whole_months(days: Days) -> bool:
    """Whether the interval begins and ends with a month."""
    return days[0].day == 1 and (days[1] + DAY).day == 1


def shift_story_days(told: Days, unit: str, count: int) -> Interval | None:
    """From the last day on, or from the first day back; no day is known inside a long period."""
    if (told[1] - told[0]).days > 10:
        return None
    if count == 0:
        return interval(told)
    edge = told[1] if count > 0 else told[0]
    return single(add_units(edge, unit, count))


DEIXIS: dict[str, Resolver] = {
    "offset": resolve_offset,
    "overnight": resolve_overnight,
    "weekday": resolve_weekday,
    "weekday_count": resolve_weekday_count,
    "unit": resolve_unit,
    "span": resolve_span,
    "ago": resolve_ago,
    "story": resolve_story,
}
