"""Who arrests where no sentence says so: the force that tells of it, else the authorities that the word implies."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.parties import PartyMention, References, from_mention
from extractors.sheet import Sheet
from extractors.syntax import SUBJECTS
from extractors.weighing import UNREAL
from models.event import Party
from models.mention import ActorValue, Mention
from models.terms import PartyKind

REACH = 2  # sentences behind the arrest in which a force tells of it
FORCES: frozenset[PartyKind] = frozenset({"police", "state_military"})
TOLD = "perpetrators:told"
IMPLIED = "perpetrators:implied"


def name_arresters(
    events: Sequence[Draft], sheet: Sheet, references: References, lawful: Sequence[Span]
) -> None:
    """Gives arrests that happened, and whose doer no grammar names, the force that acts or speaks beside them.

    Where there is none, `lawful` words ("arrested", "jailed") imply the authorities: nobody else arrests.
    """
    implying = {span.start for span in lawful}
    for event in events:
        if event.type != "arrest" or event.actors or event.status in UNREAL or event.is_aggregate:
            continue
        told = next(find_forces(event, sheet, references), None)
        if told is not None:
            event.actors.append(told)
        elif event.trigger.span.start in implying:
            event.actors.append(imply_authorities(event))


def find_forces(event: Draft, sheet: Sheet, references: References) -> Iterator[PartyMention]:
    """The police and soldiers that are subjects of the arrest's sentences or of those behind."""
    last = max(event.sentences)
    suffer = {p.party.name for p in event.targets}
    for mention in sheet.mentions["actor"]:
        number = sheet.sentence_of[sheet.head(mention).i]
        near = number in event.sentences or last < number <= last + REACH
        if near and is_force(mention, sheet):
            found = from_mention(mention, references)
            if found.party.name not in suffer:
                yield PartyMention(found.party, found.start, found.end, TOLD, found.reference)


def is_force(mention: Mention, sheet: Sheet) -> bool:
    """Whether a mention is a force of the state that does or says something."""
    value, head = mention.value, sheet.head(mention)
    assert isinstance(value, ActorValue)  # the sheet holds only actor values under this label
    return value.kind in FORCES and head.dep_ in SUBJECTS and head.dep_ != "nsubjpass"


def imply_authorities(event: Draft) -> PartyMention:
    """The authorities as an unnamed party, with the event word as its evidence."""
    span = event.trigger.span
    start, end = span[0].idx, span[-1].idx + len(span[-1].text)
    text = span.doc.text[start:end]
    party = Party(text=text, name="authorities", id=None, kind="police", country=None, named=False)
    return PartyMention(party, start, end, IMPLIED)
