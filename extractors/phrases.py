"""Phrase matching over a Doc: thousands of lexicon forms, compiled in milliseconds.

An automaton over the characters instead of spaCy's PhraseMatcher: the same matches (whole tokens only), but
no Doc is made for each of 27,000 forms when a process starts.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from models.lexicon import Entry

LEXICONS = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Forms:
    """Compiled forms with the labels that each stands for; in any case, or only as spelt."""

    automaton: AhoCorasick
    labels: tuple[tuple[str, ...], ...]
    exact: bool

    def find_all(self, doc: Doc) -> list[Span]:
        """Every match that covers whole tokens, in text order, overlaps and all."""
        text = read_text(doc) if self.exact else read_lower(doc)
        found = []
        for number, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if is_inside_word(text, start, end):
                continue
            for label in self.labels[number]:
                span = doc.char_span(start, end, label=label)
                if span is not None:
                    found.append(span)
        return sorted(found, key=lambda span: (span.start, -span.end, span.label_))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled forms of one lexicon: those in any case, and those that are exact."""

    any_case: Forms
    exact: Forms

    def find(self, doc: Doc) -> list[Span]:
        """The longest matches, in text order, without overlap; `span.label_` is the entry's id."""
        return filter_spans(self.find_all(doc))

    def find_all(self, doc: Doc) -> list[Span]:
        """Every match, in text order."""
        spans = (*self.any_case.find_all(doc), *self.exact.find_all(doc))
        return sorted(spans, key=lambda span: (span.start, -span.end, span.label_))


def compile_phrases(entries: Mapping[str, Entry]) -> Phrases:
    """Matchers for the forms of the entries; a form's label is its entry's id."""
    return Phrases(
        compile_forms({name: entry.forms() for name, entry in entries.items()}),
        compile_forms({name: entry.exact for name, entry in entries.items()}, exact=True),
    )


def compile_forms(forms: Mapping[str, Iterable[str]], *, exact: bool = False) -> Forms:
    """A matcher of the forms of each label, in the apostrophes that texts use."""
    labels: dict[str, set[str]] = {}
    for label, own in forms.items():
        for form in own:
            for variant in spell(form if exact else lower(form)):
                labels.setdefault(variant, set()).add(label)
    patterns = sorted(labels)
    automaton = AhoCorasick(patterns, implementation=Implementation.ContiguousNFA)
    return Forms(automaton, tuple(tuple(sorted(labels[p])) for p in patterns), exact)


def spell(form: str) -> set[str]:
    """The form with straight and with curly apostrophes."""
    return {form, form.replace("'", "’"), form.replace("’", "'")}


def read_text(doc: Doc) -> str:
    """`doc.text`, kept on the Doc: spaCy puts it together anew at each access, token by token."""
    text: str = doc.user_data.get("text") or doc.user_data.setdefault("text", doc.text)
    return text


def read_lower(doc: Doc) -> str:
    """The Doc's text in lower case, kept on it."""
    text: str = doc.user_data.get("lower") or doc.user_data.setdefault("lower", lower(read_text(doc)))
    return text


def read_words(doc: Doc) -> tuple[str, ...]:
    """The tokens' words in lower case, kept on the Doc: spaCy makes a new Token at each access."""
    words: tuple[str, ...] = doc.user_data.get("words") or doc.user_data.setdefault(
        "words", tuple(token.lower_ for token in doc)
    )
    return words


def cut_text(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens from start to end, without the space behind them."""
    last = doc[end - 1]
    return read_text(doc)[doc[start].idx : last.idx + len(last)]


def lower(text: str) -> str:
    """The text in lower case, each character still in its place: a few grow when lowered and stay as they are."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether a letter or digit goes on from either end: no token can begin or end there."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def strip_accents(text: str) -> str:
    """The text without diacritics."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))
