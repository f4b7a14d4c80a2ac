"""Counts: every cardinal number or range of a text that is no part of a date, a time or a name."""

from spacy.tokens import Doc

from extractors.number_contexts import keep_counts
from extractors.phrases import read_text
from extractors.vague_numbers import Quantity, bind, find_quantities, join_bounds
from models.mention import Mention
from models.trace import Trace, sift

# What spaCy calls these holds numbers only as parts of names.
NAMES = frozenset({"PERSON", "ORG", "PRODUCT", "LAW", "FAC", "WORK_OF_ART", "EVENT", "NORP"})


def find_counts(doc: Doc, trace: Trace | None = None) -> list[Mention]:
    """Count mentions in text order; a mention's span is the number, its value holds the bound as well."""
    text = read_text(doc)
    kept = keep_counts(text, find_quantities(text), trace)
    quantities = sift(kept, lambda q: "number:in-name" if is_named(doc, q) else None, trace, "counts")
    bound = join_bounds(text, [bind(text, quantity) for quantity in quantities])
    return [Mention("count", q.start, q.end, text[q.start : q.end], q.rule, q.value) for q in bound]


def is_named(doc: Doc, quantity: Quantity) -> bool:
    """Whether the number ends a name that the pipeline found ("Task Force 50")."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None or span.start == 0:
        return False
    token, before = span[0], doc[span.start - 1]
    return token.ent_type_ in NAMES and token.ent_iob_ == "I" and before.ent_type_ == token.ent_type_
