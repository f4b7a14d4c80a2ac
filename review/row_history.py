"""One event over all runs for a terminal: the first row, then what changed in each that followed."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from models.event import COLUMNS, EventRow
from models.passage import Passage
from review.controls import show_controls
from review.history import compare_words
from review.tables import make_lines
from review.values import FIELDS, name_field

# Columns that no field of FIELDS puts into words.
PLAIN = (
    "incident_id",
    "part_of",
    "article_id",
    "url",
    "publisher",
    "title",
    "language",
    "published",
    "is_aggregate",
    "civilian_targeting",
    "other_places",
    "trigger",
    "confidence",
)
STAMPS = {"run_id", "extractor_version", "model_version"}  # they differ by nature
QUIET = ("counts", "sentences", "evidence", "trigger_start", "trigger_end")  # long: named where they changed


def make_row_history(event_id: str, passages: Sequence[Passage], width: int) -> RenderableType:
    """A part a passage, the oldest first, then what candidates would do."""
    parts: list[RenderableType] = [Text(f"event {show_controls(event_id)}", "bold")]
    before: EventRow | None = None
    for passage in passages:
        parts += [Text(), describe_passage(passage)]
        if passage.row and before:
            changes = list(list_changes(before, passage.row))
            parts += [
                Padding(one, (0, 0, 0, 2)) for one in changes or [Text("nothing but the versions", "dim")]
            ]
        elif passage.row:
            parts.append(make_lines(passage.row, width))
        if passage.state != "candidate":
            before = passage.row
    return Group(*parts)


def describe_passage(passage: Passage) -> Text:
    """Which run, from when, and whether there is a row."""
    at = f"{passage.at:%Y-%m-%d %H:%M} UTC"
    standing = f"would let stand, as of {at}" if passage.state == "candidate" else f"let stand from {at}"
    row = passage.row
    what = f"a row of run {row.run_id}, text {row.article_id}" if row else "no such row"
    style = "" if row else "red"
    return Text.assemble(
        (f"run {show_controls(passage.run_id)}", "bold"),
        f"  {passage.state}  {standing}  ",
        (show_controls(what), style or "dim"),
    )


def list_changes(before: EventRow, after: EventRow) -> Iterator[Text]:
    """A line a field that changed: before → after, in words where it has some."""
    for name in FIELDS:
        old, new = name_field(before, name), name_field(after, name)
        if old != new:
            yield write_change(name, old, new)
    for name in PLAIN:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield write_change(name, write_value(old), write_value(new))
    if before.sentence != after.sentence:
        yield Text.assemble("sentence: ", compare_words(before.sentence.split(), after.sentence.split()))
    if others := [name for name in find_columns(before, after) if name in QUIET]:
        yield Text(f"also changed: {', '.join(others)}", "dim")


def find_columns(before: EventRow, after: EventRow) -> list[str]:
    """The columns whose values differ, but for run and versions."""
    return [name for name in COLUMNS if name not in STAMPS and getattr(before, name) != getattr(after, name)]


def write_change(name: str, old: str, new: str) -> Text:
    """`field: before → after`."""
    return Text.assemble(
        f"{name}: ", (show_controls(old) or "–", "red"), " → ", (show_controls(new) or "–", "green")
    )


def write_value(value: object) -> str:
    """A plain value for a reader."""
    if isinstance(value, tuple):
        return "; ".join(getattr(part, "name", str(part)) for part in value)
    return "" if value is None else str(value)
