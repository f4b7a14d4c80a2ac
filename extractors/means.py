"""With what: which of a sentence's weapons an event was done with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractors.draft import Draft, WeaponUse
from extractors.roles import AIMED_VERB, Roles, spell_verb
from extractors.sheet import Sheet
from extractors.syntax import lift, nearest
from extractors.tree import chain, children
from extractors.triggers import Trigger
from models.event import Weapon
from models.inflection import inflect_phrase
from models.mention import Mention, WeaponValue
from models.terms import EventType, WeaponCategory
from models.trigger import MeansEntry

NO_MEANS: frozenset[EventType] = frozenset(
    {"seizure", "arrest", "raid", "release", "surrender", "demand", "sanction", "ceasefire_or_agreement",
     "accusation_or_condemnation", "protest"}
)  # fmt: skip
POSTURES: frozenset[EventType] = frozenset({"deployment", "exercise_or_test"})  # done to the weapon itself
DOERS: Mapping[WeaponCategory, frozenset[WeaponCategory]] = {
    "bomb": frozenset(
        {"air_strike", "aircraft", "drone", "ied", "car_bomb", "suicide_bomb", "mine", "rocket"}
    ),
    "artillery": frozenset({"mortar", "rocket", "armour", "naval", "aircraft"}),
    "small_arms": frozenset({"crowd_control", "aircraft", "armour"}),
    "air_strike": frozenset({"aircraft", "drone"}),
}
WITH = frozenset({"with", "by", "from", "of", "using", "via", "in"})
OWN = frozenset({"dobj", "nsubj", "nsubjpass", "aux", "auxpass"})  # what only a verb has
LIGHT = frozenset(
    {"set", "sets", "setting", "come", "comes", "came", "coming", "take", "takes", "took", "taken", "taking"}
)
FLAMES = frozenset({"fire", "ablaze", "alight", "gunfire"})
BASES = {"shot": "shoot", "blew": "blow", "blown": "blow", "burnt": "burn"}  # strong forms
STRIPPED = frozenset({"platform", "vague"})  # planes do much, and "weapons" are mostly talked of


@dataclass(frozen=True, slots=True)
class MeansLexicon:
    """Verb forms by what they tell of a weapon: that somebody uses, holds or finds it, or neither."""

    use: frozenset[str]
    hold: frozenset[str]
    find: frozenset[str]
    idle: frozenset[str]


def compile_means(entries: Mapping[str, MeansEntry]) -> MeansLexicon:
    """Sets of forms by role."""
    roles = ("use", "hold", "find", "idle")
    forms: dict[str, set[str]] = {role: set() for role in roles}
    for entry in entries.values():
        forms[entry.role].update(entry.forms())
    return MeansLexicon(*(frozenset(forms[role]) for role in roles))


def choose_weapons(
    draft: Draft, roles: Roles, rivals: Sequence[Token], sheet: Sheet, lexicon: MeansLexicon
) -> list[WeaponUse]:
    """The weapons that the event was done with; what is seized or talked about is no means."""
    if draft.type in NO_MEANS:
        return []
    heads = [draft.trigger.head, *rivals]
    mine = [
        m
        for m in sheet.inside("weapon", draft.sentence)
        if not is_hit(sheet.head(m), draft, roles)
        and (nearest(sheet.head(m), heads) == 0 or is_in(m, roles.agents, sheet))
        and is_used(m, draft, roles, sheet, lexicon)
    ]
    uses = [use for m in mine if (use := read_use(m)) is not None]
    implied = [use for t in draft.triggers if is_deed(t) and (use := imply_weapon(t)) is not None]
    if any(u.strength in {"named", "platform"} or u.start <= v.start < u.end for u in uses for v in implied):
        implied = []
    return settle_uses(sorted([*uses, *implied], key=lambda use: use.start))


def settle_uses(uses: Sequence[WeaponUse]) -> list[WeaponUse]:
    """Each weapon once, by its fullest words; what only tells that one was used gives way to the weapon itself.

    A verb ("shot") gives way to a weapon that can do what it tells; so do bullets and gunfire, also to the
    verb, and the word "weapons" to whatever else is told.
    """
    plain = [u for u in uses if u.strength in {"named", "platform"}]
    verbs = [u for u in uses if u.strength == "verb" and categories(plain).isdisjoint(list_doers(u.category))]
    traces = [u for u in uses if u.strength == "trace" and u.category not in categories([*plain, *verbs])]
    told = [*plain, *first_of_kind(verbs), *first_of_kind(traces)] or [
        u for u in uses if u.strength == "vague"
    ]
    longest: dict[str, WeaponUse] = {}
    for use in (u for u in uses if u in told):
        known = longest.setdefault(use.weapon.name, use)
        if len(use.weapon.text) > len(known.weapon.text):
            longest[use.weapon.name] = use
    return list(longest.values())


def list_doers(category: WeaponCategory) -> frozenset[WeaponCategory]:
    """The classes of weapons that do what a verb of this class tells: jets, drones and mines can "bomb"."""
    return DOERS.get(category, frozenset()) | {category}


def first_of_kind(uses: Sequence[WeaponUse]) -> list[WeaponUse]:
    """The first use of each class of weapon."""
    first: dict[str, WeaponUse] = {}
    for use in uses:
        first.setdefault(use.category, use)
    return list(first.values())


def categories(uses: Sequence[WeaponUse]) -> set[str]:
    """The classes of the weapons."""
    return {use.category for use in uses}


def is_hit(token: Token, draft: Draft, roles: Roles) -> bool:
    """Whether a weapon is what was hit or only says what kind of thing was ("downed a helicopter", "arms depots")."""
    if draft.type in POSTURES or any(is_handling(t) for t in draft.triggers):
        return False
    return token in roles.patients or (
        token.dep_ in {"compound", "amod", "nmod"} and token.head in roles.patients
    )


def is_handling(trigger: Trigger) -> bool:
    """Whether the event word takes its weapon as an object ("fired rockets", "detonated a bomb")."""
    return trigger.entry.uses or trigger.entry.type == "bombing"


def is_used(mention: Mention, draft: Draft, roles: Roles, sheet: Sheet, lexicon: MeansLexicon) -> bool:
    """Whether the sentence tells the weapon as a means, not as a thing found, sent or standing by."""
    if draft.type in POSTURES:
        return True
    path = lift(sheet.head(mention))
    events = {t.head for t in draft.triggers}
    if not events.isdisjoint(path) or not set(roles.agents).isdisjoint(path):
        return True
    value = mention.value
    if isinstance(value, WeaponValue) and value.strength in STRIPPED:
        return is_wielded(path[-1], draft, lexicon)
    return not is_idle(path[-1], events, lexicon)


def is_wielded(noun: Token, draft: Draft, lexicon: MeansLexicon) -> bool:
    """Whether the event was done "with" it, or somebody used it."""
    events = {t.head for t in draft.triggers}
    if noun.dep_ in {"pobj", "agent"} and noun.head.lower_ in WITH:
        verb = noun.head.head
        return verb in events or verb.head in events or not events.isdisjoint(verb.children)
    if noun.dep_ in {"dobj", "nsubjpass"}:
        handled = {t.head for t in draft.triggers if is_handling(t)}
        return noun.head in handled or bool(spell_verb(noun.head, None) & lexicon.use)
    return False


def is_idle(noun: Token, events: set[Token], lexicon: MeansLexicon) -> bool:
    """Whether the verb over or behind the noun tells that the weapon was found, sent, given up …"""
    verb = next((t for t in chain(noun) if t.pos_ in {"VERB", "AUX"}), None)
    if verb in events:
        return False
    clauses = [c for c in children(noun, "acl", "relcl") if c not in events]
    over = [verb] if verb is not None else []
    return any(spell_verb(v, None) & (lexicon.idle | lexicon.find) for v in (*over, *clauses))


def read_use(mention: Mention) -> WeaponUse | None:
    """A weapon mention as a means."""
    value = mention.value
    if not isinstance(value, WeaponValue):
        return None
    weapon = Weapon(text=mention.text, name=value.name, id=value.id, category=value.category)
    return WeaponUse(weapon, mention.start, mention.end, mention.rule, value.strength)


def is_deed(trigger: Trigger) -> bool:
    """Whether the event word is a verb; an -ing form without anything of a verb's own is a noun to any reader."""
    if trigger.is_noun or trigger.head.tag_ != "VBG":
        return not trigger.is_noun
    return any(c.dep_ in OWN or (c.dep_ == "prep" and c.lower_ in AIMED_VERB) for c in trigger.head.children)


def imply_weapon(trigger: Trigger) -> WeaponUse | None:
    """The means that a verb itself tells, in its own words without particles: "shot", "set fire"."""
    span = find_telling(trigger)
    if span is None or trigger.entry.weapon is None:
        return None
    name = " ".join([find_base(span[0], trigger), *(t.lower_ for t in span[1:])])
    weapon = Weapon(text=span.text, name=name, id=None, category=trigger.entry.weapon)
    return WeaponUse(weapon, span.start_char, span.end_char, f"events.toml:{trigger.rule}", "verb")


def find_telling(trigger: Trigger) -> Span | None:
    """The words of a verb that tell the means: the verb, its object, or what a light verb brings ("set … on fire")."""
    head, last = trigger.head, trigger.span[-1]
    if head.lower_ not in LIGHT:
        ends = [t.i for t in (head, *children(head, "dobj")) if t == head or t.i <= last.i]
        return head.doc[head.i : max(ends) + 1]
    flame = next((t for t in head.doc[head.i + 1 : head.right_edge.i + 1] if t.lower_ in FLAMES), None)
    if flame is None:
        return None
    return head.doc[head.i : flame.i + 1] if flame.i <= last.i else head.doc[flame.i : flame.i + 1]


def find_base(word: Token, trigger: Trigger) -> str:
    """The base form of a verb, as the lexicon writes it ("machine-gun"); other words as they are."""
    bases = (phrase.split()[0] for phrase in trigger.entry.verbs)
    return next((b for b in bases if word.lower_ in inflect_phrase(b)), BASES.get(word.lower_, word.lower_))


def is_in(mention: Mention, tokens: Sequence[Token], sheet: Sheet) -> bool:
    """Whether a mention covers one of the tokens."""
    return any(sheet.at(mention.label, t) == mention for t in tokens)
