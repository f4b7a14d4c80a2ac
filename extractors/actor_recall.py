"""Names told in full once and short later: what the first telling says holds for the others."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extractors.actor_phrases import Phrase
from models.mention import ActorValue


def recall_names(doc: Doc, phrases: Sequence[Phrase], values: Sequence[ActorValue]) -> list[ActorValue]:
    """The values, with persons and bodies of unknown kind filled from where the text introduces them."""
    known: dict[str, ActorValue] = {}
    introduced = [introduce(doc, phrases, values, at) for at in range(len(phrases))]
    for phrase, value in zip(phrases, introduced, strict=True):
        if is_told(value) and not value.id and value.form == "name":
            known.setdefault(short_name(doc, phrase), value)
    return [fill(value, known.get(short_name(doc, p))) for p, value in zip(phrases, introduced, strict=True)]


def is_told(value: ActorValue) -> bool:
    """Whether the text told what sort of party it is."""
    return value.kind != "unknown"


def fill(value: ActorValue, told: ActorValue | None) -> ActorValue:
    """The value with what is known under its short name."""
    if told is None or value.form != "name" or value.id or is_told(value):
        return value
    return replace(value, name=told.name, kind=told.kind, id=told.id, country=value.country or told.country)


def short_name(doc: Doc, phrase: Phrase) -> str:
    """A person's last name, another's whole name."""
    name = phrase.name or phrase.head
    if name.source == "person":
        return doc[name.end - 1].text
    return doc[name.start : name.end].text


def introduce(doc: Doc, phrases: Sequence[Phrase], values: Sequence[ActorValue], at: int) -> ActorValue:
    """The value with what stands beside its name: "Ali Amin, the interior minister", "Air Force (NAF)"."""
    value, phrase = values[at], phrases[at]
    if value.form != "name" or is_told(value):
        return value
    if at and is_bracketed(doc, phrases[at - 1], phrase):
        before = values[at - 1]
        return replace(value, name=before.name, kind=before.kind, id=before.id, country=before.country)
    for near in (at + 1, at - 1):
        if not 0 <= near < len(phrases) or values[near].form != "nominal":
            continue
        if apposes(doc, phrase, phrases[near]):
            return replace(value, kind=values[near].kind, country=value.country or values[near].country)
    return value


def is_bracketed(doc: Doc, before: Phrase, phrase: Phrase) -> bool:
    """Whether the phrase is a short form in brackets behind the full name."""
    if phrase.start != before.end + 1 or before.head.source not in {"name", "body"}:
        return False
    return doc[before.end].text in {"(", "["}


def apposes(doc: Doc, name: Phrase, other: Phrase) -> bool:
    """Whether the other phrase stands in apposition to the name, or the name to it."""
    first, second = (name, other) if name.start < other.start else (other, name)
    token = doc[second.head.last] if second.name is None else doc[second.name.last]
    return token.dep_ == "appos" and first.start <= token.head.i < first.end
