"""Losses told again in other words: the strongest sign that two sentences tell one event."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from extractors.casualty_fates import (
    DEFINITE,
    INDEFINITE,
    OWNERS,
    PRONOUNS,
    WHOLE,
    Victim,
    describe,
    have_died,
    is_further,
    is_victim,
    speaks_of_dead,
)
from extractors.draft import Draft
from extractors.identity import is_same_party
from extractors.parties import PartyMention
from extractors.sheet import Sheet, cover
from extractors.tallies import side_of_victims
from extractors.totals import says_more
from models.casualty import Casualty
from models.mention import ActorValue, Mention

RARE = 10  # victims: so many are seldom the toll of two events of one article
MANY = 3  # so many victims of one kind, twice in one article, are the same ones; of two, more must agree
SMALL = frozenset(
    {"of", "the", "a", "in", "and", "people", "persons", "others"}
)  # words that tell no victim apart
FAR = 8  # sentences over which the same toll is the same event


def measure_gap(event: Draft, draft: Draft) -> int:
    """Sentences between what two drafts tell."""
    return min(abs(a - b) for a in event.sentences for b in draft.sentences)


def tell_same_losses(
    event: Draft, draft: Draft, sheet: Sheet, obstacles: AbstractSet[str] = frozenset()
) -> bool:
    """Whether the later draft tells victims of the earlier one again: as many, or the same person.

    Where something else tells them apart (`obstacles`), the doers must be one as far as the text names any; and
    another place asks for a shared doer, a number that is no chance, or a draft that tells nothing but the losses.
    """
    if measure_gap(event, draft) > FAR:
        return False
    told = [c for c in event.casualties if c.best and c.scope == "event"]
    again = [c for c in draft.casualties if c.scope == "event"]
    pairs = [(a, b) for a in told for b in again if are_same_victims(a, b, sheet)]
    total = sum_up(told)
    retold = total == sum_up(again) > 1 and not any(says_more(c, sheet) for c in again)
    if retold and (total >= MANY or have_same_doer(event, draft)):
        pairs.append((told[0], again[0]))
    dead = [c for c in told if c.what == "killed"]
    pairs += [(dead[0], b) for b in again if len(dead) > 1 and have_died(b, dead, [dead], sheet)]
    return any(is_surely_same(a, b, sheet) or outweigh(a, event, draft, obstacles) for a, b in pairs)


def is_surely_same(a: Casualty, b: Casualty, sheet: Sheet) -> bool:
    """Whether one person is told twice by name, or by "the" and the same word: nothing else tells these apart."""
    if not (is_victim(a) and is_victim(b)):
        return False
    first, later = sorted((describe(a, sheet), describe(b, sheet)), key=lambda v: v.start)
    if first.name or later.name:
        return bool(first.name & later.name)
    return first.noun == later.noun and later.words[0] in DEFINITE and later.role is not None


def outweigh(loss: Casualty, event: Draft, draft: Draft, obstacles: AbstractSet[str]) -> bool:
    """Whether the same losses overrule what else tells two drafts apart."""
    if not obstacles:
        return True
    if "place" not in obstacles:
        return not is_victim(loss) or have_same_doer(event, draft)
    if not have_same_doer(event, draft):
        return False
    bare = draft.refers_back or (draft.is_loss and not draft.weapons and not draft.actors)
    doers = any(is_same_party(a, b) for a in event.actors for b in draft.actors)
    return bare or doers or (loss.best or 0) >= RARE


def sum_up(casualties: Sequence[Casualty]) -> int:
    """The dead of the first sentence that tells any; 0 where one of them has no number."""
    dead = [c for c in casualties if c.what == "killed"]
    first = [c for c in dead if c.anchor == dead[0].anchor]
    return sum(c.best or 0 for c in first) if all(c.best for c in first) else 0


def have_other_victims(event: Draft, draft: Draft, sheet: Sheet) -> bool:
    """Whether both name every victim, each one person, and nobody is in both."""
    sides = [[c for c in d.casualties if c.what == "killed" and c.scope == "event"] for d in (event, draft)]
    if not all(side and all(is_victim(c) for c in side) for side in sides):
        return False
    named = [[describe(c, sheet).name for c in side] for side in sides]
    return all(map(all, named)) and not any(a & b for a in named[0] for b in named[1])


def are_same_victims(a: Casualty, b: Casualty, sheet: Sheet) -> bool:
    """Whether two numbers count the same people."""
    if (
        a.what == "killed"
        and (a.best or 0) > 1
        and (speaks_of_dead(b, sheet) or have_died(b, [a], [[a]], sheet))
    ):
        return True
    if a.what != b.what or says_more(max(a, b, key=lambda c: c.start), sheet):
        return False
    sides = [side_of_victims(c, sheet) for c in (a, b)]
    if sides[0] and sides[1] and sides[0] != sides[1]:
        return False
    if a.best != b.best:
        return points_at_all(b, sheet) and (a.best or 0) > 1 and (share_noun(a, b) or is_pronoun(b, sheet))
    if is_victim(a) and is_victim(b):
        return is_same_person(describe(a, sheet), describe(b, sheet), sheet)
    return (a.best or 0) >= MANY or ((a.best or 0) > 1 and share_noun(a, b))


def points_at_all(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether a bare plural points at victims already told: "the slain rebels", "both men", "they"."""
    if casualty.best is not None or casualty.form != "vague":
        return False
    first = cover(sheet.doc, casualty.start, casualty.end)[0]
    words = {first.lower_, *(t.lower_ for t in first.lefts)}
    return not WHOLE.isdisjoint(words)


def is_pronoun(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether the victims are told by a pronoun."""
    return cover(sheet.doc, casualty.start, casualty.end)[-1].pos_ == "PRON"


def share_noun(a: Casualty, b: Casualty) -> bool:
    """Whether both call the victims by one word ("two brothers"), or one of them by none that tells ("two bodies")."""
    words = [{w.casefold() for w in (c.whom or "").split()} - SMALL for c in (a, b)]
    return not words[0] or not words[1] or bool(words[0] & words[1])


def have_same_doer(event: Draft, draft: Draft) -> bool:
    """Whether the doers are one, where both are told."""
    if not (event.actors and draft.actors):
        return True
    return any(is_same_party(a, b) for a in event.actors for b in draft.actors)


def is_same_person(one: Victim, two: Victim, sheet: Sheet) -> bool:
    """Whether both are one by name, or the later words point back or give a name to the earlier description."""
    first, later = sorted((one, two), key=lambda v: v.start)
    if first.name and later.name:
        return bool(first.name & later.name)
    if is_further(later) or (first.genders and later.genders and not first.genders & later.genders):
        return False
    if "of" in later.words and not later.name:
        return False  # "the judge of Herat" points at nobody told before
    return later.points_back and not is_own(later, sheet)


def is_own(victim: Victim, sheet: Sheet) -> bool:
    """Whether a pronoun or owner stands for somebody new in its own sentence ("a judge's car was hit, killing him")."""
    if victim.noun not in PRONOUNS and victim.words[0] not in OWNERS:
        return False
    start = sheet.sentences[victim.sentence].start_char
    people = [
        m for m in sheet.inside("actor", victim.sentence) if start <= m.start < victim.start and is_person(m)
    ]
    return bool(people) and all(any(c.lower_ in INDEFINITE for c in sheet.head(m).lefts) for m in people)


def is_person(mention: Mention) -> bool:
    """Whether an actor mention is of one person."""
    value = mention.value
    return isinstance(value, ActorValue) and not (value.plural or value.collective)


def drop_victims(actors: Sequence[PartyMention], casualties: Sequence[Casualty]) -> list[PartyMention]:
    """The actors without those who are among the victims: a headline's "man shot" had them act."""
    spots = [
        (c.start if c.whom_start is None else c.whom_start, c.whom_end or c.end)
        for c in casualties
        if c.what == "killed"
    ]
    return [a for a in actors if not any(start <= a.start < end for start, end in spots)]
