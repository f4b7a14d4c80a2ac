"""Dates joined by "and": what one of them says of month and year holds for the other."""

from extractors.dates.explicit import month_at, read_year_after
from extractors.dates.numbers import SUFFIXES, read_day
from extractors.dates.reading import Reading, express
from extractors.dates.tokens import BREAK, Tokens
from extractors.dates.words import PREPOSITIONS
from models.dates import TimeExpression

Found = tuple[int, Reading]
JOINTS = {"and", "or", ",", "&"}
AFTER_DAY = PREPOSITIONS | {
    "",
    BREAK,
    ".",
    ",",
    ";",
    ":",
    ")",
    "?",
    "!",
    "were",
    "was",
    "when",
    "as",
    "the",
    "have",
    "had",
}


def coordinate(tokens: Tokens, found: list[Found]) -> list[Found]:
    """The readings, with bare days beside dated ones added ("May 4 and 5") and years shared."""
    grown: list[Found] = []
    for place, (index, reading) in enumerate(found):
        floor = found[place - 1][1].end if place else 0
        before = read_day_before(tokens, index, reading, floor)
        grown += [item for item in (before, (index, reading)) if item]
        following = found[place + 1][0] if place + 1 < len(found) else len(tokens.words)
        grown += read_days_behind(tokens, reading, following)
    return share_years(tokens, grown)


def read_day_before(tokens: Tokens, index: int, reading: Reading, floor: int) -> Found | None:
    """The first day of "on the 28 and 29 August"."""
    start = index - (3 if tokens.word(index - 2) in SUFFIXES else 2)
    day, month = tokens.number(start), reading.value.get("month")
    if (
        reading.value.kind != "day"
        or not month
        or tokens.word(index - 1) not in {"and", "or"}
        or start < floor
    ):
        return None
    digits_first = month_at(tokens, index) is None
    if (
        day is None
        or not digits_first
        or not 1 <= day <= 31
        or tokens.word(start - 1) not in {"on", "the", "of", "both"}
    ):
        return None
    parts = dict(reading.value.parts) | {"day": day}
    return start, Reading(TimeExpression("day", tuple(sorted(parts.items()))), index - 1)


def read_days_behind(tokens: Tokens, reading: Reading, limit: int) -> list[Found]:
    """The further days of "May 4, 5 and 6", up to the next date."""
    value, behind = reading.value, []
    listed = value.kind == "day" and value.get("month") is not None and not value.get("year")
    while listed and (found := read_day_behind(tokens, reading, limit)):
        behind.append(found)
        reading = found[1]
    last = behind[-1][0] if behind else 0
    return behind if tokens.word(last - 1) in {"and", "or"} else []


def read_day_behind(tokens: Tokens, reading: Reading, limit: int) -> Found | None:
    """The second day of "May 4 and 5"; behind a comma only where a list goes on."""
    value, joint, start = reading.value, tokens.word(reading.end), reading.end + 1
    if value.get("year") or joint not in {"and", "or", ","} or start >= limit:
        return None
    day = read_day(tokens, start)
    if day is None or tokens.number(start) is None or month_at(tokens, day[1]) or tokens.word(day[1]) == "of":
        return None
    if joint == ",":
        goes_on = tokens.word(day[1]) in {",", "and", "or"} and tokens.number(day[1] + 1) is not None
        return (start, Reading(name_day(value, day[0]), day[1])) if goes_on else None
    year = read_year_after(tokens, day[1])
    if not year and tokens.word(day[1]) not in AFTER_DAY:
        return None
    return start, Reading(name_day(value, day[0], year[0] if year else None), year[1] if year else day[1])


def name_day(value: TimeExpression, day: int, year: int | None = None) -> TimeExpression:
    """That day of the month that the expression names."""
    return express("day", year=year, month=value.get("month"), day=day, future=value.get("future"))


def is_month_within(value: TimeExpression) -> bool:
    """Whether it is a month of some year: "December last year"."""
    return value.kind == "within" and value.inner[0].kind == "month"


def is_bare_month(value: TimeExpression) -> bool:
    """Whether it is a month of no year."""
    return value.kind == "month" and value.get("year") is None and value.get("shift") is None


def share_years(tokens: Tokens, found: list[Found]) -> list[Found]:
    """A day or month without year takes that of the date it is joined to: "August and September 1914".

    A day without its month takes the month as well: "the 4th, 5th and 6th of May".
    """
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        index, reading = shared[place]
        following, second = shared[place + 1]
        year = second.value.get("year") or next((v.get("year") for v in second.value.inner), None)
        joined = following == reading.end + 1 and tokens.word(reading.end) in JOINTS
        if joined and is_month_within(second.value) and is_bare_month(reading.value):
            held = express("within", reading.value, second.value.inner[-1])
            shared[place] = index, Reading(held, reading.end)
            continue
        yearless = reading.value.kind in {"day", "month", "season"} and reading.value.get("year") is None
        month = second.value.get("month") if second.value.kind == "day" else None
        bare = reading.value.kind == "day" and reading.value.get("month") is None and month
        if (
            joined
            and yearless
            and (year or bare)
            and reading.value.kind in {second.value.kind, *(v.kind for v in second.value.inner)}
        ):
            parts = {name: part for name, part in reading.value.parts if name != "future"}
            parts |= ({"year": year} if year else {}) | ({"month": month} if bare else {})
            value = TimeExpression(reading.value.kind, tuple(sorted(parts.items())))
            shared[place] = index, Reading(value, reading.end)
    return shared
