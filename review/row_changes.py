"""What the present rules make differently of a stored row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.event import COLUMNS, EventRow
from review.values import FIELDS

# What changes with the run, the grouping or the rules' own names, and tells nothing new of the event.
ASIDE = frozenset(
    {"event_id", "incident_id", "part_of", "article_id", "run_id", "extractor_version", "model_version", "evidence"}
)  # fmt: skip
SHOWN: dict[str, Callable[[EventRow], str]] = {
    **FIELDS,
    "confidence": lambda row: f"{row.confidence:.2f}",
    "counts": lambda row: ", ".join(
        f"{c.what} {c.best if c.best is not None else c.low}" for c in row.counts
    ),
    "sentences": lambda row: ", ".join(f"{t.start}–{t.end}" for t in row.sentences),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One column that would now be different."""

    column: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """Column, before and after."""
        return {"column": self.column, "before": self.before, "after": self.after}


def list_changes(before: EventRow, after: EventRow) -> list[Change]:
    """The columns that differ, in the order of the row."""
    one, two = before.model_dump(mode="json"), after.model_dump(mode="json")
    return [Change(c, one[c], two[c]) for c in COLUMNS if c not in ASIDE and one[c] != two[c]]


def show_changes(before: EventRow, after: EventRow) -> list[tuple[str, str, str]]:
    """Field, words before and words after, for the fields that a person reads."""
    shown = [(name, tell(before), tell(after)) for name, tell in SHOWN.items()]
    return [(name, one, two) for name, one, two in shown if one != two]
