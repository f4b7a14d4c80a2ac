"""A row as cells of a spreadsheet: flat, readable, and nothing in them that a spreadsheet would run."""

from datetime import date
from typing import Any

from models.event import COLUMNS, EventRow, OtherPlace, Party, Weapon
from review.controls import name_controls
from review.jsontext import write_json

NAMED = Party | Weapon | OtherPlace
FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # a spreadsheet runs a cell that begins so


def make_cells(row: EventRow) -> list[str]:
    """The fields of the row in the order of its columns."""
    return [make_cell(getattr(row, name)) for name in COLUMNS]


def make_cell(value: object) -> str:
    """Text without formulas; numbers as they are; names of a list joined by `; `; the rest as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)  # a western longitude begins with a minus and is no formula
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return defuse(value)
    if isinstance(value, tuple) and all(isinstance(item, str | NAMED) for item in value):
        return defuse("; ".join(item if isinstance(item, str) else item.name for item in value))
    return write_json(dump(value))


def dump(value: object) -> Any:
    """Parts of a row as JSON types."""
    if isinstance(value, dict):
        return {key: dump(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def defuse(text: str) -> str:
    """The text with a quote before a formula sign, and hidden characters by name."""
    shown = name_controls(text)
    return f"'{shown}" if text.startswith(FORMULA) or shown.lstrip().startswith(FORMULA) else shown
