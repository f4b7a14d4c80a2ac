"""Who did it, where no grammar says so: the actor mention near an event that most likely names its doer.

`benchmarks/perpetrators.py` learns the weights; `benchmarks/perpetrators.md` says how far they can be believed.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spacy.tokens import Token

from extractors.actor_signs import REACH, Cast, key_of, read_actor_signs
from extractors.draft import Draft
from extractors.parties import PartyMention, from_mention
from extractors.sources import find_speakers
from models.mention import Mention
from models.terms import EventType
from models.trace import Notes
from models.trigger import EventTypeEntry
from models.weights import Weights

TRAINED = Path(__file__).resolve().parent / "trained" / "perpetrators.toml"
# More than three in five mentions that are more likely than this name the doer (benchmarks/perpetrators.md).
LIKELY = 0.55
INFERRED = "perpetrators:"  # rules of parties that no sentence calls the doer
LINKED = "perpetrators:linked"
SURE = 0.35  # events less sure than this get no doer from elsewhere
# Both sides act in a clash; a state executes those who stand near.
APART: frozenset[EventType] = frozenset({"armed_clash", "execution"})


def link_perpetrators(
    events: Sequence[Draft], cast: Cast, weights: Weights, types: Mapping[str, EventTypeEntry]
) -> None:
    """Gives violence that is told surely enough its likely doers from the sentences around it."""
    for number, event in enumerate(events):
        sure = event.confidence >= SURE and event.type not in APART
        if sure and types[event.type].family == "violence":
            link_event(event, number, cast, weights)


def link_event(event: Draft, number: int, cast: Cast, weights: Weights) -> None:
    """The doers of one event: those that grammar gives, then the likely others."""
    rated: dict[str, tuple[float, Mention]] = {}
    for mention in list_candidates(event, cast):
        chance = weights.rate(read_actor_signs(event, number, mention, cast))
        key = key_of(mention, cast.references)
        if key not in rated or chance > rated[key][0]:
            rated[key] = (chance, mention)
    known = {name_of(p) for p in (*event.actors, *event.targets)}
    notes = Notes(cast.sheet.trace, "actors", event.spot)
    for key, (chance, mention) in rated.items():
        if chance >= LIKELY and key not in known:
            event.actors.append(as_linked(mention, cast))
        elif key not in known:
            notes.add("party:unlikely", mention, detail=f"{chance:.2f} < {LIKELY}")


def list_candidates(event: Draft, cast: Cast) -> Iterator[Mention]:
    """The actor mentions within reach of the event, in text order.

    Not those who accuse others or deny it, nor whom its own sentence has suffer ("13 rebels were arrested in a raid").
    """
    sources = event.sources
    innocent = {*sources.accused_by, *sources.denied_by, *sources.reported_by} - {*sources.claimed_by}
    for mention in cast.sheet.mentions["actor"]:
        head = cast.sheet.head(mention)
        here = cast.sheet.sentence_of[head.i] in event.sentences
        near = not (here and mention.start in cast.struck) and any(
            abs(cast.sheet.sentence_of[head.i] - n) <= REACH for n in event.sentences
        )
        if near and mention.text not in innocent and not is_accuser(head, cast):
            yield mention


def is_accuser(head: Token, cast: Cast) -> bool:
    """Whether somebody accuses another or denies a deed."""
    verb = head.head
    speaks = verb.lower_ in cast.lexicon.accuse or verb.lower_ in cast.lexicon.deny
    return speaks and head in find_speakers(verb)


def as_linked(mention: Mention, cast: Cast) -> PartyMention:
    """The party of a linked mention, under a rule of its own."""
    party = from_mention(mention, cast.references)
    return PartyMention(party.party, party.start, party.end, LINKED, party.reference)


def name_of(item: PartyMention) -> str:
    """The name by which a party is told together with its mentions."""
    return item.party.name.casefold()
