"""From the event words of one sentence to drafts of events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractors.casualty_homes import attach_casualties
from extractors.clusters import cluster_triggers
from extractors.cues import Cue
from extractors.culprits import add_culprits
from extractors.draft import Draft
from extractors.event_dates import choose_date, is_when_told
from extractors.event_places import choose_places
from extractors.generics import mark_fought, mark_generic
from extractors.identity import share_party
from extractors.kinds import refine_type
from extractors.means import choose_weapons
from extractors.needs import meets_needs
from extractors.parties import PartyMention, References, read_parties, unite
from extractors.quantities import count_attacks
from extractors.records import is_own_date, read_record
from extractors.roles import Roles, find_roles, first_of
from extractors.sayings import complete_saying, settle_saying
from extractors.sheet import Sheet
from extractors.sources import read_sources
from extractors.status import read_status
from extractors.syntax import find_subjects
from extractors.tree import chain, children
from extractors.triggers import Trigger
from extractors.weighing import UNREAL
from extractors.words import EventWords

TREADERS = frozenset({"civilians", "state_military", "police", "international", "media"})
BACK = frozenset({"the", "this", "that", "these", "those", "such", "its", "their"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What drafting reads: the sheet of a text, its references and its words of cue and need."""

    sheet: Sheet
    references: References
    cues: Mapping[int, Sequence[Cue]]
    needs: Mapping[str, Sequence[Span]]
    words: EventWords


def draft_events(reading: Reading, found: Iterable[Trigger]) -> list[Draft]:
    """One draft for each event that each sentence tells, in text order."""
    sheet = reading.sheet
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in found:
        by_sentence.setdefault(sheet.sentence_of[trigger.head.i], []).append(trigger)
    drafts = [d for n, triggers in by_sentence.items() for d in draft_sentence(n, triggers, reading)]
    return sorted(drafts, key=lambda d: (d.sentence, d.trigger.span.start))


def draft_sentence(number: int, triggers: Sequence[Trigger], reading: Reading) -> list[Draft]:
    """The events of one sentence. What a saying is about is no event of its own."""
    roles = {t.span.start: find_roles(t, reading.words.roles) for t in triggers}
    met = [
        t
        for t in triggers
        if t.entry.level != "backdrop" and meets_needs(t, roles[t.span.start], reading.sheet, reading.needs)
    ]
    drafts = [build_draft(c, number, roles, met, reading) for c in cluster_triggers(met)]
    attach_casualties(drafts, number, reading.sheet)
    mark_generic(drafts, reading.needs.get("war", ()))
    mark_fought(drafts)
    for draft in drafts:
        draft.type = refine_type(draft, reading.words.by_weapon)
        draft.accident = any(
            s.sent.start == reading.sheet.sentences[number].start for s in reading.needs.get("accident", ())
        )
    return silence(drafts)


def build_draft(
    cluster: list[Trigger],
    number: int,
    roles: Mapping[int, Roles],
    triggers: Sequence[Trigger],
    reading: Reading,
) -> Draft:
    """A draft with parties, means, place, date, status and sources."""
    draft = Draft(cluster, number, cluster[0].entry.type, sentences=[number])
    joint = join_roles([roles[t.span.start] for t in cluster], triggers)
    rivals = [t.head for t in triggers if t not in cluster]
    sheet = reading.sheet
    draft.actors = read_parties(joint.agents, sheet, reading.references, agents=True)
    draft.targets = read_parties(joint.patients, sheet, reading.references, agents=False)
    draft.targets = [p for p in draft.targets if not is_doer(p, draft.actors)]
    draft.sources = read_sources([t.head for t in cluster], sheet, reading.references, reading.words.sources)
    add_culprits(cluster, draft.sources, sheet, reading.references, reading.words.sources)
    named = [*draft.sources.accused, *draft.sources.claimants, *draft.sources.doers]
    draft.actors = unite(draft.actors, read_parties(named, sheet, reading.references, agents=True))
    draft.weapons = choose_weapons(draft, joint, rivals, sheet, reading.words.means)
    settle_owners(draft)
    settle_mines(draft)
    draft.places = choose_places(draft, rivals, reading.needs.get("care", ()), sheet)
    draft.date = choose_date(draft, rivals, sheet)
    draft.date_of_news = draft.date is not None and is_when_told(sheet.head(draft.date), cluster[0].head)
    set_apart(draft, triggers, rivals, reading)
    draft.status, draft.status_cues = read_status(cluster[0], reading.cues)
    count_attacks(draft, sheet, reading.needs)
    told = next((t for t in cluster if not t.is_loss), cluster[0])
    draft.refers_back = points_back(told, reading.needs.get("device", ()))
    if draft.is_saying:
        complete_saying(draft, sheet, reading.references)
        settle_saying(draft, sheet, reading.references, reading.needs)
    return draft


def set_apart(draft: Draft, triggers: Sequence[Trigger], rivals: Sequence[Token], reading: Reading) -> None:
    """Keeps whose record a deed is, and no date but its own."""
    first, denials = draft.trigger, reading.words.sources.deny
    draft.record = read_record(first, triggers, reading.cues, reading.sheet, reading.references, denials)
    if draft.date and not is_own_date(draft.date, first.head, draft.record, rivals, reading.sheet):
        draft.date = None


def is_doer(target: PartyMention, actors: Sequence[PartyMention]) -> bool:
    """Whether a party was read as an actor already, or a pronoun for it: nobody kills "seven of them" of his own."""
    if target.start in {a.start for a in actors}:
        return True
    return target.reference is not None and bool(share_party([target], actors))


def settle_owners(draft: Draft) -> None:
    """A known organisation whose kidnapping it is has done it: what one person's murder is, it is not."""
    owners = (
        {t.idx for t in draft.trigger.head.children if t.dep_ == "poss"} if draft.trigger.is_noun else set()
    )
    doers = [p for p in draft.targets if p.start in owners and p.party.id is not None]
    if doers and not draft.actors:
        draft.actors, draft.targets = doers, [p for p in draft.targets if p not in doers]


def settle_mines(draft: Draft) -> None:
    """Whoever treads on a mine has not laid it: "a patrol triggered a landmine"."""
    treaders = all(p.party.kind in TREADERS for p in draft.actors)
    if (
        draft.actors
        and treaders
        and not draft.targets
        and {w.category for w in draft.weapons} & {"mine", "ied"}
    ):
        draft.actors, draft.targets = [], draft.actors


def join_roles(roles: Sequence[Roles], triggers: Sequence[Trigger]) -> Roles:
    """The parties of all words of one event; event words themselves are no parties."""
    events = {t.i for trigger in triggers for t in (*trigger.span, first_of(trigger.head))}

    def keep(tokens: Iterable[Token]) -> list[Token]:
        return list(dict.fromkeys(t for t in tokens if t.i not in events))

    return Roles(
        roles[0].verb,
        keep(t for r in roles for t in r.agents),
        keep(t for r in roles for t in r.patients),
    )


def points_back(trigger: Trigger, devices: Sequence[Span]) -> bool:
    """Whether the words point at an event already told ("the attack", "these strikes", "the bomb went off")."""
    if trigger.is_noun:
        return is_pointed_at(trigger.head) or is_predicate(trigger.head)
    subjects = find_subjects(trigger.head)
    heads = {span.root.i for span in devices}
    return any(is_pointed_at(t) and t.i in heads for t in subjects)


def is_predicate(noun: Token) -> bool:
    """Whether it only says what "it" or "this" was ("It was the second attack in a week")."""
    return noun.dep_ == "attr" and any(
        t.lower_ in {"it", "this", "that"} for t in children(noun.head, "nsubj")
    )


def is_pointed_at(noun: Token) -> bool:
    """Whether an article or owner says that the reader knows it."""
    return any(c.lower_ in BACK for c in noun.children if c.dep_ in {"det", "poss"})


def silence(drafts: Sequence[Draft]) -> list[Draft]:
    """Leaves out what a threat, demand or condemnation is about; its targets become the saying's."""
    sayings = [d for d in drafts if d.type in {"threat", "demand"}]
    kept = []
    for draft in drafts:
        host = next((s for s in sayings if s is not draft and is_said(draft, s)), None)
        if host is None:
            kept.append(draft)
            continue
        host.targets = unite(host.targets, draft.targets)
        host.casualties = [c for c in host.casualties if c not in draft.casualties]
    return kept


def is_said(draft: Draft, saying: Draft) -> bool:
    """Whether an event stands in what a saying is about and did not happen by its own account."""
    head, verb = draft.trigger.head, saying.trigger.head
    if draft.is_saying and draft.type not in {"threat", "demand"}:
        return False
    repeats = draft.type == saying.type and verb in chain(head)  # "warned that it will not tolerate"
    return head.i > verb.i and (draft.status in UNREAL or repeats)
