"""Numbers of people: which number or vague word of a noun phrase counts them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.casualty_words import is_somebody, load_nouns, load_words
from extractors.vague_numbers import FILE, PROFILE, load_grammar, vague_value
from models.mention import CountValue, Mention
from models.reason import NumberReason

ARTICLES = frozenset({"a", "an", "another"})
PLURAL = ("NNS", "NNPS")
HYPHENED = re.compile(r"-[A-Za-z]")
A_NUMBER = "a_number"
MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "NUM", "ADV", "DET", "PART", "X", "VERB", "PRON"})


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of people: the offsets of its words, its value, the head noun and the rule that read it."""

    start: int
    end: int
    value: CountValue
    head: Token
    rule: str

    @property
    def is_single(self) -> bool:
        """Whether it is one person without a number."""
        return self.rule.startswith("casualties:one")

    @property
    def is_plural(self) -> bool:
        """Whether it is a bare plural."""
        return self.rule == f"{FILE}:{PROFILE}.plural"


def read_amount(head: Token, inner: Token | None) -> Tally | None:
    """ "A number of people", or "a number" alone: some of them, and no thing; "the number of" is a sum."""
    if not is_amount(head):
        return None
    if inner is not None and inner.tag_.startswith("W"):
        return None  # "dozens, a number of whom" tells a part
    told = inner is None or is_somebody(inner) or inner.lower_ in load_words() or inner.pos_ == "PRON"
    value = vague_value(load_grammar().profile.words[A_NUMBER])
    rule = f"{FILE}:{PROFILE}.{A_NUMBER}"
    return Tally(head.idx, head.idx + len(head), value, inner or head, rule) if told else None


def is_amount(head: Token) -> bool:
    """Whether the noun stands for some people: "a number of", not "the number of"."""
    return head.lower_ in load_nouns().amounts and any(child.lower_ in ARTICLES for child in head.lefts)


def behind_of(head: Token) -> Token | None:
    """The noun behind "of", which follows the head: "of whom four hunters" counts hunters."""
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            return next((child for child in prep.children if child.dep_ == "pobj"), None)
    return None


def read_number(head: Token, counts: Sequence[Mention]) -> Tally | None:
    """The number that stands before the head or is the head."""
    start = head.left_edge.idx
    first = bisect_left(counts, start, key=lambda mention: mention.start)
    if first and counts[first - 1].end == start - 1 and head.left_edge.pos_ != "DET":
        first -= 1  # "on Monday 6 people": the parse gave the number to the day
    end = head.idx + len(head)
    near = [m for m in counts[first : first + 8] if m.end <= end or m.start <= head.idx]
    for mention in reversed(near):
        if reaches(mention, head):
            return Tally(mention.start, mention.end, read_value(mention), head, mention.rule)
    return None


def find_bar(text: str, mention: Mention) -> NumberReason | None:
    """Why the number can count no people: it is money, a share or a measure, or part of "12-member"."""
    if mention.rule.startswith("number_contexts"):
        return "number:unit"
    return None if HYPHENED.match(text, mention.end) is None else "number:hyphened"


def read_value(mention: Mention) -> CountValue:
    """The mention's value; other mentions than counts are none."""
    if not isinstance(mention.value, CountValue):
        raise TypeError(f"a {mention.label} mention where a count is wanted")
    return mention.value


def reaches(mention: Mention, head: Token) -> bool:
    """Whether only words of the noun phrase stand between number and head, and no other phrase."""
    if mention.end == head.idx + len(head) or mention.start <= head.idx < mention.end:
        return True
    between = [t for t in head.doc[head.left_edge.i : head.i] if t.idx >= mention.end]
    if any(t.lower_ in (",", ";", ":", "and", "or") for t in between) and not is_under(mention, head):
        return False
    return all(t.pos_ in MODIFIERS for t in between) or is_under(mention, head)


def is_under(mention: Mention, head: Token) -> bool:
    """Whether the parse hangs the number on the head."""
    return any(
        child.dep_ in ("nummod", "quantmod", "amod")
        and child.idx < mention.end
        and mention.start <= child.idx
        for child in head.children
    )


def read_vague(head: Token) -> Tally | None:
    """ "Several soldiers": at least what the profile says."""
    words = load_grammar().profile.words
    if head.lower_ in load_nouns().several:
        candidates = [head]
    elif head.tag_ in PLURAL or head.lower_ == "people":
        candidates = [child for child in head.children if child.i < head.i]
    else:
        return None
    for child in candidates:
        for name, word in words.items():
            if child.lower_ in word.forms and (child is head or child.dep_ in ("amod", "det", "nummod")):
                rule = f"{FILE}:{PROFILE}.{name}"
                return Tally(child.idx, child.idx + len(child), vague_value(word), head, rule)
    return None
