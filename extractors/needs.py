"""Whether what an event word asks for is near it: a weapon, people, captives, something hostile …"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.phrases import Forms, compile_forms
from extractors.relevance import find_other_world
from extractors.roles import Roles
from extractors.sheet import Sheet
from extractors.standing import is_armed, is_fighter, is_freed, is_person, is_place, is_state
from extractors.syntax import (
    find_complements,
    find_objects,
    find_subjects,
    is_passive,
    is_simile,
    lift,
)
from extractors.threats import has_hostile_content, is_menace
from extractors.triggers import Trigger
from models.mention import ActorValue, WeaponValue
from models.reason import WordReason
from models.terms import WeaponCategory
from models.trigger import NeedEntry

PLATFORMS: frozenset[WeaponCategory] = frozenset({"aircraft", "armour", "naval", "other"})
BY_HAND: frozenset[WeaponCategory] = frozenset({"small_arms", "melee"})


CLAIM = frozenset({"claim", "claims", "claimed", "claiming"})
REFUSING = frozenset({"not", "never"})
INDEFINITE = frozenset({"a", "an", "any", "another", "such"})


@dataclass(frozen=True, slots=True)
class NeedLexicon:
    """Compiled words by need."""

    words: Forms


def compile_needs(entries: Mapping[str, NeedEntry]) -> NeedLexicon:
    """One matcher; a match's label is the need."""
    return NeedLexicon(compile_forms({name: entry.forms() for name, entry in entries.items()}))


def find_needs(doc: Doc, lexicon: NeedLexicon) -> dict[str, list[Span]]:
    """The words of each need in a text."""
    found: dict[str, list[Span]] = {}
    for span in lexicon.words.find_all(doc):
        found.setdefault(span.label_, []).append(span)
    return found


def refuse_word(
    trigger: Trigger, roles: Roles, sheet: Sheet, words: Mapping[str, Sequence[Span]]
) -> WordReason | None:
    """Why the word tells no event; None where it is about conflict and has any one of what its entry asks for."""
    number = sheet.sentence_of[trigger.head.i]
    if trigger.entry.level == "backdrop":
        return "word:backdrop"
    if is_named(trigger, sheet):
        return "word:in-name"
    if is_unclaimed(trigger.head):
        return "word:unclaimed"
    if is_registered(trigger, words):
        return "word:listed"
    if other := find_other_world(trigger, roles, number, sheet, words):
        return other
    needs = trigger.entry.needs
    if not needs or any(has_need(need, trigger, roles, number, sheet, words) for need in needs):
        return None
    return "word:unmet"


def is_named(trigger: Trigger, sheet: Sheet) -> bool:
    """Whether the word is only part of a party's name ("the Trade Operations agency")."""
    head = trigger.head
    mention = sheet.at("actor", head)
    inner = mention is not None and sheet.head(mention) != head and head.dep_ == "compound"
    return inner and all(t.pos_ == "PROPN" for t in trigger.span)


def is_unclaimed(head: Token) -> bool:
    """Whether nothing is told but that somebody has claimed no such event ("have not claimed any attack")."""
    verb = head.head
    claims = head.dep_ == "dobj" and verb.lower_ in CLAIM and any(c.dep_ == "neg" for c in verb.children)
    return claims and any(c.lower_ in INDEFINITE for c in head.children)


def is_registered(trigger: Trigger, words: Mapping[str, Sequence[Span]]) -> bool:
    """Whether losses are named only as what a list holds ("the list of fatalities")."""
    of = trigger.head.head
    holds = trigger.is_loss and trigger.head.dep_ == "pobj" and of.lower_ == "of"
    return holds and any(span.root == of.head for span in words.get("register", ()))


def has_need(
    need: str, trigger: Trigger, roles: Roles, number: int, sheet: Sheet, words: Mapping[str, Sequence[Span]]
) -> bool:
    """Whether one need is met in the event word's sentence."""
    parties = (*roles.agents, *roles.patients)
    if need in {"weapon", "munition", "ordnance"}:
        return has_arms(need, trigger, roles, sheet)
    if need in {"state", "force", "captor"}:
        return has_doer(need, roles, sheet)
    if need == "people":
        return any(is_person(t, sheet) for t in parties) or has_casualty(number, sheet)
    if need == "sides":
        return sum(is_person(t, sheet) for t in parties) > 1
    if need == "party":
        return any(is_person(t, sheet) or t.pos_ in {"PROPN", "PRON"} for t in parties)
    if need == "armed":
        return any(
            is_armed(m.value) for m in sheet.inside("actor", number) if isinstance(m.value, ActorValue)
        )
    if need in {"territory", "ground"}:
        ground = place_tokens(number, sheet) | {s.root for s in words.get("territory", ())}
        return not ground.isdisjoint(roles.patients if need == "ground" else phrase_tokens(trigger, roles))
    if need == "hostile":
        return announces(trigger, roles, sheet, words)
    if need == "device":
        return is_device(trigger, words)
    if need == "menace":
        return is_menace(trigger.head, roles.patients, roles.agents, sheet)
    if need == "captive" and not trigger.is_noun:
        told = trigger.head.dep_ != "amod"  # "the freed men" were freed in what is told elsewhere
        return told and any(is_freed(t, sheet, words) for t in roles.patients)
    return near(words.get(need, ()), trigger, roles)


def has_arms(need: str, trigger: Trigger, roles: Roles, sheet: Sheet) -> bool:
    """Whether a weapon of the kind that is asked for stands in the event word's phrases."""
    if need == "weapon":
        return bool(armed_tokens(trigger, roles, sheet))
    others = PLATFORMS if need == "munition" else PLATFORMS | BY_HAND
    return any(is_munition(t, sheet, others) for t in phrase_tokens(trigger, roles))


def has_doer(need: str, roles: Roles, sheet: Sheet) -> bool:
    """Whether a state does it, or armed people do; a captor does it to people."""
    if need == "state":
        return any(is_state(t, sheet) for t in roles.agents)
    people = [t for t in roles.patients if sheet.at("actor", t) is not None and not is_place(t, sheet)]
    return any(is_fighter(t, sheet) for t in roles.agents) and (need == "force" or bool(people))


def is_device(trigger: Trigger, words: Mapping[str, Sequence[Span]]) -> bool:
    """Whether what is dealt with is a bomb or the like ("defused a bomb", "a bomb was defused")."""
    verb = trigger.head
    things = find_subjects(verb) if is_passive(verb) else find_objects(verb)
    things += find_complements(verb, frozenset({"of"}))
    if verb.dep_ == "amod":
        things.append(verb.head)
    heads = {span.root.i for span in words.get("device", ())}
    return any(t.i in heads for t in things)


def announces(trigger: Trigger, roles: Roles, sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a saying announces something hostile that the speaker's side will do, or will not bear."""
    if trigger.span[0].lower_ in REFUSING:
        return near(words.get("hostile", ()), trigger, roles, whole=True)
    speakers = [m for t in roles.agents if (m := sheet.at("actor", t)) is not None]
    armed = any(isinstance(m.value, ActorValue) and is_armed(m.value) for m in speakers)
    return has_hostile_content(trigger.head, armed=armed, words=words)


def armed_tokens(trigger: Trigger, roles: Roles, sheet: Sheet) -> list[Token]:
    """The tokens of weapons in the event word's phrases; what is aimed at somebody counts whatever it is."""
    found = [t for t in phrase_tokens(trigger, roles) if sheet.at("weapon", t) is not None]
    if trigger.entry.uses:
        found = [t for t in found if is_handled(t, trigger, roles)]
    aimed = any(sheet.at("weapon", t) is None for t in roles.patients)
    return [t for t in found if aimed or is_munition(t, sheet) or t in roles.agents]


def is_handled(token: Token, trigger: Trigger, roles: Roles) -> bool:
    """Whether a weapon is what the word is done with or to, not something further off ("used radios in tanks")."""
    path = lift(token)
    direct = {trigger.head, *roles.agents, *roles.patients}
    return not direct.isdisjoint(path) or path[-1].head.head == trigger.head


def is_munition(token: Token, sheet: Sheet, others: Container[WeaponCategory] = PLATFORMS) -> bool:
    """Whether the token's weapon strikes by itself: planes and tanks may be used for anything."""
    mention = sheet.at("weapon", token)
    return (
        mention is not None
        and isinstance(mention.value, WeaponValue)
        and mention.value.category not in others
        and not is_simile(sheet.head(mention))
    )


def phrase_tokens(trigger: Trigger, roles: Roles) -> list[Token]:
    """The event word's phrase and its parties' phrases."""
    heads = (trigger.head, *roles.agents, *roles.patients)
    return list(dict.fromkeys(t for head in heads for t in head.subtree))


def near(spans: Sequence[Span], trigger: Trigger, roles: Roles, *, whole: bool = False) -> bool:
    """Whether one of the words stands in the event word's phrases (or, if asked, behind it in the sentence)."""
    tokens = {t.i for t in phrase_tokens(trigger, roles)}
    if whole:
        tokens |= {t.i for t in trigger.head.sent if t.i > trigger.head.i}
    own = {t.i for t in trigger.span} if len(trigger.span) == 1 else set()
    return any(span.root.i in tokens and span.root.i not in own for span in spans)


def place_tokens(number: int, sheet: Sheet) -> set[Token]:
    """The tokens of the places that a sentence names."""
    return {t for m in sheet.inside("place", number) for t in sheet.span(m)}


def has_casualty(number: int, sheet: Sheet) -> bool:
    """Whether a sentence tells of people killed, taken or hurt."""
    sentence = sheet.sentences[number]
    return any(sentence.start_char <= c.start < sentence.end_char for c in sheet.casualties)
