"""Assembly: from a parsed text and its mentions to event rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Span

from extractors.actor_signs import know_cast
from extractors.aggregates import complete_aggregates, link_parts
from extractors.arrests import name_arresters
from extractors.bearing import keep_conflict
from extractors.bonds import Ground
from extractors.casualty_fates import settle_fates
from extractors.casualty_homes import settle_strays
from extractors.confidence import rate_events, settle_doubtful
from extractors.context import fill_countries
from extractors.coreference import resolve_references
from extractors.cues import find_cues
from extractors.draft import Draft
from extractors.drafting import Reading, draft_events
from extractors.followups import attach_followups
from extractors.incidents import name_incidents
from extractors.informants import name_informants
from extractors.later_means import attach_means
from extractors.merging import merge_drafts
from extractors.narrative import (
    assume_dates,
    carry_dates,
    close_spans,
    date_drafts,
    drop_coming,
    mark_history,
)
from extractors.needs import find_needs
from extractors.perpetrators import link_perpetrators
from extractors.records import mark_records
from extractors.rows import best_sentence, build_row, normalise, tell
from extractors.scenes import split_scenes
from extractors.sheet import Sheet
from extractors.tree import children
from extractors.triggers import Trigger, find_triggers
from extractors.updates import find_days
from extractors.weighing import UNREAL
from extractors.whereabouts import fill_places
from extractors.words import EventWords
from models.article import Article
from models.dates import Interval
from models.event import EventRow
from models.mention import Mention
from models.terms import EventType

OLD, OLDEST = 60, 120  # years
TWO = frozenset({"either", "neither", "both"})
VAGUE: frozenset[EventType] = frozenset({"armed_clash", "other_attack", "violence_against_civilians"})


def assemble_events(
    sheet: Sheet,
    article: Article,
    published: date | None,
    intervals: dict[Mention, Interval | None],
    words: EventWords,
    versions: tuple[str, str],
) -> list[EventRow]:
    """The rows of one article, in the order in which it first tells their events."""
    reading = read_text(sheet, words)
    sheet = reading.sheet
    events = find_events(reading, published, intervals)
    rate_events(events, sheet, words.confidence)
    events = settle_doubtful(events, words.types)
    guilt = number_sentences(reading.needs.get("guilt", ()), sheet)
    cast = know_cast(events, sheet, reading.references, words.sources, guilt)
    link_perpetrators(events, cast, words.perpetrators, words.types)
    name_arresters(events, sheet, reading.references)
    fill_places(events, sheet, reading.needs)
    carry_dates(drop_coming(events, find_days(sheet.text, published)), sheet, intervals)
    return finish_events(events, sheet, article, published, words, versions)


def read_text(sheet: Sheet, words: EventWords) -> Reading:
    """What the text says beside its event words: who is meant by whom, cues and needs."""
    doc, references = sheet.doc, resolve_references(sheet)
    sheet = name_informants(sheet, references, words.sources)
    return Reading(sheet, references, find_cues(doc, words.cues), find_needs(doc, words.needs), words)


def find_events(
    reading: Reading, published: date | None, intervals: dict[Mention, Interval | None]
) -> list[Draft]:
    """Everything that the article may tell as an event, each once, as its own sentences tell it."""
    sheet, words = reading.sheet, reading.words
    events = gather_events(reading, published, intervals)
    events = keep_conflict(events, sheet, reading.needs, words.topics, words.bearing)
    attach_followups(events, sheet, reading.references, words.sources)
    attach_means(events, sheet, words.means, words.by_weapon)
    return events


def gather_events(
    reading: Reading, published: date | None, intervals: dict[Mention, Interval | None]
) -> list[Draft]:
    """What the event words tell, whatever it is about."""
    sheet, references, needs, words = reading.sheet, reading.references, reading.needs, reading.words
    triggers = find_triggers(sheet.doc, words.triggers)
    drafts = [s for d in draft_events(reading, triggers) if is_news(d) for s in split_scenes(d, sheet)]
    pointers = [t for t in triggers if t.entry.level == "backdrop"]
    complete_aggregates(drafts, pointers, sheet, references)
    date_drafts(drafts, intervals, sheet, needs.get("onward", ()))
    close_spans(drafts, published)
    mark_history(drafts, published)
    anew = frozenset(span.root.i for span in needs.get("anew", ()))
    events = merge_drafts(drafts, Ground(sheet, anew, words.types))
    mark_records(events, published)
    settle_strays(events)
    events = [e for e in events if is_event(e)]
    settle_fates(events, sheet)
    return events


def finish_events(
    events: Sequence[Draft],
    sheet: Sheet,
    article: Article,
    published: date | None,
    words: EventWords,
    versions: tuple[str, str],
) -> list[EventRow]:
    """The rows of the events: what the article's other events and its date tell of them is filled in."""
    fill_countries(events, sheet)
    assume_dates(events, find_days(sheet.text, published))
    link_parts(events, sheet)
    return name_incidents(number_rows(events, sheet, article, versions), words.types, article.original)


def number_sentences(spans: Sequence[Span], sheet: Sheet) -> frozenset[int]:
    """The numbers of the sentences that the words stand in."""
    return frozenset(sheet.sentence_of[span.start] for span in spans)


def is_news(draft: Draft) -> bool:
    """Whether a draft can be news of a conflict: losses in accidents and disasters are not, nor is a death "at 91"."""
    if is_of_two(draft) or is_held_long(draft):
        return False
    if not draft.is_loss or draft.weapons or draft.actors:
        return True
    return not draft.accident and not any(tells_age(t) for t in draft.triggers)


def is_held_long(draft: Draft) -> bool:
    """Whether an adjective only says in whose hands something is ("the occupied West Bank")."""
    return draft.type == "seizure" and draft.trigger.head.dep_ == "amod" and not draft.trigger.is_noun


def is_of_two(draft: Draft) -> bool:
    """Whether it only speaks of two events that were told before ("no word on casualties from either raid")."""
    told = draft.casualties or draft.places or draft.date
    words = {c.lower_ for c in draft.trigger.head.children if c.dep_ in {"det", "predet", "preconj"}}
    return draft.trigger.is_noun and draft.sentence > 0 and not told and bool(words & TWO)


def tells_age(trigger: Trigger) -> bool:
    """Whether it says at what great age somebody died, which no news of a killing does ("has died at 91")."""
    ages = [
        t
        for at in children(trigger.head, "prep")
        if at.lower_ in {"at", "aged"}
        for t in children(at, "pobj")
    ]
    old = [t for t in ages if t.text.isdigit() and OLD <= int(t.text) < OLDEST and t.ent_type_ != "TIME"]
    return trigger.rule == "die" and bool(old)


def is_event(draft: Draft) -> bool:
    """Whether a merged draft says enough for a row: losses need victims or a doer, a bare "fighting in X" a day."""
    if draft.is_loss and draft.status == "negated":
        return bool(draft.casualties and (draft.places or draft.date))  # "nobody was wounded in Erbil"
    if draft.is_loss:
        by = draft.actors or draft.weapons
        return any(not c.negated for c in draft.casualties) or bool(by and draft.targets)
    told = draft.actors or draft.targets or draft.casualties
    if draft.type in VAGUE and not told and draft.status not in UNREAL:
        return bool(draft.weapons or (draft.places and draft.date))
    return bool(told or draft.places or draft.weapons)


def number_rows(
    events: Sequence[Draft], sheet: Sheet, article: Article, versions: tuple[str, str]
) -> list[EventRow]:
    """Rows with stable ids: the n-th of its type in its evidence sentence."""
    seen: Counter[tuple[str, str]] = Counter()
    rows: list[EventRow] = []
    for event in events:
        key = (normalise(tell(best_sentence(event, sheet), sheet).text), event.type)
        rows.append(build_row(event, sheet, article, versions, seen[key]))
        seen[key] += 1
    ids = {id(event): row.event_id for event, row in zip(events, rows, strict=True)}
    return [
        row.model_copy(update={"part_of": ids.get(id(event.part_of))})
        for event, row in zip(events, rows, strict=True)
    ]
