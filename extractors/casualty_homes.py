"""Which event a casualty belongs to."""

from collections.abc import Sequence

from extractors.draft import Draft
from extractors.sheet import Sheet
from extractors.syntax import distance
from extractors.tree import DEPTH
from extractors.weighing import UNREAL
from models.casualty import Casualty
from models.terms import EventType

BLOODLESS: frozenset[EventType] = frozenset(
    {"arrest", "release", "surrender", "deployment", "exercise_or_test", "seizure", "ceasefire_or_agreement",
     "sanction", "threat", "demand", "accusation_or_condemnation"}
)  # fmt: skip
REACH = 3  # sentences back to the event whose dead are found later ("police recovered three bodies")


def attach_casualties(drafts: Sequence[Draft], number: int, sheet: Sheet) -> None:
    """Gives each casualty of the sentence to the event whose words tell it, else to the nearest that can have it.

    The dead of a sentence without any such event are strays: they may belong to an event told before.
    """
    sentence = sheet.sentences[number]
    for casualty in sheet.casualties:
        if not sentence.start_char <= casualty.start < sentence.end_char:
            continue
        able = [d for d in drafts if can_have(d, casualty)]
        if able:
            find_home(casualty, able, sheet).casualties.append(casualty)
        elif drafts:
            find_home(casualty, drafts, sheet).strays.append(casualty)


def can_have(draft: Draft, casualty: Casualty) -> bool:
    """Whether people can be killed or injured in such an event."""
    return casualty.what not in {"killed", "injured"} or draft.type not in BLOODLESS


def find_home(casualty: Casualty, drafts: Sequence[Draft], sheet: Sheet) -> Draft:
    """The draft whose event word is the casualty's own, else the nearest in the tree."""
    for draft in drafts:
        if any(t.span.start_char <= casualty.anchor < t.span.end_char for t in draft.triggers):
            return draft
    span = sheet.doc.char_span(casualty.anchor, casualty.anchor + 1, alignment_mode="expand")
    if span is None:
        return drafts[0]
    return min(drafts, key=lambda d: min((distance(span.root, t.head) for t in d.triggers), default=DEPTH))


def settle_strays(events: Sequence[Draft]) -> None:
    """Gives strays to the violent event told shortly before, else to the event in whose sentence they stand."""
    for event in events:
        for stray in event.strays:
            hosts = [e for e in events if is_host(e, event, stray)]
            host = max(
                hosts, key=lambda e: (has_like(e, stray), last_before(e, event.sentence)), default=event
            )
            host.casualties.append(stray)
            host.sentences = sorted({*host.sentences, event.sentence})
        event.strays = []


def has_like(event: Draft, stray: Casualty) -> bool:
    """Whether the event has casualties of that kind already: the stray tells of the same ones."""
    return any(c.what == stray.what for c in event.casualties)


def is_host(event: Draft, here: Draft, stray: Casualty) -> bool:
    """Whether an event told at most so many sentences before can have the stray."""
    real = event.status not in UNREAL | {"historical", "generic"}
    return real and can_have(event, stray) and 0 <= here.sentence - last_before(event, here.sentence) <= REACH


def last_before(event: Draft, sentence: int) -> int:
    """The last sentence, up to the given one, that tells the event; far off where none does."""
    return max((n for n in event.sentences if n <= sentence), default=-DEPTH * DEPTH)
