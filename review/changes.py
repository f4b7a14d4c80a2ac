"""One change as it is shown and decided: values, evidence, cause and effect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.change import SAME, Change, Operation, Totals
from models.event import EventRow, Evidence, Told
from review.causes import Circumstances, find_causes, relate
from review.fields import CONTEXT, FIELDS, find_fields
from review.roots import find_root
from review.standing import BY_STATUS
from review.totals import Ledger, add_rows, spread_effect
from review.values import name_days, name_place, name_sides, name_term

ROW = "row"


def make_whole(
    operation: Operation,
    before: Sequence[EventRow],
    after: Sequence[EventRow],
    ledger: Ledger,
    known: Circumstances,
) -> Iterator[Change]:
    """The one change of rows that came, went, were split or merged."""
    olds, news = (
        tuple(e for row in rows for e in row.evidence.get("event_type", ())) for rows in (before, after)
    )
    both = bool(before and after)
    cause = find_causes("event_type", find_triggers(before), find_triggers(after), known)
    articles = {row.article_id for row in (*before, *after)}
    if not both and articles <= known.unread:
        cause = ("article not read before",) if after else ("article not read again",)
    yield Change(
        operation=operation,
        field=ROW,
        **describe_rows(before, after),
        before=[row.model_dump(mode="json") for row in before] or None,
        after=[row.model_dump(mode="json") for row in after] or None,
        kind_before=name_kind(before),
        kind_after=name_kind(after),
        words_before="; ".join(map(label_row, before)),
        words_after="; ".join(map(label_row, after)),
        **describe_evidence(olds, news, before, after),
        cause=cause,
        root=find_root("event_type", cause, (olds, news), (before, after), known),
        effect=add_rows(after) - add_rows(before) + Totals(incidents=ledger.book(before, after)),
    )


def find_triggers(rows: Iterable[EventRow]) -> Iterator[Evidence]:
    """The words that the rows are named after: further words that tell the event would make every group its own."""
    for row in rows:
        told = row.evidence.get("event_type", ())
        yield from [span for span in told if span.start == row.trigger_start] or told


def name_kind(rows: Sequence[EventRow]) -> str:
    """The rows' standing: happened, doubted, background …; several, or none."""
    standings = {BY_STATUS[row.status].name for row in rows}
    return "none" if not standings else standings.pop() if len(standings) == 1 else "several"


def make_changes(
    before: EventRow, after: EventRow, ids: Mapping[str, str], ledger: Ledger, known: Circumstances
) -> Iterator[Change]:
    """A change for each field that differs; where none does, one for offsets or context that moved."""
    part_of = ids.get(before.part_of or "", before.part_of)  # the same row under its new id
    found = find_fields(before, after, part_of)
    fields = [name for name in found if name != "confidence"] or list(found)  # it follows the others
    if not fields:
        yield from find_move(before, after, ledger)
        return
    effects = spread_effect(before, after, fields, ledger.book([before], [after]))
    shown = describe_rows([before], [after])
    for name in fields:
        spans = before.evidence.get(name, ()), after.evidence.get(name, ())
        described = FIELDS.get(name)
        old, new = found[name]
        cause = find_causes(name, *spans, known)
        kinds = [described.kind(row) if described else "empty" for row in (before, after)]
        yield Change(
            operation="changed",
            field=name,
            **shown,
            before=old,
            after=new,
            kind_before=f"{SAME}{kinds[0]}" if old == new else kinds[0],
            kind_after=f"{SAME}{kinds[1]}" if old == new else kinds[1],
            words_before=described.words(before) if described else "",
            words_after=described.words(after) if described else "",
            **describe_evidence(*spans, [before], [after]),
            cause=cause,
            root=find_root(name, cause, spans, ([before], [after]), known),
            effect=effects.get(name, Totals()),
        )


def find_move(before: EventRow, after: EventRow, ledger: Ledger) -> Iterator[Change]:
    """The change of a row that says the same in another place of the text, or under another headline."""
    context = [
        name for name in CONTEXT if str(getattr(before, name)) != str(getattr(after, name))
    ]  # zones too
    if not context and place_of(before) == place_of(after):
        return
    names = context or ["trigger_start", "trigger_end"]
    olds, news = (row.model_dump(mode="json", include=set(names)) for row in (before, after))
    yield Change(
        operation="moved",
        field="context" if context else "offsets",
        **describe_rows([before], [after]),
        before={name: olds[name] for name in names},
        after={name: news[name] for name in names},
        kind_before="same",
        kind_after="same",
        words_before=", ".join(str(olds[name]) for name in names),
        words_after=", ".join(str(news[name]) for name in names),
        relation="same",
        cause=(),
        effect=Totals(incidents=ledger.book([before], [after])),
    )


def place_of(row: EventRow) -> list[object]:
    """All offsets of the row, in an order that only they decide."""
    spans: Iterable[Told] = (*row.sentences, *(span for spans in row.evidence.values() for span in spans))
    return [
        (row.trigger_start, row.trigger_end),
        sorted((span.start, span.end) for span in spans),
        sorted((count.start, count.end) for count in row.counts),
    ]


def describe_rows(before: Sequence[EventRow], after: Sequence[EventRow]) -> dict[str, Any]:
    """What a change tells of its rows."""
    rows = (*after, *before)
    return {
        "before_ids": tuple(row.event_id for row in before),
        "after_ids": tuple(row.event_id for row in after),
        "confidence_before": min((row.confidence for row in before), default=None),
        "confidence_after": min((row.confidence for row in after), default=None),
        "label": label_row(rows[0]),
        "articles_before": tuple(dict.fromkeys(row.article_id for row in before)),
        "articles_after": tuple(dict.fromkeys(row.article_id for row in after)),
        "url": rows[0].url,
        "title": rows[0].title,
        "runs_before": tuple(sorted({row.run_id for row in before} - {""})),
        "runs_after": tuple(sorted({row.run_id for row in after} - {""})),
    }


def describe_evidence(
    olds: Sequence[Evidence], news: Sequence[Evidence], before: Sequence[EventRow], after: Sequence[EventRow]
) -> dict[str, Any]:
    """The evidence of a change, the sentences that it stands in, and how they lie to one another."""
    same_text = {row.article_id for row in before} == {row.article_id for row in after}
    return {
        "evidence_before": tuple(olds),
        "evidence_after": tuple(news),
        "told_before": find_sentences(olds, before),
        "told_after": find_sentences(news, after),
        "relation": relate(olds, news, same_text),
    }


def find_sentences(spans: Iterable[Evidence], rows: Sequence[EventRow]) -> tuple[Told, ...]:
    """The sentences that hold the spans; where there are none, each row's evidence sentence."""
    told = {(t.start, t.end): t for row in rows for t in row.sentences}
    found = {key: t for key, t in told.items() for s in spans if t.start <= s.start and s.end <= t.end}
    found = found or {key: t for key, t in told.items() for row in rows if t.text == row.sentence}
    return tuple(t for _, t in sorted(found.items()))


def label_row(row: EventRow) -> str:
    """A row in words: what, who → whom, where, when."""
    parts = (name_term(row.event_type), name_sides(row), name_place(row), name_days(row))
    return " · ".join(part for part in parts if part and part != "–")
