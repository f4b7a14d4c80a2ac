"""Days and stretches beside a date: "two days after May 3", "the week before Easter", "the eve of May 3"."""

from extractors.dates.numbers import read_amount
from extractors.dates.plain import read_plain
from extractors.dates.reading import Reading, express, skip
from extractors.dates.story import read_anniversary
from extractors.dates.tokens import Tokens
from extractors.dates.words import UNITS
from models.dates import TimeExpression

SIDES = {"after": 1, "following": 1, "before": -1}
STRETCHES = {"week", "month", "fortnight", "year"}
ONE = {unit for unit in UNITS if not unit.endswith("s")}
HUBS = {"day", "holiday", "weekday", "offset"}


def read_beside(tokens: Tokens, index: int) -> Reading | None:
    """ "the week before Easter", "the days after Oct. 7": the stretch beside a day; "the eve of May 3"."""
    start = skip(tokens, index, "the")
    if tokens.word(start) == "eve" and tokens.word(start + 1) == "of":
        hub = read_plain(tokens, start + 2)
        eve = hub and hub.value.kind in {"day", "holiday", "weekday"}
        return Reading(express("move", hub.value, unit="day", count=-1), hub.end) if hub and eve else None
    unit, side = UNITS.get(tokens.word(start)), SIDES.get(tokens.word(start + 1))
    several = tokens.word(start).endswith("s")
    if start == index or unit is None or side is None or not (several or unit in STRETCHES):
        return None
    hub = read_plain(tokens, start + 2)
    if hub is None or hub.value.kind not in HUBS:
        return None
    return Reading(
        express("beside", hub.value, unit=unit, count=None if several else side, sign=side), hub.end
    )


def read_moved(tokens: Tokens, index: int) -> Reading | None:
    """ "two days after last Monday", "the day before May 3", "three weeks from tomorrow"; anniversaries."""
    anniversary = read_anniversary(tokens, index)
    if anniversary:
        base = read_plain(tokens, skip(tokens, anniversary[1], "the"))
        return Reading(express("anniversary", base.value, count=anniversary[0]), base.end) if base else None
    start = skip(tokens, index, "the")
    amount = (1, start) if start > index and tokens.word(start) in ONE else read_amount(tokens, index)
    if amount is None or amount[0] is None or amount[0] > 3000:
        return None
    unit = UNITS.get(tokens.word(amount[1]))
    sign = {"after": 1, "before": -1, "from": 1, "following": 1}.get(tokens.word(amount[1] + 1))
    if unit is None or sign is None:
        return None
    base = read_plain(tokens, amount[1] + 2)
    if base is None or base.value.kind in {"year", "story", "unit", "range", "span"}:
        return None
    moved = express("move", base.value, unit=unit, count=sign * amount[0])
    return Reading(bound_move(tokens, index, base.value, moved, sign), base.end)


def bound_move(
    tokens: Tokens, index: int, base: TimeExpression, moved: TimeExpression, sign: int
) -> TimeExpression:
    """The day that was counted to, or what "more than" and "less than" before the count leave open."""
    if tokens.word(index - 1) != "than":
        return moved
    if tokens.word(index - 2) == "more":
        return express("after_or_on" if sign > 0 else "until", moved)
    if tokens.word(index - 2) in {"less", "fewer"}:
        return express("range", *((base, moved) if sign > 0 else (moved, base)))
    return moved
