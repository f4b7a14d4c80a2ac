"""Rows for tests of what is written out: one plain, one with every list filled, one hostile."""

from datetime import date, datetime
from typing import Any

from models.article import Article
from models.event import EventRow

SENTENCE = "Gunmen of the Free Valley Front shot dead at least 4 traders near Port Alder on Monday."
PLAIN: dict[str, Any] = {
    "event_id": "3fa1c2d4e5b60718",
    "article_id": "00ff00ff00ff00ff",
    "url": "https://example.org/a?b=1&c=2",
    "publisher": "The Alder Post",
    "title": "Traders shot near Port Alder",
    "language": "en",
    "published": datetime.fromisoformat("2024-03-05T06:30:00+03:00"),
    "event_type": "armed_assault",
    "status": "reported",
    "attribution": "stated",
    "sentence": SENTENCE,
    "sentences": ({"start": 0, "end": len(SENTENCE), "text": SENTENCE},),
    "trigger": "shot",
    "trigger_start": 33,
    "trigger_end": 37,
    "evidence": {},
    "confidence": 0.8,
    "extractor_version": "0.1.0 abc",
    "model_version": "en_core 3.8.0 def",
}


def find_span(words: str, rule: str, text: str = SENTENCE) -> dict[str, Any]:
    """Evidence for the first place where the words stand."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": rule}


FULL: dict[str, Any] = {
    "actors": (
        {
            "text": "Gunmen of the Free Valley Front",
            "name": "Free Valley Front",
            "id": "free-valley-front",
            "kind": "rebel_group",
            "country": None,
            "named": True,
        },
    ),
    "targets": ({"text": "traders", "name": "traders", "kind": "civilians", "named": False},),
    "reported_by": ("police", "a local council"),
    "civilian_targeting": True,
    "weapons": ({"text": "shot", "name": "shot", "category": "small_arms"},),
    "place_text": "Port Alder",
    "place_name": "Port Alder",
    "country": "COL",
    "latitude": 3.5,
    "longitude": -76.25,
    "place_precision": "near",
    "date_text": "Monday",
    "date_start": date(2024, 3, 4),
    "date_end": date(2024, 3, 4),
    "date_precision": "day",
    "date_source": "relative",
    "killed_low": 4,
    "killed_best": 4,
    "counts": (
        {
            "what": "killed",
            "whom": "traders",
            "side": "civilians",
            "low": 4,
            "best": 4,
            "form": "at_least",
            "scope": "event",
            "start": 52,
            "end": 53,
        },
    ),
    "evidence": {
        "event_type": (find_span("shot dead", "events.toml:shoot"),),
        "actors": (find_span("Gunmen of the Free Valley Front", "actors.toml:free-valley-front"),),
        "targets": (find_span("traders", "actor_nouns.toml:traders"),),
        "place": (find_span("near Port Alder", "places:near"),),
        "date": (find_span("Monday", "dates:weekday"),),
        "killed": (find_span("at least 4", "counts:at-least"),),
    },
}
HOSTILE = "=cmd|' /C calc'!A0 \x1b[2J<script>alert(1)</script> [red]x[/red] \u202eevil\u202c {{7*7}} \x9b31m"


def make_row(**changes: Any) -> EventRow:
    """A valid row with the changes."""
    return EventRow.model_validate(PLAIN | changes)


def make_full_row(**changes: Any) -> EventRow:
    """A row with parties, weapon, place, date, losses and evidence."""
    return make_row(**(FULL | changes))


def make_hostile_row() -> EventRow:
    """A row whose every text from outside is an attack."""
    party = {"text": HOSTILE, "name": HOSTILE, "kind": "unknown", "named": False}
    told = {"start": 0, "end": len(HOSTILE), "text": HOSTILE}
    return make_row(
        url="javascript:alert(1)",
        publisher=HOSTILE,
        title=HOSTILE,
        actors=(party,),
        targets=(party,),
        reported_by=(HOSTILE,),
        weapons=({"text": HOSTILE, "name": HOSTILE, "category": "other"},),
        place_text=HOSTILE,
        place_name=HOSTILE,
        longitude=-76.25,
        latitude=-3.5,
        date_text=HOSTILE,
        sentence=HOSTILE,
        sentences=(told,),
        evidence={"killed": ({**told, "rule": HOSTILE},)},
    )


def make_article(row: EventRow) -> Article:
    """The article that the row was read in."""
    return Article(row.sentence, "doc-1", row.url, row.publisher, row.title, "en", row.published)
