"""Rows of one made-up page for tests of the diff, and a change of each field."""

from datetime import date
from typing import Any

from models.event import EventRow
from tests.rows import FULL, PLAIN

SENTENCES = (
    "Gunmen of the Free Valley Front shot dead at least 4 traders near Port Alder on Monday.",
    "Shells fell on the market of Lower Alder at dawn, wounding 9 vendors and a porter.",
    "A roadside bomb killed 3 soldiers of the Third Brigade outside Mill Ferry on Sunday.",
    "Police detained 12 suspects in Upper Alder, a spokesman told the local radio.",
)
PARTY = {"text": "the gunmen", "name": "gunmen", "kind": "rebel_group", "named": False}
COUNT = {
    "what": "killed",
    "side": "target",
    "low": 3,
    "best": 3,
    "high": 3,
    "form": "exact",
    "scope": "event",
}
CHANGES: dict[str, dict[str, Any]] = {  # field -> columns that differ from FULL
    "event_type": {"event_type": "execution"},
    "status": {"status": "historical"},
    "is_aggregate": {"is_aggregate": True},
    "part_of": {"part_of": "aaaa0000aaaa0000"},
    "incident": {"incident_id": "bbbb0000bbbb0000"},
    "attacks": {"attacks_low": 2, "attacks_best": 2, "attacks_high": 2},
    "actors": {"actors": (PARTY,)},
    "targets": {"targets": ()},
    "attribution": {"attribution": "claimed"},
    "claimed_by": {"claimed_by": ("the Front",)},
    "accused_by": {"accused_by": ("the army", "a mayor")},
    "denied_by": {"denied_by": ("the Front",)},
    "reported_by": {"reported_by": ("police",)},
    "civilian_targeting": {"civilian_targeting": None},
    "weapons": {"weapons": ({"text": "rifles", "name": "rifle", "id": "rifle", "category": "small_arms"},)},
    "place": {"place_name": "Port Alder Bay", "latitude": 3.75},
    "other_places": {"other_places": ({"text": "Mill Ferry", "name": "Mill Ferry"},)},
    "date": {"date_start": date(2024, 3, 1), "date_precision": "days"},
    "killed": {"killed_low": 5, "killed_best": 5},
    "injured": {"injured_low": 2, "injured_best": 2, "injured_high": 2},
    "detained": {"counts": (*FULL["counts"], COUNT | {"what": "detained", "start": 60, "end": 61})},
    "told": {"trigger": "shot dead", "trigger_end": 42},
    "confidence": {"confidence": 0.4},
}


def make(number: int, event_id: str = "", **changes: Any) -> EventRow:
    """The row of a sentence of the page, which stands behind those before it."""
    text = SENTENCES[number]
    start = sum(len(sentence) + 1 for sentence in SENTENCES[:number])
    words = text.split()[number + 1]
    at = start + text.index(words)
    told = {"start": start, "end": start + len(text), "text": text}
    base = PLAIN | {
        "event_id": event_id or f"{number:016x}",
        "sentence": text,
        "sentences": (told,),
        "trigger": words,
        "trigger_start": at,
        "trigger_end": at + len(words),
        "evidence": {
            "event_type": (
                {"start": at, "end": at + len(words), "text": words, "rule": f"events.toml:e{number}"},
            )
        },
    }
    return EventRow.model_validate(base | changes)


def shift(row: EventRow, by: int, **changes: Any) -> EventRow:
    """The row with all offsets moved."""

    def move(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: part + by if key in {"start", "end", "trigger_start", "trigger_end"} else move(part)
                for key, part in value.items()
            }
        return tuple(map(move, value)) if isinstance(value, tuple) else value

    return EventRow.model_validate(move(row.model_dump()) | changes)
