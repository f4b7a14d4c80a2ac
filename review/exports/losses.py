"""What a shape does to each column of the row, stated so that it can be shown and tested."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rich.table import Table
from rich.text import Text

from review.exports.sheets import Field, Sheet

Fate = Literal["exact", "coarser", "words", "lost"]
FATES: Mapping[Fate, str] = {
    "exact": "comes back as it was",
    "coarser": "comes back less fine, or filled in as the codebook does",
    "words": "stands in a text, and does not come back as a value",
    "lost": "is not in the table",
}
FIELDS = (
    Field("column", "text", "column of the row, or of the codebook"),
    Field("of", "text", "`row`, or `codebook` where dateline has nothing to put in"),
    Field("fate", "text", "; ".join(f"{fate}: {words}" for fate, words in FATES.items())),
    Field("into", "text", "where it goes"),
    Field("note", "text", "what that means"),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """The fate of one column of the row."""

    column: str
    fate: Fate
    into: str = ""
    note: str = ""


def make_losses(losses: Iterable[Loss], empty: Mapping[str, str]) -> Sheet:
    """The table: the row's columns, then the codebook's that stay empty."""
    lines = [(loss.column, "row", loss.fate, loss.into, loss.note) for loss in losses]
    lines += [(column, "codebook", "empty", "", why) for column, why in empty.items()]
    return Sheet("losses", FIELDS, lambda: iter(lines))


def show_table(sheet: Sheet) -> Table:
    """The table for a terminal."""
    table = Table(box=None, padding=(0, 1), show_header=True)
    for name in ("column", "fate", "into", "note"):
        table.add_column(name, overflow="fold")
    for column, _, fate, into, note in sheet.read():
        table.add_row(*(Text(str(cell)) for cell in (column, fate, into, note)))
    return table
