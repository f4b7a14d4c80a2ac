"""Whether an event word speaks of conflict at all, or of sport, business, stage, law, weather or health."""

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span, Token

from extractors.roles import Roles
from extractors.sheet import Sheet
from extractors.syntax import find_complements
from extractors.triggers import Trigger
from models.mention import ActorValue, Mention
from models.reason import WordReason
from models.terms import PartyKind

ARMED: frozenset[PartyKind] = frozenset({"state_military", "police", "rebel_group", "militia", "criminal"})
SPOKEN_IN = frozenset({"in"})
REACH = 1  # sentences before that tell of a mishap

Words = Mapping[str, Sequence[Span]]


def find_other_world(
    trigger: Trigger, roles: Roles, number: int, sheet: Sheet, words: Words
) -> WordReason | None:
    """What else the word is about, if anything: done by nature, done to an idea or a beast, or invented.

    What its whole passage tells of is weighed later (extractors/bearing.py).
    """
    if stands_for(roles.agents, words.get("nature", ())) or are_all(roles.patients, "nature", words):
        return "word:nature"
    # "ambushed by a motion of no confidence"
    if are_all(roles.agents, "idea", words) or are_all(roles.patients or roles.agents, "idea", words):
        return "word:idea"
    if is_mishap(trigger, number, sheet, words):
        return "word:mishap"
    if is_spoken(trigger, words):
        return "word:speech"
    if has_word("fiction", number, number, sheet, words):
        return "word:fiction"
    return "word:disaster" if is_of_disaster(trigger, number, sheet, words) else None


def are_all(tokens: Sequence[Token], name: str, words: Words) -> bool:
    """Whether there are tokens, and each is the head of a phrase of that list."""
    return bool(tokens) and all(stands_for([token], words.get(name, ())) for token in tokens)


def is_of_disaster(trigger: Trigger, number: int, sheet: Sheet, words: Words) -> bool:
    """Whether losses are told beside nature or an accident, or a saying beside nature, and nothing armed near."""
    mishap = any(has_word(name, number - REACH, number, sheet, words) for name in ("nature", "accident"))
    if trigger.is_loss and mishap and not has_arms(number, sheet) and not has_arms(number - REACH, sheet):
        return True
    natural = trigger.is_saying and has_word("nature", number, number, sheet, words)
    return natural and not has_arms(number, sheet)


def is_spoken(trigger: Trigger, words: Words) -> bool:
    """Whether somebody attacks with words alone ("attacked the press in a speech")."""
    if trigger.entry.level != "attack" or trigger.is_noun:  # "claimed the attack in a statement"
        return False
    speeches = {span.root for span in words.get("speech", ())}
    return bool(speeches & set(find_complements(trigger.head, SPOKEN_IN)))


def is_mishap(trigger: Trigger, number: int, sheet: Sheet, words: Words) -> bool:
    """Whether something dangerous blew up: no weapon and nobody who could have done it stands in the sentence."""
    blast = trigger.entry.type == "bombing" or (
        trigger.is_loss and has_word("blast", number, number, sheet, words)
    )
    if not blast or not has_word("hazard", number, number, sheet, words):
        return False
    own = {t.i for t in trigger.span} | {t.i for span in words.get("blast", ()) for t in span}
    arms = [m for m in sheet.inside("weapon", number) if own.isdisjoint(t.i for t in sheet.span(m))]
    return not arms and not list_fighters(number, sheet)


def list_fighters(number: int, sheet: Sheet) -> list[Mention]:
    """The armed actors that a sentence names, and the unnamed of whom it does not say who they are ("gunmen")."""
    actors = [m for m in sheet.inside("actor", number) if isinstance(m.value, ActorValue)]
    unknown = [m for m in actors if isinstance(m.value, ActorValue) and m.value.kind == "unknown"]
    return [*list_armed(number, sheet), *unknown]


def stands_for(tokens: Iterable[Token], spans: Sequence[Span]) -> bool:
    """Whether one of the tokens is the head of one of the phrases."""
    heads = {span.root.i for span in spans}
    return any(token.i in heads for token in tokens)


def has_word(name: str, first: int, last: int, sheet: Sheet, words: Words) -> bool:
    """Whether a word of that list stands in these sentences."""
    return any(first <= sheet.sentence_of[s.start] <= last for s in words.get(name, ()))


def has_arms(number: int, sheet: Sheet) -> bool:
    """Whether a sentence names armed people or weapons."""
    return number >= 0 and bool(list_armed(number, sheet) or sheet.inside("weapon", number))


def list_armed(number: int, sheet: Sheet) -> list[Mention]:
    """The armed actors that a sentence names."""
    actors = sheet.inside("actor", number)
    return [m for m in actors if isinstance(m.value, ActorValue) and m.value.kind in ARMED]
