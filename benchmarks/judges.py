"""Whether a corpus has the event of a row: one judge a corpus, each a list of verdicts in the order of the rows.

True, False, or None where the corpus does not judge the row. The MUC-4 judge uses the scorer's own alignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Document = dict[str, Any]
Line = dict[str, Any]
Verdicts = list[bool | None]

UNTOLD = frozenset({"negated", "denied", "hypothetical", "generic"})
VIOLENT = frozenset(
    {"air_strike", "missile_or_rocket_attack", "drone_attack", "shelling", "bombing", "suicide_bombing",
     "armed_assault", "armed_clash", "assassination", "execution", "violence_against_civilians", "other_attack"}
)  # fmt: skip


def align_muc4(document: Document, rows: Sequence[Line]) -> dict[str, Any]:
    """event_id of each row that MUC-4 judges -> the template that it is aligned with, or None."""
    from scoring import muc4  # noqa: PLC0415  # the scorer is known only when the command line names it
    from scoring.dates import iso_day  # noqa: PLC0415
    from scoring.muc_incident import incidents_of  # noqa: PLC0415
    from scoring.muc_key import key_from  # noqa: PLC0415
    from scoring.rows import row_from  # noqa: PLC0415

    lines = [row_from(document["doc_id"], dict(row)) for row in rows]
    found = incidents_of(lines, iso_day(document["date"]))
    keys = [key_from(template) for template in document["templates"]]
    told = {incident: keys[key] for key, incident in muc4.aligned(keys, found).items()}
    return {row.event_id: told.get(n) for n, incident in enumerate(found) for row in incident.rows}


def judge_muc4(document: Document, rows: Sequence[Line]) -> Verdicts:
    """Aligned with a template, optional ones included; rows that MUC-4 calls irrelevant are not judged."""
    told = align_muc4(document, rows)
    return [told[row["event_id"]] is not None if row["event_id"] in told else None for row in rows]


def judge_ecbplus(document: Document, rows: Sequence[Line]) -> Verdicts:
    """Where the annotation was checked, a row of violence is right if its event word is an annotated action."""
    checked = set(document["validated_sentences"])
    spots = [s for s in document["spans"] if s["label"] == "Action" and s["sentence"] in checked]
    areas = [area for number, area in enumerate(document["sentences"]) if number in checked]
    return [
        any(s["start"] < row["trigger_end"] and row["trigger_start"] < s["end"] for s in spots)
        if is_told(row) and any(start <= row["trigger_start"] < end for start, end in areas)
        else None
        for row in rows
    ]


def is_told(row: Line) -> bool:
    """Whether a row says that violence happened or may happen."""
    return row["event_type"] in VIOLENT and row["status"] not in UNTOLD


JUDGES: dict[str, Callable[[Document, Sequence[Line]], Verdicts]] = {
    "muc4": judge_muc4,
    "ecbplus_violent": judge_ecbplus,
}

POLICE_ACTS = frozenset({"KILL", "ARREST", "FORCE"})
# Whether a document is news of conflict or violence by its corpus' own key; the other corpora hold no other news.
OF_CONFLICT: dict[str, Callable[[Document], bool]] = {
    "airwars_gaza": lambda _: True,
    "cameo_actors": lambda _: True,
    "ceha": lambda document: bool(document["gold"]["relevant"]),
    "gvdb": lambda _: True,
    "india_police_events": lambda document: not POLICE_ACTS.isdisjoint(document["gold"]["labels"]),
    "muc4": lambda document: bool(document["relevant"]),
    "rams_conflict": lambda _: True,
    "satp": lambda _: True,
    "wikievents": lambda _: True,
}
