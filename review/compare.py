"""The changes between the rows of two runs, page by page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.change import Change, Operation
from models.errors import InputError
from models.event import EventRow
from review.causes import Circumstances
from review.changes import make_changes, make_whole
from review.pairing import Pair, Pairs, find_splits, pair_rows
from review.roots import find_near
from review.totals import Ledger, counts, name_incident

EVERY = 1_000_000


def compare_rows(
    before: Sequence[EventRow], after: Sequence[EventRow], known: Circumstances | None = None
) -> list[Change]:
    """All changes between two lists of rows. Raises InputError on an event_id that stands twice in one."""
    pages: dict[str, tuple[list[EventRow], list[EventRow]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((before, after)):
        refuse_doubles(rows, ("before", "after")[side])
    olds = {row.event_id: name_page(row) for row in before}
    joined = join_pages((olds[row.event_id], name_page(row)) for row in after if row.event_id in olds)
    for side, rows in enumerate((before, after)):
        for row in rows:
            pages[joined.get(name_page(row), name_page(row))][side].append(row)
    ledger = Ledger(*({name_incident(row) for row in rows if counts(row)} for rows in (before, after)))
    known = known or Circumstances()
    return [change for page in sorted(pages) for change in compare_page(*pages[page], ledger, known)[0]]


def refuse_doubles(rows: Iterable[EventRow], name: str) -> None:
    """Raises InputError on an event_id that stands twice."""
    seen: set[str] = set()
    for row in rows:
        if row.event_id in seen:
            raise InputError(
                f"{name}: event {row.event_id} stands twice; one file or run has each event once"
            )
        seen.add(row.event_id)


def name_page(row: EventRow) -> str:
    """What the texts of one page share: its address, else the article."""
    return row.url or row.article_id


def join_pages(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Page -> the name of all pages that are one since they share events: texts of a document without address."""
    heads: dict[str, str] = {}

    def find(page: str) -> str:
        while page in heads:
            heads[page] = heads.get(heads[page], heads[page])
            page = heads[page]
        return page

    for pair in pairs:
        first, last = sorted(map(find, pair))
        if first != last:
            heads[last] = first
    return {page: find(page) for page in heads}


def compare_page(
    before: Sequence[EventRow], after: Sequence[EventRow], ledger: Ledger, known: Circumstances
) -> tuple[list[Change], bool]:
    """The changes of one page's rows, and whether there were too many to compare each with each."""
    known = replace(known, near=find_near(before, after, known.entries)) if known.entries else known
    olds, news = ({row.event_id: row for row in rows} for rows in (before, after))
    shared = olds.keys() & news.keys()
    found = pair_rows(
        [row for row in before if row.event_id not in shared],
        [row for row in after if row.event_id not in shared],
        known.families,
    )
    found.pairs += [(olds[event_id], news[event_id]) for event_id in shared]
    found.pairs.sort(key=lambda pair: order_of(*pair))
    ids = {a.event_id: b.event_id for a, b in found.pairs}
    changes: list[Change] = []
    for operation, some, others in gather_parts(found, known):
        if operation == "changed":
            changes += make_changes(some[0], others[0], ids, ledger, known)
        else:
            changes += make_whole(operation, some, others, ledger, known)
    return changes, found.coarse


Part = tuple[Operation, list[EventRow], list[EventRow]]


def gather_parts(found: Pairs, known: Circumstances) -> list[Part]:
    """What became of each row of the page, in the order of the text."""
    splits = gather(find_splits(found.pairs, found.new, known.families))
    merges = gather(find_splits([(b, a) for a, b in found.pairs], found.gone, known.families))
    for number in splits.keys() & merges.keys():  # neither: it cannot be told what became of what
        del splits[number], merges[number]
    taken = {(1, row.event_id) for rows in splits.values() for row in rows}
    taken |= {(0, row.event_id) for rows in merges.values() for row in rows}
    parts: list[Part] = [
        make_part(pair, splits.get(n, []), merges.get(n, [])) for n, pair in enumerate(found.pairs)
    ]
    parts += [("removed", [row], []) for row in found.gone if (0, row.event_id) not in taken]
    parts += [("added", [], [row]) for row in found.new if (1, row.event_id) not in taken]
    return sorted(parts, key=lambda part: order_of(*part[1], *part[2]))


def gather(found: Iterator[tuple[int, EventRow]]) -> dict[int, list[EventRow]]:
    """The rows by the number of their pair."""
    rows: dict[int, list[EventRow]] = defaultdict(list)
    for number, row in found:
        rows[number].append(row)
    return rows


def make_part(pair: Pair, more: list[EventRow], fewer: list[EventRow]) -> Part:
    """A pair alone, with the rows split off it, or with those merged into it."""
    before, after = pair
    if more:
        return "split", [before], [after, *more]
    return ("merged", [before, *fewer], [after]) if fewer else ("changed", [before], [after])


def order_of(*rows: EventRow) -> tuple[int, list[str]]:
    """Where in the text, then the ids: the same whichever side is called before."""
    return min((row.trigger_start for row in rows), default=EVERY), sorted({row.event_id for row in rows})
