"""A sentence cut into plain words and marked spans: what was read, as which kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.event import EventRow, Evidence, Told


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of span: its letter, its name and its colour in a terminal."""

    letter: str
    name: str
    style: str


COUNT = Kind("N", "count", "yellow")
DATE = Kind("D", "date", "magenta")
PLACE = Kind("P", "place", "green")
WEAPON = Kind("W", "weapon", "red")
ACTOR = Kind("A", "actor", "blue")
EVENT = Kind("E", "event", "bold")
# In this order a span gives way to those before it: a number inside a party's words is shown as a number.
KINDS: Mapping[str, Kind] = {
    "killed": COUNT,
    "injured": COUNT,
    "attacks": COUNT,
    "date": DATE,
    "place": PLACE,
    "weapons": WEAPON,
    "actors": ACTOR,
    "targets": ACTOR,
    "attribution": ACTOR,
    "event_type": EVENT,
    "status": EVENT,
}
LEGEND = (ACTOR, WEAPON, PLACE, DATE, COUNT, EVENT)


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words; `kind` is None where nothing was read from them."""

    text: str
    kind: Kind | None = None
    rule: str = ""


def mark_sentence(told: Told, row: EventRow) -> list[Mark]:
    """The sentence in order, cut at the spans that justify the row; joined, it is the sentence."""
    return list(cut(told, choose_spans(told, row)))


def choose_spans(told: Told, row: EventRow) -> list[tuple[Evidence, Kind]]:
    """The spans inside the sentence, in text order, none over another."""
    chosen: list[tuple[Evidence, Kind]] = []
    for field, kind in KINDS.items():
        for span in row.evidence.get(field, ()):
            inside = told.start <= span.start < span.end <= told.end
            if inside and not any(span.start < other.end and other.start < span.end for other, _ in chosen):
                chosen.append((span, kind))
    return sorted(chosen, key=lambda pair: pair[0].start)


def cut(told: Told, spans: Sequence[tuple[Evidence, Kind]]) -> Iterator[Mark]:
    """Marked spans with the plain words between them."""
    at = told.start
    for span, kind in spans:
        if at < span.start:
            yield Mark(told.text[at - told.start : span.start - told.start])
        yield Mark(told.text[span.start - told.start : span.end - told.start], kind, span.rule)
        at = span.end
    if at < told.end:
        yield Mark(told.text[at - told.start :])
