"""The dates of one text together: anchored to publication, or to the story where that is of long ago."""

from collections.abc import Sequence
from datetime import date, timedelta

from extractors.dates.composition import resolve
from models.dates import Interval, TimeExpression
from models.mention import Mention

PERIODS = {"unit", "span"}
FAR_YEARS = 4
CLOSE = timedelta(days=60)
LONG_AGO = timedelta(days=400)
DEICTIC = {"offset", "overnight", "weekday", "ago", "span", "weekday_count"}
FROM_NOW = {
    "last",
    "past",
    "this",
    "next",
    "coming",
    "upcoming",
}  # "last Tuesday" is said of now, in histories too
OPEN_YEAR = {"day", "month", "season", "quarter", "half", "holiday", "weekday"}


def resolve_all(mentions: Sequence[Mention], published: date | None) -> list[Interval | None]:
    """An interval a mention, in the order given; the story's last date is handed from each to the next."""
    narrative = published is not None and tells_history(mentions, published)
    full = [] if published else find_full_dates(mentions)
    found: list[Interval | None] = []
    previous: Interval | None = None  # the last date of the text: "two days later"
    story: Interval | None = None  # the last that the story has come to: the year of "in March"
    for mention in mentions:
        if not isinstance(mention.value, TimeExpression):
            found.append(None)
            continue
        leans = leans_on_story(mention.value)
        anchored = None if narrative and leans else published
        told = story if leans and anchored is None and mention.value.kind not in PERIODS else previous
        result = resolve(mention.value, anchored, told)
        if result is None and previous is None:
            result = resolve(mention.value, published, previous) or resolve_ahead(mention.value, full)
        found.append(result)
        if result is None or not goes_on(mention.value, result, narrative):
            continue
        previous = previous if holds(result, previous) else result
        if not (holds(result, story) or passes_by(mention.value, result, story)):
            story = result
    return found


def find_full_dates(mentions: Sequence[Mention]) -> list[Interval]:
    """The days that the text tells with their year."""
    values = [m.value for m in mentions if isinstance(m.value, TimeExpression)]
    days = [resolve(v, None) for v in values if v.kind == "day" and v.get("year") is not None]
    return [d for d in days if d is not None and d.start is not None]


def resolve_ahead(value: TimeExpression, full: Sequence[Interval]) -> Interval | None:
    """A day or month told before any year, where all the years that the text comes to tell stand near to it.

    Of a page without its day of publication: "On 12 October shells fell. ... On 26 October 2023 he died."
    """
    if value.kind not in {"day", "month"} or value.get("month") is None or not full:
        return None
    found = resolve(value, None, full[0])
    if found is None or found.start is None:
        return None
    gaps = [abs(found.start - day.start) for day in full if day.start is not None]
    return found if max(gaps) <= CLOSE else None


def passes_by(value: TimeExpression, found: Interval, story: Interval | None) -> bool:
    """Whether the story stays where it is: at a date in brackets, a plan, or a year far away."""
    if story is None or not (found.start and story.start) or found.start.year == story.start.year:
        return False
    far = abs(found.start.year - story.start.year) > FAR_YEARS
    return bool(value.get("aside")) or (value.kind == "year" and not value.get("opens") and far)


def goes_on(value: TimeExpression, result: Interval, narrative: bool) -> bool:
    """Whether the story stands at this date now: not where it only looks back ("a year earlier")."""
    if result.start is None or result.end is None:
        return False
    count = value.get("count")
    if value.kind in ("story", "ago") and isinstance(count, int) and count < 0:
        return False
    return (result.end - result.start).days < (400 if narrative or result.source == "explicit" else 100)


def holds(found: Interval, previous: Interval | None) -> bool:
    """Whether the date only names again the period that the story is in."""
    if previous is None or not (found.start and found.end and previous.start and previous.end):
        return False
    return found.start <= previous.start and previous.end <= found.end and found != previous


def leans_on_story(value: TimeExpression) -> bool:
    """Whether the expression lacks a year that a history would have told before."""
    if value.kind == "weekday" and value.get("manner") in FROM_NOW:
        return False
    if value.kind in OPEN_YEAR:
        return value.get("year") is None
    if value.kind in ("unit", "span"):
        return True
    return any(leans_on_story(inner) for inner in value.inner)


def tells_history(mentions: Sequence[Mention], published: date) -> bool:
    """Whether years long before publication are told again and again, and hardly a word points to now."""
    old = pointing = 0
    for mention in mentions:
        value = mention.value
        if not isinstance(value, TimeExpression):
            continue
        if value.kind in DEICTIC or any(inner.kind in DEICTIC for inner in value.inner):
            pointing += 1
        elif value.get("year") is not None:
            found = resolve(value, None)
            old += bool(found and found.end and found.end < published - LONG_AGO)
    return old >= 3 and old > 3 * pointing
