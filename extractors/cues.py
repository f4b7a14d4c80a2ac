"""Cues: the words that change what a text says of whether an event happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.phrases import Forms, compile_forms
from models.event import Evidence
from models.trigger import CueEntry


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes a status, where it stands."""

    span: Span
    entry: CueEntry
    rule: str


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Compiled cues."""

    entries: Mapping[str, CueEntry]
    words: Forms
    unless: Forms


Cues = Mapping[int, Sequence[Cue]]


def compile_cues(entries: Mapping[str, CueEntry]) -> CueLexicon:
    """Matchers for every form of every cue."""
    words = compile_forms({name: entry.forms() for name, entry in entries.items()})
    unless = compile_forms({name: entry.unless for name, entry in entries.items()})
    return CueLexicon(entries, words, unless)


def find_cues(doc: Doc, lexicon: CueLexicon) -> dict[int, list[Cue]]:
    """The cues of a text by the token that each hangs on."""
    banned = {(s.label_, t.i) for s in lexicon.unless.find_all(doc) for t in s}
    found: dict[int, list[Cue]] = {}
    for span in lexicon.words.find_all(doc):
        if not any((span.label_, token.i) in banned for token in span):
            cue = Cue(span, lexicon.entries[span.label_], f"status.toml:{span.label_}")
            found.setdefault(span.root.i, []).append(cue)
    return found


def show(cue: Cue) -> Evidence:
    """The cue's words as evidence."""
    return show_span(cue.span, cue.rule)


def show_span(span: Span, rule: str) -> Evidence:
    """Words as evidence."""
    return Evidence(start=span.start_char, end=span.end_char, text=span.text, rule=rule)


def show_token(token: Token, rule: str) -> Evidence:
    """A word as evidence."""
    return Evidence(start=token.idx, end=token.idx + len(token.text), text=token.text, rule=rule)
