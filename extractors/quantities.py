"""Aggregates: how many incidents one mention sums ("66 attacks", "a series of strikes")."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.sheet import Sheet
from extractors.syntax import chain
from models.mention import CountValue

SERIES = CountValue(low=2, best=None, high=None, form="vague")


def count_attacks(draft: Draft, sheet: Sheet, series: Sequence[Span]) -> None:
    """Marks the draft as an aggregate where a number or a word like "series" counts its event noun."""
    for trigger in draft.triggers:
        if not trigger.is_noun or trigger.is_saying or trigger.is_loss:
            continue
        for token in counting_tokens(trigger.head):
            mention = sheet.at("count", token)
            if mention is not None and isinstance(mention.value, CountValue) and is_many(mention.value):
                draft.is_aggregate, draft.attacks = True, mention.value
                draft.attacks_at = (mention.start, mention.end)
                return
        span = find_series(trigger.head, series)
        if span is not None:
            draft.is_aggregate, draft.attacks = True, SERIES
            draft.attacks_at = (span.start_char, span.end_char)
            return


def counting_tokens(noun: Token) -> list[Token]:
    """The numbers that stand before an event noun, or before "of" and it ("dozens of attacks")."""
    found = [t for t in noun.lefts if t.dep_ in {"nummod", "quantmod", "amod", "det", "compound"}]
    found += [t for c in found for t in c.subtree]
    if noun.dep_ in {"conj", "compound"}:
        found += [t for t in noun.head.lefts if t.dep_ == "nummod"]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        found.append(noun.head.head)
    return found


def is_many(value: CountValue) -> bool:
    """Whether the number is two or more."""
    number = value.best if value.best is not None else value.low
    return number is not None and number >= 2


def find_series(noun: Token, series: Sequence[Span]) -> Span | None:
    """The word that bundles the event noun: "a series of attacks"."""
    above = {t.i for t in list(chain(noun))[:3]} if noun.dep_ in {"pobj", "conj", "compound"} else set()
    return next((span for span in series if span.root.i in above), None)
