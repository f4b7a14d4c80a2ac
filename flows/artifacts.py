"""What Prefect's pages show of a run."""

import re
from collections.abc import Iterable, Iterator

from models.receipt import NUMBERS, Receipt
from review.controls import show_controls
from review.figures import Figures
from review.night import make_tops, tell_total
from review.points import SIGNS, make_points
from review.summary import Summary

SHOWN = 50  # lines of a kind; the receipt's file holds more
MARKS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&@]|:(?=//)|(?<=www)\.)")
COLUMNS = (*NUMBERS, "bytes", "revisits")


def write_summary(receipt: Receipt) -> str:
    """The receipt in one line."""
    return f"{receipt.articles} articles, {receipt.rows} event rows, {receipt.failed} failures"


def write_markdown(receipt: Receipt, figures: Figures | None = None, summary: Summary | None = None) -> str:
    """The receipt as a table of the sources, then what a person has to look at, then hosts and failures.

    Before it, where the figures are known, the key points and the most frequent actors, weapons and places.
    """
    night = [*write_night(figures, summary), ""] if figures and summary else []
    counts = (*receipt.sources, receipt.total)
    rows = [[escape(count.source), *(str(getattr(count, name)) for name in COLUMNS)] for count in counts]
    parts = [*night, write_table(("source", *COLUMNS), rows), "", *write_lists(receipt)]
    if receipt.hosts:
        cells = [
            [escape(h.host), str(h.requests), str(h.failed), str(h.bytes), f"{h.seconds:.1f}"]
            for h in receipt.hosts
        ]
        parts += ["", write_table(("slowest hosts", "requests", "failed", "bytes", "seconds"), cells)]
    return "\n".join(parts)


def write_night(figures: Figures, summary: Summary) -> Iterator[str]:
    """What the page says in words and tables; its pictures are on the page."""
    yield f"**{escape(tell_total(figures))}**"
    yield ""
    for point in make_points(figures, summary):
        yield f"- {SIGNS[point.kind]} {escape(point.subject)} {escape(point.words)}"
    for top in make_tops(figures):
        cells = [
            [
                escape(mover.name),
                str(mover.change.now),
                escape(mover.change.words),
                "new" if mover.new else "",
            ]
            for mover in top.movers
        ]
        if cells:
            yield f"\n{write_table((top.kind, top.now, 'change', ''), cells)}"


def write_table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are escaped already."""
    head = list(names)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def write_lists(receipt: Receipt) -> Iterator[str]:
    """Errors, silent sources, notes and failures, a line each, so many of a kind."""
    silent = [f"silent: {source}: {why}" for source, why in receipt.silent.items()]
    failures = [f"{one.outcome} ({one.reason}): {one.message}" for one in receipt.failures]
    lists = (
        (receipt.errors, len(receipt.errors)),
        (silent, len(silent)),
        ((*receipt.notes, *receipt.unsent), len(receipt.notes) + len(receipt.unsent)),
        (failures, receipt.failed),
    )
    for lines, number in lists:
        yield from (f"- {escape(line)}" for line in lines[:SHOWN])
        if number > min(len(lines), SHOWN):
            yield f"- … and {number - min(len(lines), SHOWN)} more"


def escape(text: str) -> str:
    """The text as Markdown that shows it letter by letter: no link, tag or table of its own."""
    return MARKS.sub(r"\\\1", show_controls(text))
