"""The report of a run, written beside the tables."""

from pathlib import Path

from flows.receipts import find_store
from flows.store import Store
from models.receipt import Receipt
from review.report import write_report


def find_report(home: Path, run_id: str) -> Path:
    """Where the report of a run stands."""
    return home / "reports" / f"{run_id}.html"


def report_run(home: Path, receipt: Receipt) -> Path:
    """Writes the page of the run and gives its path. Raises StoreError, OutputError."""
    rows = Store(find_store(home)).rows(receipt.run_id)
    return write_report(find_report(home, receipt.run_id), receipt, rows)
