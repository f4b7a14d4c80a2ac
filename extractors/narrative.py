"""When it happened where the sentence does not say: dates carried over, history, the day of publication."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span

from extractors.dates import resolve
from extractors.draft import Draft
from extractors.event_dates import explains
from extractors.sheet import Sheet
from extractors.updates import Days
from extractors.weighing import UNREAL
from models.dates import Interval, TimeExpression
from models.mention import Mention
from models.reason import StatusReason
from models.trace import Notes, Trace, spot

OPENING = re.compile(r"\W*(?:(?:On|In|At|Around|Early|Late)\W+){0,2}(?:the\W+)?")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PAST = frozenset({"actual", "reported", "alleged", "historical"})
NEVER = UNREAL - {"attempted", "thwarted"}  # what never happened is no history; what was tried is
HISTORY = timedelta(days=60)  # what ended longer before publication is background, as MUC-4 has it
LISTING = frozenset({",", "and", ", and", "&"})
BESIDE = 40  # characters between two dates of one phrase
RECENT = timedelta(days=2)  # an undated event of the news happened in the days up to publication


def date_drafts(
    drafts: Sequence[Draft],
    intervals: Mapping[Mention, Interval | None],
    sheet: Sheet,
    onward: Sequence[Span],
) -> None:
    """Gives each draft the interval of its own date, else that of the event before which its sentence goes on from."""
    starts = {span.root.sent.start for span in onward if span.start - span.root.sent.start <= 1}
    last: Draft | None = None
    for draft in drafts:
        if draft.date is not None:
            resolved = find_resolved(draft.date, intervals, sheet)
            if resolved != draft.date:
                Notes(sheet.trace, "date", draft.spot).add("date:no-days", draft.date, resolved)
            draft.date = resolved
            draft.interval = find_interval(draft, draft.date, intervals, sheet)
        if draft.interval is None and last is not None and goes_on(draft, last, sheet, starts):
            draft.interval, draft.date = last.interval, last.date
        if draft.interval is None and draft.date is None and (told := find_told_date(draft, drafts, sheet)):
            draft.interval, draft.date = intervals.get(told), told
        if draft.interval is not None:
            last = draft


def find_interval(
    draft: Draft, date: Mention, intervals: Mapping[Mention, Interval | None], sheet: Sheet
) -> Interval | None:
    """The days of the event's date: in "the first since 2021, when nine were freed" they are those of 2021."""
    value = date.value
    if isinstance(value, TimeExpression) and value.kind == "since":
        began = explains(draft.trigger.head, sheet.span(date)) and resolve(value.inner[0], None)
        return began or intervals.get(date)
    return span_list(date, intervals, sheet)


def span_list(date: Mention, intervals: Mapping[Mention, Interval | None], sheet: Sheet) -> Interval | None:
    """The days of a date, from the first to the last where it stands in a list: "on May 3, 4 and 5"."""
    own, days = intervals.get(date), [date]
    if own is None or own.precision != "day":
        return own
    for mention in sheet.inside("date", sheet.sentence_of[sheet.head(date).i]):
        first, last = days[0], days[-1]
        joined = sheet.text[last.end : mention.start] if mention.start >= last.end else ""
        joined = joined or sheet.text[mention.end : first.start]
        value = intervals.get(mention)
        if mention not in days and value and value.precision == "day" and joined.strip() in LISTING:
            days = sorted([*days, mention], key=lambda m: m.start)
    found = [i for m in days if (i := intervals[m]) and i.start and i.end]
    if len(found) < 2:
        return own
    first_day, last_day = min(i.start for i in found if i.start), max(i.end for i in found if i.end)
    return Interval(first_day, last_day, "days", own.source)


def find_resolved(date: Mention, intervals: Mapping[Mention, Interval | None], sheet: Sheet) -> Mention:
    """The date, or where it names no days, one beside it that does: "on Thursday, likely on 19 October 2023"."""
    if intervals.get(date) is not None:
        return date
    number = sheet.sentence_of[sheet.head(date).i]
    beside = [
        m
        for m in sheet.inside("date", number)
        if intervals.get(m) is not None and max(m.start - date.end, date.start - m.end) <= BESIDE
    ]
    return min(beside, key=lambda m: abs(m.start - date.start), default=date)


def find_told_date(draft: Draft, drafts: Sequence[Draft], sheet: Sheet) -> Mention | None:
    """The day that the sentence before tells, where this one goes on with a pronoun and that one has no event.

    "Rebels entered Bunia on Friday. They burned forty houses." So does a heading: "16 November. Five people fell."
    """
    if draft.sentence == 0 or any(other.sentence == draft.sentence - 1 for other in drafts):
        return None
    first, before = sheet.sentences[draft.sentence][0], sheet.sentences[draft.sentence - 1]
    dates = sheet.inside("date", draft.sentence - 1)
    if len(dates) != 1 or "\n\n" in sheet.text[before.end_char : first.idx]:
        return None
    goes_on = first.tag_ in {"PRP", "PRP$"} and before.root.tag_ == "VBD"
    return dates[0] if goes_on or is_heading(before, dates[0], sheet) else None


def is_heading(sentence: Span, date: Mention, sheet: Sheet) -> bool:
    """Whether a piece of text opens with the date and tells nothing of it: "16 November.", "On Friday, in Goma:"."""
    told = any(t.tag_ in FINITE for t in sentence)
    return not told and OPENING.fullmatch(sheet.text, sentence.start_char, date.start) is not None


def goes_on(draft: Draft, last: Draft, sheet: Sheet, starts: set[int]) -> bool:
    """Whether the draft's sentence continues the story of the one just before ("In response, …")."""
    sentence = sheet.sentences[draft.sentence]
    return (
        draft.sentence - last.sentence == 1
        and sentence.start in starts
        and same_paragraph(draft, last, sheet)
    )


def same_paragraph(draft: Draft, last: Draft, sheet: Sheet) -> bool:
    """Whether no empty line stands between the two sentences."""
    between = sheet.text[
        sheet.sentences[last.sentence].start_char : sheet.sentences[draft.sentence].start_char
    ]
    return "\n\n" not in between.strip()


def drop_coming(events: Sequence[Draft], days: Days, trace: Trace | None = None) -> list[Draft]:
    """Takes from what has happened a date that is still to come ("urged people to vote tomorrow"); gives the others."""
    others: list[Draft] = []
    for event in events:
        start = event.interval.start if event.interval else None
        published = days.at(event.trigger.head.idx)
        if published and start and start > published and event.status in PAST:
            if event.date is not None and trace is not None:
                trace.add("date", "date:coming", spot(event.date), event.spot)
            event.date, event.interval = None, None
        else:
            others.append(event)
    return others


def carry_dates(events: Sequence[Draft], sheet: Sheet, intervals: Mapping[Mention, Interval | None]) -> None:
    """An undated event takes the date of the event told just before it in the paragraph, if that is news too.

    Where all dated news of the article is of one date, undated news is of that date as well.
    """
    news = [e for e in events if is_current(e)]
    dated = {e.interval: e for e in news if e.interval is not None}
    before: Draft | None = None
    for event in news:
        if event.interval is None and not event.is_aggregate:
            host = before if before is not None and follows(event, before, sheet) else None
            host = host or (next(iter(dated.values())) if len(dated) == 1 else None)
            if host is not None:
                event.interval, event.date = host.interval, host.date
        if event.interval is not None:
            before = event
    opening = find_opening(sheet, intervals) if not dated else None
    for event in news:
        if opening and event.interval is None and not event.is_aggregate and is_in_opening(event, sheet):
            event.date, event.interval = opening, intervals[opening]
        if event.interval is None:
            sheet.note_around("date", "date", "date:elsewhere", event.sentences, event.spot)


def find_opening(sheet: Sheet, intervals: Mapping[Mention, Interval | None]) -> Mention | None:
    """The date that the text begins with, where it is a day and the text tells no other.

    "On 9 May, villagers clashed over a well. Nine people were wounded."
    """
    first = next(iter(sheet.mentions["date"]), None)
    if first is None or not OPENING.fullmatch(sheet.text, 0, first.start):
        return None
    day = intervals.get(first)
    days = {i for i in intervals.values() if i is not None and i.precision == "day"}
    return first if day is not None and days == {day} else None


def is_in_opening(event: Draft, sheet: Sheet) -> bool:
    """Whether an event is told in the first paragraph, and not as what had gone before."""
    aux = {c.lower_ for c in event.trigger.head.children if c.dep_ in {"aux", "auxpass"}}
    behind = sheet.text[: sheet.sentences[event.sentence].start_char]
    return "had" not in aux and "\n\n" not in behind.strip()


def is_current(event: Draft) -> bool:
    """Whether an event is told as news: real, single, and no saying."""
    return event.status not in UNREAL | {"historical", "generic"} and not event.is_saying


def follows(event: Draft, before: Draft, sheet: Sheet) -> bool:
    """Whether an event is told within two sentences behind another, in the same paragraph."""
    gap = event.sentence - before.sentence
    return 0 <= gap <= 2 and same_paragraph(event, before, sheet)


def mark_history(drafts: Sequence[Draft], published: date | None, trace: Trace | None = None) -> None:
    """What ended long before publication is history, if it is told as a fact.

    Where the day of publication is unknown, a bare year is, beside news that has none ("arrested for a blast in 2003").
    """
    news = any(not is_year(d) and not d.is_saying for d in drafts)
    for draft in drafts:
        if draft.status in NEVER:
            continue
        end = draft.interval.end if draft.interval else None
        reason: StatusReason | None = None
        if published is None and news and is_year(draft):
            reason = "status:year"
        elif published and end and end < published - HISTORY:
            reason = "status:old"
        if reason is None:
            continue
        if trace is not None:
            where = draft.spot if draft.date is None else spot(draft.date)
            trace.add("status", reason, where, draft.spot, detail=draft.status)
        draft.status = "historical"


def is_year(draft: Draft) -> bool:
    """Whether the only date of a single event is a year."""
    return not draft.is_aggregate and draft.interval is not None and draft.interval.precision == "year"


def assume_dates(drafts: Sequence[Draft], days: Days) -> None:
    """Undated news of a dated article happened in the days up to publication: assumed, and said so."""
    for draft in drafts:
        published = days.at(draft.trigger.head.idx)
        if published and draft.interval is None and draft.status != "historical":
            draft.interval = Interval(published - RECENT, published, "days", "published")


def close_spans(drafts: Sequence[Draft], published: date | None) -> None:
    """An aggregate's open period ends with publication."""
    for draft in drafts:
        interval = draft.interval
        if interval is not None and draft.is_aggregate and interval.end is None and published:
            draft.interval = replace(interval, end=published, precision="span")
