"""Two readings compared: the diff in numbers, and its changes, which stand in a file of their own."""

import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from pydantic import ValidationError

from flows.diff_knowledge import Knowledge
from flows.differences import Differences, Source, bounded
from flows.lines import Line, read_row
from flows.tables import typed
from models.change import AlikeKey, Change, Diff, Operation
from models.errors import InputError
from models.event import EventRow
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
        knowledge: Knowledge,
    ) -> None:
        self._offsets: dict[AlikeKey, array[int]] = defaultdict(lambda: array("Q"))
        self._heaps = Heaps()
        self._order: list[AlikeKey] = []
        with ExitStack() as held:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="dateline-diff-")))
            self._path = folder / "changes.jsonl"
            with bounded(duck, folder / "duck"):
                self.diff = self._compare(Differences(duck, before, after), knowledge)
            self._held = held.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._held.close()

    def _compare(self, found: Differences, knowledge: Knowledge) -> Diff:
        """Writes the changes to the file, and gives what they add up to."""
        sides = found.describe(0), found.describe(1)
        rows: Counter[Operation] = Counter()
        coarse = touched = 0
        ledger = Ledger(*found.find_incidents())
        with typed(str(self._path)), self._path.open("wb") as file:
            for lines in found.pages():
                touched += len(lines[0])
                before, after = (read_rows(some, side.name) for some, side in zip(lines, sides, strict=True))
                known = replace(knowledge.find(lines, sides), unread=find_unread(lines, found.sources))
                changes, many = compare_page(before, after, ledger, known)
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
            causes=self._heaps.list_causes(),
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


def find_unread(lines: tuple[list[Line], list[Line]], sources: tuple[Source, Source]) -> frozenset[str]:
    """Articles of one side that the other had not read, as far as it tells what it had."""
    return frozenset(
        line["article_id"]
        for some, other in zip(lines, reversed(sources), strict=True)
        for line in some
        if other.ingests and line["stored_by"] not in other.ingests
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
