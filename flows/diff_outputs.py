"""A comparison as a table for people, as JSON or as Markdown, whole or in part."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from flows.comparison import Comparison
from models.change import OPERATIONS, Change, Diff, Group
from models.errors import InputError
from review.diff_markdown import write_markdown
from review.diffs import make_diff, make_group
from review.jsontext import write_json
from review.screen import make_console, render

Form = Literal["table", "json", "markdown"]
FORMAT = "dateline-diff/1"
EXAMPLES = 2  # of each group in the overview
SHOWN_GROUPS = 5  # whose examples are in the overview
LISTED = 20  # changes of a group that was asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of the diff is shown, and how."""

    form: Form = "table"
    group: int | None = None
    field: str | None = None
    everything: bool = False


def choose_groups(diff: Diff, wanted: Wanted) -> list[Group]:
    """The groups asked for. Raises InputError where none is such."""
    chosen = [
        group
        for group in diff.groups
        if wanted.group in {None, group.number} and wanted.field in {None, group.field}
    ]
    if chosen or (wanted.group is None and wanted.field is None):
        return chosen
    if wanted.field is not None:
        fields = ", ".join(dict.fromkeys(group.field for group in diff.groups)) or "none"
        raise InputError(f"no such change of field '{wanted.field}'; fields with changes: {fields}")
    raise InputError(f"there is no group {wanted.group}; the diff has {len(diff.groups)}")


def find_failing(diff: Diff, names: Sequence[str]) -> list[Group]:
    """The groups that make the command fail: all, or those of the operations and fields named."""
    return [group for group in diff.groups if not names or {group.operation, group.field} & set(names)]


def check_names(names: Sequence[str], fields: Iterable[str]) -> None:
    """Raises InputError on a name that is neither an operation nor a field."""
    known = [*OPERATIONS, *fields]
    for name in names:
        if name not in known:
            raise InputError(f"'{name}' is neither an operation nor a field; there are {', '.join(known)}")


def write_diff(found: Comparison, wanted: Wanted) -> None:
    """Writes the diff to standard output."""
    groups = choose_groups(found.diff, wanted)
    writers = {"table": write_table, "json": write_document, "markdown": write_comment}
    for text in writers[wanted.form](found, groups, wanted):
        sys.stdout.write(text)
    sys.stdout.flush()


def write_table(found: Comparison, groups: list[Group], wanted: Wanted) -> Iterator[str]:
    """Totals and groups, then the changes: examples, or all where asked for."""
    console = make_console(sys.stdout)
    yield render(make_diff(found.diff, groups), console)
    asked = wanted.group is not None or wanted.field is not None
    most = None if wanted.everything else LISTED if asked else EXAMPLES
    shown = groups if asked or wanted.everything else groups[:SHOWN_GROUPS]
    for group in shown:
        yield render(make_group(group, islice(found.changes(group.number), most), most), console)
    if left := groups[len(shown) :]:
        changes = sum(group.changes for group in left)
        yield f"\n… {len(left):,} more groups with {changes:,} changes: --all, or --group N for one\n"


def write_document(found: Comparison, groups: list[Group], _wanted: Wanted) -> Iterator[str]:
    """One JSON object; each change of the groups on a line of its own, none left out."""
    diff = found.diff
    head = {
        "format": FORMAT,
        **diff.model_dump(mode="json", exclude={"groups"}),
        "effect": diff.effect.model_dump(),
        "share": round(diff.share, 4),
        "mistaken": diff.mistaken,
    }
    yield f'{write_json(head)[:-1]}, "groups": ['
    for number, group in enumerate(groups):
        named = write_json(group.model_dump(mode="json", exclude={"members"}))
        yield f'{"," if number else ""}\n{named[:-1]}, "members": ['
        for place, change in enumerate(found.changes(group.number)):
            yield f"{',' if place else ''}\n  {write_json(name_change(change))}"
        yield "]}"
    yield "\n]}\n"


def name_change(change: Change) -> dict[str, object]:
    """A change as JSON, its id and hash first."""
    return {"id": change.id, "hash": change.hash, **json.loads(change.model_dump_json())}


def write_comment(found: Comparison, groups: list[Group], wanted: Wanted) -> Iterator[str]:
    """Markdown; of each group some examples, all where asked for, as far as the length allows."""
    most = None if wanted.everything else LISTED if wanted.group is not None else EXAMPLES
    lines = write_markdown(found.diff, groups, lambda group: islice(found.changes(group.number), most))
    return (f"{line}\n" for line in lines)
