"""Whose death or injury a noun tells: its owner, who bears it, or the people that it stands for itself."""

from spacy.tokens import Token

from extractors.casualty_clauses import is_passive, reduced, subject_of
from extractors.casualty_lists import children, has_number, joins
from extractors.casualty_numbers import PLURAL, is_amount, read_vague
from extractors.casualty_words import Word, is_age, is_somebody, load_nouns, load_words
from models.casualty import CasualtyEntry

# Prepositions that make "beaten to death" and "taken into custody" one verb.
RESULTS = frozenset({"to", "into"})


def of_noun(noun: Token, word: Word) -> list[Token]:
    """Whose death, murder, injury or body it is; a counted noun stands for its people itself."""
    if word.entry.marked and not is_marked(noun, word.entry):
        return []
    who = word.entry.governors.get(noun.head.lower_) if noun.dep_ in ("dobj", "nsubjpass") else None
    if who == "subject":
        return subject_of(noun.head)
    if noun.dep_ == "nsubj" and word.entry.governors.get(noun.head.lower_) == "object":
        return children(noun.head, "dobj")  # "a bullet struck a girl"
    if noun.dep_ == "pobj" and (found := bearing(noun, word.entry)):
        return found
    if word.entry.governed:
        return belonging(noun, word.entry) if who else []
    if noun.dep_ == "pobj" and noun.head.lower_ in RESULTS and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
        found = subject_of(verb) if is_passive(verb) else children(verb, "dobj") or reduced(verb)
        if found:
            return found
    if "counted" in word.roles and (counted := counted_itself(noun, word.entry)):
        return counted
    if found := belonging(noun, word.entry):
        return found
    if "counted" not in word.roles or not word.entry.bare:
        return []
    shared = noun.dep_ == "conj" and noun.head.lower_ in load_words()
    if shared and (found := belonging(noun.head, word.entry)):
        return found  # "the deaths and injuries of four people"
    return [noun] if is_reported(noun) else []


def is_marked(noun: Token, entry: CasualtyEntry) -> bool:
    """Whether the text says of the noun what makes it a loss: "critical condition", "her condition was critical"."""
    told = [*noun.lefts, *(children(noun.head, "acomp") if noun.dep_ == "nsubj" else [])]
    return any(token.lower_ in entry.marked for token in told)


def counted_itself(noun: Token, entry: CasualtyEntry) -> list[Token]:
    """The noun or the number before its "of", where it stands for people: "12 deaths", "dozens of injuries"."""
    if has_number(noun):
        return [noun]
    if entry.also:
        return []  # "dozens of casualties" does not say that any of them died
    amount = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if amount is not None and (amount.lower_ in load_nouns().several or is_amount(amount)):
        return [amount]
    return [noun] if entry.bare and read_vague(noun) else []


def is_reported(noun: Token) -> bool:
    """Whether a bare plural tells of losses by itself: "injuries were reported", "there were deaths and injuries"."""
    if any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "on") for c in noun.children):
        return False  # "his injuries", "injuries on a guard"
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    if noun.tag_ not in PLURAL and top == noun:
        return False
    if top.dep_ == "attr":
        return bool(children(top.head, "expl"))
    above = top.head.head if top.dep_ == "pobj" and top.head.lower_ != "with" else top.head
    return top.dep_ in ("dobj", "nsubjpass", "pobj") and above.lower_ in load_nouns().causing


def bearing(noun: Token, entry: CasualtyEntry) -> list[Token]:
    """Who bears what stands behind a preposition: "treated for wounds", "hit by bullets", "a man with a wound"."""
    above = noun.head.head
    who = entry.governors.get(above.lower_) or entry.governors.get(f"{above.lower_} {noun.head.lower_}")
    if who == "subject" or (who == "object" and is_passive(above)):
        return subject_of(above)
    if who == "object":
        brings = entry.governed and any(is_somebody(t) for t in children(above, "nsubj"))
        return [] if brings else children(above, "dobj")  # "he took his brother to hospital" tells no wound
    noted = above.pos_ == "NOUN" or is_age(above)
    return [above] if noun.head.lower_ == "with" and noted and is_somebody(above) else []


def belonging(noun: Token, entry: CasualtyEntry) -> list[Token]:
    """The people behind "of", "to" or "among", else the possessor."""
    # "caused damage and injuries to three guards": the parse hung it on the verb
    counted = entry.bare and noun.tag_ in PLURAL
    next_to = [noun.nbor(1)] if counted and noun.i + 1 < len(noun.doc) else []
    preps = [t for t in (*next_to, *noun.rights) if t.dep_ == "prep" and t.lower_ in ("of", "to", "among")]
    behind = [child for prep in dict.fromkeys(preps) for child in children(prep, "pobj")]
    behind += [child for child in children(noun, "conj") if behind and joins(child)]
    return behind or [child for child in children(noun, "poss") if is_somebody(child)]
