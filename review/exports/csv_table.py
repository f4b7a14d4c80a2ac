"""A table as CSV: UTF-8, a header, nothing that a spreadsheet would run."""

import csv
import io
from typing import BinaryIO

from review.cells import defuse
from review.exports.sheets import Sheet, Value, write_text


def write_csv(sheet: Sheet, out: BinaryIO, *, raw: bool = False, hxl: bool = False) -> None:
    """Writes the table. `raw` leaves text as it is, for machines; `hxl` puts a line of tags under the header."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.names)
    if hxl:
        writer.writerow(f.hxl for f in sheet.fields)
    write = write_text if raw else write_cell
    writer.writerows(map(write, line) for line in sheet.read())
    text.detach()


def write_cell(value: Value) -> str:
    """The value; text is guarded, numbers and days are no text."""
    return defuse(value) if isinstance(value, str) else write_text(value)
