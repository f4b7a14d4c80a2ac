"""What became of each event word of an article: a row, part of another one, or nothing, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.reason import Reason
from models.trace import Note, Spot
from review.rejections import Reread

EARLY: frozenset[Reason] = frozenset({"word:other-class", "word:longer", "word:other-sense"})
DEPTH = 12  # events merged into events


@dataclass(frozen=True, slots=True)
class Fate:
    """An event word, its steps as reasons with their words, and the rows that it ended in."""

    text: str
    spot: Spot
    steps: tuple[tuple[Reason, str], ...]
    rows: tuple[str, ...]


def list_fates(read: Reread) -> list[Fate]:
    """Every event word in text order with what became of it."""
    notes: dict[Spot, list[Note]] = {}
    for note in read.trace.notes:
        if note.field == "word":
            notes.setdefault(note.spot, []).append(note)
    chosen = {spot: choose(found) for spot, found in notes.items()}
    return [trace_fate(spot, chosen, read) for spot in sorted(chosen)]


def choose(notes: Sequence[Note]) -> list[Note]:
    """The notes that tell what became of a word: of two readings of it, the one that went further."""
    late = [n for n in notes if n.reason not in EARLY]
    return list(dict.fromkeys(late or notes))


def trace_fate(spot: Spot, notes: dict[Spot, list[Note]], read: Reread) -> Fate:
    """One word's way, through the events that it was merged into."""
    way = list(follow(spot, notes))
    rows = tuple(dict.fromkeys(n.detail for n in way if n.reason == "event:row"))
    steps = tuple(dict.fromkeys((n.reason, read.explain(n)) for n in way))
    return Fate(read.cut(spot), spot, steps, rows)


def follow(spot: Spot, notes: dict[Spot, list[Note]]) -> Iterator[Note]:
    """The notes of a word and of those that it became part of; no word twice."""
    seen: set[Spot] = set()
    waiting = [spot]
    while waiting and len(seen) < DEPTH:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        for note in notes.get(here, ()):
            yield note
            if note.other is not None:
                waiting.append(note.other)
