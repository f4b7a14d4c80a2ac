"""Rows for a terminal: a line of facts and the sentence below it, in columns that never move."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.event import EventRow
from review.controls import show_controls
from review.standing import BY_STATUS
from review.values import (
    name_days,
    name_injured,
    name_killed,
    name_parties,
    name_place,
    name_term,
    name_weapons,
)

WIDTH = 100
HEADINGS = ("when", "what", "who → whom", "with", "where", "killed / injured")
SPAN = {"label", "start", "end", "text"}
DAY = 11  # a day is never broken over two lines
SHARES = (18, 27, 14, 16, 9)  # of what the day leaves: a column keeps its place whatever it holds


def make_heading(width: int = WIDTH) -> RenderableType:
    """The names of the columns."""
    return make_grid(width, [Text(heading, "dim") for heading in HEADINGS])


def make_lines(row: EventRow, width: int = WIDTH) -> RenderableType:
    """One row: its facts, and below them the sentence."""
    cells = (
        write_days(row),
        write_kind(row),
        write_sides(row),
        write(name_weapons(row)),
        write(name_place(row)),
        Text(f"{name_killed(row) or '–'} / {name_injured(row) or '–'}"),
    )
    sentence = Text(f"“{show_controls(row.sentence)}”", "italic dim")
    return Group(make_grid(width, cells), Padding(sentence, (0, 0, 1, DAY + 1)))


def write_days(row: EventRow) -> Text:
    """First day, and the last on the next line where it is another."""
    return Text(name_days(row).replace(" – ", "\n–") or "–")


def write_kind(row: EventRow) -> Text:
    """What happened on one line, its status on the next."""
    standing = BY_STATUS[row.status]
    status = (f"{standing.sign} {row.status}", standing.style)
    return Text.assemble((name_term(row.event_type), "bold"), "\n", status)


def write_sides(row: EventRow) -> Text:
    """Who on one line, whom on the next."""
    who, whom = name_parties(row.actors), name_parties(row.targets)
    return Text(f"{show_controls(who) or '–'}\n→ {show_controls(whom) or '–'}")


def write(value: str) -> Text:
    """A value from outside as plain text; a dash where there is none."""
    return Text(show_controls(value) or "–")


def make_grid(width: int, cells: Iterable[RenderableType]) -> Table:
    """One line of the table."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=DAY)
    for share in SHARES:
        grid.add_column(width=share * (width - DAY - len(HEADINGS)) // sum(SHARES), overflow="fold")
    grid.add_row(*cells)
    return grid


def make_table(rows: Iterable[EventRow], width: int = WIDTH) -> RenderableType:
    """All rows under one heading; a sentence where there is none."""
    lines = [make_lines(row, width) for row in rows]
    return Group(make_heading(width), *lines) if lines else Text("no events")


def make_mentions(doc_id: str, mentions: Iterable[Mapping[str, Any]]) -> RenderableType:
    """The mentions of one document, a line each."""
    table = Table("label", "at", "words", "value", box=None, pad_edge=False, header_style="dim")
    for mention in mentions:
        at = f"{mention['start']}–{mention['end']}"
        table.add_row(mention["label"], at, write(mention["text"]), write(write_value(mention)))
    return Group(Text(show_controls(doc_id), "bold"), table, Text())


def write_value(mention: Mapping[str, Any]) -> str:
    """What the words stand for: every key that is neither the words nor their place."""
    values = (f"{key}={value}" for key, value in mention.items() if key not in SPAN and value is not None)
    return " ".join(values)
