"""The pieces that actor phrases are made of: names, countries, persons and common nouns, without overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from extractors.actor_lexicon import ActorLexicon
from models.lexicon import NounEntry
from models.terms import PartyKind

Source = Literal["name", "country", "demonym", "metonym", "person", "body", "people", "noun", "title"]
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
INSIDE = frozenset({"in", "near", "at", "inside", "outside", "around", "across", "into", "towards", "throughout"})
ENTITIES: dict[str, Source] = {"PERSON": "person", "ORG": "body", "NORP": "people"}


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
    def head(self) -> int:
        """The token that carries the number and the grammar."""
        return self.end - 1

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def armed(self) -> bool:
        """Whether the noun alone tells a fighting party."""
        return self.entry is not None and self.entry.armed

    @property
    def collective(self) -> bool:
        """Whether the noun names a body."""
        return self.entry is not None and self.entry.collective


def find_pieces(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Pieces in text order; a listed name wins over the model, the model's name over a noun in it."""
    entities = [trim(doc, span) for span in doc.ents if span.label_ in ENTITIES]
    countries = find_countries(doc, lexicon)
    names = keep_apart(
        (piece for piece in find_names(doc, lexicon) if not within_person(doc, piece, entities, lexicon)), ()
    )
    seen = [*names, *countries]
    nouns = find_nouns(doc, lexicon)
    wholes = [noun for noun in nouns if len(noun) > 1]
    entities_ = (
        read_entity(span, nouns, countries)
        for span in entities
        if is_name(span) and not is_place(doc, span) and not any(n.start <= span.start and span.end <= n.end for n in wholes)
    )
    named = keep_apart(entities_, names)
    # a country in a name only tells whose the name is; a name that is a country's is the country
    names += [p for p in named if not any((c.start, c.end) == (p.start, p.end) for c in countries)]
    seen = names + keep_apart(countries, names)
    return sorted([*seen, *keep_apart(nouns, seen)], key=lambda piece: piece.start)


def keep_apart(pieces: Iterable[Piece], taken: Iterable[Piece]) -> list[Piece]:
    """The pieces that share no token with those taken."""
    used = {i for piece in taken for i in range(piece.start, piece.end)}
    return [piece for piece in pieces if used.isdisjoint(range(piece.start, piece.end))]


def find_names(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Names of the lexicon."""
    return [
        Piece(
            span.start,
            span.end,
            "name",
            f"actors.toml:{span.label_}",
            lexicon.actors[span.label_].kind,
            span.label_,
            lexicon.actors[span.label_].country,
        )
        for span in lexicon.names.find(doc)
    ]


def within_person(doc: Doc, piece: Piece, entities: Iterable[Span], lexicon: ActorLexicon) -> bool:
    """Whether a short form is only a part of a person's name ("Robert Wagner")."""
    entry = lexicon.actors[piece.id or ""]
    if doc[piece.start : piece.end].text not in entry.exact:
        return False
    return any(
        span.label_ == "PERSON" and span.start <= piece.start and piece.end <= span.end and len(span) > 1
        for span in entities
    )


def find_countries(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Countries, demonyms and the capitals that stand for governments."""
    pieces = []
    for span in lexicon.countries.find(doc):
        code, _, source = span.label_.partition(":")
        rule = f"countries.toml:{code}"
        pieces.append(Piece(span.start, span.end, source, rule, "government", None, code))  # type: ignore[arg-type]
    return pieces


def find_nouns(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Common nouns and titles, the longer of two that overlap."""
    pieces = [
        Piece(span.start, span.end, source, f"{file}:{span.label_}", entries[span.label_].kind, entry=entries[span.label_])
        for matcher, entries, source, file in (
            (lexicon.ranks, lexicon.titles, "title", "titles.toml"),
            (lexicon.common, lexicon.nouns, "noun", "actor_nouns.toml"),
        )
        for span in matcher.find(doc)
        if doc[span.end - 1].tag_ in NOUN_TAGS
    ]
    longest = sorted(pieces, key=lambda piece: (piece.start - piece.end, piece.start))
    kept: list[Piece] = []
    for piece in longest:
        kept += keep_apart((piece,), kept)
    return sorted(kept, key=lambda piece: piece.start)


def trim(doc: Doc, span: Span) -> Span:
    """The entity without the article before it and the possessive behind it."""
    start, end = span.start, span.end
    while start < end - 1 and doc[start].tag_ in {"DT", "PRP$", "CD", "``", "''"}:
        start += 1
    while end > start + 1 and doc[end - 1].tag_ in {"POS", "''", ":", ",", "HYPH"}:
        end -= 1
    return Span(doc, start, end, span.label_)


def is_name(span: Span) -> bool:
    """Whether the words look like a name at all: a capital, and letters enough."""
    return any(token.is_title or token.is_upper or token.shape_[:1] == "X" for token in span) and len(span.text) > 1


def is_place(doc: Doc, span: Span) -> bool:
    """Whether the words before tell a place or a thing that the model took for a name: "in Raqqa", "a UAV"."""
    before = doc[span.start - 1].lower_ if span.start else ""
    if before in {"a", "an"}:
        return span.label_ == "ORG" and len(span) == 1
    return before in INSIDE or doc[span.start].lower_ in INSIDE


def read_entity(span: Span, nouns: list[Piece], countries: list[Piece]) -> Piece:
    """A piece from a name that the model found; nouns in it tell its kind ("Interior Ministry")."""
    source = ENTITIES[span.label_]
    inside = [noun for noun in nouns if span.start <= noun.start and noun.end <= span.end]
    country = next((c.country for c in countries if span.start <= c.start and c.end <= span.end), None)
    if source == "people":
        return Piece(span.start, span.end, source, "ner:NORP", "civilians", None, country)
    cue = next(iter(inside if has_of(span) else inside[::-1]), None)
    kind: PartyKind = cue.kind if cue else "unknown"
    return Piece(span.start, span.end, source, f"ner:{span.label_}", kind, None, country, cue.entry if cue else None)


def has_of(span: Span) -> bool:
    """Whether the name's head stands first ("Ministry of Defence")."""
    return any(token.lower_ == "of" for token in span)
