"""An article with its events before and after, as the review page draws it: ready spans, cards and fields."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.article import Article
from models.change import Change
from models.event import EventRow, Evidence
from review.fields import FIELDS
from review.links import make_link
from review.marks import KINDS
from review.standing import BY_STATUS
from review.utf16 import make_counter
from review.values import name_instant, name_sides, name_term

Json = dict[str, Any]
SHOWN = (  # fields that a card names also where they did not change
    *(
        "status",
        "actors",
        "targets",
        "attribution",
        "weapons",
        "place",
        "date",
        "killed",
        "injured",
        "attacks",
    ),
)
LOSSES = ("killed", "injured", "attacks")
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])|\n+")


@dataclass(frozen=True, slots=True)
class Story:
    """One article whose rows changed. `text` is None where the article is in no table."""

    article_id: str
    article: Article | None
    before: Sequence[EventRow]
    after: Sequence[EventRow]
    changes: Sequence[tuple[int, Change]]  # with its number in the page's list


@dataclass(slots=True)
class Spans:
    """The spans of a text, each once, by the offsets that a browser counts."""

    text: str
    found: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def place(self, spans: Iterable[Evidence], letter: str) -> list[int]:
        """Numbers of the spans; one that is not in this text has none."""
        return [
            self.found.setdefault((span.start, span.end, letter), len(self.found))
            for span in spans
            if self.text[span.start : span.end] == span.text
        ]

    def show(self) -> list[list[Any]]:
        """[start, end, letter] of each, by its number."""
        count = make_counter(self.text)
        return [[count(start), count(end), letter] for start, end, letter in self.found]


def draw_story(story: Story) -> Json:
    """The article as the page's data."""
    text = story.article.text if story.article else ""
    spans = Spans(text)
    events = [*draw_page(story), *draw_events(story, spans)]
    count = make_counter(text)
    return {
        "id": story.article_id,
        **name_article(story),
        "text": text,
        "sentences": [count(start) for start in cut_sentences(text, [*story.before, *story.after])],
        "spans": spans.show(),
        "events": events,
    }


def name_article(story: Story) -> Json:
    """Headline, source and time."""
    row = next(iter([*story.after, *story.before]), None) or story.article
    if row is None:
        return dict.fromkeys(("title", "url", "host", "source", "published", "language"), "")
    link = make_link(row.url)
    published = name_instant(row.published) if row.published else ""
    return {
        "title": row.title or "",
        "url": link.href if link else "",
        "host": link.host if link else "",
        "source": row.publisher or "",
        "published": published,
        "language": row.language or "",
    }


def cut_sentences(text: str, rows: Iterable[EventRow]) -> list[int]:
    """Where sentences start. The sentences that rows tell stay whole and start one."""
    told = {(t.start, t.end) for row in rows for t in row.sentences if text[t.start : t.end] == t.text}
    starts = {0, *(start for start, _ in told)}
    for cut in SENTENCE.finditer(text):
        if cut.end() < len(text) and not any(start < cut.end() < end for start, end in told):
            starts.add(cut.end())
    return sorted(starts)


def draw_page(story: Story) -> Iterator[Json]:
    """A card for what changed of the page itself, in goldens."""
    for number, change in story.changes:
        if change.field == "page":
            field = {"field": "page", "change": number, "letter": "E", "before_at": [], "after_at": []}
            yield {
                "id": f"page {story.article_id}",
                "type": "page",
                "status": "",
                "sign": "",
                "sides": change.label,
                "total": False,
                "confidence": 1,
                "side": "both",
                "changes": [number],
                "at": [],
                "fields": [field | {"before": change.words_before, "after": change.words_after}],
            }


def draw_events(story: Story, spans: Spans) -> list[Json]:
    """A card an event, in text order."""
    olds, news = ({row.event_id: row for row in rows} for rows in (story.before, story.after))
    placed = place_changes(story.changes, olds, news)
    ids = sorted({*olds, *news}, key=lambda name: order_of(news.get(name) or olds[name]))
    return [draw_event(olds.get(name), news.get(name), placed.get(name, {}), spans) for name in ids]


def order_of(row: EventRow) -> tuple[int, str]:
    """Where the event stands in the text."""
    return row.trigger_start, row.event_id


def place_changes(
    changes: Iterable[tuple[int, Change]], olds: Mapping[str, EventRow], news: Mapping[str, EventRow]
) -> dict[str, dict[str, int]]:
    """Event -> field -> number of the change. What changed between two ids stands with the later one."""
    placed: dict[str, dict[str, int]] = {}
    for number, change in changes:
        ids = [*(i for i in change.after_ids if i in news), *(i for i in change.before_ids if i in olds)]
        for event in ids[:1]:
            placed.setdefault(event, {})[change.field] = number
    return placed


def draw_event(old: EventRow | None, new: EventRow | None, changes: Mapping[str, int], spans: Spans) -> Json:
    """One card: what the event is, its changes, and what did not change."""
    row = new or old
    assert row is not None
    standing = BY_STATUS[row.status]
    return {
        "id": row.event_id,
        "type": name_term(row.event_type),
        "status": row.status,
        "sign": standing.sign,
        "sides": name_sides(row),
        "total": row.is_aggregate,
        "confidence": row.confidence,
        "side": "both" if old and new else "after" if new else "before",
        "countries": list_countries(old, new),
        "changes": list(changes.values()),
        "at": spans.place(trigger_of(row), "E"),
        "fields": [
            draw_field(name, old, new, changes.get(name, -1), spans)
            for name in FIELDS
            if name in changes or (name in SHOWN and FIELDS[name].words(row))
        ],
    }


def list_countries(*rows: EventRow | None) -> list[str]:
    """The countries of its places before and after, each once, for the filter."""
    told = [row for row in rows if row is not None]
    others = (place.country for row in told for place in row.other_places)
    return sorted(set(filter(None, (*(row.country for row in told), *others))))


def trigger_of(row: EventRow) -> Sequence[Evidence]:
    """The word that names the event."""
    return row.evidence.get("event_type", ())


def draw_field(name: str, old: EventRow | None, new: EventRow | None, change: int, spans: Spans) -> Json:
    """A field before and after in words, with its evidence on both sides."""
    letter = KINDS[name].letter if name in KINDS else "E"
    sides: Json = {}
    for key, row in (("before", old), ("after", new)):
        if row is not None:
            sides[key] = FIELDS[name].words(row)
            sides[f"{key}_at"] = spans.place(row.evidence.get(name, ()), letter)
            if name in LOSSES:
                sides[f"{key}_range"] = name_loss(row, name)
    return {"field": name, "change": change, "letter": letter, **sides}


def name_loss(row: EventRow, name: str) -> list[int | None]:
    """Low, best and high of a number."""
    return [getattr(row, f"{name}_{end}") for end in ("low", "best", "high")]
