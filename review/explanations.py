"""An explanation as data: of a row, or of a whole article; for the terminal and as JSON of a stable form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from models.article import Article
from models.event import EventRow
from models.reason import Reason
from models.trace import Sense, Spot
from review.controls import is_hidden
from review.explain_article import draw_article
from review.explain_row import draw_explanation
from review.fates import Fate, list_fates
from review.rejections import Rejected, Reread, Since
from review.row_changes import list_changes

FORM = 1  # of the JSON: a key that goes or means something else makes it another form


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """A row as it is stored, and its article read again; `absent` tells why it was not."""

    row: EventRow
    read: Reread | None
    absent: str = ""

    def draw(self) -> RenderableType:
        """For a terminal."""
        return draw_explanation(self.row, self.read, self.absent)

    def to_json(self) -> str:
        """As JSON: the stored row, what differs now, and what was not taken."""
        found: dict[str, Any] = {"form": FORM, "row": self.row.model_dump(mode="json"), "reread": None}
        if self.read is not None:
            found["reread"] = show_reread(self.row, self.read)
        return write_json(found)


@dataclass(frozen=True, slots=True)
class ArticleExplanation:
    """An article read again."""

    article: Article
    read: Reread

    def draw(self) -> RenderableType:
        """For a terminal."""
        return draw_article(self.article, self.read)

    def to_json(self) -> str:
        """As JSON: each sentence with its event words, and what became of them."""
        fates = list_fates(self.read)
        whole = [n for n in self.read.trace.notes if n.field == "article"]
        found = {
            "form": FORM,
            "article_id": self.article.article_id,
            "url": self.article.url,
            "extractor_version": self.read.versions[0],
            "model_version": self.read.versions[1],
            "not_read": [show_reason(n.reason, self.read.explain(n)) for n in whole],
            "sentences": [
                {
                    **show_spot(spot, self.read.text),
                    "event_words": [show_fate(f) for f in fates if spot[0] <= f.spot[0] < spot[1]],
                }
                for spot in self.read.trace.sentences
            ],
            "rows": [row.event_id for row in self.read.rows],
        }
        return write_json(found)


def write_json(found: Mapping[str, Any]) -> str:
    """As JSON that is safe to print: what draws nothing of its own, or redraws the rest, is escaped."""
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return "".join(json.dumps(c)[1:-1] if c != "\n" and is_hidden(c) else c for c in text)


def show_reread(row: EventRow, read: Reread) -> dict[str, Any]:
    """What the present rules make of the row's text."""
    now = read.find_row(row)
    told = now or row
    return {
        "extractor_version": read.versions[0],
        "model_version": read.versions[1],
        "since": show_since(read.since) if read.since else None,
        "event_id": now.event_id if now else None,
        "changes": [change.as_json() for change in list_changes(row, now)] if now else [],
        "not_taken": [show_rejected(r, read.text) for r in read.list_rejected(told)] if now else [],
        "namesakes": [show_sense(s, read.text) for s in read.list_senses(told)] if now else [],
        "confidence": [
            {"sign": t.sign, "value": round(t.value, 4), "weight": t.weight} for t in read.list_terms(told)
        ],
        "event_words": [
            show_fate(f)
            for f in list_fates(read)
            if any(s.start <= f.spot[0] < s.end for s in told.sentences)
        ],
    }


def show_since(since: Since) -> dict[str, Any]:
    """What changed since the row's run."""
    entries = {file: list(names) for file, names in since.entries.items()}
    return {"run_id": since.run_id, "stages": list(since.stages), "entries": entries}


def show_rejected(item: Rejected, text: str) -> dict[str, Any]:
    """One candidate that was not taken."""
    return {
        "field": item.field,
        **show_spot(item.spot, text),
        **show_reason(item.reason, item.words),
        "other": show_spot(item.other, text) if item.other else None,
        "rows": list(item.rows),
    }


def show_sense(sense: Sense, text: str) -> dict[str, Any]:
    """One place that a name may stand for."""
    return {
        **show_spot(sense.spot, text),
        "id": sense.id,
        "name": sense.name,
        "country": sense.country,
        "admin1": sense.admin1,
        "kind": sense.kind,
        "score": round(sense.score, 4),
        "signs": {name: round(worth, 4) for name, worth in sense.signs},
        "taken": sense.taken,
    }


def show_fate(fate: Fate) -> dict[str, Any]:
    """One event word and what became of it."""
    steps = [show_reason(reason, words) for reason, words in fate.steps]
    return {
        "start": fate.spot[0],
        "end": fate.spot[1],
        "text": fate.text,
        "steps": steps,
        "rows": list(fate.rows),
    }


def show_reason(reason: Reason, words: str) -> Mapping[str, str]:
    """The reason's id and its words."""
    return {"reason": reason, "words": words}


def show_spot(spot: Spot, text: str) -> dict[str, Any]:
    """Offsets and words."""
    return {"start": spot[0], "end": spot[1], "text": text[spot[0] : spot[1]]}
