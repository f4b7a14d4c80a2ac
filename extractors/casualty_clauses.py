"""Voice and subject of a clause that tells a loss."""

from spacy.tokens import Token

from extractors.casualty_lists import SUBJECTS, children, has_number, is_relative, listed_before
from extractors.casualty_words import is_somebody, is_thing

RELATIVE = frozenset({"who", "whom", "that", "which"})
# Clauses that take their subject from the one above.
SUBJECTLESS = frozenset({"conj", "xcomp", "oprd", "acomp", "ccomp", "advcl", "attr", "dep"})
DEPTH = 6


def is_passive(verb: Token) -> bool:
    """Whether the verb, or the one that it is coordinated with, is passive."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and not children(verb, "dobj", "nsubj"):
        return is_passive(verb.head) and verb.head.pos_ in ("VERB", "AUX", "ADJ")
    return verb.dep_ in ("xcomp", "oprd") and any(child.dep_ == "auxpass" for child in verb.head.children)


def subject_of(verb: Token, depth: int = DEPTH) -> list[Token]:
    """The subject of a clause: its own, its antecedent's, or that of the clause above."""
    for dep in SUBJECTS:
        own = children(verb, dep)
        if own and own[0].lower_ in RELATIVE:
            return antecedent(verb)
        if own:
            own = [*listed_before(own[0]), *own]
            if len(own) > 1 and is_relative(own[-1]) and children(own[-1], "conj"):
                return [child for child in own if not is_thing(child)]
            # Of two, the parse took a name or a headline's first half for one.
            known = [child for child in own if is_somebody(child) or has_number(child)]
            listed = all(map(has_number, known)) and bool(children(own[-1], "conj"))
            joined = listed or any(t.lower_ == "and" for t in verb.doc[own[0].i : own[-1].i])
            return known if joined else known[-1:] or own[-1:]
    if verb.dep_ == "acl":
        return [verb.head]
    if depth == 0 or verb.dep_ == "ROOT":
        return []
    if verb.dep_ in SUBJECTLESS:
        return subject_of(verb.head, depth - 1)
    if verb.dep_ == "pcomp":
        return subject_of(verb.head.head, depth - 1)
    return antecedent(verb) if verb.dep_ == "relcl" else []


def antecedent(verb: Token) -> list[Token]:
    """The noun that a relative clause hangs on."""
    for clause in (verb, *verb.ancestors):
        if clause.dep_ == "relcl":
            return [clause.head]
    return []


def reduced(verb: Token) -> list[Token]:
    """Who suffers a participle without an auxiliary: "a man beaten to death", "they found a man shot in the leg"."""
    if verb.dep_ == "acl":
        return [verb.head]
    bare = verb.dep_ == "ccomp" and verb.tag_ == "VBN" and not children(verb, "aux")
    return [t for t in children(verb, "nsubj") if is_somebody(t)] if bare else []
