"""Deeds that a text tells only of their doers: background to an arrest, a surrender, a trial or a death."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from extractors.cues import Cues, show, show_token
from extractors.draft import Draft, Record
from extractors.identity import share_party
from extractors.narrative import NEVER
from extractors.parties import References, read_parties
from extractors.sheet import Sheet
from extractors.syntax import find_objects, find_subjects
from extractors.tree import chain, children
from extractors.triggers import Trigger
from models.dates import TimeExpression
from models.event import Evidence
from models.mention import Mention
from models.terms import EventType, PartyKind

CAUGHT: frozenset[EventType] = frozenset({"arrest", "surrender"})
UNREST: frozenset[EventType] = frozenset({"riot", "protest"})  # whoever is held over these is held at once
LINKS = frozenset(
    {"prep", "pobj", "pcomp", "dobj", "conj", "compound", "nmod", "relcl", "acl", "appos", "agent"}
)
COMPLEMENTS = frozenset({"prep", "dobj", "pobj", "pcomp", "nsubjpass"})
OVER = frozenset({"for", "over"})
FORCES: frozenset[PartyKind] = frozenset({"state_military", "police", "government", "international"})
FRESH = timedelta(days=7)  # what happened so shortly before is still the news of who is caught for it
FRESH_KINDS = frozenset({"weekday", "offset"})  # "Sunday", "yesterday", in a text of an unknown day


def read_record(
    trigger: Trigger,
    triggers: Sequence[Trigger],
    cues: Cues,
    sheet: Sheet,
    references: References,
    denials: frozenset[str],
) -> Record | None:
    """What makes a deed one that is only told of its doers; None where it is told for itself."""
    if trigger.is_saying or trigger.entry.type in CAUGHT | UNREST:
        return None
    caught = frozenset(t.head.i for t in triggers if t.entry.type in CAUGHT)
    for token, cue, verdict in find_frames(trigger.head, cues, caught):
        if is_open(token, denials) or is_moment_before(token, caught):
            return None
        people = [*find_subjects(token), *find_objects(token)] if token.pos_ in {"VERB", "AUX"} else []
        frame = None if token.i in caught else token
        return Record(cue, frame, read_parties(people, sheet, references, agents=False), verdict)
    return None


def find_frames(head: Token, cues: Cues, caught: frozenset[int]) -> Iterator[tuple[Token, Evidence, bool]]:
    """The words around a deed that tell it of its doers, nearest first, and whether they are a verdict."""
    for child in children(head, "aux", "advmod"):  # "had earlier killed"
        yield from ((head, show(c), False) for c in cues.get(child.i, ()) if c.entry.reach == "record")
    below = head
    for token in chain(head):
        if below.dep_ not in LINKS:
            return
        if below.dep_ in COMPLEMENTS:
            for cue in cues.get(token.i, ()):
                to = below.lower_ == "to" and below not in cue.span  # "sentenced to death"
                if cue.entry.reach in {"record", "verdict"} and head not in cue.span and not to:
                    yield token, show(cue), cue.entry.reach == "verdict"
        if token.i in caught and below.dep_ == "prep" and below.lower_ in OVER:
            yield token, show_token(token, "records:caught-for"), False
        below = token


def is_open(frame: Token, denials: frozenset[str]) -> bool:
    """Whether they did not do it, deny it or have yet to do it."""
    if children(frame, "neg") or any(c.tag_ in {"TO", "MD"} for c in children(frame, "aux")):
        return True
    return any(t.lower_ in denials for t in chain(frame))


def is_moment_before(frame: Token, caught: frozenset[int]) -> bool:
    """Whether they were caught right after it ("arrested after taking part in an attack")."""
    below = frame
    for token in chain(frame):
        if token.i in caught:
            return below.dep_ == "advcl" or below.lower_ == "after"
        below = token
    return False


def is_own_date(
    found: Mention, head: Token, record: Record | None, rivals: Sequence[Token], sheet: Sheet
) -> bool:
    """Whether a date stands with the deed or its frame, and not with what became of its doers."""
    if record is None:
        return True
    at = sheet.head(found)
    path = [at, *chain(at)]
    return head in path or record.frame in path or not set(path) & set(rivals)


def mark_records(events: Sequence[Draft], published: date | None) -> None:
    """Deeds that are told of their doers alone are history, where these are the news and the deed is not fresh."""
    for event in events:
        record = event.record
        if record is None or event.status in NEVER or is_fresh(event, published):
            continue
        if record.verdict or any(is_news_of_doers(e, event, record) for e in events):
            event.status, event.status_cues = "historical", [record.cue]


def is_fresh(event: Draft, published: date | None) -> bool:
    """Whether the deed's own date is of the last days."""
    if event.date is None:
        return False
    end = event.interval.end if event.interval else None
    if published is not None and end is not None:
        return end >= published - FRESH
    return isinstance(event.date.value, TimeExpression) and event.date.value.kind in FRESH_KINDS


def is_news_of_doers(news: Draft, event: Draft, record: Record) -> bool:
    """Whether an event told before or beside a deed is what became of its doers."""
    if news is event or news.record is not None or news.sentence > event.sentence or news.status in NEVER:
        return False
    if news.is_saying:
        return False
    if share_party(record.doers, [*news.targets, *(news.actors if news.type == "surrender" else ())]):
        return True
    forces = bool(record.doers) and all(p.party.kind in FORCES for p in record.doers)
    return news.type in CAUGHT and not forces
