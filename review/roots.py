"""What led to a change: the lexicon entry, file or stage that differs between two runs, whatever field it shows in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from models.event import EventRow, Evidence
from review.causes import Circumstances, find_stage

Told = TypeVar("Told")
Sides = tuple[Sequence[Told], Sequence[Told]]
APART = frozenset({"article not read before", "article not read again"})


def find_root(
    name: str, cause: tuple[str, ...], own: Sides[Evidence], rows: Sides[EventRow], known: Circumstances
) -> str:
    """The root of a change in a field with that evidence before and after, of these rows.

    An entry that was edited is looked for in the field, then in its rows, then in the page's other rows that
    differ: what one of them lost, another may have got. Beyond the field that holds only where no rule changed.
    """
    if APART & set(cause):
        return cause[0]
    if known.entry:
        return f"entry {known.entry}"
    found = choose_entry(tuple(map(list_rules, own)), known)
    if not found and not known.code:
        found = choose_entry(tuple(map(list_parts, rows)), known) or next(iter(known.near), "")
    if found:
        return f"entry {found}"
    files = {entry.partition(":")[0] for entry in known.entries}
    if len(files) == 1 and not known.code:
        return f"file {min(files)}"
    return find_stage(name, known) if known.stages else name_rule(name, cause)


def choose_entry(rules: tuple[set[str], ...], known: Circumstances) -> str:
    """An edited entry that came or went, else one that both sides tell; empty where there is none."""
    before, after = (side & known.entries for side in rules)
    return min(before ^ after or before | after, default="")


def name_rule(name: str, cause: tuple[str, ...]) -> str:
    """Where nothing is known of the runs, what reads the field; of whole rows the word that names the event."""
    moved = [one for one in cause if one[:1] in "+-"]
    if not moved:
        return cause[0] if cause else ""
    rule = next((one for one in moved if one[0] == "+"), moved[0])[1:].split(" -> ")[0]
    return f"rule {rule}" if name == "event_type" else f"rule {rule.partition(':')[0]}"


def find_near(
    before: Iterable[EventRow], after: Iterable[EventRow], entries: frozenset[str]
) -> tuple[str, ...]:
    """The edited entries that rows of a page tell, the commonest first."""
    found = Counter(
        entry for rows in (before, after) for row in rows for entry in list_parts([row]) & entries
    )
    return tuple(entry for entry, _ in sorted(found.items(), key=lambda item: (-item[1], item[0])))


def list_parts(rows: Iterable[EventRow]) -> set[str]:
    """All rules of the rows' evidence."""
    return {rule for row in rows for spans in row.evidence.values() for rule in list_rules(spans)}


def list_rules(spans: Iterable[Evidence]) -> set[str]:
    """The rules of the spans; one that goes on from another is told as both."""
    return {part for span in spans for part in span.rule.split(" -> ")}
