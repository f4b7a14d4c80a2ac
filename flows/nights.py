"""The work of `dateline ingest`: one run, its receipt, its rows and its report on the screen."""

import atexit
import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path

from flows.home import find_home
from flows.ingest import ingest
from flows.outputs import close_quietly
from flows.progress import watch_stages
from flows.receipts import find_store
from flows.reports import find_report, report_run
from flows.serve import run_flow
from flows.store import Store
from models.receipt import Receipt
from review.receipts import make_receipt
from review.screen import make_console, show
from review.tables import make_table


def run_night(
    sources: Path, home: Path | None, *, plain: bool, allow_private: bool, shown: int, fresh: float
) -> int:
    """Runs, prints what came of it and gives the exit code. Raises a DatelineError."""
    place = home or find_home()
    receipt = run_once(sources, place, plain, allow_private, fresh)
    try:  # the page first: whoever reads the screen may stop in the middle
        found = find_report(place, receipt.run_id)
        report = found if found.exists() else report_run(place, receipt)
    finally:
        show(make_receipt(receipt))
    show_rows(Store(find_store(place)), place, receipt, shown)
    sys.stdout.write(f"report: {report}\n")
    return 0 if receipt.ok else 1


def show_rows(store: Store, home: Path, receipt: Receipt, shown: int) -> None:
    """The first rows of the run; where it has none, where the last ones are."""
    if receipt.rows and shown:
        rows = islice(store.rows(receipt.run_id), shown)
        show(make_table(rows, make_console(sys.stdout).width))
    if receipt.rows > shown:
        sys.stdout.write(f"… and {receipt.rows - shown} more rows, all in the report\n")
    earlier = [run.run_id for run in store.runs() if run.rows and run.kind == "ingest"]
    if earlier and not receipt.rows:
        sys.stdout.write(f"no new event rows; the last are in {find_report(home, earlier[-1])}\n")


def run_once(sources: Path, home: Path, plain: bool, allow_private: bool, fresh: float) -> Receipt:
    """The run, as a plain function with bars or as a Prefect flow."""
    if not plain:
        # Prefect's threads outlive the run, and DuckDB then lists at exit what they hold: nothing to act on.
        atexit.register(close_quietly, sys.stderr)
        return run_flow(sources, home, allow_private=allow_private, fresh=fresh)
    with watch_stages() as watch:
        hours = timedelta(hours=fresh)
        return ingest(sources, home, allow_private=allow_private, progress=watch, fresh=hours)
