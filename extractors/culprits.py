"""Who did it, as nouns and adjectives say: "was responsible for", "was the work of", "held by", "planted by"."""

from collections.abc import Iterator, Sequence
from itertools import chain as join

from spacy.tokens import Token

from extractors.parties import References
from extractors.sheet import Sheet
from extractors.sources import SELVES, SourceLexicon, Sources, find_speakers, is_nobody, mark, name_all
from extractors.syntax import coordinate, find_objects, find_passive_agents, find_subjects, is_passive
from extractors.tree import chain, children
from extractors.triggers import Trigger

BEHIND = frozenset({"for", "of", "in"})
WITH = frozenset({"with", "on", "upon"})
OPEN_CLAUSE = frozenset({"if", "whether", "unless"})
BLAMED = frozenset({"suspect", "onus"})
TOLD = frozenset({"hold", "hands", "lay"})  # who held or laid it is told, not blamed


def add_culprits(
    triggers: Sequence[Trigger],
    sources: Sources,
    sheet: Sheet,
    references: References,
    lexicon: SourceLexicon,
) -> None:
    """Adds those whom such words make the doers: as told, as claimed of themselves, or as others accuse them."""
    first = triggers[0]
    found = join(
        find_culprits(first.head, lexicon),
        find_captors(first, lexicon),
        *(find_layers(t, sheet, lexicon) for t in triggers),
    )
    for word, named, role in found:
        people = [t for t in named if not is_nobody(t)]
        if not people or is_undone(word, lexicon):
            continue
        speakers = find_teller(word)
        selves = any(t.tag_ == "PRP" and t.lower_ in SELVES for t in people)
        if role == "confess" or (speakers and selves):
            owners = speakers if selves and speakers else people
            sources.claimants += owners
            sources.claimed_by += name_all(owners, sheet, references)
        elif role in BLAMED or (speakers and role not in TOLD):
            sources.accused += people
            sources.accused_by += name_all(speakers, sheet, references)
        else:
            sources.doers += people
        mark(sources, word, role)


def find_culprits(head: Token, lexicon: SourceLexicon) -> Iterator[tuple[Token, list[Token], str]]:
    """The words that name a doer of the deed, whom they name, and their role."""
    below = head
    for token in chain(head):
        if below.dep_ == "prep" and below.lower_ in BEHIND:
            yield from read_complement(token, lexicon)
        if below.dep_ == "prep" and below.lower_ == "to" and token.lower_ in lexicon.confess:
            yield token, find_subjects(token), "confess"
        if below.dep_ == "nsubj" and token.pos_ in {"AUX", "VERB"}:
            yield from read_predicate(token, lexicon)
        if below.dep_ == "prep" and below.lower_ not in BEHIND:
            return  # "convicted of killing a guard during protests"
        if below.dep_ not in {"pobj", "pcomp", "prep", "dobj", "nsubj", "conj"}:
            return
        below = token


def read_complement(token: Token, lexicon: SourceLexicon) -> Iterator[tuple[Token, list[Token], str]]:
    """Whom a word before "for", "of" or "in" names: "responsible for", "implicated in", "the perpetrators of"."""
    for role in ("answer", "suspect"):
        if token.lower_ in getattr(lexicon, role):
            yield token, find_bearers(token), role
    if token.lower_ in lexicon.author and token.dep_ == "nsubj":
        yield token, [t for a in children(token.head, "attr") for t in coordinate(a)], "author"
    if token.lower_ in lexicon.onus and token.dep_ == "nsubj" and token.head.lower_ in lexicon.rest:
        yield token.head, find_behind(token.head, WITH), "onus"


def read_predicate(verb: Token, lexicon: SourceLexicon) -> Iterator[tuple[Token, list[Token], str]]:
    """Whose work the deed is said to be."""
    for noun in children(verb, "attr"):
        if noun.lower_ in lexicon.work:
            yield noun, [*children(noun, "poss"), *find_behind(noun, frozenset({"of"}))], "work"


def find_bearers(word: Token) -> list[Token]:
    """Of whom an adjective or participle is said: the subject of its clause, or the noun that it stands at."""
    if word.pos_ == "VERB" or word.dep_ in {"acl", "relcl"}:
        return find_subjects(word)
    if word.dep_ in {"acomp", "oprd", "conj"}:
        return find_subjects(word.head)
    return coordinate(word.head) if word.dep_ == "amod" else []


def find_behind(word: Token, prepositions: frozenset[str]) -> list[Token]:
    """The objects of these prepositions behind the word."""
    preps = (p for p in children(word, "prep") if p.lower_ in prepositions)
    return [t for p in preps for item in children(p, "pobj") for t in coordinate(item)]


def is_undone(word: Token, lexicon: SourceLexicon) -> bool:
    """Whether it is denied, asked or left open that they did it."""
    for token in (word, *chain(word)):
        if token.lower_ in lexicon.deny or children(token, "neg"):
            return True
        if any(c.lower_ in OPEN_CLAUSE for c in children(token, "mark", "dobj")):
            return True
    return False


def find_teller(word: Token) -> list[Token]:
    """Those who say or believe so."""
    below = word
    for token in chain(word):
        if below.dep_ == "ccomp" and token.pos_ == "VERB":
            return find_speakers(token)
        below = token
    return []


def find_captors(trigger: Trigger, lexicon: SourceLexicon) -> Iterator[tuple[Token, list[Token], str]]:
    """Those who hold whom the sentence calls kidnapped: "are holding", "held by", "in the hands of"."""
    if trigger.entry.type != "abduction" or trigger.is_noun:
        return
    captives = {*find_subjects(trigger.head), *find_objects(trigger.head)}
    for verb in trigger.head.sent:
        if verb.lower_ in lexicon.hold and verb.pos_ == "VERB" and verb != trigger.head:
            passive = is_passive(verb)
            held = find_subjects(verb) if passive else find_objects(verb)
            if captives & set(held):
                yield verb, find_passive_agents(verb) if passive else find_subjects(verb), "hold"
        if verb.lower_ in lexicon.hands and verb.dep_ == "pobj" and verb.head.lower_ == "in":
            yield verb, [*children(verb, "poss"), *find_behind(verb, frozenset({"of"}))], "hands"


def find_layers(
    trigger: Trigger, sheet: Sheet, lexicon: SourceLexicon
) -> Iterator[tuple[Token, list[Token], str]]:
    """Those who used the bomb that did it: "killed by a mine planted by rebels", "the bomb was planted by rebels"."""
    head = trigger.head
    for bomb in (head, *find_subjects(head), *find_passive_agents(head)):
        if bomb != head and sheet.at("weapon", bomb) is None:
            continue
        above = [bomb.head] if bomb.dep_ == "nsubjpass" else []
        for verb in (*children(bomb, "acl", "relcl"), *above):
            if verb.lower_ in lexicon.lay and is_passive(verb):
                yield verb, find_passive_agents(verb), "lay"
