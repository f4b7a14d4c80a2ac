"""Aggregates: how many incidents one mention sums ("66 attacks", "a series of strikes")."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.sheet import Sheet
from extractors.tree import chain, children
from extractors.triggers import Trigger
from models.mention import CountValue
from models.terms import WeaponCategory

SERIES = CountValue(low=2, best=None, high=None, form="vague")
THREE = CountValue(low=3, best=None, high=None, form="vague")

# "Shot twice" and "stabbed repeatedly" count the wounds of one attack, "bombed four times" counts attacks.
BLOWS: frozenset[WeaponCategory | None] = frozenset({"small_arms", "melee"})

Sum = tuple[CountValue, tuple[int, int]]  # how many, and where it says so


def count_attacks(draft: Draft, sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> None:
    """Marks the draft as an aggregate where a number or a word like "series" sums its event word."""
    for trigger in draft.triggers:
        if trigger.is_saying or trigger.is_loss:  # a toll is counted in people
            continue
        if trigger.is_noun:
            found = sum_noun(trigger, sheet, words)
        else:
            found = None if trigger.entry.weapon in BLOWS else sum_verb(trigger.head, sheet, words)
        if found is not None:
            value, (start, end) = found
            draft.is_aggregate, draft.attacks, draft.attacks_at = True, value, (start, end)
            return


def sum_noun(trigger: Trigger, sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> Sum | None:
    """How many an event noun sums: "66 attacks", "several bombings", "a series of strikes"."""
    noun = trigger.head
    for token in counting_tokens(noun):
        mention = sheet.at("count", token)
        if mention is not None and isinstance(mention.value, CountValue) and is_many(mention.value):
            return mention.value, (mention.start, mention.end)
    for need, value in (("several", THREE), ("multiple", SERIES)):
        for word in words.get(need, ()):
            if noun.tag_ == "NNS" and word.root.head == noun and word.root.dep_ in {"amod", "compound"}:
                return value, (word.start_char, word.end_char)
    span = find_series(noun, words.get("aggregate", ()))
    return (SERIES, (span.start_char, span.end_char)) if span is not None else None


def sum_verb(verb: Token, sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> Sum | None:
    """How many an event verb sums: "was attacked three times"."""
    for token in children(verb, "npadvmod", "advmod", "dobj"):
        times = (
            next((t for t in token.lefts if sheet.at("count", t)), None) if token.lower_ == "times" else None
        )
        mention = sheet.at("count", times) if times is not None else None
        if mention is not None and isinstance(mention.value, CountValue) and is_many(mention.value):
            return mention.value, (mention.start, mention.end)
    span = next((s for s in words.get("again", ()) if s.root.head == verb), None)
    return (SERIES, (span.start_char, span.end_char)) if span is not None else None


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
