"""When: which of a sentence's dates belongs to which event."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.sheet import Sheet
from extractors.syntax import chain, distance, nearest
from models.mention import Mention

BEFORE_NOUN = frozenset({"nummod", "nmod", "amod", "compound", "poss", "npadvmod"})


def choose_date(draft: Draft, rivals: Sequence[Token], sheet: Sheet) -> Mention | None:
    """The date of the sentence that stands nearest to the event word; one date serves all its main clauses' events."""
    dates = sheet.inside("date", draft.sentence)
    if not dates:
        return None
    heads = [draft.trigger.head, *rivals]
    if when := next((m for m in dates if explains(heads[0], sheet.span(m))), None):
        return when
    dates = [
        m
        for m in dates
        if not is_record(sheet.head(m)) and not is_when_other(sheet.head(m), heads[0], rivals)
    ]
    own = [m for m in dates if nearest(sheet.head(m), heads) == 0]
    if not dates:
        return None
    return min(own or dates, key=lambda m: (distance(sheet.head(m), heads[0]), m.start))


def explains(event: Token, date: Span) -> bool:
    """Whether the event's clause says what happened on the date ("in 2015, when gunmen killed")."""
    return event.dep_ == "relcl" and any(t == event.head for t in date)


def is_when_told(date: Token, event: Token) -> bool:
    """Whether a date says when somebody told the event ("…, the army said on Friday"), not when it happened."""
    below = [event, *chain(event)]
    above = {upper.i for lower, upper in pairwise(below) if lower.dep_ == "ccomp"}
    verb = next((t for t in chain(date) if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and verb != event and verb.i in above


def is_when_other(date: Token, event: Token, rivals: Sequence[Token]) -> bool:
    """Whether a date says when another event was, told of somebody in this one ("killed a man who in May bombed")."""
    if date.i < date.head.i and date.head in rivals and date.dep_ in BEFORE_NOUN:
        return True  # "was jailed for the 2019 bombing"
    other = False
    for token in chain(date):
        if token == event:
            return False
        other = other or token in rivals
        if other and token.dep_ in {"acl", "relcl"}:
            return event in chain(token)
    return False


def is_record(date: Token) -> bool:
    """Whether a time only measures how great something is ("the worst attack in ten years")."""
    for token in (date, *chain(date)):
        if (
            token.dep_ == "prep"
            and (token.head.pos_ == "NOUN" or token.head.tag_ == "JJS")
            and token.lower_ in {"of", "in", "for", "since"}
        ):
            return token.head.tag_ == "JJS" or any(
                c.tag_ == "JJS" or c.lower_ == "most" for child in token.head.lefts for c in child.subtree
            )
        if token.dep_ not in {"pobj", "amod", "nummod", "compound", "npadvmod"}:
            return False
    return False
