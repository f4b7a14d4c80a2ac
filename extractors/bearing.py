"""What a passage is about: whether its event words speak of conflict, or of a game, a market, a stage, a storm."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.sheet import Sheet, cover
from extractors.syntax import chain, children
from models.casualty import Casualty
from models.mention import ActorValue, Mention, WeaponValue
from models.terms import CountWhat, EventType, PartyKind

FIELDS = ("sport", "business", "labour", "stage", "politics", "health", "law", "past", "mishap", "home")
BLOODY = frozenset({"stage", "past", "mishap"})  # there people die, and soldiers march, without a conflict
HOSTILE: frozenset[PartyKind] = frozenset({"rebel_group", "militia", "criminal"})
ORDERLY: frozenset[PartyKind] = frozenset({"state_military", "police"})
RULING: frozenset[PartyKind] = frozenset({"state_military", "government", "international"})
PLATFORMS = frozenset({"aircraft", "armour", "naval", "other"})
HARM: frozenset[CountWhat] = frozenset({"killed", "injured", "abducted"})
HELP: frozenset[EventType] = frozenset(
    {"raid", "deployment", "release"}
)  # what soldiers do in a disaster too
CIVIL: frozenset[EventType] = HELP | {"arrest", "demand", "threat", "accusation_or_condemnation"}
PRESENT = frozenset({"VBZ", "VBP"})
BEFORE_YEAR = frozenset({"in", "of", "since", "from", "until", "january", "february", "march", "april", "may", "june",
                         "july", "august", "september", "october", "november", "december"})  # fmt: skip
REACH = 2  # sentences on either side that tell what a passage is about
NEAR, FAR, CAP = 3, 1, 6  # what a word weighs in the passage and elsewhere, and how many words count there
DOUBT = 5  # what conflict must outweigh at least: a page of some length tells of it in more than one word
HARD, PEACE = 2, 3  # what a hard sign of conflict and a word of a peaceful field weigh; a soft sign weighs 1

Told = Mapping[int, frozenset[str]]  # sentence -> words


@dataclass(frozen=True, slots=True)
class Bearing:
    """The hard and soft signs of conflict and the words of each peaceful field, by sentence."""

    hard: Told
    soft: Told
    fields: Mapping[str, Told]


def keep_conflict(events: Sequence[Draft], sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> list[Draft]:
    """The events whose passage tells more of conflict than of peaceful fields."""
    bearing = read_bearing(sheet, words, events)
    doubt = min(DOUBT, NEAR * (len(sheet.sentences) - 1))
    return [e for e in events if speaks_of_conflict(e, bearing, doubt)]


def speaks_of_conflict(event: Draft, bearing: Bearing, doubt: int) -> bool:
    """Whether an event's passage speaks of conflict: of nothing else, if the event is grounded.

    Words, and what the law and helpers do too, need more than one sign on a page of some length.
    """
    peace = weigh_peace(event, bearing)
    if peace == 0 and is_grounded(event):
        return True
    return weigh_conflict(event, bearing) > max(doubt, peace)


def is_grounded(event: Draft) -> bool:
    """Whether an event is tied to the ground: violence with place, day, victims or claim, a threat with a target."""
    if event.type == "sanction":
        return any(p.party.kind in RULING for p in event.actors)
    if event.is_saying:
        return event.type == "threat" and bool(event.targets)
    victims = any(c.whom_start is not None for c in event.casualties)
    told = event.places or event.date or victims or event.sources.attribution
    return event.type not in CIVIL | {"seizure"} and bool(told)


def read_bearing(sheet: Sheet, words: Mapping[str, Sequence[Span]], events: Sequence[Draft]) -> Bearing:
    """The signs and the fields of a text."""
    own = {(t.span.start_char, t.span.end_char) for e in events for t in e.triggers}
    weapons = [
        m
        for m in sheet.mentions["weapon"]
        if not any(s < m.end and m.start < e for s, e in own) and not is_simile(sheet.head(m))
    ]
    actors = [m for m in sheet.mentions["actor"] if not is_simile(sheet.head(m))]
    hard = [m for m in actors if has_kind(m, HOSTILE)] + [m for m in weapons if is_munition(m)]
    soft = [m for m in actors if has_kind(m, ORDERLY)] + [m for m in weapons if not is_munition(m)]
    soft += [m for m in actors if any(is_victim(m.start, c) for c in sheet.casualties)]
    tolls = [cover(sheet.doc, c.start, c.end) for c in sheet.casualties if c.whom is None and c.what in HARM]
    taken = {t.i for name in FIELDS for span in words.get(name, ()) if len(span) > 1 for t in span}
    strong = [*(sheet.span(m) for m in hard), *words.get("conflict", ())]
    weak = [*(sheet.span(m) for m in soft), *tolls, *words.get("strife", ())]
    return Bearing(
        spread((span for span in strong if span.root.i not in taken), sheet),
        spread((span for span in weak if span.root.i not in taken), sheet),
        read_fields(sheet, words),
    )


def read_fields(sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> dict[str, Told]:
    """The words of each field; those who suffer are no sign of theirs: singers and pilgrims are killed too."""
    found = {
        name: [
            s for s in words.get(name, ()) if not any(is_victim(s.start_char, c) for c in sheet.casualties)
        ]
        for name in FIELDS
    }
    found["past"] += [t.doc[t.i : t.i + 1] for t in sheet.doc if is_old_year(t)]
    return {name: spread(spans, sheet) for name, spans in found.items()}


def is_old_year(token: Token) -> bool:
    """Whether the token is a year that no news is of."""
    text = token.text
    is_year = len(text) == 4 and text.isdigit() and "1000" <= text < "1980"
    return is_year and token.i > 0 and token.nbor(-1).lower_ in BEFORE_YEAR


def has_kind(mention: Mention, kinds: frozenset[PartyKind]) -> bool:
    """Whether the actor is of one of these kinds."""
    return isinstance(mention.value, ActorValue) and mention.value.kind in kinds


def is_simile(head: Token) -> bool:
    """Whether something is only likened to it ("fought like soldiers", "letters like shells")."""
    return head.dep_ == "pobj" and head.head.lower_ == "like"


def is_munition(mention: Mention) -> bool:
    """Whether the weapon strikes by itself."""
    return isinstance(mention.value, WeaponValue) and mention.value.category not in PLATFORMS


def is_victim(start: int, casualty: Casualty) -> bool:
    """Whether what starts there was killed, hurt or taken."""
    if casualty.whom_start is None or casualty.whom_end is None or casualty.what not in HARM:
        return False
    return casualty.whom_start <= start < casualty.whom_end


def spread(spans: Iterable[Span], sheet: Sheet) -> Told:
    """The heads of the phrases by sentence, in lower case."""
    found: dict[int, set[str]] = {}
    for span in spans:
        found.setdefault(sheet.sentence_of[span.start], set()).add(span.root.lower_)
    return {number: frozenset(words) for number, words in found.items()}


def weigh_conflict(event: Draft, bearing: Bearing) -> int:
    """Points of conflict. Soft signs fade where a bloody field is told: dead and soldiers are at home there."""
    near = reach(event)
    if not any(bearing.fields.values()):
        told = bool(event.places and (event.actors or event.targets))
        return weigh_hard(event, bearing, near) + weigh_soft(event, bearing, near) + told
    helps = event.type in HELP or event.is_saying
    blood = max(len(unite(bearing.fields[name], None if helps else near)) for name in BLOODY)
    if not blood:
        return weigh_hard(event, bearing, near) + weigh_soft(event, bearing, near)
    soft = 0 if helps else weigh_soft(event, bearing, near) // (1 + blood)
    news = event.date is not None and not unite(bearing.fields["past"], near) and is_deadly(event)
    return HARD * (weigh_doers(event) + count(bearing.hard, near) + NEAR * news) + soft


def weigh_hard(event: Draft, bearing: Bearing, near: Container[int]) -> int:
    """Points of hard signs; that the event killed people is one."""
    return HARD * (weigh_doers(event) + count(bearing.hard, near) + NEAR * is_deadly(event))


def weigh_soft(event: Draft, bearing: Bearing, near: Container[int]) -> int:
    """Points of soft signs; words between people without power are half as telling."""
    if not event.is_saying:
        return count(bearing.soft, near)
    power = RULING | HOSTILE | ORDERLY
    if any(p.party.kind in power for p in event.actors):
        return NEAR + count(bearing.soft, near)
    return count(bearing.soft, near) // (1 if any(p.party.kind in power for p in event.targets) else 2)


def weigh_doers(event: Draft) -> int:
    """Armed people who do harm are no field's business but conflict's."""
    armed = any(p.party.kind in HOSTILE | ORDERLY for p in event.actors)
    return NEAR * (armed and event.type not in CIVIL)


def is_deadly(event: Draft) -> bool:
    """Whether people were killed in it, and some doing, not dying, tells so."""
    killed = any(c.what == "killed" and not c.negated and c.whom_start is not None for c in event.casualties)
    return killed and not all(t.entry.subject == "patient" for t in event.triggers)


def weigh_peace(event: Draft, bearing: Bearing) -> int:
    """Points of all peaceful fields. One word alone makes no field; plots are told in the present tense."""
    near = reach(event)
    inside = frozenset(w for told in bearing.fields.values() for w in unite(told, near))
    outside = frozenset(w for told in bearing.fields.values() for w in unite(told)) - inside
    plot = len(unite(bearing.fields["stage"])) if is_present(event) else 0
    points = NEAR * (len(inside) + plot) + FAR * min(CAP, len(outside))
    return points if len(inside | outside) == 1 else PEACE * points


def reach(event: Draft) -> frozenset[int]:
    """The numbers of the sentences that tell the event and of those around them."""
    return frozenset(n for s in event.sentences for n in range(s - REACH, s + REACH + 1))


def is_present(event: Draft) -> bool:
    """Whether the event is told in the present tense."""
    head = event.trigger.head
    verb = next((t for t in (head, *chain(head)) if t.pos_ in {"VERB", "AUX"}), head)
    return any(t.tag_ in PRESENT for t in (verb, *children(verb, "aux", "auxpass")))


def count(told: Told, near: Container[int]) -> int:
    """Different words, those of the passage weighing more than those elsewhere on the page."""
    inside = unite(told, near)
    return NEAR * len(inside) + FAR * min(CAP, len(unite(told) - inside))


def unite(told: Told, near: Container[int] | None = None) -> frozenset[str]:
    """The words of all sentences, or of those near."""
    return frozenset(w for n, words in told.items() if near is None or n in near for w in words)
