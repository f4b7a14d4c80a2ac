"""From the words of `dateline export` to files, and what is said of them."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from flows.choice import Choice, check_terms, find_countries
from flows.event_lists import read_moment
from flows.export_files import TAGGED, TEXTS, FormatName, guess_format, write_export
from flows.exports import SHAPES, Order, ShapeName, load_books, make_export
from flows.receipts import find_store
from flows.records import read_date
from flows.store import Store
from models.codebook import Books
from models.errors import InputError
from models.event import EventRow
from models.schema import read_columns
from review.controls import show_controls
from review.exports.losses import show_table
from review.exports.sheets import Export, Sheet
from review.screen import show

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options as they were typed."""

    runs: tuple[str | None, str | None, str | None]  # --run, --as-of, --delta
    days: tuple[str | None, str | None]
    terms: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], float]
    shape: tuple[ShapeName, bool | None]


class Counter:
    """A table that counts its lines as they are written."""

    def __init__(self, sheet: Sheet) -> None:
        self.lines = 0
        self._sheet = sheet
        nested = self._nested if sheet.nested else None
        self.sheet = replace(sheet, read=lambda: self._count(sheet.read()), nested=nested)

    def _nested(self) -> Iterator[dict[str, Any]]:
        return self._count(self._sheet.records())

    def _count(self, lines: Iterator[Item]) -> Iterator[Item]:
        self.lines = 0
        for line in lines:
            self.lines += 1
            yield line


def run_export(
    home: Path, wishes: Wishes, form: FormatName | None, output: Path | None, *, raw: bool, hxl: bool
) -> None:
    """Writes the export and tells on standard error what is in it. Raises a DatelineError."""
    if output and output.is_dir():
        raise InputError(f"{output}: is a folder; name a file with --output")
    kind = form or guess_format(output)
    check(kind, output, raw=raw, hxl=hxl)
    books = load_books()
    order = read_order(wishes, books)
    with make_export(Store(find_store(home)), order, books) as made:
        counter = Counter(made.main)
        beside = write_export(replace(made, main=counter.sheet), kind, output, raw=raw, hxl=hxl)
        say(made, output, beside, counter.lines)


def check(kind: FormatName, output: Path | None, *, raw: bool, hxl: bool) -> None:
    """Raises InputError where options do not fit together, before anything is read."""
    if output is None and kind not in TEXTS:
        raise InputError(f"{kind} is no text for standard output: name a file with --output FILE")
    if hxl and kind not in TAGGED:
        raise InputError(f"--hxl: tags stand under a header; {kind} has none (csv, xlsx)")
    if raw and kind != "csv":
        raise InputError(f"--raw is for csv; {kind} keeps text as it is")


def read_order(wishes: Wishes, books: Books) -> Order:
    """The order that the words stand for. Raises InputError."""
    countries, types, statuses, sure = wishes.terms
    known = {c.name: c.terms for c in read_columns(EventRow)}
    check_terms("--type", types, known["event_type"])
    check_terms("--status", statuses, known["status"])
    since, until = (
        read_day(day, name) for day, name in zip(wishes.days, ("--since", "--until"), strict=True)
    )
    if since and until and until < since:
        raise InputError(f"--until {until} is before --since {since}")
    choice = Choice(since, until, find_countries(countries, dict(books.names)), types, statuses, sure)
    run, as_of, delta = wishes.runs
    if run and as_of:
        raise InputError("--run and --as-of both name a state of the tables; give one of them")
    return Order(wishes.shape[0], run, read_moment(as_of) if as_of else None, choice, wishes.shape[1], delta)


def read_day(written: str | None, name: str) -> date | None:
    """The day that is written. Raises InputError."""
    if not written:
        return None
    day = read_date(written, name)
    return day.date() if isinstance(day, datetime) else day


def say(made: Export, output: Path | None, beside: list[Path], rows: int) -> None:
    """One line an item: what was written, and what was left out."""
    left = [f"  {what}: {value}" for what, value in made.about if what.startswith("left out")]
    names = "".join(f", {path.name}" for path in beside)
    head = f"{output or 'standard output'}{names}: {rows} rows of {made.main.name}"
    sys.stderr.write("".join(f"{show_controls(line)}\n" for line in (head, *left)))


def show_losses(shape: ShapeName) -> None:
    """Prints what a shape does to each column. Raises InputError."""
    if shape not in SHAPES:
        raise InputError("rows: this shape loses nothing; its tables hold every column")
    show(show_table(SHAPES[shape].make_losses()))
