"""Questions to a parsed sentence: subjects, objects, voice, what governs a word."""

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.casualty_words import load_words
from extractors.tree import DEPTH, SUBJECTS, chain, children

SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp"})  # clauses that borrow the subject of their head
RELATIVE = frozenset({"who", "that", "which", "whom"})
CONTROLLING = frozenset({"of", "from", "with"})
HAVE = frozenset({"have", "has", "had", "having"})
SHARED = frozenset({"conj", "appos", "compound", "amod", "nmod"})  # what holds of the head holds of these


def coordinate(token: Token) -> list[Token]:
    """The token and what is coordinated with or apposed below it, in text order."""
    found = [token]
    for item in found:
        found.extend(c for c in item.children if c.dep_ == "conj" and c not in found)
        found.extend(c for c in item.lefts if c.dep_ == "nmod" and children(c, "cc") and c not in found)
    return sorted(found, key=lambda t: t.i)


def is_simile(head: Token) -> bool:
    """Whether something is only likened to it ("fought like soldiers", "letters like shells")."""
    return head.dep_ == "pobj" and head.head.lower_ == "like"


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject suffers: "was killed", "the man killed in", "found shot", "man shot and killed"."""
    if children(verb, "auxpass", "nsubjpass") or is_short_passive(verb):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux"):
        return False
    if verb.dep_ in {"acl", "amod"}:
        return not children(verb, "dobj")  # "rebels, set on fire a lorry": a finite verb misread
    if verb.dep_ in {"conj", "xcomp", "advcl"} and is_bare(verb) and is_passive(verb.head):
        return True
    return bool(children(verb, "agent")) and not children(verb, "dobj")


def is_short_passive(verb: Token) -> bool:
    """Whether a headline leaves out "was": "Aid worker kidnapped in Kabul", "man shot and killed", "two shot dead".

    Only a word of harm can be one, and in the past tense only beside another: "rebels attacked and shelled" act.
    """
    if verb.tag_ not in {"VBD", "VBN"} or verb.lower_ not in load_words() or not children(verb, "nsubj"):
        return False
    if children(verb, "aux", "dobj", "dative", "ccomp", "xcomp"):
        return False
    tail = [c for c in children(verb, "conj", "advcl") if c.tag_ == "VBN" and c.lower_ in load_words()]
    dead = [c for c in children(verb, "oprd", "acomp") if c.lower_ == "dead"]
    return verb.tag_ == "VBN" or any(is_bare(c) for c in tail) or bool(dead)


def is_bare(verb: Token) -> bool:
    """Whether a participle stands without subject, object and auxiliary."""
    return not children(verb, "nsubj", "dobj", "aux", "auxpass")


def find_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subjects of a verb, its own or borrowed from the clause that it hangs on."""
    own = children(verb, *SUBJECTS)
    if own:
        return [t for subject in own for t in coordinate(refer_back(subject, verb))]
    if depth > DEPTH:
        return []
    if verb.dep_ in {"acl", "relcl"}:
        owners = find_owners(verb, depth)
        if owners:
            return owners
        return coordinate(verb.head) if verb.head.pos_ != "VERB" else []
    if verb.dep_ in SHARING and verb.head != verb:
        head = verb.head
        if head.pos_ == "ADP":
            controlled = find_controlled(head)
            if controlled:
                return controlled
            head = head.head
        if head.pos_ == "ADJ" or head.dep_ == "acomp":  # "they are ready to", "they are about to"
            head = head.head
        return find_subjects(head, depth + 1) if head.pos_ in {"VERB", "AUX"} else []
    return []


def find_owners(verb: Token, depth: int) -> list[Token]:
    """Those who have what an infinitive explains: "Turkey has plans to bomb", "the rebels' bid to seize"."""
    noun = verb.head
    if noun.pos_ != "NOUN" or not any(c.tag_ == "TO" for c in children(verb, "aux")):
        return []
    possessors = children(noun, "poss")
    if possessors:
        return [t for item in possessors for t in coordinate(item)]
    holds = noun.dep_ == "dobj" and noun.head.lower_ in HAVE
    return find_subjects(noun.head, depth + 1) if holds else []


def find_controlled(preposition: Token) -> list[Token]:
    """The object that acts in "accused X of killing", "kept X from firing"; the subject where it is passive."""
    head = preposition.head
    if preposition.lower_ not in CONTROLLING:
        return []
    if head.pos_ in {"NOUN", "PROPN"}:
        return coordinate(head) if head.dep_ in {"dobj", "nsubjpass"} else []
    return [t for item in children(head, "dobj", "nsubjpass") for t in coordinate(refer_back(item, head))]


def refer_back(token: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; other tokens stand for themselves."""
    if token.lower_ not in RELATIVE or token.tag_ not in {"WDT", "WP", "IN", "DT"}:
        return token
    for head in (verb, *chain(verb)):
        if head.dep_ == "relcl":
            return head.head
    return token


def find_objects(verb: Token) -> list[Token]:
    """Direct objects with their coordinates."""
    own = children(verb, "dobj", "oprd")
    return [t for item in own for t in coordinate(refer_back(item, verb))]


def find_passive_agents(verb: Token) -> list[Token]:
    """Those by whom it was done."""
    return [
        t
        for by in (*children(verb, "agent"), *(p for p in children(verb, "prep") if p.lower_ == "by"))
        for item in children(by, "pobj")
        for t in coordinate(item)
    ]


def find_complements(token: Token, prepositions: frozenset[str]) -> list[Token]:
    """Objects of these prepositions that hang on the token."""
    return [
        t
        for prep in token.children
        if prep.dep_ in {"prep", "agent", "acl", "advcl"} and prep.lower_ in prepositions
        for item in children(prep, "pobj", "dobj")
        for t in coordinate(item)
    ]


def distance(a: Token, b: Token) -> int:
    """Number of arrows between two words of one sentence."""
    above_a = {t.i: n for n, t in enumerate((a, *chain(a)))}
    for n, token in enumerate((b, *chain(b))):
        if token.i in above_a:
            return n + above_a[token.i]
    return DEPTH


def join_words(a: Token, b: Token) -> list[Token]:
    """The words on the way up from two words to where they meet; empty where they do not."""
    up = [b, *chain(b)]
    meeting = next((t for t in (a, *chain(a)) if t in up), None)
    if meeting is None:
        return []
    return [*path_words(a, meeting), *path_words(b, meeting)]


def path_words(below: Token, above: Token) -> list[Token]:
    """The words strictly between a word and one that governs it; empty where it does not."""
    path: list[Token] = []
    for token in chain(below):
        if token == above:
            return path
        path.append(token)
    return []


def nearest(token: Token, heads: Sequence[Token]) -> int:
    """Which of the heads the tree holds nearest; the first where several are as near."""
    return min(range(len(heads)), key=lambda n: (distance(token, heads[n]), abs(token.i - heads[n].i)))


def lift(token: Token) -> list[Token]:
    """The token and the nouns that stand for it: first of a list, head of a compound, "bursts" of gunfire."""
    path = [token]
    for above in chain(token):
        if path[-1].dep_ == "prep" or path[-1].dep_ in SHARED or is_amount(path[-1]):
            path.append(above)
        else:
            break
    return path


def is_amount(token: Token) -> bool:
    """Whether the token stands behind "of"."""
    return token.dep_ == "pobj" and token.head.lower_ == "of"
