"""Whether an event word speaks of conflict at all, or of sport, business, stage, law, weather or health."""

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span, Token

from extractors.roles import Roles
from extractors.sheet import Sheet
from extractors.triggers import Trigger
from models.mention import ActorValue, Mention
from models.terms import PartyKind

ARMED: frozenset[PartyKind] = frozenset({"state_military", "police", "rebel_group", "militia", "criminal"})
TOPICS = ("sport", "business", "stage", "politics", "health")  # needs.toml: words of peaceful fields
REACH = 1  # sentences on either side in which a field's words tell what a passage is about

Words = Mapping[str, Sequence[Span]]


def is_elsewhere(trigger: Trigger, roles: Roles, number: int, sheet: Sheet, words: Words) -> bool:
    """Whether the word is about something else: done by nature, done to an idea, invented, or of another field.

    A passage is of another field where its words outnumber what tells of conflict: armed people, weapons
    and losses. One word of the field is enough where nothing tells of conflict.
    """
    if stands_for(roles.agents, words.get("nature", ())):
        return True
    done = roles.patients or roles.agents
    if done and all(stands_for([p], words.get("idea", ())) for p in done):
        return True
    if roles.patients and all(stands_for([p], words.get("nature", ())) for p in roles.patients):
        return True
    if has_word("fiction", number, number, sheet, words):
        return True
    signs = count_signs(trigger, number, sheet)
    mishap = any(has_word(name, number - REACH, number, sheet, words) for name in ("nature", "accident"))
    if trigger.is_loss and mishap and not has_arms(number, sheet) and not has_arms(number - REACH, sheet):
        return True
    if trigger.is_saying and has_word("nature", number, number, sheet, words) and not has_arms(number, sheet):
        return True
    if trigger.is_saying and not any(has_word(name, number, number, sheet, words) for name in TOPICS):
        return False
    cold = count_topics(trigger, number, sheet, words)
    return cold > 0 and cold > signs


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


def count_topics(trigger: Trigger, number: int, sheet: Sheet, words: Words) -> int:
    """How many different words of the best-told peaceful field stand in and around the sentence."""
    own = {t.i for t in trigger.span}
    found = {
        name: {
            span.text.lower()
            for span in words.get(name, ())
            if abs(sheet.sentence_of[span.start] - number) <= REACH and span.root.i not in own
        }
        for name in TOPICS
    }
    return max(
        len(found[name]) - int(name == "politics") for name in TOPICS
    )  # conflict is talked of there too


def count_signs(trigger: Trigger, number: int, sheet: Sheet) -> int:
    """How many armed parties, weapons and losses the sentence tells; losses weigh double, plain event nouns one."""
    start, end = trigger.span.start_char, trigger.span.end_char
    weapons = [m for m in sheet.inside("weapon", number) if not (m.start < end and start < m.end)]
    plain = trigger.is_noun and (len(trigger.span) > 1 or trigger.entry.weapon is not None)
    return len(list_armed(number, sheet)) + len(weapons) + 2 * count_losses(number, sheet) + int(plain)


def count_losses(number: int, sheet: Sheet) -> int:
    """How many losses of people the sentence tells: "killed the game" is none."""
    sentence = sheet.sentences[number]
    return sum(
        any(casualty.whom_start <= m.start < casualty.whom_end for m in sheet.inside("actor", number))
        for casualty in sheet.casualties
        if sentence.start_char <= casualty.start < sentence.end_char
        and casualty.what in {"killed", "injured", "abducted"}
        and casualty.whom_start is not None
        and casualty.whom_end is not None
    )
