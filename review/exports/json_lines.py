"""A table as JSON lines."""

from typing import BinaryIO

from review.exports.sheets import Sheet
from review.jsontext import write_json


def write_lines(sheet: Sheet, out: BinaryIO) -> None:
    """One object a line: rows in the nested form of the contract, other tables by column."""
    for record in sheet.records():
        out.write(write_json(record).encode() + b"\n")
