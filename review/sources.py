"""Sources for a terminal: what they are, and what they would bring."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from models.checked import Checked, Standing
from models.source import Source
from review.controls import show_controls

LONGEST = 60  # characters of a title


def make_checks(checks: Sequence[Checked], *, numbered: bool = False) -> RenderableType:
    """A line a source, its first titles below; then a line for each fault."""
    table = Table("source", "kind", box=None, pad_edge=False, header_style="dim")
    table.add_column("items", justify="right")
    for name in ("newest", "robots.txt", "first titles"):
        table.add_column(name, overflow="fold")
    for number, check in enumerate(checks, 1):
        name = f"{number}  {check.source.shown}" if numbered else check.source.id
        table.add_row(
            Text(show_controls(name), "red" if check.faults else ""),
            check.source.kind,
            f"{check.items}{'+' if check.more else ''}",
            f"{check.newest:%Y-%m-%d}" if check.newest else "·",
            Text(show_controls(check.robots or "·")),
            Text("\n".join(shorten(title) for title in check.titles) or "·"),
        )
    faults = (
        Text(f"! {show_controls(f'{c.source.id}: {fault}')}", "red") for c in checks for fault in c.faults
    )
    return Group(table, *faults)


def shorten(title: str) -> str:
    """A title that leaves room for others."""
    shown = show_controls(title)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def make_list(standings: Iterable[Standing]) -> RenderableType:
    """A line a source of the file, in its order."""
    table = Table("source", "kind", "state", "last read (UTC)", box=None, pad_edge=False, header_style="dim")
    table.add_column("where", overflow="fold")
    for one in standings:
        read = f"{one.read:%Y-%m-%d %H:%M}" if one.read else "·"
        where = Text(show_controls(one.source.shown))
        table.add_row(
            Text(show_controls(one.source.id)),
            one.source.kind,
            tell_state(one.source, one.failing),
            read,
            where,
        )
    return table if table.row_count else Text("no sources yet: dateline sources add URL")


def tell_state(source: Source, failing: int) -> Text:
    """Whether a source is read, and whether it could be."""
    if source.paused:
        return Text("paused", "dim")
    return Text(f"failed {failing} times in a row", "red") if failing else Text("read")
