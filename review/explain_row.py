"""Why a row says what it says and nothing else, for a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.event import EventRow
from models.trace import Sense, Term
from review.controls import show_controls
from review.explain import explain_row
from review.fates import Fate, list_fates
from review.rejections import Rejected, Reread, Since
from review.row_changes import show_changes

MOST_ENTRIES = 8  # of a lexicon that are named; JSON has all
MOST_TERMS = 12  # signs of a confidence that are shown; JSON has all


def draw_explanation(row: EventRow, read: Reread | None, absent: str) -> RenderableType:
    """The stored row with its words and rules; then, apart from it, what its text read again did not take."""
    if read is None:
        told = Text(f"candidates that were not taken: {show_controls(absent)}", "dim") if absent else Text()
        return Group(explain_row(row), Text(), told)
    now = read.find_row(row)
    other = now is None or bool(read.since) or differs(row, read, now)
    notice = [*warn(row, read, now), Text()] if other else []
    return Group(*notice, explain_row(row), Text(), *draw_reread(row, read, now))


def differs(row: EventRow, read: Reread, now: EventRow) -> bool:
    """Whether other rules or another model made the row, or the present ones would make it otherwise."""
    return (row.extractor_version, row.model_version) != read.versions or bool(show_changes(row, now))


def warn(row: EventRow, read: Reread, now: EventRow | None) -> Iterator[RenderableType]:
    """What made the row, where that is not what reads now, and what would now be different."""
    for name, before, after in (
        ("rules", row.extractor_version, read.versions[0]),
        ("model", row.model_version, read.versions[1]),
    ):
        if before != after:
            yield Text(
                f"made by other {name}: {show_controls(before)}; read again with {show_controls(after)}",
                "bold",
            )
    yield from list_since(read.since)
    if now is None:
        yield Text("the present rules make no row of this event word; its way is below", "bold")
        return
    for field, before, after in show_changes(row, now):
        yield Text.assemble(
            ("would now be different: ", "bold"),
            f"{field} {show_controls(before) or '–'} → {show_controls(after) or '–'}",
        )


def list_since(since: Since | None) -> Iterator[Text]:
    """The stages and lexicon entries that changed since the row's run."""
    if since is None:
        return
    told = [f"rules of {', '.join(since.stages)}"] if since.stages else []
    for file, entries in since.entries.items():
        more = f" and {len(entries) - MOST_ENTRIES} more" if len(entries) > MOST_ENTRIES else ""
        named = ", ".join(entries[:MOST_ENTRIES]) or "not known what, since the run's own is not kept"
        told.append(f"{file}: {named}{more}")
    for one in told:
        yield Text(show_controls(f"changed since run {since.run_id}: {one}"), "bold")


def draw_reread(row: EventRow, read: Reread, now: EventRow | None) -> Iterator[RenderableType]:
    """What the text, read again, held beside what was taken."""
    fates = [f for f in list_fates(read) if is_inside(f, now or row)]
    if now is not None:
        yield from draw_table(
            "Not taken, and why (the text read again by the present rules)",
            list_rejected(read.list_rejected(now)),
        )
        yield from draw_table("Places of that name", list_senses(read.list_senses(now)))
        yield from draw_terms(now, read.list_terms(now))
    yield from draw_table("Event words of these sentences", list_words(fates, now))


def is_inside(fate: Fate, row: EventRow) -> bool:
    """Whether an event word stands in the row's sentences."""
    return any(s.start <= fate.spot[0] < s.end for s in row.sentences)


def draw_table(title: str, lines: Sequence[tuple[str, ...]]) -> Iterator[RenderableType]:
    """A heading and a line each, the first cell bold; nothing where there are none."""
    if not lines:
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in lines[0]:
        table.add_column(overflow="fold")
    for first, *others in lines:
        table.add_row(Text(show_controls(first), "bold"), *(Text(show_controls(cell)) for cell in others))
    yield Text(title, "dim")
    yield Padding(table, (0, 2))
    yield Text()


def list_rejected(items: Sequence[Rejected]) -> list[tuple[str, ...]]:
    """Field, words, offsets, reason; the field once."""
    lines: list[tuple[str, ...]] = []
    before = ""
    for item in items:
        field = "" if item.field == before else item.field
        taken = f" (it is in row {', '.join(item.rows)})" if item.rows else ""
        lines.append((field, item.text, f"{item.spot[0]}–{item.spot[1]}", item.words + taken))
        before = item.field
    return lines


def list_senses(senses: Sequence[Sense]) -> list[tuple[str, ...]]:
    """Each namesake with its score and the signs that make it."""
    if len(senses) < 2:
        return []
    return [
        (
            f"{'→' if s.taken else ' '} {s.name}",
            ", ".join(part for part in (s.kind, s.admin1, s.country) if part),
            f"{s.score:.1f}",
            ", ".join(f"{name} {worth:+.1f}" for name, worth in s.signs if round(worth, 1)),
        )
        for s in senses
    ]


def draw_terms(row: EventRow, terms: Sequence[Term]) -> Iterator[RenderableType]:
    """The confidence by what each sign adds to the odds, the weightiest first."""
    if terms:
        parts = (f"{t.sign} {t.value * t.weight:+.2f}" for t in terms[:MOST_TERMS])
        more = f", and {len(terms) - MOST_TERMS} lesser" if len(terms) > MOST_TERMS else ""
        yield Text(
            f"Confidence {row.confidence:.2f}, as log odds: what speaks for and against an event", "dim"
        )
        yield Padding(Text(show_controls(f"{', '.join(parts)}{more}")), (0, 2))
        yield Text()


def list_words(fates: Sequence[Fate], now: EventRow | None) -> list[tuple[str, ...]]:
    """Each event word, where it stands, and its way."""
    mine = now.event_id if now else None
    return [
        (
            f.text,
            f"{f.spot[0]}–{f.spot[1]}",
            "; ".join(words for _, words in f.steps).replace(f"row {mine}", "this row"),
        )
        for f in fates
    ]
