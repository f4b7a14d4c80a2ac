"""Actors: names, persons, countries and common nouns that act or suffer, as mentions with their kind."""

from typing import Literal

from spacy.tokens import Doc, Token

from extractors.actor_lexicon import ActorLexicon, compile_actors
from extractors.actor_names import find_pieces
from extractors.actor_phrases import Phrase, build_phrases, tell_country, tell_id, tell_kind
from extractors.actor_pieces import HYPHENS, NOUN_TAGS, Piece
from extractors.actor_recall import recall_names
from extractors.phrases import cut_text
from models.mention import ActorValue, Mention
from models.terms import PartyKind

__all__ = ["ActorLexicon", "compile_actors", "find_actors", "find_objects"]

FORMS: dict[str, Literal["country", "demonym"]] = {
    "country": "country",
    "metonym": "country",
    "demonym": "demonym",
    "people": "demonym",
}
COUNTRIES = frozenset({"country", "metonym"})
OWN_NAMES = frozenset({"name", "person", "body"})
PLURALS = frozenset({"NNS", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ATTRIBUTES = frozenset({"compound", "amod", "nmod"})
ACTING = SUBJECTS | ATTRIBUTES | {"poss", "dobj", "attr", "dative"}
STATE_KINDS = frozenset({"state_military", "police", "government"})
UNTOLD = frozenset({"media", "other", "unknown"})  # "press conference", "group chat" tell no party
PARTNERS = frozenset({"by", "with", "between", "against"})


def find_actors(doc: Doc, lexicon: ActorLexicon) -> list[Mention]:
    """Actor mentions in text order, without overlap; pronouns and things that are hit are not among them."""
    phrases = [p for found in find_phrases(doc, lexicon) for p in split_object(found) if is_party(doc, p)]
    values = recall_names(doc, phrases, [read_value(doc, lexicon, phrase) for phrase in phrases])
    return [make_mention(doc, phrase, value) for phrase, value in zip(phrases, values, strict=True)]


def find_objects(doc: Doc, lexicon: ActorLexicon) -> list[Mention]:
    """Things that can be hit (hospitals, convoys, villages) as mentions of kind `other`, in text order."""
    phrases = [phrase for phrase in find_phrases(doc, lexicon) if phrase.head.physical]
    return [make_mention(doc, phrase, read_value(doc, lexicon, phrase)) for phrase in phrases]


def find_phrases(doc: Doc, lexicon: ActorLexicon) -> list[Phrase]:
    """Every noun phrase whose head is a party or a thing."""
    return build_phrases(doc, find_pieces(doc, lexicon))


def split_object(phrase: Phrase) -> list[Phrase]:
    """The phrase; of a thing, only the parties whose it is ("Hamas headquarters")."""
    if not phrase.head.physical:
        return [phrase]
    owners = [
        piece for piece in phrase.before if piece.source not in {"person", "body"} and not piece.physical
    ]
    return [Phrase(piece.start, piece.end, piece) for piece in owners]


def make_mention(doc: Doc, phrase: Phrase, value: ActorValue) -> Mention:
    """The phrase as a mention."""
    start, text = doc[phrase.start].idx, cut_text(doc, phrase.start, phrase.end)
    return Mention("actor", start, start + len(text), text, phrase.head.rule, value)


def is_party(doc: Doc, phrase: Phrase) -> bool:
    """Whether the phrase stands for a party: a country only where it acts, a people only as a noun."""
    head = phrase.head
    if head.source in COUNTRIES:
        token = doc[head.start : head.end].root
        return acts(token, head.source == "metonym") and not is_made(doc, head)
    if head.source == "demonym":
        return not is_made(doc, head)
    token = doc[head.last]
    if head.source == "people":  # "Yazidis", "the Yazidi"; not "Islam"
        many = token.tag_ in PLURALS or (head.start > 0 and doc[head.start - 1].tag_ == "DT")
        return many and token.dep_ not in ATTRIBUTES and not is_made(doc, head)
    if head.source not in {"noun", "title"} or head.armed or phrase.name:
        return True
    bare = phrase.start == head.start and token.dep_ == "compound" and head.kind in UNTOLD
    return not bare and token.tag_ != "JJ"


def acts(token: Token, is_capital: bool) -> bool:
    """Whether a country is spoken of as its government; a capital only as who does something."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ == "pobj":
        return token.head.lower_ in PARTNERS
    return token.dep_ == "nsubj" if is_capital else token.dep_ in ACTING


def is_made(doc: Doc, piece: Piece) -> bool:
    """Whether only a participle hangs on the country: "Iranian-made", "Israeli-occupied"."""
    if piece.end + 1 >= len(doc) or doc[piece.end].text not in HYPHENS:
        return False
    return doc[piece.end + 1].tag_ in {"VBN", "VBD", "JJ"}


def read_value(doc: Doc, lexicon: ActorLexicon, phrase: Phrase) -> ActorValue:
    """Who the phrase stands for, by its own words."""
    head, known, country = phrase.head, tell_id(doc, phrase), tell_country(doc, phrase)
    entry = lexicon.actors[known.id] if known and known.id else None
    kind = read_people(doc, head) if FORMS.get(head.source) == "demonym" else tell_kind(doc, phrase)
    own = phrase.name is not None or head.source in OWN_NAMES
    return ActorValue(
        name=tell_name(doc, lexicon, phrase, kind),
        kind=kind,
        id=known.id if known else None,
        country=country or (entry.country if entry else None),
        named=own or known is not None or head.source in COUNTRIES or is_state_body(phrase, country),
        form=FORMS.get(head.source, "name" if own else "nominal"),
        plural=doc[head.last].tag_ in PLURALS,
        collective=head.collective,
    )


def tell_name(doc: Doc, lexicon: ActorLexicon, phrase: Phrase, kind: PartyKind) -> str:
    """The canonical name where there is one, the name without title or owner, else the phrase."""
    piece = phrase.name or phrase.head
    if piece.id:
        return lexicon.actors[piece.id].name
    if piece.country and kind == "government" and piece.source in FORMS:
        return lexicon.country_names[piece.country]
    start, end = (piece.start, piece.end) if piece.source in OWN_NAMES else (phrase.start, phrase.end)
    return cut_text(doc, start, end)


def is_state_body(phrase: Phrase, country: str | None) -> bool:
    """Whether country and noun are as good as a name: "the Peruvian navy", "Kenya's police"."""
    return country is not None and phrase.head.collective and phrase.head.kind in STATE_KINDS


def read_people(doc: Doc, piece: Piece) -> PartyKind:
    """Whether a demonym tells the state ("Russian shelling", "the Russians") or people ("two Syrians")."""
    token = doc[piece.last]
    if piece.source == "people":
        return "civilians"
    if token.tag_ not in NOUN_TAGS or token.dep_ in ATTRIBUTES:
        return "government"
    definite = piece.start > 0 and doc[piece.start - 1].lower_ == "the"
    return "government" if definite and token.dep_ in {"nsubj", "pobj"} else "civilians"
