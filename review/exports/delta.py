"""What is new between two tables: lines that were added, modified or deleted."""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from review.exports.sheets import Field, Line, Sheet, Value

MORE = (
    Field("op", "text", "ADD, MOD or DEL", "#meta+operation"),
    Field("changed", "text", "columns that differ, of a MOD"),
)
# What tells of the run and not of the event: a row that differs in these alone has not changed.
PASSED_OVER = ("run_id", "extractor_version", "model_version", "Version", "article_id")


def make_delta(before: Sheet, after: Sheet) -> Sheet:
    """The lines of `after` that are new or differ, then those of `before` that are gone, as they were."""

    def read() -> Iterator[Line]:
        known = index(before)
        for line in after.read():
            old = known.pop(str(after.take(line, "id")), None)
            if old is None:
                yield ("ADD", None, *line)
            elif changed := compare(old, digest(after, line), after):
                yield ("MOD", changed, *line)
        for line in before.read():
            if str(before.take(line, "id")) in known:
                yield ("DEL", None, *line)

    return Sheet(after.name, (*MORE, *after.fields), read, after.roles)


def index(sheet: Sheet) -> dict[str, array[int]]:
    """Id -> a number for each cell."""
    return {str(sheet.take(line, "id")): digest(sheet, line) for line in sheet.read()}


def digest(sheet: Sheet, line: Iterable[Value]) -> array[int]:
    """A number for each cell; the same for cells that are passed over."""
    pairs = zip(sheet.names, line, strict=True)
    return array(
        "L", (0 if name in PASSED_OVER else zlib.crc32(repr(value).encode()) for name, value in pairs)
    )


def compare(before: array[int], after: array[int], sheet: Sheet) -> str:
    """Names of the columns that differ, joined."""
    return "; ".join(n for n, one, two in zip(sheet.names, before, after, strict=True) if one != two)


def count(sheet: Sheet) -> dict[str, int]:
    """How many lines of each operation."""
    found = Counter(str(line[0]) for line in sheet.read())
    return {operation: found[operation] for operation in ("ADD", "MOD", "DEL")}
