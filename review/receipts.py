"""Receipts and runs for a terminal."""

from collections.abc import Iterable, Mapping
from itertools import islice

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from models.again import Again
from models.receipt import NUMBERS, Receipt, SourceCount
from models.run import Run
from review.controls import show_controls

SHOWN = 10  # failures; the receipt's file names more
HOSTS = 5
WORDS: Mapping[str, str] = {
    "carried": "carried over: nothing can have changed",
    "read": "read again",
    "parsed": "parsed anew and read again",
    "pages": "read from the archived page, which gives another article now",
    "failed": "whose page cannot be read any more: they stay as they were",
    "left": "left as they were: the run did not come to them, or lost them",
}
ALWAYS = {"items", "fetched", "new", "rows"}


def make_receipt(receipt: Receipt) -> RenderableType:
    """What the run did, source by source, what it cost, and what went wrong."""
    state = Text("ok", "bold green") if receipt.ok else Text("look at the errors", "bold red")
    if receipt.stopped:
        state = Text("stopped before its end; what was done is kept", "bold yellow")
    seconds = receipt.took.total_seconds()
    run_id = show_controls(receipt.run_id)
    title = Text.assemble(("run ", "dim"), (run_id, "bold"), f"  {seconds:.0f} s  ", state)
    done = list_ways(receipt.again) if receipt.again else list_sources(receipt)
    parts = (done, *list_warnings(receipt), *list_costs(receipt), *list_faults(receipt))
    return Panel(Group(*parts), title=title, title_align="left", expand=False)


def list_sources(receipt: Receipt) -> Table:
    """A line a source and one for all; a column of which nothing is known is left out."""
    total = receipt.total
    names = [name for name in NUMBERS if name in ALWAYS or getattr(total, name)]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source", overflow="fold", min_width=8)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for count in (*receipt.sources, total):
        style = "bold" if count is total else ""
        table.add_row(Text(show_controls(count.source)), *write_counts(count, names), style=style)
    return table


def list_ways(again: Again) -> Table:
    """A line a way in which articles were read again, and what became of their rows."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(str(again.articles), f"articles, {again.unparsed} of them without an event word")
    for way, number in again.ways.items():
        if number:
            table.add_row(str(number), Text(WORDS[way], "red" if way in ("failed", "left") else ""))
    table.add_row(
        str(again.rows), f"event rows, {again.before} before: {again.added} new, {again.removed} gone"
    )
    return table


def write_counts(count: SourceCount, names: Iterable[str]) -> list[str]:
    """The numbers of a source; a dot for none, so that what is there stands out."""
    return [str(getattr(count, name) or "·") for name in names]


def list_warnings(receipt: Receipt) -> Iterable[Text]:
    """What a person has to look at, or should know."""
    for error in receipt.errors:
        yield Text(f"! {show_controls(error)}", "red")
    for source, why in receipt.silent.items():
        yield Text(f"silent: {show_controls(source)}: {show_controls(why)}", "yellow")
    for fault in receipt.unsent:
        yield Text(f"alert not sent: {show_controls(fault)}", "yellow")
    for note in receipt.notes:
        yield Text(f"note: {show_controls(note)}", "yellow")


def list_costs(receipt: Receipt) -> Iterable[RenderableType]:
    """What came over the net, and the hosts that took longest; nothing where nobody was asked."""
    traffic, total = receipt.traffic, receipt.total
    if not traffic.requests:
        return
    words = f"{traffic.requests} requests, {write_size(traffic.bytes)}, {total.revisits} revisits"
    yield Text(f"{words}; slowest hosts:", "dim")
    table = Table(box=None, pad_edge=False, show_header=False, style="dim")
    table.add_column(overflow="fold")
    for host in receipt.hosts[:HOSTS]:
        failed = f"{host.failed} without an answer" if host.failed else ""
        cells = f"{host.seconds:.1f} s", f"{host.requests} requests", write_size(host.bytes), failed
        table.add_row(Text(show_controls(host.host)), *cells)
    yield table


def write_size(size: int) -> str:
    """Bytes for a reader."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"


def list_faults(receipt: Receipt) -> Iterable[Text]:
    """Failures by reason and source, then the first of them, then how many more there are."""
    for count in receipt.sources:
        if count.reasons:
            told = ", ".join(f"{show_controls(reason)} {number}" for reason, number in count.reasons.items())
            yield Text(f"{show_controls(count.source)}: {told}", "dim")
    for failure in islice(receipt.failures, SHOWN):
        yield Text(f"{failure.outcome} ({failure.reason}): {show_controls(failure.message)}", "dim")
    if receipt.failed > SHOWN:
        yield Text(f"… and {receipt.failed - SHOWN} more failures", "dim")


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
