"""Lists of people: the noun phrases joined to a first one, and what of a list only breaks down another."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from extractors.casualty_words import is_somebody, load_nouns, load_words
from extractors.numerals import find_numerals

NAMING = frozenset({"identified", "named", "called"})
JOINING = frozenset({"and", "or", "&", "plus"})
DASHES = frozenset({":", "identified", "namely", "-", "–", "—"})
ARTICLES = frozenset({"a", "an", "another"})
WHERE = frozenset({"in", "near", "at", "outside"})
FINITE = ("VBD", "VBZ", "VBP", "MD")
SUBJECTS = ("nsubjpass", "nsubj")


def expand(heads: Iterable[Token]) -> list[Token]:
    """The heads and those coordinated with them, each once, in text order."""
    found = {token.i: token for head in heads for token in (head, *coordinated(head))}
    return [found[place] for place in sorted(found)]


def coordinated(head: Token) -> Iterator[Token]:
    """The noun phrases joined to a head by "and" or a comma; names that only repeat it are left out."""
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            repeated = repeats(head, child)
            if is_description(head, child):
                continue
            if opens_clause(child):
                continue  # "killed a soldier and two others were injured"
            if tells(child) or (repeated and has_number(head)):
                continue  # "seven people, Ali, his wife and their five children"
            if not repeated and not is_counted_apart(head, child) and not is_same(head, child):
                yield child
            yield from coordinated(child)
        elif child.dep_ == "acl" and child.lower_ in NAMING:
            yield from (token for token in child.subtree if token.dep_ == "conj" and is_relative(token))
        elif child.dep_ == "appos" and not is_description(head, child):
            closed = end_bracket(head, child)
            yield from (token for token in apposed(head, child) if token.i > closed)
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in children(child, "pobj"):
                yield from (t for t in children(inner, "conj") if joins(t) and not is_somebody(inner))


def is_description(head: Token, other: Token) -> bool:
    """Whether bare people behind a number only say who they were: "four civilians, all women and children"."""
    apart = (
        other.doc[other.left_edge.i - 1].text in (",", "-", "–", "—", "(")
        if other.left_edge.i > head.i
        else False
    )
    return apart and has_number(head) and other.left_edge.lower_ in load_nouns().describing


def end_bracket(head: Token, other: Token) -> int:
    """Where a bracket between the two closes; -1 without one: what stands in it breaks the first number down."""
    marks = [t.text for t in head.doc[head.i : other.i] if t.text in ("(", ")")]
    if not marks or marks[-1] == ")":
        return -1
    return next((t.i for t in head.doc[other.i : head.sent.end] if t.text == ")"), head.sent.end)


def tells(token: Token) -> bool:
    """Whether the noun is who says it, taken for a victim: "killed 12 people, doctors and nurses said"."""
    last = token.right_edge.i + 1
    return last < len(token.doc) and token.doc[last].lower_ in load_nouns().tellings


def joined_behind(verb: Token, last: Token) -> list[Token]:
    """Further objects that the parse joined to the verb itself: "killed the mayor and two of his guards"."""
    behind = [
        t for t in children(verb, "conj") if t.i > last.i and t.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
    ]
    return [
        t for t in behind if (joins(t) if t.pos_ != "NUM" else children(t, "prep")) and not opens_clause(t)
    ]


def joined_to_place(token: Token) -> list[Token]:
    """Further victims that the parse joined to where the first ones were: "killed two in Mosul and six in Baquba"."""
    places = [t for prep in children(token, "prep") for t in children(prep, "pobj") if not is_somebody(t)]
    joined = [t for place in places for t in children(place, "conj")]
    people = [t for t in joined if has_number(t) and is_somebody(t) and not opens_clause(t)]
    return [*people, *(t for head in (token, *places) for t in counted_elsewhere(head))]


def counted_elsewhere(token: Token) -> Iterator[Token]:
    """Bare numbers with places of their own, joined one to the other: "five in Mosul and three in Baquba"."""
    for number in children(token, "conj", "appos"):
        inner = [
            t for prep in children(number, "prep") if prep.lower_ in WHERE for t in children(prep, "pobj")
        ]
        if number.pos_ == "NUM" and any(t.pos_ == "PROPN" and t.ent_type_ != "DATE" for t in inner):
            yield number
            yield from counted_elsewhere(number)


def listed_before(subject: Token) -> list[Token]:
    """The first of a list of people whose second the parse took for the subject: "a judge, his driver and"."""
    place = subject.left_edge.i - 1
    if place < 1 or subject.doc[place].text != "," or not children(subject, "conj"):
        return []
    first = subject.doc[place - 1]
    lost = first.head == subject.head and first.dep_ in ("npadvmod", "nmod", "dep")
    return [first] if lost and joins(subject) and (joins(first) or is_relative(subject)) else []


def opens_clause(token: Token) -> bool:
    """Whether a verb without a subject stands right behind: the noun is its subject, however parsed."""
    last = token.right_edge.i + 1
    if last >= len(token.doc) or token.doc[last].tag_ not in FINITE:
        return False
    near = token.doc[last]
    verb = near.head if near.dep_ in ("aux", "auxpass") else near
    return verb not in token.ancestors and not children(verb, *SUBJECTS)


def apposed(head: Token, other: Token) -> Iterator[Token]:
    """A list that the parse took for an apposition: "six guards, two cooks and a driver"."""
    joined = children(other, "conj")
    if not has_number(head):
        # "a teacher, a villager and one officer were killed", "killed a teacher, her son and two officers"
        several = agrees_with_many(head) or (
            head.dep_ == "dobj" and head.tag_ in ("NN", "NNP") and any(map(has_number, joined))
        )
        first = joins(head) or (head.ent_type_ == "PERSON" and has_number(other))
        if several and joined and first and joins(other):
            yield other
        yield from (token for token in joined if is_relative(token) or (several and joins(token)))
    elif joined and head.lower_ not in load_nouns().generic and is_list(head, other, joined):
        yield from (other, *coordinated(other))


def is_list(head: Token, other: Token, joined: Sequence[Token]) -> bool:
    """Whether an apposition adds people: its numbers do not sum up the head's ("six nuns, four Italians and two …")."""
    numbered = has_number(other) or (joins(other) and any(map(has_number, joined)))
    return numbered and sum(map(number_of, (other, *joined))) != number_of(head)


def number_of(token: Token) -> int:
    """The number that the noun is counted with; one without any."""
    words = [c.text for c in token.children if c.dep_ == "nummod"] or [token.text]
    found = find_numerals(words[0])
    return int(found[0].value) if found else 1


def agrees_with_many(subject: Token) -> bool:
    """Whether the verb says that its subject is more than one: "a guard and a cook were killed"."""
    return any(
        c.lower_ in {"were", "are", "have"} for c in subject.head.children if c.dep_ in {"auxpass", "aux"}
    )


def joins(token: Token) -> bool:
    """Whether the noun is people of their own: with a number, an article or "his"."""
    own = has_number(token) or is_relative(token) or any(c.lower_ in ARTICLES for c in token.lefts)
    return own and is_somebody(token)


def is_relative(token: Token) -> bool:
    """Whether a possessive pronoun ties the noun to somebody named before: "his son"."""
    return any(child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children)


def repeats(head: Token, other: Token) -> bool:
    """Whether a name behind a comma says who a common noun is ("a man, John Doe, and his son")."""
    between = head.doc[head.i + 1 : other.left_edge.i]
    joined = any(token.lower_ in JOINING for token in between)
    named = any(token.lower_ in DASHES for token in between)
    own = any(child.lower_ in ARTICLES for child in other.lefts)
    return named or (not joined and not own and head.ent_type_ != "PERSON" and other.pos_ == "PROPN")


def is_same(head: Token, other: Token) -> bool:
    """Whether two bare roles are one person's: "a poet and activist", but "a man and woman"."""
    bare = other.tag_ == "NN" and not any(c.dep_ in ("det", "poss", "nummod") for c in other.lefts)
    kin = load_nouns().kin
    return bare and head.tag_ == "NN" and not {head.lower_, other.lower_} & kin


def is_counted_apart(head: Token, other: Token) -> bool:
    """Whether another word counts the second: "12 deaths and 30 injuries", "12 dead and about 30 wounded"."""
    words = load_words()
    if head.lower_ in words and other.lower_ in words:
        return True
    inner = [t for prep in children(other, "prep") if prep.lower_ == "of" for t in children(prep, "pobj")]
    if any("counted" in words[t.lower_].roles for t in inner if t.lower_ in words):
        return True
    return other.pos_ == "NUM" and other.i + 1 < len(other.doc) and other.nbor(1).lower_ in words


def has_number(token: Token) -> bool:
    """Whether a number stands under the token, or it is one."""
    return token.pos_ == "NUM" or any(child.dep_ == "nummod" for child in token.children)


def children(token: Token, *deps: str) -> list[Token]:
    """The children with one of the dependencies."""
    return [child for child in token.children if child.dep_ in deps]
