"""What alike changes share, and how a group of them is called."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from models.change import SAME, AlikeKey, Change

LONGEST = 200  # characters of a value in a sub-group
NAMES = {
    "killed": "killed",
    "told": "sentences",
    "part_of": "part of a total",
    "is_aggregate": "sum of several incidents",
    "event_type": "type",
}
WHOLE = {
    "removed": "event removed",
    "added": "event added",
    "split": "event split in several",
    "merged": "events merged into one",
}
EVIDENCE = "evidence"
PARTED: Mapping[str, Callable[[str], str]] = {  # fields whose kinds stay apart in a group's key
    "status": lambda kind: "counted" if kind == "happened" else "not counted",
    "is_aggregate": lambda kind: kind,
    "page": lambda kind: kind,
}
Way = tuple[Literal["values", "kinds", "root"], str, str]  # how a sub-group is alike, and in what


def make_key(change: Change) -> AlikeKey:
    """The key of the change's group.

    Where a value stayed and only its evidence is other, it does not matter what led to it.
    """
    way = find_way(change)
    return AlikeKey(change.operation, change.field, way, "" if way == EVIDENCE else change.root)


def find_way(change: Change) -> str:
    """What became of the field. Whether a row counts in the totals is told apart: the effects would cancel out."""
    kinds = change.kind_before, change.kind_after
    if change.operation != "changed":
        return ""
    if kinds[0].startswith(SAME):
        return EVIDENCE
    if change.field in PARTED:
        return " → ".join(PARTED[change.field](kind) for kind in kinds)
    if "empty" in kinds and kinds[0] != kinds[1]:
        return "found" if kinds[0] == "empty" else "lost"
    return "changed"


def name_group(key: AlikeKey) -> str:
    """The group in words."""
    if key.operation in WHOLE:
        return WHOLE[key.operation]
    if key.operation == "moved":
        return "only offsets moved" if key.field == "offsets" else "only headline, address or text version"
    name = NAMES.get(key.field, key.field.replace("_", " "))
    if key.way == EVIDENCE:
        return f"{name}: same value, other evidence"
    if key.field in PARTED:
        before, after = key.way.split(" → ")
        return f"{name} changed" if before == after else f"{name} changed: {key.way}"
    return f"{name} {key.way}"


def list_ways(change: Change, key: AlikeKey) -> Iterator[Way]:
    """In what a change may be alike with others of its group beyond the key."""
    if key.way == EVIDENCE:
        yield "root", change.root, ""
        return
    if change.operation == "changed":
        yield "values", cut(change.words_before), cut(change.words_after)
    yield "kinds", change.kind_before, change.kind_after


def cut(text: str) -> str:
    """The value, shortened where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
