"""What a row did not take and why: the notes of a trace, sorted to the row's fields and put in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.event import EventRow, Evidence
from models.reason import NoteField, Reason
from models.trace import Note, Sense, Spot, Term, Trace
from review.reasons import word_reason

FIELDS: Sequence[NoteField] = (
    "event_type", "status", "actors", "targets", "weapons", "place", "date", "counts",
)  # fmt: skip
PARTIES: frozenset[NoteField] = frozenset({"actors", "targets"})
# What any other reason for the same words explains better.
WEAK: frozenset[Reason] = frozenset(
    {"party:no-role", "party:unlikely", "status:out-of-reach", "weapon:unlinked", "weapon:unfit"}
)
LOSSES = ("killed", "injured", "abducted", "detained", "surrendered", "missing", "displaced", "present")
EVIDENCE = {
    "actors": ("actors", "targets"),
    "targets": ("actors", "targets"),
    "weapons": ("weapons",),
    "place": ("place", "other_places"),
    "date": ("date",),
    "status": ("status",),
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """One candidate that was not taken: where it stands, the reason, and which row has it instead."""

    field: NoteField
    text: str
    spot: Spot
    reason: Reason
    words: str
    other: Spot | None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What reads otherwise than in the run that made a row: stages, and by file the lexicon entries that are known."""

    run_id: str
    stages: tuple[str, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.stages or self.entries)


@dataclass(frozen=True, slots=True)
class Reread:
    """An article read again: text, rows, trace, and the versions of rules and model that read it.

    `since` tells what changed since the run of the row that is explained.
    """

    text: str
    rows: Sequence[EventRow]
    trace: Trace
    versions: tuple[str, str] = ("", "")
    since: Since | None = None

    def list_rejected(self, row: EventRow) -> list[Rejected]:
        """What stood in the row's sentences, or was weighed for it elsewhere, and was not taken; by field."""
        own = frozenset(self.trace.words.get(row.event_id, ()))
        notes = [n for n in self.trace.notes if self.concerns(n, row, own)]
        found = [self.reject(n, row) for n in drop_weak(dict.fromkeys(notes))]
        return sorted(found, key=lambda r: (FIELDS.index(r.field), r.spot))

    def concerns(self, note: Note, row: EventRow, own: Collection[Spot]) -> bool:
        """Whether a note is about the row, and its words were not taken all the same."""
        if note.field not in FIELDS:
            return False
        if note.event is None:
            mine = any(t.start <= note.spot[0] < t.end for t in row.sentences)
        else:
            mine = any(meet(note.event, word) for word in own)
        spans = (s for name in EVIDENCE.get(note.field, ()) for s in row.evidence.get(name, ()))
        return mine and not any(meet(note.spot, (s.start, s.end)) for s in spans)

    def reject(self, note: Note, row: EventRow) -> Rejected:
        """The note with its words, and the rows that have what this one does not."""
        holders = tuple(
            r.event_id for r in self.rows if r.event_id != row.event_id and holds(r, note.field, note.spot)
        )
        return Rejected(
            note.field, self.cut(note.spot), note.spot, note.reason, self.explain(note), note.other, holders
        )

    def explain(self, note: Note) -> str:
        """The reason in words."""
        return word_reason(note.reason, self.cut(note.other) if note.other else "", note.detail)

    def cut(self, spot: Spot) -> str:
        """The words of the text."""
        return self.text[spot[0] : spot[1]]

    def list_senses(self, row: EventRow) -> list[Sense]:
        """The places that the name of the row's place may stand for, with their scores."""
        spans = row.evidence.get("place", ())
        found = [s for s in self.trace.senses if any(meet(s.spot, (e.start, e.end)) for e in spans)]
        return list(dict.fromkeys(found))

    def list_terms(self, row: EventRow) -> tuple[Term, ...]:
        """What the row's confidence is made of."""
        words = self.trace.words.get(row.event_id, ())
        return next((self.trace.terms[w] for w in words if w in self.trace.terms), ())

    def find_row(self, stored: EventRow) -> EventRow | None:
        """The row that tells the same event now: of the same id, else of the same event word."""
        same = next((r for r in self.rows if r.event_id == stored.event_id), None)
        word = (stored.trigger_start, stored.trigger_end)
        telling = (
            r for r in self.rows if any(meet(word, own) for own in self.trace.words.get(r.event_id, ()))
        )
        return same or next(telling, None)

    def find_sentence(self, spot: Spot) -> Spot:
        """The sentence that words stand in."""
        return next((s for s in self.trace.sentences if s[0] <= spot[0] < s[1]), spot)


def meet(one: Spot, two: Spot) -> bool:
    """Whether two spots share a character."""
    return one[0] < two[1] and two[0] < one[1]


def drop_weak(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes, weak reasons only for words that have no better one."""
    told = list(notes)
    strong = {(n.field in PARTIES, n.spot) for n in told if n.reason not in WEAK}
    seen: set[tuple[object, ...]] = set()
    for note in told:
        key = (note.field in PARTIES, note.spot)
        whole = (*key, note.reason, note.other)
        if whole not in seen and (note.reason not in WEAK or key not in strong):
            seen.add(whole)
            yield note


def holds(row: EventRow, name: NoteField, spot: Spot) -> bool:
    """Whether a row has these words in a field, as its evidence says."""
    fields = LOSSES if name == "counts" else EVIDENCE.get(name, ())
    return any(covers(e, spot) for field in fields for e in row.evidence.get(field, ()))


def covers(evidence: Evidence, spot: Spot) -> bool:
    """Whether evidence shares a character with a spot."""
    return meet((evidence.start, evidence.end), spot)
