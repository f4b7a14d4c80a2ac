"""When: which of a sentence's dates belongs to which event."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from extractors.dates.words import ORDINALS
from extractors.draft import Draft
from extractors.phrases import LEXICONS
from extractors.sheet import Sheet
from extractors.syntax import distance, join_words, nearest
from extractors.tree import SUBJECTS, chain, children
from models.casualty import PeopleEntry
from models.dates import TimeExpression
from models.lexicon import read_entries
from models.mention import Mention

# "at 2230 (0230 GMT on 12 January)": the day in the bracket is Greenwich's, not that of the place
ZONE = re.compile(r"[(\[][^)\]\n]{0,20}\b(?:GMT|UTC)\b[^)\]\n]{0,12}$")
RANK = re.compile(r"\d+(?:st|nd|rd|th)")
TALLY = 6  # words between the rank and the period
REACH = 40  # characters
CAUSES = frozenset({"because", "after", "since"})
BEFORE_NOUN = frozenset({"nummod", "nmod", "amod", "compound", "poss", "npadvmod"})


def choose_date(draft: Draft, rivals: Sequence[Token], sheet: Sheet) -> Mention | None:
    """The date of the sentence that stands nearest to the event word; one date serves all its main clauses' events."""
    dates = sheet.inside("date", draft.sentence)
    if not dates:
        return None
    heads = [draft.trigger.head, *rivals]
    if when := next((m for m in dates if explains(heads[0], sheet.span(m))), None):
        return when
    dates = [m for m in dates if can_be_when(m, heads[0], rivals, sheet)]
    if not dates:
        return None
    dates = [m for m in dates if not is_of_other_clause(sheet.head(m), heads[0])] or dates
    own = [m for m in dates if nearest(sheet.head(m), heads) == 0]
    return min(own or dates, key=lambda m: (weigh_path(sheet.head(m), heads), m.start))


@cache
def load_happening() -> frozenset[str]:
    """Verbs that say only that an event was. Raises LexiconError."""
    return frozenset(read_entries(LEXICONS / "tense.toml", PeopleEntry)["happening"].words)


def can_be_when(date: Mention, event: Token, rivals: Sequence[Token], sheet: Sheet) -> bool:
    """Whether nothing in the sentence makes the date that of something else, or of another zone."""
    head = sheet.head(date)
    return not (
        is_record(head)
        or is_tally(date, sheet)
        or is_told_later(head, event)
        or is_when_other(head, event, rivals)
        or is_when_spoken(head, event)
        or ZONE.search(sheet.text, max(0, date.start - REACH), date.start) is not None
    )


def weigh_path(date: Token, heads: Sequence[Token]) -> int:
    """How far a date stands from the event word, the first of the heads; what other verbs tell counts as farther."""
    path = join_words(date, heads[0])
    if any(name_verb(t) & load_happening() and heads[0] in chain(t) for t in chain(date)):
        return 0  # "the murder of a judge, committed on 3 May"
    return distance(date, heads[0]) + sum(t.pos_ == "VERB" and t not in heads for t in path)


def name_verb(verb: Token) -> set[str]:
    """The verb alone and with its particle or object: "carried out", "took place"."""
    return {verb.lower_, *(f"{verb.lower_} {c.lower_}" for c in children(verb, "prt", "dobj"))}


def is_of_other_clause(date: Token, event: Token) -> bool:
    """Whether a date says when the event was told, or what came of it ("was shut on Friday because shells hit it")."""
    return is_when_told(date, event) or is_when_followed(date, event) or is_told_of_other(date, event)


def is_told_of_other(date: Token, event: Token) -> bool:
    """Whether a date stands in a relative clause about somebody else ("a shell that had lain there since May")."""
    clause = next((t for t in chain(date) if t.dep_ == "relcl"), None)
    if clause is None or event in {clause, clause.head} or clause in chain(event):
        return False
    return not name_verb(clause) & load_happening()


def is_when_followed(date: Token, event: Token) -> bool:
    """Whether a date belongs to a verb that the event's clause gives the cause of."""
    verb = next((t for t in chain(date) if t.pos_ in {"VERB", "AUX"}), None)
    below = [event, *chain(event)]
    causes = (
        lower
        for lower, upper in pairwise(below)
        if upper == verb and lower.dep_ == "advcl" and any(c.lower_ in CAUSES for c in lower.lefts)
    )
    return next(causes, None) is not None


def is_when_spoken(date: Token, event: Token) -> bool:
    """Whether a date says when somebody spoke of other things, the event being only what he is known by.

    "The prosecutor, who is investigating the murder, said on Friday that the witnesses had lied."
    """
    verb = next((t for t in chain(date) if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or verb == event or not children(verb, "ccomp"):
        return False
    below = [event, *chain(event)]
    return any(upper == verb and lower.dep_ in SUBJECTS for lower, upper in pairwise(below))


def explains(event: Token, date: Span) -> bool:
    """Whether the event's clause says what happened on the date ("in 2015, when gunmen killed")."""
    if event.dep_ == "relcl" and any(t == event.head for t in date):
        return True
    behind = date.end + (date.end < len(date.doc) and date.doc[date.end].lower_ == ",")
    return any(c.i == behind and c.lower_ == "when" for c in event.lefts)


def is_when_told(date: Token, event: Token) -> bool:
    """Whether a date says when somebody told the event ("…, the army said on Friday"), not when it happened."""
    below = [event, *chain(event)]
    above = {upper.i for lower, upper in pairwise(below) if lower.dep_ == "ccomp"}
    verb = next((t for t in chain(date) if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and verb != event and verb.i in above


def is_told_later(date: Token, event: Token) -> bool:
    """Whether a date says when somebody told what had happened before ("said on Sunday that gunmen had killed")."""
    return is_when_told(date, event) and any(c.lower_ == "had" for c in children(event, "aux"))


def is_tally(date: Mention, sheet: Sheet) -> bool:
    """Whether a period only says among how many the event is counted ("its sixth attack this year")."""
    if not isinstance(date.value, TimeExpression) or date.value.kind not in {"unit", "span", "since"}:
        return False
    span = sheet.span(date)
    before = sheet.doc[max(span.sent.start, span.start - TALLY) : span.start]
    ranks = [t.i for t in before if RANK.fullmatch(t.lower_) or t.lower_ in ORDINALS]
    between = {t.pos_ for t in before if ranks and t.i > ranks[-1]}
    return "NOUN" in between and not between & {"VERB", "AUX"}


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
