"""An event's losses: counts with their side, and totals that count nobody twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.casualty_scopes import load_cues
from extractors.draft import Draft
from extractors.parties import PartyMention
from extractors.relevance import ARMED
from extractors.sheet import Sheet
from extractors.syntax import children
from models.casualty import Casualty
from models.event import Count
from models.mention import ActorValue
from models.terms import CountSide, CountWhat


@dataclass(frozen=True, slots=True)
class Total:
    """People, as a closed range; all null where the text gives no number."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def count_people(draft: Draft, sheet: Sheet) -> list[Count]:
    """Every number read for the event, once each, in text order."""
    unique = {(c.what, c.start, c.end): c for c in sorted(draft.casualties, key=lambda c: (c.start, c.end))}
    return [
        Count(
            what=c.what,
            whom=c.whom,
            side=find_side(c, draft, sheet),
            low=c.low,
            best=c.best,
            high=c.high,
            form=c.form,
            scope=c.scope,
            source=c.source,
            start=c.start,
            end=c.end,
        )
        for c in unique.values()
    ]


def find_side(casualty: Casualty, draft: Draft, sheet: Sheet) -> CountSide:
    """Whose they were: civilians, whoever was aimed at; else the side of the party that they belong to."""
    value = find_victims(casualty, sheet)
    if value is not None:
        if value.kind in {"civilians", "media"}:
            return "civilians"
        if belongs(value, draft.targets):
            return "target"
        if belongs(value, draft.actors):
            return "actor"
        if value.kind in ARMED:
            return "target" if draft.actors or not draft.targets else "unknown"
    if draft.targets and all(p.party.kind in {"civilians", "media"} for p in draft.targets):
        return "civilians"
    return "unknown" if draft.type == "armed_clash" else "target"


def find_victims(casualty: Casualty, sheet: Sheet) -> ActorValue | None:
    """Who was counted, where an actor rule knows them."""
    if casualty.whom_start is None or casualty.whom_end is None:
        return None
    span = sheet.doc.char_span(casualty.whom_start, casualty.whom_end, alignment_mode="expand")
    for token in (*([span.root] if span else []), *(span or ())):
        mention = sheet.at("actor", token)
        if mention is not None and isinstance(mention.value, ActorValue):
            return mention.value
        owner = next((sheet.at("actor", c) for c in children(token, "compound", "amod")), None)
        if owner is not None and isinstance(owner.value, ActorValue):
            return owner.value
    return None


def belongs(value: ActorValue, parties: Sequence[PartyMention]) -> bool:
    """Whether victims are of one of the parties: same id, else same country and kind."""
    for item in parties:
        party = item.party
        if value.id and value.id == party.id:
            return True
        if value.kind == party.kind and (value.country == party.country or not value.country):
            return True
        if value.country and value.country == party.country and value.kind != "civilians":
            return True
    return False


def total_people(what: CountWhat, draft: Draft, sheet: Sheet) -> Total:
    """The event's total of one kind of loss.

    Numbers of one sentence add up; of several sentences the first total stands, later ones that disagree
    widen the range, and smaller ones about others of the victims are taken to be part of it.
    """
    by_sentence: dict[int, list[Casualty]] = {}
    for casualty in draft.casualties:
        if casualty.what == what and casualty.scope == "event":
            by_sentence.setdefault(sentence_of(casualty, sheet), []).append(casualty)
    groups = [group for _, items in sorted(by_sentence.items()) for group in split_by_source(items)]
    if not groups:
        return Total()
    counted = groups[0]
    total = add_up(counted)
    for items in groups[1:]:
        later = add_up(items)
        if adds_new(items, counted, sheet):
            total = Total(
                plus(total.low, later.low), plus(total.best, later.best), plus(total.high, later.high)
            )
            counted = [*counted, *items]
        else:
            total = widen(total, later, are_rivals(items, counted, sheet))
    return total


def split_by_source(items: Sequence[Casualty]) -> list[list[Casualty]]:
    """One sentence's numbers, apart where another source gives them ("30 dead, it said; the army said five")."""
    groups: list[list[Casualty]] = []
    for item in sorted(items, key=lambda c: c.start):
        told = {c.source for c in groups[-1]} - {None} if groups else set()
        if groups and (item.source is None or not told or item.source in told):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def are_rivals(items: Sequence[Casualty], counted: Sequence[Casualty], sheet: Sheet) -> bool:
    """Whether another source counts the same people, so that a smaller number is the lower bound."""
    first, later = counted[0], items[0]
    if (
        len(items) > 1
        or first.source is None
        or later.source is None
        or later.source in {c.source for c in counted}
    ):
        return False
    if load_cues().superseded.search(sheet.sentences[sentence_of(later, sheet)].text):
        return False
    if later.whom is None or later.whom.split()[-1] in {c.whom.split()[-1] for c in counted if c.whom}:
        return True
    side = side_of_victims(later, sheet)
    return side is not None and side != "civil" and side == side_of_victims(first, sheet)


def sentence_of(casualty: Casualty, sheet: Sheet) -> int:
    """The number of the sentence that a casualty stands in."""
    span = sheet.doc.char_span(casualty.start, casualty.end, alignment_mode="expand")
    return sheet.sentence_of[span.start] if span is not None and len(span) else 0


def add_up(items: Sequence[Casualty]) -> Total:
    """The sum of one sentence's numbers; a bound is known only where all have it."""
    unique = list({(c.start, c.end): c for c in items}.values())
    return Total(*(sum_known([getattr(c, name) for c in unique]) for name in ("low", "best", "high")))


def sum_known(values: Sequence[int | None]) -> int | None:
    """The sum, or None where one is unknown."""
    known = [v for v in values if v is not None]
    return sum(known) if known and len(known) == len(values) else None


def adds_new(items: Sequence[Casualty], counted: Sequence[Casualty], sheet: Sheet) -> bool:
    """Whether these are other victims than those already counted.

    The text must say so ("also", "two others"), or name people of another side; whoever is pointed at by a
    pronoun, a definite description or a name after a description has been counted.
    """
    if says_more(items[0], sheet):
        return True
    sides = [{side for c in group if (side := side_of_victims(c, sheet))} for group in (items, counted)]
    return bool(sides[0]) and bool(sides[1]) and not sides[0] & sides[1]


def says_more(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether a word like "another" or "also" stands at the number."""
    sentence = sheet.sentences[sentence_of(casualty, sheet)]
    start = max(casualty.start - MORE_REACH, sentence.start_char)
    end = max(casualty.end, casualty.whom_end or 0)
    behind = sheet.text[end : end + MORE_REACH].split()[:1]  # "three more were"
    words = [*sheet.text[start:end].casefold().split(), *behind]
    return not MORE.isdisjoint(word.strip(".,;:") for word in words)


def side_of_victims(casualty: Casualty, sheet: Sheet) -> str | None:
    """`civil`, `state` or `group`; None where the words do not tell."""
    value = find_victims(casualty, sheet)
    if value is None or casualty.whom is None:
        return None
    return SIDES.get(value.kind)


MORE_REACH = 25  # characters before a number in which "another" or "also" speaks of it
MORE = frozenset(
    {"also", "another", "other", "others", "further", "additional", "more", "besides", "separately"}
)
SIDES = {"civilians": "civil", "media": "civil", "state_military": "state", "police": "state", "rebel_group": "group",
         "militia": "group", "criminal": "group"}  # fmt: skip


def plus(a: int | None, b: int | None) -> int | None:
    """The sum, or None where one is unknown."""
    return None if a is None or b is None else a + b


def widen(total: Total, later: Total, rival: bool) -> Total:
    """The first total with bounds that take in a later, larger one, or a rival's smaller one."""
    if total.best is None and total.low is None and total.high is None:
        return later
    if later.best is None or total.best is None:
        return total if total.best is not None or later.best is None else later
    if later.best <= total.best and not rival:
        return total
    if later.best <= total.best:
        return Total(min(later.best, total.low or later.best), total.best, total.high)
    return Total(total.low, total.best, max(later.high or later.best, total.high or total.best))
