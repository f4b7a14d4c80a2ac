"""Sources that have gone silent: measured against what is usual for them, as earlier receipts tell it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from models.receipt import Receipt, SourceCount

HISTORY = 60  # receipts that are looked at: a weekly shows its rhythm in them
ENOUGH = 5  # of a thing's ages or gaps, before anything is called usual
AHEAD = timedelta(days=1)  # an item dated later than this says nothing of when its source last spoke
SHORTEST = timedelta(days=3)  # a weekend with a holiday is no silence


def find_silent(
    counts: Iterable[SourceCount], history: Sequence[Receipt], now: datetime
) -> tuple[SourceCount, ...]:
    """The counts, with the reason why where a source has been quiet for twice as long as ever before."""
    return tuple(count.model_copy(update={"silent": judge(count, history, now)}) for count in counts)


def judge(count: SourceCount, history: Sequence[Receipt], now: datetime) -> str:
    """Why the source counts as silent; empty where it does not, or where too little is known of it.

    By the age of its newest item where its items are dated, else by the time since it last brought an article.
    """
    ordered = sorted(history, key=lambda receipt: receipt.started)  # which no clock that stepped has written
    past = [
        (receipt.started, one) for receipt in ordered for one in receipt.sources if one.source == count.source
    ]
    if count.newest and count.newest <= now + AHEAD:
        ages = [started - one.newest for started, one in past if one.newest and not one.silent]
        return compare("its newest item is {} old", now - count.newest, ages)
    brought = [started for started, one in past if one.new]
    if count.new or not brought:
        return ""
    gaps = [later - earlier for earlier, later in pairwise(brought)]
    return compare("it has brought nothing new for {}", now - brought[-1], gaps)


def compare(words: str, age: timedelta, earlier: Sequence[timedelta]) -> str:
    """The words with the age, where it is far beyond the earlier ones."""
    if len(earlier) < ENOUGH or age <= max(SHORTEST, 2 * max(earlier)):
        return ""
    return f"{words.format(write_age(age))}, and never was more than {write_age(max(earlier))}"


def write_age(age: timedelta) -> str:
    """Days, or hours below two days."""
    hours = max(0, round(age.total_seconds() / 3600))
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"
