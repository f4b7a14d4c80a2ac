"""What is new between two tables: lines that were added, modified or deleted."""

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from review.exports.sheets import Field, Line, Sheet

MORE = (
    Field("op", "text", "ADD, MOD or DEL", "#meta+operation"),
    Field("changed", "text", "columns, or lists of the row, that differ, of a MOD"),
)
# What tells of the run and not of the event: a row that differs in these alone has not changed.
PASSED_OVER = ("run_id", "extractor_version", "model_version", "Version", "article_id")


Record = Mapping[str, Any]
Found = tuple[str, str | None, Line, Record]  # operation, keys that differ, the flat line, the same nested


def make_delta(before: Sheet, after: Sheet) -> Sheet:
    """The lines of `after` that are new or differ, then those of `before` that are gone, as they were.

    What the nested records say is compared where there are such: ids, counts, sentences and evidence too.
    """

    def read() -> Iterator[Line]:
        return ((operation, changed, *line) for operation, changed, line, _ in find(before, after))

    def nested() -> Iterator[dict[str, Any]]:
        for operation, changed, _, record in find(before, after):
            yield {"op": operation, "changed": changed, **record}

    fields = (*MORE, *after.fields)
    return Sheet(after.name, fields, read, after.roles, nested if after.nested else None)


def find(before: Sheet, after: Sheet) -> Iterator[Found]:
    """Each line that came, differs or went."""
    known = {name: digest(record) for name, _, record in walk(before)}
    for name, line, record in walk(after):
        old = known.pop(name, None)
        if old is None:
            yield "ADD", None, line, record
        elif changed := compare(old, digest(record), record):
            yield "MOD", changed, line, record
    for name, line, record in walk(before):
        if name in known:
            yield "DEL", None, line, record


def walk(sheet: Sheet) -> Iterator[tuple[str, Line, Record]]:
    """Each line by its id, with its record: they come in the same order."""
    for line, record in zip(sheet.read(), sheet.records(), strict=True):
        yield str(sheet.take(line, "id")), line, record


def digest(record: Record) -> "array[int]":
    """A number for each value; the same for values that are passed over."""
    return array("L", (0 if name in PASSED_OVER else number(value) for name, value in record.items()))


def number(value: object) -> int:
    """A number for what JSON says, keys in any order."""
    return zlib.crc32(json.dumps(value, sort_keys=True).encode())


def compare(before: "array[int]", after: "array[int]", record: Record) -> str:
    """Names of what differs, joined."""
    return "; ".join(n for n, one, two in zip(record, before, after, strict=True) if one != two)


def count(sheet: Sheet) -> dict[str, int]:
    """How many lines of each operation."""
    found = Counter(str(line[0]) for line in sheet.read())
    return {operation: found[operation] for operation in ("ADD", "MOD", "DEL")}
