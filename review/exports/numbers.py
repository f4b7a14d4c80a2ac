"""Numbers of the dead as another codebook counts them: its own reading of vague words, sides added up."""

import re
from collections.abc import Iterable, Mapping

from models.event import Count, EventRow

WORD = re.compile(r"[a-z]+")


def find_killed(row: EventRow) -> tuple[Count, ...]:
    """The counts of people whom this event killed, and no part or sum of others."""
    return tuple(c for c in row.counts if c.what == "killed" and c.scope == "event")


def read_least(row: EventRow, vague: Mapping[str, int]) -> int:
    """The least number of dead, with the codebook's number for a vague word; 0 where nothing is known."""
    low = row.killed_low if row.killed_low is not None else row.killed_best or 0
    read = [(c.low, n) for c in find_killed(row) if (n := read_vague(c, row, vague)) is not None and c.low]
    if not read:
        return low
    for ours, theirs in read:
        if ours == low:
            return theirs
    ours = sum(ours for ours, _ in read)
    return low - ours + sum(theirs for _, theirs in read) if ours <= low else low


def read_vague(count: Count, row: EventRow, vague: Mapping[str, int]) -> int | None:
    """The codebook's number for a vague count, by the largest of its words that the codebook knows."""
    if count.form != "vague":
        return None
    known = (vague[word] for word in WORD.findall(find_words(count, row).lower()) if word in vague)
    return max(known, default=None)


def find_words(count: Count, row: EventRow) -> str:
    """The words of a count, out of the sentence that they stand in."""
    for told in row.sentences:
        if told.start <= count.start and count.end <= told.end:
            return told.text[count.start - told.start : count.end - told.start]
    return ""


def split_sides(row: EventRow, total: int) -> dict[str, int]:
    """The dead by side; where the counts do not add up to the total, the rest's side is unknown."""
    sides = dict.fromkeys(("actor", "target", "civilians", "unknown"), 0)
    for count in find_killed(row):
        sides[count.side] += first_known((count.best, count.low))
    known = sum(sides.values())
    if known > total:  # sources that differ about the same people
        return dict.fromkeys(sides, 0) | {"unknown": total}
    return sides | {"unknown": sides["unknown"] + total - known}


def first_known(values: Iterable[int | None]) -> int:
    """The first number that is known, else 0."""
    return next((n for n in values if n is not None), 0)


def count_people(row: EventRow, what: str) -> int | None:
    """The people of that kind of count that this event tells, by the largest of its counts."""
    found = (
        c.best if c.best is not None else c.low for c in row.counts if c.what == what and c.scope == "event"
    )
    return max((n for n in found if n is not None), default=None)
