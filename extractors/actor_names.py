"""All pieces of a text: those of the lexicons, and the names that only the model or the grammar shows."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from extractors.actor_lexicon import ActorLexicon
from extractors.actor_pieces import SOURCES, Piece, find_countries, find_names, find_nouns, keep_apart
from models.terms import PartyKind

PLACES = frozenset({"GPE", "LOC", "FAC"})
SETTLED: frozenset[PartyKind] = frozenset({"civilians", "government"})
INSIDE = frozenset(
    {"in", "near", "at", "inside", "outside", "around", "across", "into", "towards", "throughout"}
)
BEARINGS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


def find_pieces(doc: Doc, lexicon: ActorLexicon) -> list[Piece]:
    """Pieces in text order: a listed name wins over a noun, a noun phrase over the model's name in it."""
    countries = [piece for piece in find_countries(doc, lexicon) if not is_pronoun(doc, piece)]
    entities = [trim(span) for span in doc.ents]
    persons = [span for span in entities if span.label_ == "PERSON" and len(span) > 1]
    names = [piece for piece in find_names(doc, lexicon) if not is_other(doc, piece, persons, lexicon)]
    nouns = [noun for noun in find_nouns(doc, lexicon, names) if noun.physical or not in_place(doc, noun)]
    read = read_entities(doc, entities, nouns, countries)
    pieces = names
    for others in (read, countries, nouns):
        pieces = [*pieces, *keep_apart(others, pieces)]
    pieces += keep_apart(find_titled(doc, pieces), pieces)
    pieces += keep_apart(find_unseen(doc), pieces)
    return sorted(pieces, key=lambda piece: piece.start)


def in_place(doc: Doc, noun: Piece) -> bool:
    """Whether the noun is a word of a place name ("West Bank"); "Gunmen" that opens a sentence is none."""
    if opens_sentence(doc, noun):
        return False
    return all(token.ent_type_ in PLACES for token in doc[noun.start : noun.end])


def opens_sentence(doc: Doc, noun: Piece) -> bool:
    """Whether people are a sentence's first words, and capital letters therefore no sign of a name."""
    people = noun.armed or noun.kind in SETTLED
    first = doc[noun.start].is_sent_start and not doc[noun.start].is_upper
    runs_on = noun.end < len(doc) and doc[noun.end].ent_iob_ == "I"
    return bool(people and first and not runs_on)


def read_entities(
    doc: Doc, entities: Sequence[Span], nouns: Sequence[Piece], countries: Sequence[Piece]
) -> list[Piece]:
    """Pieces from the model's names, but for places and for what a country or a noun phrase covers."""
    places = find_place_names(doc, entities, nouns)
    strong = [noun for noun in nouns if noun.end - noun.start > 1 or noun.armed]
    covered = {i: piece for piece in (*countries, *strong) for i in range(piece.start, piece.end)}
    inside = {piece.start: piece for piece in (*countries, *nouns)}
    return join_persons(
        read_entity(span, [inside[i] for i in range(span.start, span.end) if i in inside])
        for span in entities
        if is_name(doc, span, places)
        and not (span.start in covered and covered[span.start].holds(span.start, span.end))
    )


def find_place_names(doc: Doc, entities: Iterable[Span], nouns: Iterable[Piece]) -> frozenset[str]:
    """Names that the text uses for a place at least once, whatever the model calls them elsewhere."""
    things = {noun.end for noun in nouns if noun.physical}
    people = {noun.end for noun in nouns if noun.kind in SETTLED and not noun.collective}
    inside = {noun.start for noun in nouns}
    return frozenset(
        span.text
        for span in entities
        if span.label_ in PLACES
        or (span.label_ in SOURCES and follows_place_word(doc, span.start, things))
        or (
            span.label_ == "ORG"
            and is_home(doc, span, people)
            and inside.isdisjoint(range(span.start, span.end))
        )
    )


def is_home(doc: Doc, span: Span, people: set[int]) -> bool:
    """Whether a bare name tells where people belong: "residents of Karabila", "the mayor of Arauca"."""
    return span.start > 1 and doc[span.start - 1].lower_ == "of" and span.start - 1 in people


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
        while end < len(doc) and is_unseen(doc[end]):
            end += 1
        is_title = piece.source == "title" and doc[piece.start].is_title
        if end - start >= (1 if is_title else 2):
            yield Piece(start, end, "person", piece.rule, "unknown")


def find_unseen(doc: Doc) -> Iterable[Piece]:
    """Subjects that are names the model did not see: "yesterday Okello said"."""
    for token in doc:
        if token.dep_ not in {"nsubj", "nsubjpass"} or not is_unseen(token):
            continue
        start = token.i
        while start and is_unseen(doc[start - 1]):
            start -= 1
        known = doc[start].lower_ not in INSIDE and (start == 0 or doc[start - 1].tag_ != "DT")
        if known and (start < token.i or not token.is_sent_start):
            yield Piece(start, token.i + 1, "person", "names:subject", "unknown")


def is_unseen(token: Token) -> bool:
    """Whether the token is a capitalised name outside every name of the model."""
    return token.tag_ == "NNP" and token.is_title and not token.ent_type_


def is_other(doc: Doc, piece: Piece, persons: Iterable[Span], lexicon: ActorLexicon) -> bool:
    """Whether a short form is a person's name ("Robert Wagner", later "Wagner") or a word in capitals."""
    text = doc[piece.start : piece.end].text
    if text not in lexicon.actors[piece.id or ""].exact:
        return False
    if is_shouted(doc, piece):
        return True
    return any(span[-1].text == text or span.start <= piece.start < span.end for span in persons)


def is_pronoun(doc: Doc, piece: Piece) -> bool:
    """Whether "US" is the word in capitals."""
    return doc[piece.start].tag_ == "PRP" or (doc[piece.start].text == "US" and is_shouted(doc, piece))


def is_shouted(doc: Doc, piece: Piece) -> bool:
    """Whether a short form stands among words in capitals, where "IS" and "US" are words."""
    beside = doc[max(piece.start - 1, 0) : piece.start], doc[piece.end : piece.end + 1]
    words = [token for span in beside for token in span if token.is_alpha and len(token) > 1]
    return len(words) == 2 and all(token.is_upper for token in words)


def trim(span: Span) -> Span:
    """The entity without the article before it and the possessive behind it."""
    start, end = 0, len(span)
    while start < end - 1 and span[start].tag_ in {"DT", "PRP$", "CD", "``", "''", "_SP"}:
        start += 1
    while end > start + 1 and span[end - 1].tag_ in {"POS", "''", ":", ",", "HYPH", "_SP"}:
        end -= 1
    return Span(span.doc, span.start + start, span.start + end, span.label_)


def is_name(doc: Doc, span: Span, places: frozenset[str]) -> bool:
    """Whether the model's name can be a party: capitals, no place, no thing ("a UAV")."""
    if span.label_ not in SOURCES or len(span.text) < 2 or not any(c.isupper() for c in span.text):
        return False
    if any(token.is_space for token in span):  # across a line's end
        return False
    full_name = span.label_ == "PERSON" and len(span) > 1
    if (span.text in places and not full_name) or doc[span.start].lower_ in INSIDE:
        return False
    single = span.label_ == "ORG" and len(span) == 1
    return not (single and span.start and doc[span.start - 1].lower_ in {"a", "an"})


def read_entity(span: Span, inside: Sequence[Piece]) -> Piece:
    """A piece from a name that the model found; the nouns in it tell its kind ("Interior Ministry")."""
    country = next((piece.country for piece in inside if piece.country), None)
    source = SOURCES[span.label_]
    if source == "people":
        return Piece(span.start, span.end, source, "ner:NORP", "civilians", None, country)
    cues = [piece.entry for piece in inside if piece.entry and (piece.source == "noun" or source == "person")]
    if any(token.lower_ == "of" for token in span):
        cues = cues[::-1]  # the head stands first: "Ministry of Defence"
    entry = cues[-1] if cues else None  # a title is no cue in a body's name: "General Directorate"
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
