"""Tables as an Excel workbook: a sheet each, typed cells, text that is never a formula, nothing cut."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from review.controls import name_controls
from review.exports.sheets import Export, Field, Sheet, Value, write_text

MOST_UNITS = 32_767  # of UTF-16 that Excel takes in a cell
PART = 16_000  # letters; at most twice as many units
MOST_LINES = 1_048_575  # below the header
FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar has a day that never was
CONTINUED = " … [continued in the sheet overflow]"
OVERFLOW = tuple(map(Field, ("sheet", "line", "column", "part", "text")))
WIDTHS = {"text": 24, "integer": 10, "number": 11, "flag": 8, "day": 12}
Rest = tuple[str, int, str, int, str]


class Workbook:
    """A workbook being written: one pass, lines in order, so that memory holds one line."""

    def __init__(self, out: BinaryIO, moment: datetime | None) -> None:
        self.book = xlsxwriter.Workbook(out, {"constant_memory": True})
        when = (moment or datetime(1980, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
        self.book.set_properties({"created": when})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.day: Format = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.overflow: list[Rest] = []

    def add(self, sheet: Sheet, most: int = MOST_LINES, *, hxl: bool = False) -> None:
        """Writes a table; what does not fit a sheet goes on in the next."""
        number, page, line_number = 1, self.open(sheet, 1, hxl=hxl), int(hxl)
        for line in sheet.read():
            if line_number == most:
                number, line_number = number + 1, int(hxl)
                page = self.open(sheet, number, hxl=hxl)
            line_number += 1
            for column, value in enumerate(line):
                self.write(page, line_number, column, value, sheet)

    def open(self, sheet: Sheet, number: int, *, hxl: bool) -> Worksheet:
        """A sheet with its header, and the line of tags under it."""
        page = self.book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}")
        page.freeze_panes(1 + hxl, 0)
        page.autofilter(int(hxl), 0, int(hxl), len(sheet.fields) - 1)
        for column, field in enumerate(sheet.fields):
            page.set_column(column, column, WIDTHS.get(field.kind, WIDTHS["text"]))
            page.write_string(0, column, field.name, self.head)
        for column, field in enumerate(sheet.fields if hxl else ()):
            page.write_string(1, column, field.hxl)
        return page

    def write(self, page: Worksheet, line: int, column: int, value: Value, sheet: Sheet) -> None:
        """A cell of the value's own type."""
        if value is None:
            return
        if isinstance(value, bool):
            page.write_boolean(line, column, value)
        elif isinstance(value, int | float) and abs(value) <= 1e15:
            page.write_number(line, column, value)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
            page.write_datetime(line, column, datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
        else:
            page.write_string(line, column, self.fit(write_text(value), page, line, column, sheet))

    def fit(self, text: str, page: Worksheet, line: int, column: int, sheet: Sheet) -> str:
        """The text with hidden characters by name; what a cell cannot hold goes to the sheet `overflow`."""
        shown = name_controls(text)
        if len(shown) <= PART or len(shown.encode("utf-16-le")) // 2 <= MOST_UNITS:
            return shown
        first, *rest = (shown[start : start + PART] for start in range(0, len(shown), PART))
        place = (page.get_name(), line + 1, sheet.fields[column].name)
        self.overflow += ((*place, part, words) for part, words in enumerate(rest, 2))
        return first + CONTINUED


def write_xlsx(export: Export, out: BinaryIO, *, hxl: bool = False) -> None:
    """Writes all tables, the main one first. The same rows give the same bytes."""
    book = Workbook(out, export.moment)
    for sheet in export.sheets:
        book.add(sheet, hxl=hxl and sheet is export.main)
    if book.overflow:
        rest: list[Rest] = book.overflow
        book.overflow = []

        def read() -> Iterator[Rest]:
            return iter(rest)

        book.add(Sheet("overflow", OVERFLOW, read))
    try:
        book.book.close()
    except FileCreateError as error:
        raise OSError(*error.args) from error  # what it was before the library wrapped it
