"""The report of a run, written beside the tables."""

import os
from dataclasses import replace
from pathlib import Path

from flows.receipts import find_store, list_receipts
from flows.silence import HISTORY
from flows.source_states import weigh_sources
from flows.store import Store
from flows.trends import sum_tables
from models.errors import InputError
from models.receipt import Receipt
from review.figures import Figures
from review.geography.outlines import Shape, read_outlines, read_world
from review.report import render_report, write_page
from review.summary import Summary, summarise

OUTLINES = "outlines.geojson"


def find_report(home: Path, run_id: str) -> Path:
    """Where the report of a run stands."""
    return home / "reports" / f"{run_id}.html"


def report_run(home: Path, receipt: Receipt, output: Path | None = None) -> Path:
    """Writes the page of the run and gives its path. Raises StoreError, OutputError."""
    return write_report(home, receipt, *sum_run(home, receipt), output)


def write_report(
    home: Path, receipt: Receipt, figures: Figures, summary: Summary, output: Path | None = None
) -> Path:
    """Writes the page of what was summed, into the home's folder of reports if no other place is named."""
    shapes, fault = choose_outlines(home)
    figures = replace(figures, notes=(*figures.notes, *([fault] if fault else [])))
    return write_page(
        output or find_report(home, receipt.run_id), render_report(receipt, summary, figures, shapes)
    )


def sum_run(home: Path, receipt: Receipt) -> tuple[Figures, Summary]:
    """What the tables, the receipts and the run's own rows add up to. Raises StoreError."""
    store = Store(find_store(home))
    history, faults = list_receipts(home, HISTORY)
    figures = sum_tables(store, receipt.run_id, receipt.started.date())
    sources = tuple(weigh_sources(receipt, history))
    pages = frozenset(path.stem for path in (home / "reports").glob("*.html"))
    figures = replace(
        figures,
        sources=sources,
        notes=tuple(faults),
        pages=pages - {receipt.run_id},
        waiting=tuple(run.run_id for run in store.ledger().candidates),
        held=len(store.holds()),
    )
    return figures, summarise(store.rows(receipt.run_id))


def choose_outlines(home: Path) -> tuple[tuple[Shape, ...], str]:
    """The user's own outlines where there are any, else those of the package; and why it is not theirs."""
    named = os.environ.get("DATELINE_OUTLINES")
    path = Path(named) if named else home / OUTLINES
    if not named and not path.exists():
        return read_world(), ""
    try:
        return read_outlines(path), ""
    except InputError as error:
        return read_world(), f"{error}; the maps are drawn with dateline's own outlines"
