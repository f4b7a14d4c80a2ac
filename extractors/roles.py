"""Who did it and to whom: the words that a sentence puts around an event word, as agents and patients."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractors.casualty_words import is_somebody
from extractors.syntax import (
    coordinate,
    find_complements,
    find_objects,
    find_passive_agents,
    find_subjects,
    is_passive,
)
from extractors.tree import chain, children
from extractors.triggers import Trigger, is_misread
from models.terms import EventType
from models.trigger import RoleEntry

AIMED = frozenset({"on", "against", "at", "upon", "into", "targeting", "towards", "toward", "hitting"})
FAR_AIMED = frozenset({"on", "against", "targeting"})
AIMED_VERB = frozenset({"on", "at", "against", "upon", "into", "with", "from", "toward", "towards"})
BLASTS: frozenset[EventType] = frozenset(
    {"bombing", "suicide_bombing", "shelling", "missile_or_rocket_attack"}
)
BY = frozenset({"by", "from"})
LAID = frozenset({"on", "to"})
DOING = frozenset({"by", "from", "involving"})
AGAINST = frozenset({"against"})
SIDES = frozenset({"between", "among", "with", "against", "of"})
BETWEEN = frozenset({"between", "among"})
OBJECT_NOUNS = frozenset({"of"})  # "the killing of", "the shelling of"


@dataclass(frozen=True, slots=True)
class Roles:
    """Head words of the parties, in text order; `verb` is what governs the event word's clause."""

    verb: Token
    agents: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RoleLexicon:
    """Verb forms by what they lend; phrasal ones by their first word and particle."""

    light: frozenset[str]
    suffer: frozenset[str]
    reach: frozenset[str]
    order: frozenset[str]
    blame: frozenset[str]
    resort: frozenset[str]
    blast: frozenset[str]


def compile_roles(entries: Mapping[str, RoleEntry]) -> RoleLexicon:
    """Sets of forms by role."""
    roles = ("light", "suffer", "reach", "order", "blame", "resort", "blast")
    forms: dict[str, set[str]] = {role: set() for role in roles}
    for entry in entries.values():
        forms[entry.role].update(entry.forms())
    return RoleLexicon(*(frozenset(forms[role]) for role in roles))


def find_roles(trigger: Trigger, lexicon: RoleLexicon) -> Roles:
    """Agents and patients of an event word, whichever way the sentence puts them."""
    if trigger.is_noun:
        return find_noun_roles(trigger, lexicon)
    return find_verb_roles(trigger, lexicon)


def find_verb_roles(trigger: Trigger, lexicon: RoleLexicon) -> Roles:
    """Active: subject and object; passive: by-phrase and subject."""
    verb = trigger.head
    subjects = find_ordered(verb, lexicon) or find_subjects(verb)
    aimed = find_complements(verb, AIMED_VERB & AIMED)
    if trigger.entry.subject == "none":
        return Roles(verb)
    if trigger.entry.subject == "both":
        against = [*find_objects(verb), *find_complements(verb, SIDES)]
        return take_sides(trigger, Roles(verb, subjects, against))
    if trigger.entry.subject == "patient":
        return Roles(verb, find_complements(verb, BY), subjects)
    if is_passive(verb):
        agents = find_passive_agents(verb)
        return Roles(verb, agents, subjects)
    if verb.dep_ == "amod":  # "the kidnapped engineers"
        return Roles(verb, [], [verb.head])
    return Roles(verb, subjects, [*find_objects(verb), *find_last_objects(trigger), *aimed])


def find_last_objects(trigger: Trigger) -> list[Token]:
    """What the last word of a phrase governs: "set fire to a church"; "to", since the others aim."""
    last = trigger.span[-1]
    return [t for item in children(last, "pobj") for t in coordinate(item)] if last.lower_ == "to" else []


def find_ordered(verb: Token, lexicon: RoleLexicon) -> list[Token]:
    """Those who are told to do it, in "ordered his men to shell the town"."""
    if verb.dep_ != "xcomp" or verb.head.lower_ not in lexicon.order:
        return []
    return find_subjects(verb.head) if is_passive(verb.head) else find_objects(verb.head)


def find_noun_roles(trigger: Trigger, lexicon: RoleLexicon) -> Roles:
    """Modifiers and complements of the noun, and what the verb that it hangs on lends."""
    noun = trigger.head
    verb = next((t for t in (noun, *chain(noun)) if t.pos_ in {"VERB", "AUX"}), noun)
    patients = find_aimed(noun)
    before = [t for part in trigger.span for t in children(part, "compound", "amod")]
    owners = children(noun, "poss")
    if trigger.entry.owner == "patient" and not find_complements(noun, OBJECT_NOUNS):
        suffering = [t for t in owners if is_one_person(t)]
        patients, owners = [*suffering, *patients], [t for t in owners if t not in suffering]
    agents = [
        *owners,
        *([noun.head] if is_misread(noun) else children(noun, "nmod")),
        *(t for t in before if t.i < trigger.span.start),
        *find_complements(noun, DOING),
    ]
    sides = find_sides(noun) if trigger.entry.subject == "both" else []
    if trigger.entry.subject == "both":
        agents.extend(sides)
    elif trigger.span.text.lower().endswith("ing") or trigger.entry.level in {"harm", "event", "attack"}:
        patients.extend(find_complements(noun, OBJECT_NOUNS))
    lent = lend_blast(trigger, lexicon) or lend_roles(noun, lexicon)
    patients = [t for t in patients if t not in lent.agents]
    if trigger.entry.type == "armed_clash":
        against = find_opponents(noun, sides, lent)
        agents, patients = [t for t in agents if t not in against], [*patients, *against]
    return take_sides(trigger, Roles(verb, [*lent.agents, *agents], [*lent.patients, *patients]))


def find_sides(noun: Token) -> list[Token]:
    """The sides of a clash, also where the verb stands before them ("clashes broke out between A and B")."""
    top = first_of(noun)
    beyond = find_complements(top.head, BETWEEN) if top.dep_ in {"nsubj", "nsubjpass"} else []
    return find_complements(noun, SIDES) or beyond


def is_one_person(owner: Token) -> bool:
    """Whether an owner is one person: "the mayor's murder", not "the army's arrests" or "Israel's executions"."""
    return owner.tag_ == "PRP$" or (owner.tag_ in {"NN", "NNP"} and is_somebody(owner))


def find_opponents(noun: Token, sides: list[Token], lent: Roles) -> list[Token]:
    """Whom a clash is against: "police had a clash with rebels", "a battle against them", "between A and B"."""
    if lent.agents:
        return sides
    return find_complements(noun, AGAINST) or sides[1:]


def take_sides(trigger: Trigger, roles: Roles) -> Roles:
    """The sides of a clash: who is named first acts, the others are whom it is against ("between A and B")."""
    others = [t for t in roles.patients if t not in trigger.span]  # "exchanged fire" has its own object
    if trigger.entry.type != "armed_clash" or others or len(roles.agents) < 2:
        return roles
    first, *rest = roles.agents
    return Roles(roles.verb, [first], rest)


def find_aimed(noun: Token) -> list[Token]:
    """What an event noun aims at, wherever its phrase says so ("a string of raids on", "use of drones against")."""
    top = first_of(noun)
    inner = [t for of in children(noun, "prep") if of.lower_ == "of" for t in children(of, "pobj")]
    wider = [t for other in (top, *inner) if other != noun for t in find_complements(other, FAR_AIMED)]
    return [*find_complements(noun, AIMED), *wider]


def lend_blast(trigger: Trigger, lexicon: RoleLexicon) -> Roles | None:
    """Who set off a blast, and at what: "rebels triggered a landmine blast targeting a convoy"."""
    top = first_of(trigger.head)
    verb = top.head
    if trigger.entry.type not in BLASTS or top.dep_ not in {"dobj", "nsubjpass"}:
        return None
    if not spell_verb(verb, top) & lexicon.blast:
        return None
    agents = find_passive_agents(verb) if is_passive(verb) else find_subjects(verb)
    return Roles(verb, agents, lend_aim(verb))


def lend_roles(noun: Token, lexicon: RoleLexicon) -> Roles:
    """What the verb beside an event noun says of its parties."""
    top = first_of(noun)
    verb = top.head if top.dep_ not in {"pobj", "pcomp"} else top.head.head
    form = spell_verb(verb, top)
    if top.dep_ in {"dobj", "pobj", "pcomp"} and form & lexicon.suffer:
        return Roles(verb, find_complements(verb, BY), find_subjects(verb))
    if top.dep_ == "nsubjpass" and form & lexicon.suffer:
        return Roles(verb, [], find_passive_agents(verb))
    if top.dep_ in {"dobj", "nsubjpass"} and form & lexicon.blame:
        return Roles(verb, find_blamed(noun, verb), [])
    if top.dep_ in {"pobj", "pcomp"} and form & lexicon.resort:
        return Roles(verb, find_subjects(verb), lend_aim(verb))
    if top.dep_ == "dobj" and form & lexicon.light:
        passive = is_passive(verb)
        return Roles(verb, find_passive_agents(verb) if passive else find_subjects(verb), lend_aim(verb))
    if top.dep_ == "nsubjpass" and form & lexicon.light:
        agents = find_passive_agents(verb)
        return Roles(verb, agents, [*lend_aim(verb), *(t for a in agents for t in lend_aim(a))])
    if top.dep_ == "nsubj" and form & lexicon.reach:
        return Roles(verb, [], find_objects(verb))
    relative = [t for t in noun.children if t.dep_ in {"relcl", "acl"} and t.pos_ == "VERB"]
    for clause in relative:
        form = spell_verb(clause, None)
        if form & (lexicon.light | lexicon.resort):
            return Roles(verb, find_passive_agents(clause) or own_subjects(clause), [])
        if form & lexicon.reach:
            return Roles(verb, [], find_objects(clause))
    return Roles(verb)


def find_blamed(noun: Token, verb: Token) -> list[Token]:
    """Those whom a deed is laid on, wherever the parser hangs the preposition ("blamed the attack on them")."""
    return find_complements(verb, LAID) or find_complements(noun, LAID)


def own_subjects(verb: Token) -> list[Token]:
    """Subjects that stand in the clause itself and are no relative pronoun."""
    return [t for s in children(verb, "nsubj") if s.tag_ not in {"WDT", "WP"} for t in coordinate(s)]


def lend_aim(verb: Token) -> list[Token]:
    """What a light verb's own prepositions aim at ("launched attacks … against the port")."""
    return find_complements(verb, AIMED - {"at", "into"})


def first_of(noun: Token) -> Token:
    """The first of the coordination or the counted phrase that the noun stands in ("a series of attacks")."""
    for _ in range(6):
        if noun.dep_ in {"conj", "compound", "appos"} and noun.head.pos_ in {"NOUN", "PROPN"}:
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in {"NOUN", "NUM"}:
            noun = noun.head.head
        else:
            return noun
    return noun


def spell_verb(verb: Token, below: Token | None) -> set[str]:
    """The verb's form, alone and with each particle or preposition behind it."""
    parts = [t.lower_ for t in children(verb, "prt", "prep", "advmod")]
    if below is not None and below.dep_ in {"pobj", "pcomp"}:
        parts.append(below.head.lower_)
    return {verb.lower_, *(f"{verb.lower_} {part}" for part in parts)}
