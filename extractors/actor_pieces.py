"""The pieces that actor phrases are made of: names, countries, persons and common nouns, without overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from extractors.actor_lexicon import ActorLexicon
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
PLACES = frozenset({"GPE", "LOC", "FAC"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
HYPHENS = frozenset({"-", "–"})
INSIDE = frozenset(
    {"in", "near", "at", "inside", "outside", "around", "across", "into", "towards", "throughout"}
)
BEARINGS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


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


def find_pieces(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Pieces in text order: a listed name wins over a noun, a noun phrase over the model's name in it."""
    countries = find_countries(doc, lexicon)
    nouns = find_nouns(doc, lexicon)
    entities = [trim(span) for span in doc.ents]
    names = [piece for piece in find_names(doc, lexicon) if not is_surname(doc, piece, entities, lexicon)]
    whole = [noun for noun in nouns if noun.end - noun.start > 1 or noun.armed]
    places = find_place_names(doc, entities, nouns)
    read = join_persons(
        read_entity(span, nouns, countries)
        for span in entities
        if is_name(doc, span, places) and not any(p.holds(span.start, span.end) for p in (*countries, *whole))
    )
    pieces = names
    for others in (read, countries, nouns):
        pieces = [*pieces, *keep_apart(others, pieces)]
    pieces += keep_apart(find_titled(doc, pieces), pieces)
    return sorted(pieces, key=lambda piece: piece.start)


def find_place_names(doc: Doc, entities: Iterable[Span], nouns: Iterable[Piece]) -> frozenset[str]:
    """Names that the text uses for a place at least once, whatever the model calls them elsewhere."""
    things = {noun.end for noun in nouns if noun.physical}
    return frozenset(
        span.text
        for span in entities
        if span.label_ in PLACES or (span.label_ in SOURCES and follows_place_word(doc, span.start, things))
    )


def follows_place_word(doc: Doc, start: int, things: set[int]) -> bool:
    """Whether the words before tell a place: "in Raqqa", "the town of Dabiq", "west of Samarra"."""
    before = doc[start - 1].lower_ if start else ""
    if before == "of" and start > 1:
        return start - 1 in things or doc[start - 2].lower_ in BEARINGS
    return before in INSIDE or doc[start].lower_ in INSIDE


def find_titled(doc: Doc, pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Persons that the model missed: "Mr Alzoubi", "farmer Moses Okello"."""
    for piece in pieces:
        if piece.source not in {"title", "noun"} or piece.collective or piece.physical:
            continue
        start = end = piece.end
        while end < len(doc) and doc[end].tag_ == "NNP" and doc[end].is_title and not doc[end].ent_type_:
            end += 1
        is_title = piece.source == "title" and doc[piece.start].is_title
        if end - start >= (1 if is_title else 2):
            yield Piece(start, end, "person", piece.rule, "unknown")


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


def is_surname(doc: Doc, piece: Piece, entities: Iterable[Span], lexicon: ActorLexicon) -> bool:
    """Whether a short form is only a part of a person's name ("Robert Wagner")."""
    if doc[piece.start : piece.end].text not in lexicon.actors[piece.id or ""].exact:
        return False
    return any(
        span.label_ == "PERSON" and len(span) > 1 and span.start <= piece.start and piece.end <= span.end
        for span in entities
    )


def find_countries(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Countries, demonyms and the capitals that stand for governments."""
    pieces = []
    for span in lexicon.countries.find(doc):
        code, _, source = span.label_.partition(":")
        rule = f"countries.toml:{code}"
        pieces.append(Piece(span.start, span.end, SOURCES[source], rule, "government", None, code))
    return pieces


def find_nouns(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Common nouns and titles, the longer of two that overlap."""
    found = [(span, lexicon.titles[span.label_], "titles.toml") for span in lexicon.ranks.find(doc)]
    found += [(span, lexicon.nouns[span.label_], "actor_nouns.toml") for span in lexicon.common.find(doc)]
    kept: list[Piece] = []
    for span, entry, file in sorted(found, key=lambda item: (-len(item[0]), item[0].start)):
        if not is_noun(doc, span, entry) or is_hyphened(doc, span):
            continue
        rule = f"{file}:{span.label_}"
        piece = Piece(span.start, span.end, SOURCES[file], rule, entry.kind, entry=entry)
        kept += keep_apart((piece,), kept)
    return sorted(kept, key=lambda piece: piece.start)


def is_noun(doc: Doc, span: Span, entry: NounEntry) -> bool:
    """Whether the words are a noun here; "rebel" and the like also where the model has an adjective."""
    last = doc[span.end - 1]
    return last.tag_ in NOUN_TAGS or (last.tag_ == "JJ" and entry.armed and not entry.collective)


def is_hyphened(doc: Doc, span: Span) -> bool:
    """Whether the noun is only a part of a compound: "letter-head", "rebel-held"."""
    if span.start > 1 and doc[span.start - 1].text in HYPHENS and doc[span.start - 2].tag_ in NOUN_TAGS:
        return not doc[span.start - 1].whitespace_
    if span.end + 1 >= len(doc) or doc[span.end].text not in HYPHENS:
        return False
    tag = doc[span.end + 1].tag_
    return tag == "VBN" or (tag == "JJ" and not doc[span.end].whitespace_)


def trim(span: Span) -> Span:
    """The entity without the article before it and the possessive behind it."""
    start, end = 0, len(span)
    while start < end - 1 and span[start].tag_ in {"DT", "PRP$", "CD", "``", "''"}:
        start += 1
    while end > start + 1 and span[end - 1].tag_ in {"POS", "''", ":", ",", "HYPH"}:
        end -= 1
    return Span(span.doc, span.start + start, span.start + end, span.label_)


def is_name(doc: Doc, span: Span, places: frozenset[str]) -> bool:
    """Whether the model's name can be a party: capitals, no place, no thing ("a UAV")."""
    if span.label_ not in SOURCES or len(span.text) < 2 or not any(c.isupper() for c in span.text):
        return False
    full_name = span.label_ == "PERSON" and len(span) > 1
    if (span.text in places and not full_name) or doc[span.start].lower_ in INSIDE:
        return False
    single = span.label_ == "ORG" and len(span) == 1
    return not (single and span.start and doc[span.start - 1].lower_ in {"a", "an"})


def read_entity(span: Span, nouns: Sequence[Piece], countries: Sequence[Piece]) -> Piece:
    """A piece from a name that the model found; nouns in it tell its kind ("Interior Ministry")."""
    inside = [noun for noun in nouns if span.start <= noun.start and noun.end <= span.end]
    country = next((c.country for c in countries if span.start <= c.start and c.end <= span.end), None)
    source = SOURCES[span.label_]
    if source == "people":
        return Piece(span.start, span.end, source, "ner:NORP", "civilians", None, country)
    if any(token.lower_ == "of" for token in span):
        inside = inside[::-1]  # the head stands first: "Ministry of Defence"
    if source == "body":
        inside = [noun for noun in inside if noun.source == "noun"]  # "General Directorate" is no general
    entry = inside[-1].entry if inside else None
    kind: PartyKind = entry.kind if entry else "unknown"
    return Piece(span.start, span.end, source, f"ner:{span.label_}", kind, None, country, entry)


def join_persons(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with the halves of a long name made one where the model cut it."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and are_halves(joined[-1], piece):
            joined[-1] = Piece(joined[-1].start, piece.end, "person", "ner:PERSON", "unknown")
        else:
            joined.append(piece)
    return joined


def are_halves(first: Piece, second: Piece) -> bool:
    """Whether two names without a word of their own kind touch, and one is a person's."""
    if first.end != second.start or first.entry or second.entry:
        return False
    return {first.source, second.source} in ({"person"}, {"person", "body"})
