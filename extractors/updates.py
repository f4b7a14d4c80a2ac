"""The lines that head the updates of a live blog, and the day that each passage of a text is of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.article import Published
from models.mention import Mention

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LINE = re.compile(
    rf"^(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}), \d\d:\d\d(?: UTC| [+-]\d\d:\d\d)?$", re.MULTILINE
)


def write_time(moment: Published) -> str:
    """`4 May 2026, 09:30 +03:00`, the line below an update's heading; without a clock it anchors nothing."""
    day = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    if not isinstance(moment, datetime):
        return day
    offset = moment.utcoffset()
    zone = "" if offset is None else " UTC" if offset == timedelta() else f" {moment:%z}"
    zone = zone if len(zone) != 6 else f"{zone[:4]}:{zone[4:]}"
    return f"{day}, {moment:%H:%M}{zone}"


@dataclass(frozen=True, slots=True)
class Days:
    """The day of publication of each passage: an update's own below its line, else the article's."""

    published: date | None
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    days: tuple[date, ...] = ()

    def at(self, offset: int) -> date | None:
        """The day of the passage at the offset."""
        place = bisect_right(self.starts, offset)
        return self.days[place - 1] if place else self.published

    def heads(self, offset: int) -> bool:
        """Whether the offset is within one of the lines, which tell no event."""
        place = bisect_right(self.starts, offset)
        return bool(place) and offset < self.ends[place - 1]

    def split(self, mentions: Sequence[Mention]) -> list[tuple[date | None, list[Mention]]]:
        """The mentions passage by passage, in order, each passage with its day."""
        passages: list[tuple[int, list[Mention]]] = []
        for mention in mentions:
            place = bisect_right(self.starts, mention.start)
            if not passages or passages[-1][0] != place:
                passages.append((place, []))
            passages[-1][1].append(mention)
        return [(self.days[place - 1] if place else self.published, found) for place, found in passages]


def find_days(text: str, published: date | None) -> Days:
    """The days of a text's passages."""
    found = []
    for line in LINE.finditer(text):
        try:
            found.append(
                (line.start(), line.end(), date(int(line[3]), MONTHS.index(line[2]) + 1, int(line[1])))
            )
        except ValueError:
            continue
    if not found:
        return Days(published)
    starts, ends, days = zip(*found, strict=True)
    return Days(published, starts, ends, days)
