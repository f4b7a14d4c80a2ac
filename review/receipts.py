"""Receipts and runs for a terminal."""

from collections.abc import Iterable
from itertools import islice

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from models.receipt import OUTCOMES, Receipt, SourceCount
from models.run import Run
from review.controls import show_controls

SHOWN = 10  # failures; the receipt's file holds all of them
COLUMNS = ("items", "fetched", *OUTCOMES, "copies", "foreign", "rows")


def make_receipt(receipt: Receipt) -> RenderableType:
    """What the run did, source by source, and what went wrong."""
    state = Text("ok", "bold green") if receipt.ok else Text("look at the errors", "bold red")
    if receipt.stopped:
        state = Text("stopped before its end; what was done is kept", "bold yellow")
    seconds = receipt.took.total_seconds()
    title = Text.assemble(("run ", "dim"), (receipt.run_id, "bold"), f"  {seconds:.0f} s  ", state)
    return Panel(
        Group(list_sources(receipt), *list_faults(receipt)), title=title, title_align="left", expand=False
    )


def list_sources(receipt: Receipt) -> Table:
    """A line a source and one for all."""
    table = Table("source", box=None, pad_edge=False, header_style="dim")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for count in (*receipt.sources, receipt.total):
        table.add_row(
            show_controls(count.source), *write_counts(count), style="bold" if count.source == "all" else ""
        )
    return table


def write_counts(count: SourceCount) -> list[str]:
    """The numbers of a source; a dot for none, so that what is there stands out."""
    return [str(getattr(count, name) or "·") for name in COLUMNS]


def list_faults(receipt: Receipt) -> Iterable[Text]:
    """What somebody has to look at, then the first failures, then how many more there are."""
    for error in receipt.errors:
        yield Text(f"! {show_controls(error)}", "red")
    for failure in islice(receipt.failures, SHOWN):
        yield Text(f"{failure.outcome} ({failure.reason}): {show_controls(failure.message)}", "dim")
    if len(receipt.failures) > SHOWN:
        yield Text(f"… and {len(receipt.failures) - SHOWN} more failures", "dim")


def make_runs(runs: Iterable[Run]) -> RenderableType:
    """A line a run, the newest first."""
    table = Table("run", "kind", "started (UTC)", "took", box=None, pad_edge=False, header_style="dim")
    for name in ("articles", "rows"):
        table.add_column(name, justify="right")
    table.add_column("state")
    for run in sorted(runs, key=lambda run: run.run_id, reverse=True):
        seconds = (run.ended - run.started).total_seconds()
        state = "complete" if run.complete else "stopped early"
        started = f"{run.started:%Y-%m-%d %H:%M}"
        table.add_row(
            run.run_id, run.kind, started, f"{seconds:.0f} s", str(run.articles), str(run.rows), state
        )
    return table if table.row_count else Text("no runs yet: dateline ingest makes the first")
