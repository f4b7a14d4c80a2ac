"""The pieces that actor phrases are made of: listed names, countries and common nouns, as the lexicons have them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from extractors.actor_lexicon import ActorLexicon
from extractors.phrases import Phrases
from models.lexicon import NounEntry
from models.terms import PartyKind

Source = Literal["name", "country", "demonym", "metonym", "person", "body", "people", "noun", "title"]
SOURCES: dict[str, Source] = {
    "PERSON": "person",
    "ORG": "body",
    "NORP": "people",
    "country": "country",
    "demonym": "demonym",
    "metonym": "metonym",
    "titles.toml": "title",
    "actor_nouns.toml": "noun",
}
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
HYPHENS = frozenset({"-", "–"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens [start, end) that one source reads as a party or a part of one."""

    start: int
    end: int
    source: Source
    rule: str
    kind: PartyKind
    id: str | None = None
    country: str | None = None
    entry: NounEntry | None = None

    @property
    def last(self) -> int:
        """The token that carries number and grammar."""
        return self.end - 1

    @property
    def armed(self) -> bool:
        """Whether the noun alone tells a fighting party."""
        return self.entry is not None and self.entry.armed

    @property
    def collective(self) -> bool:
        """Whether the noun names a body."""
        return self.entry is not None and self.entry.collective

    @property
    def physical(self) -> bool:
        """Whether the noun names a thing."""
        return self.entry is not None and self.entry.physical

    def holds(self, start: int, end: int) -> bool:
        """Whether the tokens [start, end) are all in the piece."""
        return self.start <= start and end <= self.end


def keep_apart(pieces: Iterable[Piece], taken: Iterable[Piece]) -> list[Piece]:
    """The pieces that share no token with those taken."""
    used = {i for piece in taken for i in range(piece.start, piece.end)}
    return [piece for piece in pieces if used.isdisjoint(range(piece.start, piece.end))]


def find_names(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Names of the lexicon."""
    found = [(span, lexicon.actors[span.label_]) for span in lexicon.names.find(doc)]
    return [
        Piece(s.start, s.end, "name", f"actors.toml:{s.label_}", entry.kind, s.label_, entry.country)
        for s, entry in found
    ]


def find_countries(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Countries, demonyms and the capitals that stand for governments."""
    pieces = []
    for span in lexicon.countries.find(doc):
        code, _, source = span.label_.partition(":")
        rule = f"countries.toml:{code}"
        pieces.append(Piece(span.start, span.end, SOURCES[source], rule, "government", None, code))
    return pieces


def find_nouns(doc: Doc, lexicon: ActorLexicon, names: Iterable[Piece]) -> list[Piece]:
    """Common nouns and titles outside the names, the longer of two that overlap."""
    found = [(span, lexicon.titles[span.label_], "titles.toml") for span in find_all(lexicon.ranks, doc)]
    found += [
        (span, lexicon.nouns[span.label_], "actor_nouns.toml") for span in find_all(lexicon.common, doc)
    ]
    kept: list[Piece] = []
    used = {i for name in names for i in range(name.start, name.end)}
    for span, entry, file in sorted(found, key=lambda item: (-len(item[0]), item[0].start)):
        tokens = range(span.start, span.end)
        if not used.isdisjoint(tokens) or not is_noun(doc, span, entry) or is_hyphened(doc, span):
            continue
        rule = f"{file}:{span.label_}"
        kept.append(Piece(span.start, span.end, SOURCES[file], rule, entry.kind, entry=entry))
        used.update(tokens)
    return sorted(kept, key=lambda piece: piece.start)


def find_all(phrases: Phrases, doc: Doc) -> list[Span]:
    """Every match, those inside others too: of "army soldiers" in "U.S. Army soldiers" the last word stays."""
    return phrases.find_all(doc)


def is_noun(doc: Doc, span: Span, entry: NounEntry) -> bool:
    """Whether the words are a noun here; a person's noun may be an adjective ("leftist leader")."""
    last = doc[span.end - 1]
    return last.tag_ in NOUN_TAGS or (last.tag_ == "JJ" and not entry.collective and not entry.physical)


def is_hyphened(doc: Doc, span: Span) -> bool:
    """Whether the noun is only a part of a compound: "letter-head", "rebel-held"."""
    if span.start > 1 and doc[span.start - 1].text in HYPHENS and doc[span.start - 2].tag_ in NOUN_TAGS:
        return not doc[span.start - 1].whitespace_
    if span.end + 1 >= len(doc) or doc[span.end].text not in HYPHENS:
        return False
    tag = doc[span.end + 1].tag_
    return tag == "VBN" or (tag == "JJ" and not doc[span.end].whitespace_)
