"""What speaks for and against a draft being an event of the news: how specific it is, and how it is told.

The signs say nothing of who acts or suffers, nor of what kind of attack it is, so that what is learned from
reports on one conflict holds for others.
"""

from collections.abc import Iterator

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.sheet import Sheet
from models.mention import PlaceValue

SPEAKER = frozenset({"we", "our", "ours", "us", "i", "my", "me", "you", "your"})
QUOTES = frozenset({'"', "“", "”", "``", "''"})
CLAUSES = {
    "relcl": "clause=relative", "acl": "clause=relative", "advcl": "clause=adverbial", "ccomp": "clause=told",
    "conj": "clause=joined", "ROOT": "clause=main", "compound": "clause=inside", "amod": "clause=inside",
    "pobj": "clause=object", "dobj": "clause=object", "nsubj": "clause=subject", "nsubjpass": "clause=subject",
}  # fmt: skip
LONG = 40  # words: twice this is a sentence as long as any
MANY = 3  # sentences: twice this is told as often as any
FAR = 10  # sentences from the article's beginning

Sign = tuple[str, float]


def read_signs(draft: Draft, sheet: Sheet, voice: float) -> dict[str, float]:
    """The signs of one draft by name, 0 to about 2 each; `voice` is the article's share of speech (`hear_voice`)."""
    found = (
        *sign_word(draft),
        *sign_parties(draft),
        *sign_circumstances(draft),
        *sign_losses(draft),
        *sign_telling(draft, sheet),
    )
    return {**dict(found), "voice": voice}


def hear_voice(sheet: Sheet) -> float:
    """How much of an article is said in the first or second person: speeches and interviews; 1 for one word in 30."""
    words = len(sheet.doc)
    return 30 * sum(token.lower_ in SPEAKER for token in sheet.doc) / words if words else 0.0


def sign_word(draft: Draft) -> Iterator[Sign]:
    """The event word: how much it says, its form, its place in the sentence, its article and number."""
    head, entry = draft.trigger.head, draft.trigger.entry
    yield f"level={entry.level}", 1
    yield f"status={draft.status}", 1
    yield (
        f"form={head.tag_ if not draft.trigger.is_noun else ('NNS' if head.tag_ in {'NNS', 'NNPS'} else 'NN')}",
        1,
    )
    yield CLAUSES.get(head.dep_, "clause=other"), 1
    words = {c.lower_ for c in head.children if c.dep_ == "det"}
    yield "definite", float(bool(words & {"the", "this", "that", "these", "those"}))
    yield "indefinite", float(bool(words & {"a", "an", "another"}))
    yield "numbered", float(any(c.tag_ == "CD" for c in head.children))
    yield "modal", float(any(c.tag_ == "MD" for c in head.children))
    yield "specific", float(any(t.entry.level == "event" for t in draft.triggers))


def sign_parties(draft: Draft) -> Iterator[Sign]:
    """Whether it is told who did it, to whom, and by name."""
    yield "actor", float(bool(draft.actors))
    yield "actor named", float(any(p.party.named for p in draft.actors))
    yield "target", float(bool(draft.targets))
    yield "target named", float(any(p.party.named for p in draft.targets))
    yield "target a thing", float(bool(draft.targets) and all(p.party.kind == "other" for p in draft.targets))


def sign_circumstances(draft: Draft) -> Iterator[Sign]:
    """Where, when and with what, as far as the text says it."""
    place = draft.places[0].value if draft.places else None
    fineness = (place.precision or "unknown") if isinstance(place, PlaceValue) else "none"
    yield f"place={fineness}", 1
    yield "date", float(draft.date is not None)
    yield f"date={draft.interval.precision if draft.interval else 'none'}", 1
    yield "weapon", float(bool(draft.weapons))
    yield "weapon named", float(any(use.weapon.id for use in draft.weapons))


def sign_losses(draft: Draft) -> Iterator[Sign]:
    """What became of people."""
    for what in ("killed", "injured", "abducted"):
        yield what, float(any(c.what == what and not c.negated for c in draft.casualties))
    yield "several", float(any((c.best or c.low or 0) > 1 for c in draft.casualties))


def sign_telling(draft: Draft, sheet: Sheet) -> Iterator[Sign]:
    """How it is told: how often, how early, in whose voice, and by whom."""
    sentence = sheet.sentences[draft.sentence]
    yield "sentences", min(len(draft.sentences), 2 * MANY) / MANY
    yield "words", min(len(draft.triggers), 2 * MANY) / MANY
    yield "late", min(draft.sentence, 2 * FAR) / FAR
    yield "first", float(draft.sentence <= 1)
    yield "aggregate", float(draft.is_aggregate)
    yield "points back", float(draft.refers_back)
    yield "reporter", float(bool(draft.sources.reported_by))
    yield "claimed", float(bool(draft.sources.claimed_by))
    yield "accused", float(bool(draft.sources.accused_by))
    yield from sign_sentence(sentence)


def sign_sentence(sentence: Span) -> Iterator[Sign]:
    """The sentence around the event word."""
    yield "length", min(len(sentence), 2 * LONG) / LONG
    yield "speaker", float(any(t.lower_ in SPEAKER for t in sentence))
    yield "quoted", float(any(t.text in QUOTES for t in sentence))
    yield "past", float(any(t.tag_ == "VBD" for t in sentence))
    yield "present", float(sentence.root.tag_ in {"VBZ", "VBP"})
