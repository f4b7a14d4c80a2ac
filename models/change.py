"""What two runs say differently: changes, groups of alike changes, and what they do to the totals."""

import json
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from models.event import Evidence, Told

Operation = Literal["removed", "added", "split", "merged", "changed", "moved"]
OPERATIONS: tuple[Operation, ...] = ("removed", "added", "split", "merged", "changed", "moved")
Relation = Literal["none", "new", "gone", "same", "longer", "shorter", "other"]
SAME = "same "  # before the kind of a value that is the same, where only its evidence differs
MAKERS = frozenset({"run_id", "extractor_version", "model_version"})
MISTAKEN = 0.5  # more rows than this share changed: the baseline may be the wrong one


class Frozen(BaseModel):
    """Base: frozen, and no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Totals(Frozen):
    """What rows add up to, or by how much a change moves that.

    Rows of what did not happen and rows that sum several incidents are in `rows` only. Of a number with no
    lower end the low is 0; of one with no best (dozens) the best is its low.
    """

    rows: int = 0
    incidents: int = Field(default=0, description="different incidents of the rows that count")
    killed_low: int = 0
    killed_best: int = 0
    killed_high: int = 0
    injured_low: int = 0
    injured_best: int = 0
    injured_high: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(**{name: getattr(self, name) + getattr(other, name) for name in Totals.model_fields})

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(**{name: getattr(self, name) - getattr(other, name) for name in Totals.model_fields})


class Side(Frozen):
    """One of the two that are compared, by name and version; never "1" and "2"."""

    name: str = Field(description="run id, or the file's name")
    extractor_versions: tuple[str, ...] = Field(default=(), description="of its rows, sorted")
    model_versions: tuple[str, ...] = Field(default=(), description="of its rows, sorted")
    stages: dict[str, str] = Field(default={}, description="stage -> digest, where the run tells")
    totals: Totals = Totals()


class AlikeKey(NamedTuple):
    """What alike changes share."""

    operation: Operation
    field: str
    way: str  # what became of the field: found, lost, changed …
    root: str  # empty where it does not matter

    @property
    def id(self) -> str:
        """The key in 16 hex digits: the same in every diff."""
        return digest(list(self))


class Change(Frozen):
    """One difference. A changed row has one change a field; a removed, added, split or merged one has one.

    `before` and `after` are what the field says as JSON (`review/fields.py` says which columns), without
    offsets and with parts in a canonical order; of whole rows, a list of the rows as JSON.
    """

    operation: Operation
    field: str = Field(description="as in evidence; `row` where whole rows differ; moved: offsets or context")
    before_ids: tuple[str, ...] = Field(description="event_id of the rows before")
    after_ids: tuple[str, ...] = Field(description="event_id of the rows after")
    before: Any = None
    after: Any = None
    kind_before: str
    kind_after: str
    words_before: str = Field(description="the value for a reader; empty where there is none")
    words_after: str = Field(description="the value for a reader; empty where there is none")
    evidence_before: tuple[Evidence, ...] = ()
    evidence_after: tuple[Evidence, ...] = ()
    told_before: tuple[Told, ...] = Field(default=(), description="the sentences of the evidence")
    told_after: tuple[Told, ...] = Field(default=(), description="the sentences of the evidence")
    relation: Relation = Field(description="of the words after to the words before")
    cause: tuple[str, ...] = Field(
        description="`+rule`, `-rule`; else `entry file:id`; else `stage name`; else `unknown`"
    )
    root: str = Field(
        default="",
        description="what differs between the two and led to it: `entry file:id`, `file name`, `stage name` …; "
        "where that is not known, `rule` and what read it",
    )
    confidence_before: float | None = None
    confidence_after: float | None = None
    effect: Totals = Totals()
    label: str = Field(description="the row in words: what, who, where, when")
    articles_before: tuple[str, ...] = Field(default=(), description="article_id")
    articles_after: tuple[str, ...] = Field(default=(), description="article_id")
    url: str | None = None
    title: str | None = None
    runs_before: tuple[str, ...] = Field(default=(), description="run_id of the rows before")
    runs_after: tuple[str, ...] = Field(default=(), description="run_id of the rows after")

    @property
    def id(self) -> str:
        """Which rows and field it is about, in 16 hex digits: stable, whatever the values."""
        return digest([self.operation, self.field, self.before_ids, self.after_ids])

    @property
    def hash(self) -> str:
        """Digest of what a decision is about: rows, field, both values and their evidence; not which run read them."""
        evidence = [[e.model_dump() for e in side] for side in (self.evidence_before, self.evidence_after)]
        values = [drop_makers(value) for value in (self.before, self.after)]
        return digest([self.id, *values, evidence])

    @property
    def same_value(self) -> bool:
        """Whether only the evidence differs."""
        return self.operation == "changed" and bool(self.before == self.after)

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles of its rows, each once."""
        return tuple(dict.fromkeys((*self.articles_before, *self.articles_after)))


class SubGroup(Frozen):
    """Two or more changes of a group with the same two values, kinds of values, or the same root."""

    by: Literal["values", "kinds", "root"] = "values"
    before: str
    after: str
    changes: int
    members: tuple[str, ...] = Field(default=(), repr=False, exclude=True, description="ids of its changes")


class Cause(Frozen):
    """One root with all that followed from it, in whatever fields."""

    id: str = Field(description="of the root: the same in every diff")
    root: str
    changes: int
    groups: int
    effect: Totals


class Group(Frozen):
    """Alike changes. Each change lies in exactly one group."""

    number: int = Field(ge=1, description="by impact: 1 is looked at first")
    id: str = Field(description="of the alike key: the same in every diff")
    name: str = Field(description="in words")
    operation: Operation
    field: str
    way: str
    root: str = Field(description="of all its changes; empty where they have several")
    kind_before: str = Field(description="`several kinds` where they differ")
    kind_after: str = Field(description="`several kinds` where they differ")
    cause: tuple[str, ...] = Field(description="rules of its changes, the commonest first")
    relation: Relation | Literal["several"]
    changes: int
    articles: int
    least_confidence: float | None = None
    effect: Totals
    pairs: tuple[SubGroup, ...] = Field(default=(), description="the commonest first")
    members: tuple[str, ...] = Field(default=(), repr=False, description="ids of its changes, in order")


class Diff(Frozen):
    """All that differs, in numbers; the changes themselves are read group by group."""

    before: Side
    after: Side
    same: int = Field(description="rows that say the same")
    rows: dict[Operation, int] = Field(description="rows before by what became of them, and the added ones")
    changes: int
    articles: int = Field(description="articles with a change")
    groups: tuple[Group, ...]
    causes: tuple[Cause, ...] = Field(default=(), description="that of the most changes first")
    notes: tuple[str, ...] = Field(default=(), description="what a reader has to know about the comparison")

    @property
    def effect(self) -> Totals:
        """What the changes do to the totals: the sum of the groups' effects."""
        return self.after.totals - self.before.totals

    @property
    def share(self) -> float:
        """Share of the rows that changed otherwise than in offsets and context."""
        touched = sum(count for operation, count in self.rows.items() if operation != "moved")
        everything = self.same + self.rows.get("moved", 0) + touched
        return touched / everything if everything else 0.0

    @property
    def mistaken(self) -> bool:
        """Whether so much changed that the baseline may be the wrong one."""
        return self.share > MISTAKEN


def drop_makers(value: Any) -> Any:
    """The value; of whole rows without what tells the run, so that a decision outlives an equal run."""
    if not isinstance(value, list):
        return value
    return [
        {key: part for key, part in line.items() if key not in MAKERS} if isinstance(line, dict) else line
        for line in value
    ]


def digest(value: object) -> str:
    """16 hex digits of a JSON value."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]
