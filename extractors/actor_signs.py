"""What speaks for and against an actor mention being who did an event: who they are, where they stand, who says so.

The signs name no organisation, no country and no kind of attack, so that what is learned from one conflict holds
for others.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.draft import Draft
from extractors.parties import References
from extractors.relevance import ARMED
from extractors.sheet import Sheet
from extractors.sources import SourceLexicon, find_speakers
from extractors.syntax import is_passive
from models.mention import ActorValue, Mention

REACH = 4  # sentences from the event in which its doer is looked for
SPAN = 15.0  # words: twice this is far from the event word
OFTEN = 3.0  # mentions: twice this is an actor that the article is about
VAGUE = frozenset({"a", "an", "some", "several", "two", "three", "four", "five"})
LINKING = frozenset({"by", "of", "on", "against", "with", "from", "to", "in", "for", "between", "among"})
DEPS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "pobj",
        "dobj",
        "poss",
        "compound",
        "amod",
        "appos",
        "conj",
        "ROOT",
        "nmod",
        "attr",
    }
)

Sign = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who in an article: how often each actor is named, and what rules read of them in its events.

    `struck` are the offsets of the words by which its events name whom they hit.
    """

    sheet: Sheet
    references: References
    lexicon: SourceLexicon
    guilt: frozenset[int]
    often: Mapping[str, int]
    armed: int
    doers: Mapping[str, frozenset[int]]
    sufferers: Mapping[str, frozenset[int]]
    struck: frozenset[int]


def know_cast(
    events: Sequence[Draft],
    sheet: Sheet,
    references: References,
    lexicon: SourceLexicon,
    guilt: frozenset[int],
) -> Cast:
    """The actors of an article; `guilt` numbers the sentences with a word of blame."""
    often: Counter[str] = Counter(key_of(mention, references) for mention in sheet.mentions["actor"])
    armed = {
        key_of(m, references) for m in sheet.mentions["actor"] if read_value(m, references).kind in ARMED
    }
    doers: dict[str, set[int]] = {}
    sufferers: dict[str, set[int]] = {}
    for number, event in enumerate(events):
        for roles, parties in ((doers, event.actors), (sufferers, event.targets)):
            for item in parties:
                roles.setdefault(item.party.name.casefold(), set()).add(number)
    return Cast(
        sheet,
        references,
        lexicon,
        guilt,
        often,
        len(armed),
        {name: frozenset(found) for name, found in doers.items()},
        {name: frozenset(found) for name, found in sufferers.items()},
        frozenset(item.start for event in events for item in event.targets),
    )


def read_value(mention: Mention, references: References) -> ActorValue:
    """Who a mention stands for, named elsewhere or here."""
    value = references.get(mention.start, mention).value
    assert isinstance(value, ActorValue)  # the sheet holds only actor values under this label
    return value


def key_of(mention: Mention, references: References) -> str:
    """The name by which mentions of one actor are told together."""
    return read_value(mention, references).name.casefold()


def read_actor_signs(event: Draft, number: int, mention: Mention, cast: Cast) -> dict[str, float]:
    """The signs that one actor mention did the event, by name; `number` is the event's place in the article."""
    head = cast.sheet.head(mention)
    return dict(
        (
            *sign_actor(mention, head, cast),
            *sign_place(event, mention, head, cast),
            *sign_grammar(head, cast),
            *sign_rules(event, number, mention, cast),
        )
    )


def sign_actor(mention: Mention, head: Token, cast: Cast) -> Iterator[Sign]:
    """Who they are and how the article speaks of them."""
    value, key = read_value(mention, cast.references), key_of(mention, cast.references)
    yield f"kind={value.kind}", 1
    yield "named", float(value.named)
    yield "known", float(value.id is not None)
    yield "plural", float(head.tag_ in {"NNS", "NNPS"})
    yield "vague", float(any(c.lower_ in VAGUE for c in head.children))
    yield "refers", float(mention.start in cast.references)
    yield "often", min(cast.often[key], 2 * OFTEN) / OFTEN
    yield "only armed", float(value.kind in ARMED and cast.armed == 1)


def sign_place(event: Draft, mention: Mention, head: Token, cast: Cast) -> Iterator[Sign]:
    """Where they stand, seen from the event's sentences and its word."""
    sheet = cast.sheet
    sentence = sheet.sentence_of[head.i]
    gap = min((sentence - n for n in event.sentences), key=lambda n: (abs(n), n))
    yield f"gap={max(-REACH, min(gap, REACH))}", 1
    guilty = sentence in cast.guilt
    yield "guilt", float(guilty)
    yield "guilt armed", float(guilty and read_value(mention, cast.references).kind in ARMED)
    words = [t.head for t in event.triggers if sheet.sentence_of[t.head.i] == sentence]
    if not words:
        return
    word = min(words, key=lambda t: (abs(t.i - head.i), t.i))
    yield "told here", 1
    yield "before", float(head.i < word.i)
    yield "far", min(abs(head.i - word.i), 2 * SPAN) / SPAN
    yield f"here={head.dep_ if head.dep_ in DEPS else 'other'}", 1


def sign_grammar(head: Token, cast: Cast) -> Iterator[Sign]:
    """What the words hang on, and whether that is a verb of telling, claiming or accusing."""
    yield f"dep={head.dep_ if head.dep_ in DEPS else 'other'}", 1
    verb = head.head
    if head.dep_ == "pobj":
        yield f"prep={verb.lower_ if verb.lower_ in LINKING else 'other'}", 1
        verb = verb.head
    yield "hangs on a verb", float(verb.pos_ == "VERB")
    yield "hangs on a passive", float(verb.pos_ == "VERB" and is_passive(verb))
    side = "speaker" if head in find_speakers(verb) else "spoken of"
    for name in ("report", "claim", "accuse", "deny"):
        yield f"{name}: {side}", float(verb.lower_ in getattr(cast.lexicon, name))


def sign_rules(event: Draft, number: int, mention: Mention, cast: Cast) -> Iterator[Sign]:
    """What rules have read of them: doer, sufferer or source of this event, and of others."""
    key = key_of(mention, cast.references)
    armed = read_value(mention, cast.references).kind in ARMED
    did, suffered = cast.doers.get(key, frozenset()), cast.sufferers.get(key, frozenset())
    yield "doer", float(number in did)
    yield "sufferer", float(number in suffered)
    yield "doer elsewhere", float(bool(did - {number}))
    yield "sufferer elsewhere", float(bool(suffered - {number}))
    yield "reporter", float(mention.text in event.sources.reported_by)
    yield "claimant", float(mention.text in event.sources.claimed_by)
    yield "doer known", float(bool(event.actors))
    yield "armed, no doer known", float(armed and not event.actors)
