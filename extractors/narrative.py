"""When it happened where the sentence does not say: dates carried over, history, the day of publication."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.sheet import Sheet
from extractors.updates import Days
from extractors.weighing import UNREAL
from models.dates import Interval
from models.mention import Mention

NEVER = UNREAL - {"attempted", "thwarted"}  # what never happened is no history; what was tried is
HISTORY = timedelta(days=60)  # what ended longer before publication is background, as MUC-4 has it
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
            draft.interval = intervals.get(draft.date)
        if draft.interval is None and last is not None and goes_on(draft, last, sheet, starts):
            draft.interval, draft.date = last.interval, last.date
        if draft.interval is None and draft.date is None and (told := find_told_date(draft, drafts, sheet)):
            draft.interval, draft.date = intervals.get(told), told
        if draft.interval is not None:
            last = draft


def find_told_date(draft: Draft, drafts: Sequence[Draft], sheet: Sheet) -> Mention | None:
    """The day that the sentence before tells, where this one goes on with a pronoun and that one has no event.

    "Rebels entered Bunia on Friday. They burned forty houses."
    """
    first = sheet.sentences[draft.sentence][0]
    if draft.sentence == 0 or first.tag_ not in {"PRP", "PRP$"}:
        return None
    if any(other.sentence == draft.sentence - 1 for other in drafts):
        return None
    before = sheet.sentences[draft.sentence - 1]
    dates = sheet.inside("date", draft.sentence - 1)
    told = before.root.tag_ == "VBD" and "\n\n" not in sheet.text[before.end_char : first.idx]
    return dates[0] if told and len(dates) == 1 else None


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


def carry_dates(events: Sequence[Draft], sheet: Sheet) -> None:
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


def is_current(event: Draft) -> bool:
    """Whether an event is told as news: real, single, and no saying."""
    return event.status not in UNREAL | {"historical", "generic"} and not event.is_saying


def follows(event: Draft, before: Draft, sheet: Sheet) -> bool:
    """Whether an event is told within two sentences behind another, in the same paragraph."""
    gap = event.sentence - before.sentence
    return 0 <= gap <= 2 and same_paragraph(event, before, sheet)


def mark_history(drafts: Sequence[Draft], published: date | None) -> None:
    """What ended long before publication is history, if it is told as a fact.

    Where the day of publication is unknown, a bare year is, beside news that has none ("arrested for a blast in 2003").
    """
    news = any(not is_year(d) and not d.is_saying for d in drafts)
    for draft in drafts:
        if published is None and news and draft.status not in NEVER and is_year(draft):
            draft.status = "historical"
        end = draft.interval.end if draft.interval else None
        if published and end and end < published - HISTORY and draft.status not in NEVER:
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
