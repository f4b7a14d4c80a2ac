"""How many people a noun phrase stands for: its number, its vague word, or one."""

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.casualty_numbers import (
    ARTICLES,
    PLURAL,
    Tally,
    behind_of,
    read_amount,
    read_number,
    read_vague,
)
from extractors.casualty_words import is_loss_noun, is_somebody, is_thing, load_nouns, load_words
from extractors.vague_numbers import FILE, PROFILE, load_grammar, vague_value
from models.mention import CountValue, Mention

NEXT = frozenset({"second", "third", "fourth", "fifth", "sixth", "other"})
COLLECTIVES = frozenset({"police", "personnel", "staff", "crew", "people", "children", "troops"})
ONE = CountValue(1, 1, 1, "exact")
TWO = CountValue(2, 2, 2, "exact")
NOUGHT = CountValue(0, 0, 0, "exact")


def count_people(head: Token, counts: Sequence[Mention], strict: bool = False) -> Tally | None:
    """The people of the noun phrase, or None where it gives no number or is about things.

    `strict` asks for a word that is known to stand for people.
    """
    nouns = load_nouns()
    if is_nobody(head):
        return Tally(head.idx, head.idx + len(head), NOUGHT, head, "casualties:none")
    inner = behind_of(head)
    if (amount := read_amount(head, inner)) is not None:
        return amount
    if is_thing(head) and head.pos_ != "NUM":
        return None
    if inner is not None and head.lower_ in nouns.groups:
        tally = count_people(inner, counts, strict)
        if tally and not tally.is_single:
            return tally
    known = head.pos_ == "NUM" or head.lower_ in nouns.several
    if strict and not (known or is_somebody(head) or (inner and is_somebody(inner))):
        return None
    if inner is not None and is_thing(inner) and not is_somebody(head) and head.pos_ != "PROPN":
        return None
    return read_number(head, counts) or read_vague(head) or read_single(head) or read_plural(head)


def is_nobody(head: Token) -> bool:
    """Whether the phrase says that there was nobody: "no one", "no civilians", "none", "not … anyone"."""
    nouns = load_nouns()
    if head.lower_ in nouns.nobody or any(child.lower_ == "no" for child in head.lefts):
        return True
    return head.lower_ in nouns.anybody and any(child.dep_ == "neg" for child in head.head.children)


def read_single(head: Token) -> Tally | None:
    """One person without a number: a name, a pronoun, or a singular noun."""
    nouns = load_nouns()
    end = head.idx + len(head)
    if head.lower_ in nouns.one:
        return Tally(head.idx, end, ONE, head, "casualties:one_pronoun")
    single = any(child.lower_ in ARTICLES for child in head.lefts)
    if single and head.lower_ in NEXT:
        return Tally(head.idx, end, ONE, head, "casualties:one_pronoun")
    if not single and (is_plural(head) or head.lower_ in nouns.groups):
        return None
    if single and head.pos_ == "ADJ" and is_somebody(head):
        return Tally(head.idx, end, ONE, head, "casualties:one_noun")
    if head.pos_ in ("PRON", "NUM", "ADJ", "DET") or head.lower_ in nouns.groups:
        return None
    if head.pos_ == "PROPN" or head.ent_type_ == "PERSON":
        named = single or not (head.text.isupper() and head.ent_type_ == "ORG")
        return name_of(head) if named and head.lower_ not in nouns.organisations else None
    if head.lower_ == "couple":
        return Tally(head.idx, end, TWO, head, f"{FILE}:{PROFILE}.a_couple")
    return (
        Tally(head.idx, end, ONE, head, "casualties:one_noun")
        if is_somebody(head) or is_victim(head)
        else None
    )


def is_victim(head: Token) -> bool:
    """Whether the noun is the object of a killing: then it needs no known word for people."""
    word = load_words().get(head.head.lower_)
    killed = word is not None and word.entry.what == "killed" and head.dep_ in ("dobj", "nsubjpass")
    return killed and any(child.dep_ == "det" for child in head.lefts)


def read_plural(head: Token) -> Tally | None:
    """Bare people: at least two. "Police" is as often the one who tells it."""
    inner = behind_of(head) if head.lower_ == "number" else None
    noun = inner or head
    if noun.lower_ == "police" or noun.lower_ in load_nouns().groups:
        return None
    if not (is_plural(noun) and is_somebody(noun)) and not is_bare_loss(noun):
        return None
    value = vague_value(load_grammar().profile.words["plural"])
    return Tally(head.idx, head.idx + len(head), value, noun, f"{FILE}:{PROFILE}.plural")


def is_bare_loss(noun: Token) -> bool:
    """Whether the noun stands for the people themselves: "deaths and injuries"."""
    return is_loss_noun(noun) and not any(child.dep_ == "det" for child in noun.lefts)


def is_plural(head: Token) -> bool:
    """Whether the noun is more than one, by tag, or by form where capitals mislead the tagger."""
    word, people = head.lower_, load_nouns().people
    if head.tag_ in PLURAL or word in COLLECTIVES:
        return True
    return word in people and (word.endswith("men") or (word.endswith("s") and word[:-1] in people))


def name_of(head: Token) -> Tally:
    """One person by name; the span is the whole name."""
    first = head
    while first.i > head.sent.start and head.doc[first.i - 1].ent_type_ == "PERSON" == first.ent_type_:
        first = head.doc[first.i - 1]
    return Tally(first.idx, head.idx + len(head), ONE, head, "casualties:one_name")


def whom_of(tally: Tally) -> tuple[int, int] | None:
    """The offsets of the words for the people: the noun phrase without its number."""
    head, end = tally.head, tally.head.idx + len(tally.head)
    if head.lower_ in load_words() and not is_somebody(head):
        return None  # "54 dead", "30 injuries"
    if tally.start <= head.idx < tally.end and not tally.is_single:
        inner = behind_of(head)
        if inner is None or is_bare_loss(inner):
            return None  # "dozens of injuries"
        return inner.left_edge.idx, inner.idx + len(inner)
    inner = behind_of(head)
    if inner is not None and inner.i - head.i < 8:
        end = inner.idx + len(inner)
    if tally.is_single:
        return min(tally.start, first_word(head).idx), end
    token = next((t for t in head.doc[head.left_edge.i : head.i + 1] if t.idx >= tally.end), head)
    return min(token.idx, head.idx), end


def first_word(head: Token) -> Token:
    """The first word of the head's own phrase, without what a comma parts from it."""
    first = head
    for token in reversed(list(head.lefts)):
        if token.is_punct:
            break
        first = token.left_edge
    return first
