"""The diff for a terminal: totals, groups by impact, then examples with their evidence."""

from collections.abc import Iterable, Iterator

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.change import Change, Diff, Group, SubGroup
from models.event import Evidence, Told
from review.controls import show_controls
from review.diff_words import (
    NOTHING,
    list_quotes,
    list_totals,
    name_confidence,
    name_effect,
    name_kinds,
    name_number,
    name_root,
    name_rows,
    name_values,
    name_versions,
    quote,
    shorten,
)

MOST_CAUSES = 4
MARKS = {"-": "red", "+": "green", "=": "dim"}


def make_diff(diff: Diff, groups: Iterable[Group]) -> RenderableType:
    """What changed in numbers, and a line a group."""
    parts: list[RenderableType] = [make_sides(diff), *warn(diff), Text()]
    return Stack(*parts, make_groups(groups)) if diff.groups else Stack(*parts, Text("no difference"))


def make_sides(diff: Diff) -> RenderableType:
    """The two sides by name and version, and their totals."""
    lines = [
        Text.assemble(
            (f"{word:<7}", "dim"),
            (show_controls(side.name), "bold"),
            f"  {show_controls(name_versions(side))}",
        )
        for word, side in (("before", diff.before), ("after", diff.after))
    ]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("total", "before", "after", "difference"):
        table.add_column(name, justify="left" if name == "total" else "right")
    for cells in list_totals(diff):
        table.add_row(*cells)
    rows = Text(
        f"rows: {name_rows(diff)}; {name_number(diff.changes, 'change')} in {name_number(diff.articles, 'article')}"
    )
    return Stack(*lines, rows, table)


def warn(diff: Diff) -> Iterator[Text]:
    """What a reader has to know before anything else."""
    if diff.mistaken:
        yield Text(f"! {diff.share:.0%} of the rows changed: is the baseline right?", "bold red")
    for note in diff.notes:
        yield Text(f"! {show_controls(note)}", "yellow")


def make_groups(groups: Iterable[Group]) -> Table:
    """A line a group, that of the greatest impact first."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("no.", justify="right")
    table.add_column("alike changes", overflow="fold", ratio=3)
    table.add_column("changes", justify="right", no_wrap=True)
    table.add_column("articles", justify="right", no_wrap=True)
    table.add_column("effect on totals", overflow="fold", ratio=2)
    table.add_column("least sure", justify="right", no_wrap=True)
    for group in groups:
        name = Text.assemble((show_controls(group.name), "bold"), f"  {name_kinds(group)}\n", describe(group))
        sure = "" if group.least_confidence is None else f"{group.least_confidence:.2f}"
        effect = "\n".join(name_effect(group.effect)) or "–"
        table.add_row(str(group.number), name, f"{group.changes:,}", f"{group.articles:,}", effect, sure)
    return table


def describe(group: Group) -> Text:
    """What it follows from, its rules, and how the evidence lies to that before."""
    causes = group.cause[:MOST_CAUSES]
    more = f" and {len(group.cause) - len(causes)} more" if len(group.cause) > len(causes) else ""
    evidence = {"none": "", "same": "", "several": ""}.get(group.relation, f"; evidence {group.relation}")
    root = "" if group.root in causes else name_root(group.root)
    told = "; ".join(part for part in (root, ", ".join(causes) + more) if part)
    return Text(show_controls(told) + evidence, "dim")


def make_group(group: Group, changes: Iterable[Change], shown: int | None) -> RenderableType:
    """The group's heading, its commonest values, and its changes; how many are left out is said."""
    head = Text.assemble(
        (f"{group.number}. {show_controls(group.name)}", "bold"),
        f"  {name_kinds(group)}  {name_number(group.changes, 'change')}  {', '.join(name_effect(group.effect))}",
    )
    pairs = [Text(f"  {pair.changes:>5,} × {show_pair(pair)}", "dim") for pair in group.pairs]
    parts = [part for change in changes for part in make_change(change)]
    left = group.changes - shown if shown is not None else 0
    more = [Text(f"  … {left:,} more: --group {group.number} --all", "dim")] if left > 0 else []
    return Stack(Text(), head, *pairs, *parts, *more)


def show_pair(pair: SubGroup) -> str:
    """The two values of a sub-group, or what else its changes share."""
    if pair.by == "root":
        return show_controls(name_root(pair.before))
    return " → ".join(show_controls(shorten(words)) or NOTHING for words in (pair.before, pair.after))


def make_change(change: Change) -> Iterator[RenderableType]:
    """The row in words, field and values, the evidence of both, and where they come from."""
    ids = " → ".join(dict.fromkeys(("+".join(change.before_ids), "+".join(change.after_ids)))).strip(" →")
    yield Padding(
        Text.assemble(show_controls(shorten(change.label)), (f"  {show_controls(ids)}", "dim")), (0, 2)
    )
    before, after = map(show_controls, name_values(change))
    if change.operation == "changed" and change.same_value:
        yield Padding(Text(f"{show_controls(change.field)}: {after}"), (0, 4))
    elif change.operation in {"changed", "moved", "split", "merged"}:
        yield Padding(Text(f"{show_controls(change.field)}: {before} → {after}"), (0, 4))
    for mark, told, spans in list_quotes(change):
        yield from quote_side(mark, told, spans)
    tail = (*change.cause, f"confidence {name_confidence(change)}", shorten(change.url or ""))
    yield Padding(Text(show_controls(" · ".join(part for part in tail if part)), "dim"), (0, 4))


def quote_side(mark: str, told: Iterable[Told], spans: tuple[Evidence, ...]) -> Iterator[RenderableType]:
    """The sentences of one side, the evidence in brackets."""
    for sentence in told:
        found = quote(sentence, spans)
        text = Text(f"{mark} ", MARKS[mark])
        for piece, marked in found.pieces:
            shown = show_controls(piece)
            text.append(f"[{shown}]" if marked else shown, "not dim underline" if marked else "default")
        yield Padding(text, (0, 4))
