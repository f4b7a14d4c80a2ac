"""Names told in full once and short later: what the first telling says holds for the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extractors.actor_phrases import Phrase
from extractors.phrases import cut_text
from models.mention import ActorValue


def recall_names(doc: Doc, phrases: Sequence[Phrase], values: Sequence[ActorValue]) -> list[ActorValue]:
    """The values, with persons and bodies filled from where the text introduces them."""
    known: dict[str, ActorValue] = {}
    brackets: dict[str, ActorValue] = {}
    introduced = [introduce(doc, phrases, values, at) for at in range(len(phrases))]
    for at, (phrase, value) in enumerate(zip(phrases, introduced, strict=True)):
        if is_bracketed(doc, phrases, at):
            brackets.setdefault(own_name(doc, phrase), value)
        elif is_told(value) and value.form == "name" and phrase.head.source != "name":
            for key in keys_of(doc, phrase):
                known.setdefault(key, value)
    known |= brackets
    return [
        brackets.get(own_name(doc, phrase)) or fill(doc, phrase, value, known)
        for phrase, value in zip(phrases, introduced, strict=True)
    ]


def is_told(value: ActorValue) -> bool:
    """Whether the text told what sort of party it is."""
    return value.kind != "unknown"


def fill(doc: Doc, phrase: Phrase, value: ActorValue, known: Mapping[str, ActorValue]) -> ActorValue:
    """The value with what is known under its short name, or under a name before its noun ("KDK troops")."""
    if value.id or is_told(value):
        return value
    if value.form == "name":
        named = next((known[key] for key in keys_of(doc, phrase) if key in known), None)
        if named is None or not share_name(value.name, named.name):
            return value
        return replace(named, country=value.country or named.country)
    owners = [
        known.get(cut_text(doc, piece.start, piece.end)) for piece in phrase.before if piece.source == "body"
    ]
    told = next((owner for owner in owners if owner), None)
    return (
        replace(value, kind=told.kind, id=told.id, country=value.country or told.country) if told else value
    )


def share_name(one: str, other: str) -> bool:
    """Whether all words of the shorter name stand in the longer: not "Ana Ruiz" and "Leo Ruiz"."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def own_name(doc: Doc, phrase: Phrase) -> str:
    """The name in the phrase, without title or noun."""
    name = phrase.name or phrase.head
    return cut_text(doc, name.start, name.end)


def keys_of(doc: Doc, phrase: Phrase) -> tuple[str, ...]:
    """What a later mention may be looked up by: of a person the last names, else the whole name."""
    name = phrase.name or phrase.head
    if name.source != "person":
        return (own_name(doc, phrase),)
    words = [token.text for token in doc[name.start : name.end]]
    return tuple(words[:0:-1]) or tuple(words)  # two surnames: Galán Sarmiento is later Galán


def introduce(doc: Doc, phrases: Sequence[Phrase], values: Sequence[ActorValue], at: int) -> ActorValue:
    """The value with what stands beside its name: "Ali Amin, the interior minister", "Air Force (NAF)"."""
    value, phrase = values[at], phrases[at]
    if is_bracketed(doc, phrases, at):
        return replace(values[at - 1], form="name", named=True)
    if value.form != "name" or is_told(value):
        return value
    for near in (at + 1, at - 1):
        if not 0 <= near < len(phrases) or values[near].form != "nominal":
            continue
        if values[near].kind != "other" and apposes(doc, phrase, phrases[near]):
            return replace(value, kind=values[near].kind, country=value.country or values[near].country)
    return value


def is_bracketed(doc: Doc, phrases: Sequence[Phrase], at: int) -> bool:
    """Whether the phrase is a short form in brackets behind a body's full name."""
    before, phrase = phrases[at - 1], phrases[at]
    if not at or phrase.start != before.end + 1 or phrase.end - phrase.start > 1:
        return False
    full = before.head.source in {"name", "body"} or before.head.collective
    return full and doc[before.end].text in {"(", "["} and doc[phrase.start].is_upper


def apposes(doc: Doc, name: Phrase, other: Phrase) -> bool:
    """Whether the other phrase stands in apposition to the name, or the name to it."""
    first, second = (name, other) if name.start < other.start else (other, name)
    token = doc[second.head.last] if second.name is None else doc[second.name.last]
    return token.dep_ == "appos" and first.start <= token.head.i < second.start
