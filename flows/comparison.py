"""Two readings compared: the diff in numbers, and its changes, which stand in a file of their own."""

import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from pydantic import ValidationError

from flows.differences import Differences, Source, bounded
from flows.lines import Line, read_row
from flows.tables import typed
from models.change import AlikeKey, Change, Diff, Operation, Side
from models.errors import InputError
from models.event import EventRow
from review.causes import Circumstances
from review.compare import compare_page
from review.grouping import Heaps
from review.totals import Ledger


class Comparison:
    """A diff whose changes are read group by group. A context manager: they are gone with it."""

    def __init__(
        self,
        duck: duckdb.DuckDBPyConnection,
        before: Source,
        after: Source,
        known: Circumstances,
        stages: tuple[dict[str, str], dict[str, str]] = ({}, {}),
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="dateline-diff-")
        self._path = Path(self._folder.name) / "changes.jsonl"
        self._offsets: dict[AlikeKey, array[int]] = defaultdict(lambda: array("Q"))
        self._heaps = Heaps()
        self._order: list[AlikeKey] = []
        try:
            with bounded(duck, Path(self._folder.name) / "duck"):
                found = Differences(duck, before, after)
                sides = found.describe(0, stages[0]), found.describe(1, stages[1])
                self.diff = self._compare(found, sides, known)
        except BaseException:
            self._folder.cleanup()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._folder.cleanup()

    def _compare(self, found: Differences, sides: tuple[Side, Side], known: Circumstances) -> Diff:
        """Writes the changes to the file, and gives what they add up to."""
        known = replace(
            known,
            model=sides[0].model_versions != sides[1].model_versions,
            rules=sides[0].extractor_versions != sides[1].extractor_versions,
        )
        rows: Counter[Operation] = Counter()
        coarse = touched = 0
        ledger = Ledger(*found.find_incidents())
        with typed(str(self._path)), self._path.open("wb") as file:
            for lines in found.pages():
                touched += len(lines[0])
                before, after = (read_rows(some, side.name) for some, side in zip(lines, sides, strict=True))
                unread = find_unread(lines, sides)
                changes, many = compare_page(before, after, ledger, replace(known, unread=unread))
                coarse += many
                rows.update(count_rows(changes))
                for change in changes:
                    self._offsets[self._heaps.add(change)].append(file.tell())
                    file.write(change.model_dump_json().encode() + b"\n")
        groups = self._heaps.close()
        by_id = {key.id: key for key in self._offsets}
        self._order = [by_id[group.id] for group in groups]
        changed = sum(count for operation, count in rows.items() if operation != "added")
        return Diff(
            before=sides[0],
            after=sides[1],
            same=found.count_same() + touched - changed,
            rows=dict(sorted(rows.items())),
            changes=self._heaps.changes,
            articles=len(self._heaps.articles),
            groups=groups,
            notes=tell_coarse(coarse),
        )

    def changes(self, number: int | None = None) -> Iterator[Change]:
        """The changes of the group of that number, or of all groups in their order."""
        keys = self._order if number is None else self._order[number - 1 : number]
        with typed(str(self._path)), self._path.open("rb") as file:
            for key in keys:
                for offset in self._offsets[key]:
                    file.seek(offset)
                    yield Change.model_validate_json(file.readline())


def read_rows(lines: list[Line], name: str) -> list[EventRow]:
    """The rows of the lines. Raises InputError on a line that is none."""
    rows = []
    for line in lines:
        try:
            rows.append(read_row(line))
        except (ValidationError, ValueError, TypeError) as error:
            raise InputError(f"{name}: event {line['event_id']} is no event row of this version") from error
    return rows


def find_unread(lines: tuple[list[Line], list[Line]], sides: tuple[Side, Side]) -> frozenset[str]:
    """Articles that were stored after the other side's run: it had not read them."""
    names = sides[1].name, sides[0].name
    return frozenset(
        line["article_id"]
        for some, other in zip(lines, names, strict=True)
        for line in some
        if line["stored_by"] and line["stored_by"] > other
    )


def count_rows(changes: list[Change]) -> Counter[Operation]:
    """Rows before by what became of them, and the added ones."""
    rows: Counter[Operation] = Counter()
    for operation, ids in {(change.operation, change.before_ids or change.after_ids) for change in changes}:
        rows[operation] += len(ids)
    return rows


def tell_coarse(pages: int) -> tuple[str, ...]:
    """A note where rows of a page were too many to compare each with each."""
    if not pages:
        return ()
    return (f"{pages} pages with so many new ids that only rows of the same sentence were paired",)
