"""Who suffers what a word tells: the heads of their noun phrases, by voice, noun or adjective."""

from spacy.tokens import Token

from extractors.casualty_lists import (
    FINITE,
    SUBJECTS,
    children,
    expand,
    has_number,
    is_relative,
    joined_behind,
    joined_to_place,
    joins,
    listed_before,
)
from extractors.casualty_words import Word, is_somebody, is_thing, load_nouns, load_words
from models.casualty import CasualtyEntry

RELATIVE = frozenset({"who", "whom", "that", "which"})
# Clauses that take their subject from the one above.
SUBJECTLESS = frozenset({"conj", "xcomp", "oprd", "acomp", "ccomp", "advcl", "attr", "dep"})
PREDICATES = frozenset({"acomp", "oprd", "attr", "xcomp", "advmod", "dobj", "ccomp"})
COMPANY = frozenset({"alongside", "along", "together"})
# Prepositions that make "beaten to death" and "taken into custody" one verb.
RESULTS = frozenset({"to", "into"})
PARTICIPLES = ("VBN", "VBD", "JJ")
AUXILIARIES = ("aux", "auxpass")
PREMODIFIERS = ("compound", "amod", "nummod", "quantmod", "poss")
DEPTH = 6


def find_sufferers(anchor: Token, word: Word) -> list[Token]:
    """The heads of those to whom it happened, in text order; empty where the sentence names none."""
    leading = (anchor.dep_ == "conj" or anchor.i < anchor.sent.start + 5) and not children(anchor, "dobj")
    heads: list[Token] = before(anchor) if leading and anchor.tag_ in PARTICIPLES else []
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
    return [head for head in expand(heads) if head != anchor or has_number(anchor)]


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
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return [verb.head]
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


def of_adjective(word: Token) -> list[Token]:
    """Who is said to be dead, missing, wounded: "left three dead", "five are missing", "three dead"."""
    if (
        word.i > word.sent.start
        and word.nbor(-1).pos_ == "VERB"
        and (told := children(word.nbor(-1), "dobj"))
    ):
        return told
    if word.i > word.sent.start and word.nbor(-1).pos_ == "NUM" and word.nbor(-1).dep_ == "pobj":
        return [word.nbor(-1)]  # "ended with 32 dead", where the parse parted the two
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


def of_noun(noun: Token, word: Word) -> list[Token]:
    """Whose death, murder, injury or body it is; a counted noun stands for its people itself."""
    who = word.entry.governors.get(noun.head.lower_) if noun.dep_ in ("dobj", "nsubjpass") else None
    if who == "subject":
        return subject_of(noun.head)
    if noun.dep_ == "nsubj" and word.entry.governors.get(noun.head.lower_) == "object":
        return children(noun.head, "dobj")  # "a bullet struck a girl"
    if noun.dep_ == "pobj" and (found := bearing(noun, word.entry)):
        return found
    if word.entry.governed:
        return belonging(noun) if who else []
    if noun.dep_ == "pobj" and noun.head.lower_ in RESULTS and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
        found = subject_of(verb) if is_passive(verb) else children(verb, "dobj") or reduced(verb)
        if found:
            return found
    if "counted" in word.roles and has_number(noun):
        return [noun]
    return belonging(noun)


def bearing(noun: Token, entry: CasualtyEntry) -> list[Token]:
    """Who bears what stands behind a preposition: "treated for wounds", "hit by bullets", "a man with a wound"."""
    above = noun.head.head
    who = entry.governors.get(above.lower_)
    if who == "subject" or (who == "object" and is_passive(above)):
        return subject_of(above)
    if who == "object":
        brings = entry.governed and any(is_somebody(t) for t in children(above, "nsubj"))
        return [] if brings else children(above, "dobj")  # "he took his brother to hospital" tells no wound
    return [above] if noun.head.lower_ == "with" and above.pos_ == "NOUN" and is_somebody(above) else []


def reduced(verb: Token) -> list[Token]:
    """The noun of a reduced relative clause: "a man beaten to death"."""
    return [verb.head] if verb.dep_ == "acl" else []


def of_group(word: Token) -> list[Token]:
    """Who is said to be "among the dead" or "among those killed"."""
    noun = word.head if word.dep_ in ("acl", "amod") else word
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in load_nouns().parts or prep.head.pos_ not in ("AUX", "VERB"):
        return []
    return expand([child for child in prep.head.children if child.dep_ in ("attr", "nsubj", "dobj")])


def belonging(noun: Token) -> list[Token]:
    """The people behind "of", "to" or "among", else the possessor."""
    behind = [
        child
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in ("of", "to", "among")
        for child in children(prep, "pobj")
    ]
    behind += [child for child in children(noun, "conj") if behind and joins(child)]
    return behind or [child for child in children(noun, "poss") if is_somebody(child)]


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
        if (token.tag_ in FINITE or (apart and children(token, "auxpass"))) and token.dep_ not in AUXILIARIES:
            found = found if not apart and children(token, "auxpass") else []
        elif not found and token.pos_ in ("NOUN", "PROPN", "NUM") and token.dep_ not in PREMODIFIERS:
            found = [token] if is_somebody(token) and token.head.dep_ != "agent" else []
    return found
