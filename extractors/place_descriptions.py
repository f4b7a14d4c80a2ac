"""Places told by a noun alone: a hospital, the village, two bridges."""

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from extractors.phrases import read_text
from extractors.place_words import PlaceWords
from models.mention import Mention, PlaceValue

MODIFIERS = frozenset(("compound", "amod", "nmod"))
NOUNS = frozenset(("NN", "NNS"))


def find_place_nouns(doc: Doc, words: PlaceWords, named: Iterable[Mention]) -> list[Mention]:
    """Nouns that stand for a place without naming it, outside the named places, in text order.

    They have no coordinates and no country: only the event that they belong to can tell where they are.
    """
    taken = {offset for mention in named for offset in range(mention.start, mention.end)}
    mentions = []
    for found in words.alone.finditer(read_text(doc)):
        span = doc.char_span(*found.span())
        noun = words.find_noun(found[0])
        if span is None or noun is None or not is_head(span) or not taken.isdisjoint(range(*found.span())):
            continue
        value = PlaceValue(found[0], precision=noun[1].precision)
        mentions.append(Mention("place", *found.span(), found[0], f"place_words.toml:{noun[0]}", value))
    return mentions


def is_head(span: Span) -> bool:
    """Whether the noun is a noun of its own, not the first part of another ("hospital director")."""
    last = span[-1]
    behind = span.doc[span.end] if span.end < len(span.doc) else None
    joined = (
        behind is not None and behind.tag_ in NOUNS and behind.head.i >= behind.i and last.whitespace_ != ""
    )
    return last.tag_ in NOUNS and last.dep_ not in MODIFIERS and not joined
