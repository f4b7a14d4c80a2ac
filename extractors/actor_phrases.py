"""Noun phrases around actor pieces: what stands before a head, what `of` adds, and what both tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors.actor_pieces import HYPHENS, Piece
from models.terms import PartyKind

MODIFIERS = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "AFX", "RB"})
BETWEEN = frozenset({"DT", "PRP$", "CD", "JJ", "JJR", "JJS", "RB", "RBR", "NNS", "``", "''", "NN"})
LINKS = frozenset({"of", "for"})  # "a spokesman for the army"
ABOUT = frozenset({"about", "around", "than", "at", "some"})
QUANTIFIERS = frozenset(
    {
        "several",
        "many",
        "few",
        "more",
        "most",
        "various",
        "numerous",
        "other",
        "some",
        "additional",
        "further",
    }
    | {"total", "least", "about", "only", "such"}
)
OWNED = frozenset({"led", "run"})  # "Saudi-led forces" are Saudi; "Iranian-backed militias" are not Iranian
LINKED: frozenset[PartyKind] = frozenset({"civilians", "media", "other"})  # "Hamas hostages" are not Hamas
WEAK: frozenset[PartyKind] = frozenset(
    {"unknown", "state_military", "government", "political", "rebel_group"}
)
VAGUE: frozenset[PartyKind] = frozenset({"unknown", "other"})  # a hospital's director is no hospital
TELLING = frozenset({"noun", "title", "body", "metonym"})  # "a Kremlin spokesman" is the government's
OBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [start, end): the piece at the head, those before it, the name or complement behind it."""

    start: int
    end: int
    head: Piece
    before: tuple[Piece, ...] = ()
    name: Piece | None = None
    of: "Phrase | None" = None


def build_phrases(doc: Doc, pieces: Sequence[Piece]) -> list[Phrase]:
    """Phrases in text order, without overlap; each piece is the head of one or belongs to one."""
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
    if piece.source not in {"noun", "title", "name", "body"}:
        return piece.start, at
    edge = doc[piece.last].left_edge.i if piece.source in {"noun", "title"} else piece.start
    start, first = piece.start, at
    while start > 0:
        before = pieces[first - 1] if first else None
        if before and reaches(doc, before, start):
            if not can_own(doc, before, piece, start):
                break
            start, first = before.start, first - 1
        elif start > edge and doc[start - 1].tag_ in MODIFIERS:
            start -= 1
        else:
            break
    return min(skip_padding(doc, start, piece.start), piece.start), first


def reaches(doc: Doc, before: Piece, start: int) -> bool:
    """Whether nothing but a possessive stands between the piece and token `start`."""
    return before.end == start or (before.end == start - 1 and doc[before.end].tag_ == "POS")


def can_own(doc: Doc, before: Piece, piece: Piece, start: int) -> bool:
    """Whether the piece before belongs to the phrase: "Hamas fighters", "Iraq's army"; not "told Ali"."""
    possessive = before.end < start
    if piece.source in {"name", "body"}:
        return before.source == "demonym" or (possessive and before.source == "country")
    if before.source == "person":
        return piece.collective if possessive else piece.source == "noun"
    if possessive:
        return before.source not in {"noun", "title"} or before.collective
    return before.source == "demonym" or doc[before.last].dep_ not in OBJECTS


def skip_padding(doc: Doc, start: int, stop: int) -> int:
    """The first token that a phrase may begin with."""
    return next((i for i in range(start, stop) if not is_padding(doc, i)), stop)


def is_padding(doc: Doc, i: int) -> bool:
    """Whether the token only counts: "several", "nearly", or "year-old" left over from "25-year-old"."""
    if doc[i].text in HYPHENS or doc[i].tag_ == "RB" or doc[i].lower_ in QUANTIFIERS:
        return True
    return i > 0 and doc[i - 1].text in HYPHENS and doc[i].tag_ != "NNP"


def join_right(doc: Doc, phrase: Phrase, later: list[Phrase]) -> Phrase:
    """The phrase with the name or complement behind it; what is joined leaves `later`."""
    if not later or phrase.head.source not in {"noun", "title"} or phrase.head.physical:
        return phrase
    following = later[-1]
    if following.start == phrase.end and names_head(phrase.head, following.head):
        later.pop()
        return replace(phrase, end=following.end, name=following.head)
    if is_complement(doc, phrase, following):
        later.pop()
        return replace(phrase, end=following.end, of=following)
    return phrase


def names_head(head: Piece, name: Piece) -> bool:
    """Whether a name stands in apposition behind the noun: "spokesman Ali Amin", "the rebel group M23"."""
    if head.collective:
        return name.source in {"name", "body"}
    return name.source == "person" or (name.source == "country" and head.kind == "unknown")


def is_complement(doc: Doc, phrase: Phrase, following: Phrase) -> bool:
    """Whether "of X" tells who the phrase stands for: members of the army, the government of Peru."""
    gap = doc[phrase.end : following.start]
    links = LINKS if not phrase.head.collective and phrase.head.kind in WEAK else {"of"}
    if following.head.physical or not 0 < len(gap) <= 6 or not any(t.lower_ in links for t in gap[:2]):
        return False
    if not all(t.lower_ in links or t.tag_ in BETWEEN or t.lower_ in ABOUT for t in gap):
        return False
    if phrase.head.kind == "unknown":
        return True
    owners = {"country", "demonym"} if phrase.head.kind in LINKED else {"name", "country", "demonym"}
    return following.head.source in owners


def tell_id(doc: Doc, phrase: Phrase) -> Piece | None:
    """The listed name that the phrase stands for or belongs to."""
    own = next((piece for piece in (phrase.head, phrase.name) if piece and piece.id), None)
    if own:
        return own
    owners = [piece for piece in reversed(phrase.before) if piece.id and inherits(doc, piece)]
    behind = tell_id(doc, phrase.of) if phrase.of else None
    owners += [behind] if behind else []
    return next((p for p in owners if phrase.head.kind not in LINKED or p.kind == "international"), None)


def tell_country(doc: Doc, phrase: Phrase) -> str | None:
    """The country that the phrase names as its own."""
    own = phrase.head.country or (phrase.name.country if phrase.name else None)
    if own:
        return own
    for piece in reversed(phrase.before):
        if piece.country and inherits(doc, piece) and (not piece.id or phrase.head.kind not in LINKED):
            return piece.country
    return tell_country(doc, phrase.of) if phrase.of else None


def tell_kind(doc: Doc, phrase: Phrase) -> PartyKind:
    """The sort of party: the listed name's, else the fighting modifier's, else the head's."""
    known = tell_id(doc, phrase)
    if known:
        return known.kind
    head = phrase.head.kind
    for piece in reversed(phrase.before):
        if piece.source == phrase.head.source == "title":
            return piece.kind  # the first title tells the office: "Defence Minister General X"
        told = piece.source in TELLING and piece.kind not in VAGUE and inherits(doc, piece)
        if told and (head == "unknown" or (piece.armed and head in WEAK)):
            return piece.kind
    if head == "unknown" and phrase.of:
        behind = tell_kind(doc, phrase.of)
        return head if behind in VAGUE else behind
    return head


def inherits(doc: Doc, piece: Piece) -> bool:
    """Whether the piece tells whose the phrase is: no "anti-Taliban", no "Iranian-backed"."""
    if piece.start and doc[piece.start - 1].text in HYPHENS:
        return False
    if piece.end + 1 < len(doc) and doc[piece.end].text in HYPHENS:
        return doc[piece.end + 1].lower_ in OWNED
    return True
