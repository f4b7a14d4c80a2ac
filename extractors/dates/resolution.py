"""Expressions become closed intervals: named periods of the calendar and the entry to all resolvers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from extractors.dates.anchor import Anchor, choose_year, interval, single
from extractors.dates.calendar import (
    DAY,
    Days,
    easter_of,
    half_of,
    month_of,
    months_from,
    season_of,
    unit_of,
    weekday_in,
    year_of,
)
from extractors.dates.holidays import load_holidays
from models.dates import Interval, TimeExpression
from models.holiday import HolidayEntry

# how many days "recent days", "the weeks after" may hold
VAGUE_SPAN = {"day": 7, "week": 28, "month": 183, "quarter": 365, "year": 1826, "decade": 10_958}
Resolver = Callable[[TimeExpression, Anchor], Interval | None]


def whole(value: TimeExpression, name: str) -> int | None:
    """The part of that name where it is a number."""
    part = value.get(name)
    return part if isinstance(part, int) else None


def full_year(year: int, published: date | None) -> int:
    """A year of two digits in the century that lies nearest before publication."""
    if year >= 100:
        return year
    latest = published.year + 10 if published else 2035
    return 2000 + year if 2000 + year <= latest else 1900 + year


def resolve_day(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A day of the calendar; what the text leaves out comes from the anchor."""
    year, month, day = whole(value, "year"), whole(value, "month"), whole(value, "day")
    if day is None:
        return None
    if month is None:
        return resolve_day_number(value, day, anchor)
    if year is not None:
        return single(date(full_year(year, anchor.published), month, day), "explicit")

    def make(guess: int) -> Days:
        found = date(guess, month, day)
        return found, found

    weekday = whole(value, "weekday")
    if weekday is not None and (days := choose_matching(make, weekday, anchor)):
        return interval(days)
    days_found = choose_year(make, shifted(value, anchor))
    return interval(days_found) if days_found else None


def shifted(value: TimeExpression, anchor: Anchor) -> Anchor:
    """The anchor that "last", "this" or "next" before a date asks for."""
    shift, now = whole(value, "shift"), anchor.published
    if shift is None or now is None:
        return anchor
    if shift == 0:
        return Anchor(None, interval(year_of(now.year)))
    return replace(anchor, nearest=False, future=shift > 0, named=True)


def choose_matching(make: Callable[[int], Days], weekday: int, anchor: Anchor) -> Days | None:
    """The reading whose weekday is the one that the text names, past before future."""
    for future in (anchor.future, not anchor.future):
        days = choose_year(make, replace(anchor, future=future, nearest=False))
        if days and days[0].weekday() == weekday:
            return days
    return None


def resolve_day_number(value: TimeExpression, day: int, anchor: Anchor) -> Interval | None:
    """ "the 24th", "Monday 21": the nearest month that has such a day."""
    now, weekday = anchor.now, whole(value, "weekday")
    if now is None:
        return None
    story = anchor.published is None
    if anchor.nearest and not story and weekday is None:
        near = [found for step in (0, -1, 1) if (found := day_of_month(now, step, day))]
        return single(min(near, key=lambda found: abs((found - now).days)))
    ways = ((0, 1, -1, 2) if story else range(15)) if anchor.future or story else range(0, -15, -1)
    for step in ways:
        found = day_of_month(now, step, day)
        fits = found and (weekday is None or found.weekday() == weekday)
        if found and fits and (story or (found >= now if anchor.future else found <= now + DAY)):
            return single(found)
    return None


def day_of_month(now: date, months: int, day: int) -> date | None:
    """That day of the month so many months on, where it has one."""
    start, end = months_from_now(now, months)
    found = start + (day - 1) * DAY
    return found if found <= end else None


def months_from_now(now: date, months: int) -> Days:
    """The month so many months on."""
    total = 12 * now.year + now.month - 1 + months
    return month_of(total // 12, total % 12 + 1)


def resolve_month(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A month, of its year or the anchor's."""
    month = whole(value, "month")
    return resolve_period(value, anchor, lambda year: month_of(year, month or 1))


def resolve_season(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A season in whole months, of its year or the anchor's."""
    month = whole(value, "month")
    return resolve_period(value, anchor, lambda year: season_of(year, month or 3))


def resolve_quarter(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A quarter, of its year or the anchor's."""
    number = whole(value, "number") or 1
    # who expects to report a quarter means the last one that has begun
    return resolve_period(
        value, replace(anchor, future=False), lambda year: months_from(year, 3 * number - 2, 3)
    )


def resolve_half(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A half-year, of its year or the anchor's."""
    return resolve_period(value, anchor, lambda year: half_of(year_of(year), whole(value, "number") or 1))


def resolve_period(value: TimeExpression, anchor: Anchor, make: Callable[[int], Days]) -> Interval | None:
    """The period of the year that the text or else the anchor names; "last" means one that is over."""
    year, shift = whole(value, "year"), whole(value, "shift")
    if year is not None:
        return interval(make(full_year(year, anchor.published)), "explicit")
    now = anchor.now
    if shift is None or now is None:
        days = choose_year(make, anchor, slack=0 * DAY)
    elif shift == 0:
        before = make(now.year - 1)  # a winter that began last year
        days = before if before[0] <= now <= before[1] else make(now.year)
    else:
        years = range(now.year - 2, now.year + 3)
        all_days = [make(y) for y in years]
        days = (
            next((d for d in all_days if d[0] > now), None)
            if shift > 0
            else next((d for d in reversed(all_days) if d[1] < now), None)
        )
    return interval(days) if days else None


def resolve_year(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A year."""
    return interval(year_of(full_year(whole(value, "year") or 0, anchor.published)), "explicit")


def resolve_decade(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """Ten years; a decade of two digits is the last one that has begun."""
    year, short = whole(value, "year"), whole(value, "short")
    if short is not None:
        now = anchor.now
        latest = now.year if now else 2000
        year = latest - (latest - short) % 100
        year -= year % 10
    if year is None:
        return None
    return Interval(date(year, 1, 1), date(year + 9, 12, 31), "span", "explicit")


def resolve_century(value: TimeExpression, _anchor: Anchor) -> Interval | None:
    """A hundred years; the 19th century is counted from 1800 as newspapers do."""
    first = 100 * ((whole(value, "century") or 1) - 1)
    return Interval(date(first, 1, 1), date(first + 99, 12, 31), "span", "explicit")


def resolve_week_number(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """An ISO week."""
    year = whole(value, "year")
    if year is None and anchor.now is None:
        return None
    monday = date.fromisocalendar(year or (anchor.now or date.min).year, whole(value, "number") or 1, 1)
    return interval(unit_of(monday, "week"), "explicit" if year else "relative")


def resolve_holiday(value: TimeExpression, anchor: Anchor) -> Interval | None:
    """A named day of the lexicon."""
    entry = load_holidays().get(str(value.get("name")))
    if entry is None:
        return None
    year = entry.year or whole(value, "year")
    if year is not None:
        found = day_of_holiday(entry, full_year(year, anchor.published))
        return single(found, "explicit") if found else None

    def make(guess: int) -> Days | None:
        found = day_of_holiday(entry, guess)
        return (found, found) if found else None

    near = shifted(value, anchor)
    days = choose_year(make, near, slack=-DAY if value.get("shift") == -1 else DAY)
    return interval(days) if days else None


def day_of_holiday(entry: HolidayEntry, year: int) -> date | None:
    """The holiday's day in that year."""
    if entry.easter is not None:
        return easter_of(year) + entry.easter * DAY
    if entry.month is None:
        return None
    if entry.day is not None:
        return date(year, entry.month, entry.day)
    found = weekday_in(month_of(year, entry.month), entry.weekday or 0, entry.nth or 1)
    return found + entry.shift * DAY if found else None


CALENDAR: dict[str, Resolver] = {
    "day": resolve_day,
    "month": resolve_month,
    "season": resolve_season,
    "quarter": resolve_quarter,
    "half": resolve_half,
    "year": resolve_year,
    "decade": resolve_decade,
    "century": resolve_century,
    "week_number": resolve_week_number,
    "holiday": resolve_holiday,
}
