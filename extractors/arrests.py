"""Who arrests where no sentence says so: the force that acts or tells of it beside the arrest."""

from collections.abc import Iterator, Sequence

from extractors.draft import Draft
from extractors.parties import PartyMention, References, from_mention
from extractors.sheet import Sheet
from extractors.tree import SUBJECTS
from extractors.weighing import UNREAL
from models.mention import ActorValue, Mention
from models.terms import PartyKind

REACH = 2  # sentences behind the arrest in which a force tells of it
FORCES: frozenset[PartyKind] = frozenset({"police", "state_military"})
TOLD = "perpetrators:told"


def name_arresters(events: Sequence[Draft], sheet: Sheet, references: References) -> None:
    """Gives arrests that happened, and whose doer no grammar names, the force that acts or speaks beside them.

    Where no force is told the doer stays unknown: police, soldiers and secret services all arrest.
    """
    for event in events:
        if event.type != "arrest" or event.actors or event.status in UNREAL or event.is_aggregate:
            continue
        told = next(find_forces(event, sheet, references), None)
        if told is not None:
            event.actors.append(told)


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
