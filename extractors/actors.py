"""Actors: names, persons, countries and common nouns that act or suffer, as mentions with their kind."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extractors.actor_lexicon import ActorLexicon, compile_actors
from extractors.actor_phrases import Phrase, build_phrases, tell_country, tell_id, tell_kind
from extractors.actor_pieces import NOUN_TAGS, find_pieces
from models.mention import ActorValue, Mention

__all__ = ["ActorLexicon", "compile_actors", "find_actors", "find_objects"]

PLURALS = frozenset({"NNS", "NNPS"})
ACTING = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "attr", "appos", "dative"})
PARTNERS = frozenset({"by", "with", "between", "against"})


def find_actors(doc: Doc, lexicon: ActorLexicon) -> list[Mention]:
    """Actor mentions in text order, without overlap; pronouns and things that are hit are not among them."""
    phrases = [p for p in find_phrases(doc, lexicon) if not is_object(p) and is_party(doc, p)]
    return [make_mention(doc, lexicon, phrase) for phrase in phrases]


def find_objects(doc: Doc, lexicon: ActorLexicon) -> list[Mention]:
    """Things that can be hit (hospitals, convoys, pipelines) as mentions of kind `other`, in text order."""
    return [make_mention(doc, lexicon, phrase) for phrase in find_phrases(doc, lexicon) if is_object(phrase)]


def find_phrases(doc: Doc, lexicon: ActorLexicon) -> list[Phrase]:
    return build_phrases(doc, find_pieces(doc, lexicon))


def is_object(phrase: Phrase) -> bool:
    """Whether the head is a thing."""
    return phrase.head.entry is not None and phrase.head.entry.physical


def is_party(doc: Doc, phrase: Phrase) -> bool:
    """Whether the phrase stands for a party: a country only where it acts, a people only as a noun."""
    head = doc[phrase.head.head]
    if phrase.head.source in {"country", "metonym"}:
        return acts(doc, phrase.head.head)
    if phrase.head.source == "demonym":
        return True
    if phrase.head.source == "people":
        return head.tag_ in NOUN_TAGS and head.dep_ not in {"compound", "amod"}
    return True


def acts(doc: Doc, i: int) -> bool:
    """Whether a country or capital is spoken of as its government."""
    token = doc[i]
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ == "pobj":
        return token.head.lower_ in PARTNERS
    return token.dep_ in ACTING or token.dep_ in {"compound", "amod", "nmod"}


def make_mention(doc: Doc, lexicon: ActorLexicon, phrase: Phrase) -> Mention:
    span = doc[phrase.start : phrase.end]
    known = tell_id(doc, phrase)
    head = doc[phrase.head.head]
    form = {"country": "country", "metonym": "country", "demonym": "demonym", "people": "demonym"}.get(phrase.head.source)
    named = bool(known) or phrase.head.source in {"person", "body"} or phrase.person is not None
    if form is None:
        form = "name" if (phrase.head.source in {"name", "person", "body"} or phrase.person) else "nominal"
    value = ActorValue(
        lexicon.actors[known.id].name if known and known.id and form == "name" else span.text,
        tell_kind(doc, phrase, known),
        known.id if known else None,
        tell_country(doc, phrase) or (known.country if known else None),
        named,
        form,  # type: ignore[arg-type]
        head.tag_ in PLURALS,
    )
    return Mention("actor", span.start_char, span.end_char, span.text, phrase.head.rule, value)
