"""Who suffers what a word tells: the heads of their noun phrases, by voice, noun or adjective."""

from spacy.tokens import Token

from extractors.casualty_clauses import is_passive, reduced, subject_of
from extractors.casualty_lists import (
    FINITE,
    SUBJECTS,
    children,
    expand,
    has_number,
    is_description,
    joined_behind,
    joined_to_place,
)
from extractors.casualty_nouns import of_noun
from extractors.casualty_numbers import PLURAL
from extractors.casualty_words import Word, is_loss_noun, is_somebody, is_thing, load_nouns, load_words
from models.casualty import CasualtyEntry

PREDICATES = frozenset({"acomp", "oprd", "attr", "xcomp", "advmod", "dobj", "ccomp"})
COMPANY = frozenset({"alongside", "along", "together"})
NO_PEOPLE = ("DATE", "TIME", "MONEY")
PARTICIPLES = ("VBN", "VBD", "JJ")
AUXILIARIES = ("aux", "auxpass")
PREMODIFIERS = ("compound", "amod", "nummod", "quantmod", "poss")


def find_sufferers(anchor: Token, word: Word) -> list[Token]:
    """The heads of those to whom it happened, in text order; empty where the sentence names none."""
    leading = (anchor.dep_ == "conj" or anchor.i < anchor.sent.start + 5) and not children(anchor, "dobj")
    heads = right_before(anchor) if {"verb", "adjective"} & word.roles else []
    if not heads and leading and anchor.tag_ in PARTICIPLES:
        heads = before(anchor)
    if not heads and "verb" in word.roles and anchor.tag_.startswith("VB"):
        heads = of_verb(anchor, word.entry)
    if not heads and ("adjective" in word.roles or ("verb" in word.roles and anchor.dep_ == "amod")):
        heads = of_adjective(anchor)
    if not heads and ("noun" in word.roles or "counted" in word.roles):
        heads = of_noun(anchor, word)
    told = {"verb", "adjective"} & word.roles and anchor.tag_ in PARTICIPLES
    if not heads and told and not word.entry.yields:
        heads = before(anchor)
    if heads and anchor.tag_.startswith("VB"):
        heads = [*heads, *joined_to_place(anchor)]
    itself = has_number(anchor) or ("counted" in word.roles and anchor.tag_ in PLURAL)
    heads = [head for head in heads if head == heads[0] or not is_description(heads[0], head)]
    return [head for head in expand(heads) if (itself if head == anchor else not is_uncounted(head))]


def is_uncounted(head: Token) -> bool:
    """Whether it is a loss that stands for nobody here: the deaths in "shooting deaths"."""
    return is_loss_noun(head) and not has_number(head) and not is_somebody(head)


def of_verb(verb: Token, entry: CasualtyEntry) -> list[Token]:
    """The object of an active verb, the subject of a passive one or of a verb that suffers."""
    objects = children(verb, "dobj")
    if is_passive(verb):
        lost = not children(verb, *SUBJECTS) and children(verb, "auxpass")
        own = (before(verb) or first_of_clause(verb)) if lost else []
        return [*(own or subject_of(verb)), *company(verb)]
    if entry.sufferer == "subject":
        return [] if objects and not entry.people else [*subject_of(verb), *company(verb)]
    if objects:
        return [*objects, *joined_behind(verb, objects[-1]), *joined_to_place(objects[-1])]
    shared = [obj for other in children(verb, "conj") for obj in children(other, "dobj")]
    if shared and not children(verb, "prep"):
        return shared
    if verb.tag_ == "VBN" and (found := reduced(verb)):
        return found
    if verb.tag_ == "VBG" or entry.yields or any(child.lower_ == "at" for child in children(verb, "prep")):
        return []
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    headline = following.pos_ in ("ADP", "PUNCT", "SCONJ", "SPACE") or following.is_sent_start
    return [head for head in subject_of(verb) if has_number(head) or (headline and is_somebody(head))]


def company(verb: Token) -> list[Token]:
    """Those who suffered "along with" the subject."""
    preps = [child for child in verb.children if child.lower_ in COMPANY]
    inner = [child for prep in (*preps, *(verb for _ in preps)) for child in children(prep, "prep")]
    inner = [prep for prep in inner if prep.lower_ == "with"]
    return [child for prep in (*preps, *inner) for child in children(prep, "pobj")]


def of_adjective(word: Token) -> list[Token]:
    """Who is said to be dead, missing, wounded: "left three dead", "five are missing", "three dead"."""
    if (
        word.i > word.sent.start
        and word.nbor(-1).pos_ == "VERB"
        and (told := children(word.nbor(-1), "dobj"))
    ):
        return told
    own = [child for child in word.children if child.dep_ in ("nsubj", "nsubjpass", "nummod")]
    if own:
        return [word] if own[-1].dep_ == "nummod" else own[-1:]
    head = word.head
    if word.dep_ == "amod" and head != word:
        return [] if is_thing(head) else [head]
    if word.dep_ == "conj" and head.i < word.i:
        return of_adjective(head) if head.pos_ == "ADJ" else []
    if word.dep_ not in PREDICATES or head.pos_ not in ("VERB", "AUX"):
        return []
    objects = [child for child in children(head, "dobj") if child != word]
    if not objects and head.lower_ in load_words() and not is_passive(head):
        return behind(word)  # the parse lost the object, and the subject is who shot
    return objects or subject_of(head)


def of_group(word: Token) -> list[Token]:
    """Who is said to be "among the dead" or "among those killed"."""
    noun = word.head if word.dep_ in ("acl", "amod") else word
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in load_nouns().parts or prep.head.pos_ not in ("AUX", "VERB"):
        return []
    return expand([child for child in prep.head.children if child.dep_ in ("attr", "nsubj", "dobj")])


def behind(anchor: Token) -> list[Token]:
    """The noun phrase right behind "shot dead"."""
    for token in anchor.doc[anchor.i + 1 : min(anchor.i + 7, anchor.sent.end)]:
        if token.pos_ in ("NOUN", "PROPN", "NUM") and token.dep_ not in PREMODIFIERS:
            return [token]
        if token.pos_ not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV", "PRON"):
            return []
        if token.pos_ == "PROPN" and is_somebody(token) and token.head.i > anchor.i + 7:
            return [token]
    return []


def right_before(anchor: Token) -> list[Token]:
    """The bare number right before, where the parse parted the two: "ended with 32 dead", "and about 30 wounded"."""
    if anchor.tag_ not in PARTICIPLES or anchor.i == anchor.sent.start:
        return []
    number = anchor.nbor(-1)
    apart = number.pos_ == "NUM" and number.dep_ in ("pobj", "conj") and number.ent_type_ not in NO_PEOPLE
    return [number] if apart else []


def before(anchor: Token) -> list[Token]:
    """The counted noun right before a participle, as headlines have it: "10 people seriously hurt"."""
    place = anchor.i - 1
    while place > anchor.sent.start and anchor.doc[place].pos_ in ("ADV", "AUX"):
        place -= 1
    token = anchor.doc[place]
    if place < anchor.sent.start or token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON"):
        return []
    bounded = token.head.lower_ == "between"
    if token.dep_ in ("dobj", "pobj") and anchor.dep_ not in ("acl", "conj") and not bounded:
        return []
    known = load_nouns()
    return [token] if has_number(token) or token.lower_ in known.several | {"another"} else []


def first_of_clause(anchor: Token) -> list[Token]:
    """The people that the clause of a passive verb begins with, where the parse lost its subject."""
    if anchor.tag_ not in ("VBN", "VBD") or anchor.dep_ in ("acl", "relcl", "amod"):
        return []
    apart = bool(children(anchor, "auxpass"))
    found: list[Token] = []
    for token in anchor.doc[anchor.sent.start : anchor.i]:
        if token.lower_ in load_nouns().naming:
            continue  # "four guards, believed to be Poles, were killed"
        if (token.tag_ in FINITE or (apart and children(token, "auxpass"))) and token.dep_ not in AUXILIARIES:
            found = found if not apart and children(token, "auxpass") else []
        elif not found and token.pos_ in ("NOUN", "PROPN", "NUM") and token.dep_ not in PREMODIFIERS:
            found = [token] if is_somebody(token) and token.head.dep_ != "agent" else []
    return found
