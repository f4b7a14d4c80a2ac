"""Who stands in an event word's phrases: people, states, armed doers, those who are set free."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from extractors.relevance import ARMED
from extractors.sheet import Sheet
from extractors.syntax import find_complements
from extractors.tree import chain
from models.mention import ActorValue


def is_fighter(token: Token, sheet: Sheet) -> bool:
    """Whether the token is an armed actor, or people of whom it is not told who they are ("gunmen")."""
    mention = sheet.at("actor", token)
    return (
        mention is not None
        and isinstance(mention.value, ActorValue)
        and (is_armed(mention.value) or mention.value.kind == "unknown")
    )


def is_freed(token: Token, sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> bool:
    """Whether people are what is set free, and not their names or a list of them: "two nuns", "two of the nuns"."""
    papers = {span.root.i for span in words.get("document", ())}
    if any(t.i in papers for t in (token, *chain(token)) if t.pos_ == "NOUN"):
        return False
    heads = {span.root.i for name in ("captive", "freed") for span in words.get(name, ())}
    if token.pos_ == "NUM":
        return any(t.i in heads or sheet.at("actor", t) for t in find_complements(token, frozenset({"of"})))
    return token.i in heads or sheet.at("actor", token) is not None or token.ent_type_ == "PERSON"


def is_place(token: Token, sheet: Sheet) -> bool:
    """Whether the token is of a place."""
    return sheet.at("place", token) is not None


def is_person(token: Token, sheet: Sheet) -> bool:
    """Whether the token is an actor, a named person or stands for one."""
    return (
        sheet.at("actor", token) is not None
        or token.ent_type_ in {"PERSON", "NORP", "ORG"}
        or token.lower_ in {"they", "he", "she", "him", "her", "them", "who", "people", "someone", "others"}
        or token.pos_ == "NUM"
    )


def is_state(token: Token, sheet: Sheet) -> bool:
    """Whether the token is a state or its government, or stands for somebody."""
    mention = sheet.at("actor", token)
    state = mention and isinstance(mention.value, ActorValue) and mention.value.kind == "government"
    return bool(state) or token.pos_ in {"PRON", "PROPN"}


def is_armed(value: ActorValue) -> bool:
    """Whether the actor bears arms as a rule."""
    return value.kind in ARMED
