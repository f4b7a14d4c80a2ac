"""What an expression is resolved against, and the choice among the years or weeks that it leaves open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.dates.calendar import DAY, Days, month_of, week_of, year_of
from models.dates import Interval, TimeExpression
from models.terms import DatePrecision, DateSource

FAR, NEAR = 250, 100  # days
Maker = Callable[[int], Days | None]  # a year's period, where the year has it
AHEAD = timedelta(days=1)  # a page dated in one zone may tell of tomorrow in another


@dataclass(frozen=True, slots=True)
class Anchor:
    """Day of publication, the story's last date, and whether the sentence speaks of the future."""

    published: date | None
    previous: Interval | None = None
    future: bool = False
    named: bool = False  # "next" is said outright
    nearest: bool = False  # a phrase without tense, or a deadline: the occurrence nearest to publication
    pending: bool = False  # the sentence tells what is, or of elections: to come, where that is near

    @property
    def told(self) -> Days | None:
        """The story's last date, where it is closed."""
        if self.previous is None or self.previous.start is None or self.previous.end is None:
            return None
        return self.previous.start, self.previous.end

    @property
    def now(self) -> date | None:
        """The day of publication, else the first day of the story's last date."""
        if self.published is not None:
            return self.published
        return self.told[0] if self.told else None


def anchor_of(value: TimeExpression, published: date | None, previous: Interval | None) -> Anchor:
    """The anchor with the tense that the sentence gave the expression."""
    return Anchor(
        published,
        previous,
        future=bool(value.get("future")),
        nearest=bool(value.get("nearest")),
        pending=bool(value.get("pending")),
    )


def interval(days: Days, source: DateSource = "relative") -> Interval:
    """The closed interval with the precision that its length has."""
    return Interval(*days, precision_of(days), source)


def single(day: date, source: DateSource = "relative") -> Interval:
    """One day."""
    return Interval(day, day, "day", source)


def precision_of(days: Days) -> DatePrecision:
    """The name of the interval's length."""
    start, end = days
    if start == end:
        return "day"
    if days == month_of(start.year, start.month):
        return "month"
    if days == year_of(start.year):
        return "year"
    if days == week_of(start):
        return "week"
    return "days" if (end - start).days < 14 else "span"


def choose_year(make: Maker, anchor: Anchor, slack: timedelta = AHEAD) -> Days | None:
    """The period in the year that the anchor asks for: the last before publication, the next, or the story's."""
    if anchor.published is not None:
        if anchor.nearest:
            return pick_nearest(make, anchor.published)
        return pick_by_publication(make, anchor, anchor.published, slack)
    return pick_by_story(make, anchor.told) if anchor.told else None


def pick_by_publication(make: Maker, anchor: Anchor, published: date, slack: timedelta) -> Days | None:
    """The last period that has begun, or the next to end in talk of the future."""
    years = range(published.year - 8, published.year + 9)  # 8: leap days may be that far apart
    periods = [days for year in years if (days := make_safely(make, year))]
    past = next((days for days in reversed(periods) if days[0] <= published + slack), None)
    coming = next((days for days in periods if days[1] >= published), None)
    # even in talk of the future "the August 7 attack" of last week is no date of next year
    if (
        past
        and coming
        and not anchor.named
        and (coming[0] - published).days > FAR
        and (published - past[1]).days < NEAR
    ):
        return past
    # nor is "the census is on April 8", read on April 1, of last year
    ahead = coming and past and (published - past[1]).days > FAR and (coming[0] - published).days < NEAR
    return coming if anchor.future or (anchor.pending and ahead) else past


def pick_nearest(make: Maker, published: date) -> Days | None:
    """The period nearest to publication, the past one of two that are as near."""
    years = range(published.year - 8, published.year + 9)
    periods = [days for year in years if (days := make_safely(make, year))]
    return min(periods, key=lambda days: abs((days[0] - published).days), default=None)


def pick_by_story(make: Maker, told: Days) -> Days | None:
    """The period nearest to the story's last date; the story goes on rather than back."""
    start, end = told
    if (end - start).days >= 300:
        return make_safely(make, start.year)
    years = (start.year, start.year + 1, start.year - 1)
    periods: Iterable[Days] = [days for year in years if (days := make_safely(make, year))]
    return min(periods, key=lambda days: distance(days[0], start), default=None)


def distance(day: date, told: date) -> float:
    """How far a date lies from the story's last; what lies before it counts as farther."""
    days = (day - told).days
    return days if days >= 0 else -1.6 * days


def make_safely(make: Maker, year: int) -> Days | None:
    """The period in that year; None where the year lacks it (a leap day) or is out of range."""
    try:
        return make(year)
    except (ValueError, OverflowError):
        return None


def last_weekday(day: date, weekday: int) -> date:
    """The latest such weekday up to the day, the day itself included."""
    return day - (day.weekday() - weekday) % 7 * DAY


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday from the day on, the day itself included."""
    return day + (weekday - day.weekday()) % 7 * DAY
