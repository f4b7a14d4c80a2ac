"""What a re-extraction would do, for a terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from models.again import Estimate, Need
from review.controls import show_controls

SHOWN = 8  # entries of a lexicon that are named
WORDS: dict[Need, str] = {
    "carry": "carried over: nothing can have changed",
    "check": "asked again by the finders that changed; carried over where they find the same",
    "read": "read again in full",
    "parse": "parsed anew and read again",
    "pages": "of which the page is read again out of the archive",
}
MINUTE, HOUR = 60, 3600


def make_estimate(found: Estimate) -> RenderableType:
    """The articles by what each needs, what changed, and about how long it takes."""
    head = Text(f"{found.articles} articles: {show_controls(found.scope)}", "bold")
    if found.nothing:
        return Group(head, Text(show_controls(found.nothing)))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for need, number in found.needs.items():
        table.add_row(str(number), WORDS[need])
    if found.unparsed:
        table.add_row(str(found.unparsed), "of them have no parse in the cache")
    lines = [Text(f"changed: {', '.join(found.stages)}")] if found.stages else []
    for file, entries in found.entries.items():
        more = f" and {len(entries) - SHOWN} more" if len(entries) > SHOWN else ""
        lines.append(Text(f"{show_controls(file)}: {show_controls(', '.join(entries[:SHOWN]))}{more}"))
    if found.goes_on:
        lines.append(Text(f"goes on with run {found.goes_on}; what it has done is not counted here"))
    return Group(head, table, *lines, Text(f"about {write_time(found.seconds)}", "dim"))


def write_time(seconds: float) -> str:
    """A span for a reader."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    return f"{seconds / HOUR:.1f} h"
