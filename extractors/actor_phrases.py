"""Noun phrases around actor pieces: what stands before a head, what `of` adds, and what both tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors.actor_pieces import Piece
from models.terms import PartyKind

MODIFIERS = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "AFX", "RB"})
QUANTIFIERS = frozenset(
    "several many few more most various numerous other some additional further total least about only such".split()
)
OWNED = frozenset({"led", "run"})  # "Saudi-led forces" are Saudi; "Iranian-backed militias" are not Iranian
LINKED: frozenset[PartyKind] = frozenset({"civilians", "media", "other"})  # whose name does not make them its own
WEAK: frozenset[PartyKind] = frozenset({"unknown", "state_military", "government", "political"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [start, end) with the piece at the head and the pieces swallowed before and behind it."""

    start: int
    end: int
    head: Piece
    before: tuple[Piece, ...] = ()
    of: "Phrase | None" = None
    person: Piece | None = None


def build_phrases(doc: Doc, pieces: Sequence[Piece]) -> list[Phrase]:
    """Phrases in text order, without overlap; each piece is the head of one or swallowed by one."""
    phrases: list[Phrase] = []
    at = len(pieces) - 1
    while at >= 0:
        start, first = find_left(doc, pieces, at)
        phrase = Phrase(start, pieces[at].end, pieces[at], tuple(pieces[first:at]))
        phrases.append(join_right(doc, phrase, phrases))
        at = first - 1
    return phrases[::-1]


def find_left(doc: Doc, pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """The first token of the phrase whose head is piece `at`, and the index of the first piece in it."""
    piece = pieces[at]
    if piece.source in {"person", "country", "demonym", "metonym", "people"}:
        return piece.start, at
    edge = min(doc[piece.head].left_edge.i, piece.start)
    start, first = piece.start, at
    while start > 0:
        before = pieces[first - 1] if first else None
        gap = owner_gap(doc, before, start)
        if before and gap is not None and can_own(doc, before, piece, gap):
            start, first = before.start, first - 1
        elif start > edge and piece.source != "name" and doc[start - 1].tag_ in MODIFIERS:
            start -= 1
        else:
            break
    while start < piece.start and is_padding(doc, start):
        start += 1
    return start, first


def owner_gap(doc: Doc, before: Piece | None, start: int) -> int | None:
    """Number of tokens (a possessive) between the piece before and `start`; None where words part them."""
    if before is None or before.end > start:
        return None
    if before.end == start:
        return 0
    return 1 if before.end == start - 1 and doc[start - 1].tag_ == "POS" else None


def can_own(doc: Doc, before: Piece, piece: Piece, gap: int) -> bool:
    """Whether the piece before belongs to the phrase: "Hamas fighters", "Iraq's army", not "told Ali soldiers"."""
    if piece.source == "name":
        return gap == 0 and before.source == "demonym"
    if before.source == "person":
        return gap == 1 and piece.collective
    if gap == 1 and before.source in {"noun", "title"}:
        return False
    return gap == 1 or before.source == "demonym" or doc[before.head].dep_ not in {"nsubj", "dobj", "dative", "pobj"}


def is_padding(doc: Doc, i: int) -> bool:
    """Whether a phrase should not begin with this token."""
    return doc[i].tag_ in {"HYPH", "RB"} or doc[i].lower_ in QUANTIFIERS


def join_right(doc: Doc, phrase: Phrase, later: list[Phrase]) -> Phrase:
    """The phrase with the name or `of`-complement behind it; what is joined leaves `later`."""
    if not later or phrase.head.source not in {"noun", "title"}:
        return phrase
    following = later[-1]
    if following.start == phrase.end and names_head(phrase.head, following.head):
        later.pop()
        return replace(phrase, end=following.end, person=following.head)
    if is_complement(doc, phrase, following):
        later.pop()
        return replace(phrase, end=following.end, of=following)
    return phrase


def names_head(head: Piece, name: Piece) -> bool:
    """Whether a name stands in apposition behind the noun: "spokesman Ali Amin", "the rebel group M23"."""
    return name.source in ({"name", "body"} if head.collective else {"person"})


def is_complement(doc: Doc, phrase: Phrase, following: Phrase) -> bool:
    """Whether "of X" tells who the phrase stands for: members of the army, the government of Peru."""
    gap = [token.lower_ for token in doc[phrase.end : following.start]]
    if not gap or len(gap) > 3 or gap[0] != "of" or any(t.tag_ not in {"DT", "PRP$", "CD", "JJ", "``"} for t in doc[phrase.end + 1 : following.start]):
        return False
    if phrase.head.kind == "unknown":
        return True
    return following.head.source in {"name", "country", "demonym"}


def tell_id(doc: Doc, phrase: Phrase) -> Piece | None:
    """The listed name that the phrase stands for or belongs to."""
    if phrase.head.id or (phrase.person and phrase.person.id):
        return phrase.head if phrase.head.id else phrase.person
    owners = [p for p in reversed(phrase.before) if p.id and inherits(doc, p)]
    if phrase.of and phrase.of.head.id:
        owners.append(phrase.of.head)
    return next((p for p in owners if phrase.head.kind not in LINKED or p.kind == "international"), None)


def tell_country(doc: Doc, phrase: Phrase) -> str | None:
    """The country that the phrase names as its own."""
    own = phrase.head.country or (phrase.person.country if phrase.person else None)
    if own:
        return own
    for piece in reversed(phrase.before):
        if piece.country and inherits(doc, piece):
            return piece.country
    return tell_country(doc, phrase.of) if phrase.of else None


def tell_kind(doc: Doc, phrase: Phrase, known: Piece | None) -> PartyKind:
    """The sort of party: the listed name's, else the fighting modifier's, else the head's."""
    if known:
        return known.kind
    head = phrase.head.kind
    for piece in reversed(phrase.before):
        if piece.source in {"noun", "title"} and piece.kind != "unknown" and inherits(doc, piece) and (head == "unknown" or (piece.armed and head in WEAK)):
            return piece.kind
    if head == "unknown" and phrase.of:
        return tell_kind(doc, phrase.of, tell_id(doc, phrase.of))
    return head


def inherits(doc: Doc, piece: Piece) -> bool:
    """Whether the piece tells whose the phrase is: no "anti-Taliban", no "Iranian-backed"."""
    if piece.start and doc[piece.start - 1].tag_ == "HYPH" or (piece.start and doc[piece.start - 1].text == "-"):
        return False
    if piece.end + 1 < len(doc) and doc[piece.end].text in {"-", "–"}:
        return doc[piece.end + 1].lower_ in OWNED
    return True
