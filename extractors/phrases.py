"""Phrase matching over a Doc: thousands of lexicon forms at millions of words a second."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from models.lexicon import Entry

LEXICONS = Path(__file__).parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled forms of one lexicon: one matcher for any case, one for forms that are exact."""

    any_case: PhraseMatcher
    exact: PhraseMatcher

    def find(self, doc: Doc) -> list[Span]:
        """The longest matches, in text order, without overlap; `span.label_` is the entry's id."""
        spans = (*self.any_case(doc, as_spans=True), *self.exact(doc, as_spans=True))
        return filter_spans(sorted(spans, key=lambda span: (span.start, -span.end, span.label_)))


def compile_phrases(nlp: Language, entries: Mapping[str, Entry]) -> Phrases:
    """Matchers for the forms of the entries; a form's label is its entry's id."""
    phrases = Phrases(PhraseMatcher(nlp.vocab, attr="LOWER"), PhraseMatcher(nlp.vocab, attr="ORTH"))
    for name, entry in entries.items():
        add_forms(phrases.any_case, nlp, name, entry.forms())
        add_forms(phrases.exact, nlp, name, entry.exact)
    return phrases


def add_forms(matcher: PhraseMatcher, nlp: Language, name: str, forms: Iterable[str]) -> None:
    """Adds the forms under one label, in the apostrophes that texts use."""
    spelt = {variant for form in forms for variant in spell(form)}
    if spelt:
        matcher.add(name, [nlp.make_doc(form) for form in sorted(spelt)])


def spell(form: str) -> set[str]:
    """The form with straight and with curly apostrophes."""
    return {form, form.replace("'", "’"), form.replace("’", "'")}
