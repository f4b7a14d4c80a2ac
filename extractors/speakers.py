"""Speakers at a sentence's end, which the parser takes for more of the victims before them.

In "killing nine soldiers, a doctor and two residents said" it reads one list and leaves "said" without a
subject; here such subjects are hung on their verb again.
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.tree import SUBJECTS, chain, children

NAME = "late_speakers"
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
LISTED = frozenset({"appos", "conj", "dobj", "pobj", "oprd"})  # what the parser makes of a lost subject
CLAUSES = frozenset({"ccomp", "advcl", "parataxis"})
QUOTES = frozenset({"”", '"', "’", "'"})


@Language.component(NAME)
def hang_speakers(doc: Doc) -> Doc:
    """The Doc with late speakers as subjects of their verb, and asides about victims back at the victims."""
    for verb in doc:
        if verb.tag_ not in FINITE or not tells_before(verb):
            continue
        subjects = children(verb, *SUBJECTS)
        if not subjects:
            speaker = find_lost_speaker(verb)
            if speaker is not None:
                hang(speaker, verb, "nsubj")
        else:
            for aside in children(verb, *SUBJECTS, "dep"):
                hang_aside(aside, subjects[-1], verb)
            hang_partner(subjects[0], verb)
    hang_numbered(doc)
    return doc


def tells_before(verb: Token) -> bool:
    """Whether a clause that the verb is about stands before it, and the verb is a sentence's own."""
    own = verb.dep_ in {"ROOT", "ccomp"} and not children(verb, "aux", "auxpass")
    return own and any(child.dep_ in CLAUSES for child in verb.lefts)


def find_lost_speaker(verb: Token) -> Token | None:
    """The noun just before the verb, or its phrase's, that a comma parts from what is told."""
    if verb.i == verb.sent.start:
        return None
    last = verb.nbor(-1)
    for token in (last, *chain(last)):
        if token.i >= verb.i or token == verb:
            return None
        if token.pos_ in NOMINAL and token.dep_ in LISTED and follows_comma(token):
            return token if token.right_edge.i == verb.i - 1 else None
    return None


def follows_comma(token: Token) -> bool:
    """Whether a comma stands before the token's phrase."""
    edge = token.left_edge
    return edge.i > token.sent.start and edge.nbor(-1).text == ","


def hang_aside(aside: Token, speaker: Token, verb: Token) -> None:
    """Hangs "two of them children" on whom it counts, where the real subject follows it."""
    last = aside.i < speaker.i and speaker.right_edge.i == verb.i - 1
    counted = any(c.dep_ in {"nsubj", "nummod"} and children(c, "prep") for c in aside.lefts)
    if not (last and counted and follows_comma(aside)):
        return
    before = aside.left_edge.nbor(-2) if aside.left_edge.i > aside.sent.start + 1 else aside
    for token in (before, *chain(before)):
        if token.pos_ in {"NOUN", "PROPN"} and token.i < aside.i:
            hang(aside, token, "appos")
            return


def hang_partner(speaker: Token, verb: Token) -> None:
    """Hangs the first of two speakers on the verb, where only the second is its subject ("a doctor and residents")."""
    edge = speaker.left_edge
    if edge.i == edge.sent.start or edge.nbor(-1).dep_ != "cc":
        return
    first = edge.nbor(-1).head
    lost = first.dep_ in LISTED | {"dep"} and first.head.i < first.i and first.pos_ in NOMINAL
    if lost and first.head != verb and follows_comma(first):
        hang(first, verb, "nsubj")


def hang_numbered(doc: Doc) -> None:
    """Hangs a bare participle on the number before it ("64 dead and more than a hundred wounded")."""
    for token in doc:
        if token.tag_ != "VBN" or token.dep_ != "advcl" or token.i == token.sent.start:
            continue
        before = token.nbor(-1)
        if before.text in QUOTES and before.i > token.sent.start:
            before = before.nbor(-1)
        if (
            before.tag_ == "CD"
            and token.head.i < before.i
            and not any(c.dep_ != "punct" for c in token.children)
        ):
            hang(token, before, "acl")


def hang(token: Token, head: Token, dep: str) -> None:
    """Gives the token another head and relation."""
    token.head = head
    token.dep_ = dep
