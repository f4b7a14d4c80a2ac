"""What speaks of a kind of deed or of a whole war, not of one event; and what was fought although it failed."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.modifiers import PRESENT
from extractors.syntax import find_objects, find_subjects
from extractors.tree import chain, children
from models.casualty import Casualty

TOLD_AS_REAL = frozenset({"actual", "reported"})
SOME = 3  # a bare plural tells of two or more; from here on a number was given
HARM = frozenset({"killed", "injured"})
TOLL = 100  # more than one undated sentence tells of a single event of a war
PLURAL = frozenset({"NNS", "NNPS"})


def mark_generic(drafts: Sequence[Draft], wars: Sequence[Span]) -> None:
    """Sets apart what is told of no event: a kind of deed is generic, the toll of a war is background that sums."""
    for draft in drafts:
        if draft.status not in TOLD_AS_REAL or draft.date or draft.is_saying:
            continue
        if is_toll_of_war(draft, wars):
            draft.status, draft.is_aggregate = "historical", True
        elif not draft.places and not draft.is_aggregate and (is_bare(draft) or is_habit(draft)):
            draft.status = "generic"


def mark_fought(drafts: Sequence[Draft]) -> None:
    """What had victims was not thwarted ("repelled an attack, killing five"); those it was aimed at are none."""
    for draft in drafts:
        if draft.status != "thwarted":
            continue
        span = draft.trigger.span
        victims = [c for c in draft.casualties if not span.start_char <= c.anchor < span.end_char]
        if any(c.what in HARM and not c.negated for c in victims):
            draft.status, draft.status_cues, draft.casualties = "actual", [], victims


def is_bare(draft: Draft) -> bool:
    """Whether only bare plurals without victims tell it ("kidnappings rose")."""
    bare = all(t.is_noun and t.head.tag_ == "NNS" and not has_determiner(t.head) for t in draft.triggers)
    return bare and not draft.casualties


def has_determiner(noun: Token) -> bool:
    """Whether an article, a number or an owner picks out which ones are meant."""
    return any(c.dep_ in {"det", "nummod", "poss"} for c in noun.children)


def is_habit(draft: Draft) -> bool:
    """Whether a timeless verb tells what is done to people or things at large ("the gangs murder honest workers")."""
    if any(t.is_noun for t in draft.triggers) or any(is_number(c) for c in draft.casualties):
        return False
    verbs = [t.head for t in draft.triggers]
    objects = [t for verb in verbs for v in (verb, *children(verb, "conj")) for t in find_objects(v)]
    at_large = bool(objects) and all(t.tag_ in PLURAL and not has_determiner(t) for t in objects)
    headline = draft.sentence == 0 and any(is_headline(v) for v in verbs)
    return at_large and all(is_timeless(v) for v in verbs) and not headline


def is_number(casualty: Casualty) -> bool:
    """Whether a number of victims is told, and not only that they were several."""
    return casualty.best is not None or (casualty.low or 0) >= SOME


def is_timeless(verb: Token) -> bool:
    """Whether a verb stands in the simple present, or says for what or how: "squads to kidnap", "know how to kill"."""
    helpers = children(verb, "aux", "auxpass")
    if not helpers:
        return verb.tag_ in PRESENT or (verb.dep_ == "conj" and verb.tag_ == "VB" and is_timeless(verb.head))
    if [c.tag_ for c in helpers] != ["TO"]:
        return False
    if verb.dep_ == "acl" or any(c.lower_ == "how" for c in children(verb, "advmod")):
        return True
    return verb.dep_ == "advcl" and verb.head.tag_ in PRESENT


def is_headline(verb: Token) -> bool:
    """Whether a headline may tell news in the present ("Rebels attack villages")."""
    subjects = find_subjects(verb)
    return verb.dep_ == "ROOT" and bool(subjects) and not any(has_determiner(t) for t in subjects)


def is_toll_of_war(draft: Draft, wars: Sequence[Span]) -> bool:
    """Whether the dead of a whole war are counted ("70,000 people have died in ten years of war")."""
    if not draft.is_loss or not any((c.best or c.low or 0) >= TOLL for c in draft.casualties):
        return False
    around = {t.i for t in (*draft.trigger.head.subtree, *chain(draft.trigger.head))}
    return any(war.root.i in around for war in wars)
