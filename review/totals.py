"""What rows add up to, and which change of a row moves it."""

from collections.abc import Iterable, Sequence

from models.change import Totals
from models.event import EventRow
from review.standing import BY_STATUS

DECIDING = ("status", "is_aggregate")  # whether a row counts at all
NUMBERS = {"killed": ("killed_low", "killed_best", "killed_high")}
NUMBERS["injured"] = ("injured_low", "injured_best", "injured_high")


def counts(row: EventRow) -> bool:
    """Whether the row's numbers count: it happened, and is no sum of several incidents."""
    return not row.is_aggregate and BY_STATUS[row.status].name == "happened"


def name_incident(row: EventRow) -> str:
    """The incident it tells; a row of no incident is one of its own."""
    return row.incident_id or row.event_id


def add_rows(rows: Sequence[EventRow]) -> Totals:
    """Their sums; incidents are left to the ledger, which knows all other rows."""
    sums = dict.fromkeys((*NUMBERS["killed"], *NUMBERS["injured"]), 0)
    for row in filter(counts, rows):
        for loss in NUMBERS:
            sums = sums | add_loss(sums, row, loss)
    return Totals(rows=len(rows), **sums)


def add_loss(sums: dict[str, int], row: EventRow, loss: str) -> dict[str, int]:
    """The sums of one kind of loss with those of the row."""
    low, best, high = (getattr(row, column) for column in NUMBERS[loss])
    least = low or 0
    middle = best if best is not None else least
    most = max((n for n in (low, best, high) if n is not None), default=0)
    return {column: sums[column] + n for column, n in zip(NUMBERS[loss], (least, middle, most), strict=True)}


def only_loss(totals: Totals, loss: str) -> Totals:
    """The part of the totals that one kind of loss makes."""
    return Totals(**{column: getattr(totals, column) for column in NUMBERS[loss]})


class Ledger:
    """Incidents that only one of the two runs counts; each is booked on the first change that touches it."""

    def __init__(self, before: Iterable[str], after: Iterable[str]) -> None:
        olds, news = set(before), set(after)
        self.gone, self.new = olds - news, news - olds

    def book(self, before: Iterable[EventRow], after: Iterable[EventRow]) -> int:
        """By how many the rows' change moves the number of incidents."""
        gone = {name_incident(row) for row in before if counts(row)} & self.gone
        new = {name_incident(row) for row in after if counts(row)} & self.new
        self.gone -= gone
        self.new -= new
        return len(new) - len(gone)


def spread_effect(
    before: EventRow, after: EventRow, fields: Sequence[str], incidents: int
) -> dict[str, Totals]:
    """The effect of each of a row's changed fields: their sum is the row's.

    Where the row begins or ceases to count, the field that decides it has the whole effect.
    """
    whole = add_rows([after]) - add_rows([before])
    carrier = fields[0]
    if counts(before) != counts(after):
        happened = [BY_STATUS[row.status].name == "happened" for row in (before, after)]
        carrier = DECIDING[0] if happened[0] != happened[1] else DECIDING[1]
        effects = {carrier: whole}
    else:
        effects = {loss: only_loss(whole, loss) for loss in NUMBERS if loss in fields}
        carrier = "incident" if "incident" in fields else carrier
    if incidents:
        effects[carrier] = effects.get(carrier, Totals()) + Totals(incidents=incidents)
    return effects
