"""What a person decided about changes: one record a line of a decisions file, never altered once written."""

from datetime import datetime
from secrets import token_hex
from typing import Any, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from models.change import Frozen, digest

Verdict = Literal["accept", "reject", "skip", "flag", "edit", "comment", "undo"]
Scope = Literal[
    "change", "event", "group", "rest"
]  # rest: what was open when a review was applied; a note only
Surface = Literal["page", "app", "terminal", "command", "tests"]
Hex = Field(pattern="^[0-9a-f]{16}$")


class Covered(Frozen):
    """A change that a decision is about, as it was then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    change: str = Hex
    hash: str = Field(pattern="^[0-9a-f]{16}$", description="of rows, field, both values and their evidence")


class Decision(Frozen):
    """One decision. `decision_id` is the digest of the rest, so that a line that was altered is found out."""

    decision_id: str = Hex
    at: AwareDatetime = Field(description="UTC")
    who: str = Field(min_length=1, max_length=200)
    verdict: Verdict
    scope: Scope = "change"
    before: str = Field(description="the run, or file, that the changes start from")
    after: str = Field(description="the run, or file, that they lead to")
    alike: str | None = Field(default=None, description="id of the group, where it was decided as one")
    covers: tuple[Covered, ...] = Field(default=(), description="every change it is about")
    comment: str = Field(default="", max_length=10_000)
    value: str | None = Field(
        default=None,
        description="edit: what the field shall say, JSON text in the shape of a change's `after`",
    )
    undoes: str | None = Field(default=None, description="undo: the decision that no longer counts")
    surface: Surface
    nonce: str = Field(
        pattern="^[0-9a-f]{8}$", description="by chance: the same decision made twice is two decisions"
    )

    @model_validator(mode="after")
    def check_id(self) -> Self:
        """Raises ValueError where the record is not what was written, or lacks what its verdict needs."""
        if self.decision_id != name_decision(self.model_dump(mode="json")):
            raise ValueError("the record was altered after it was written")
        if (self.verdict == "undo") != (self.undoes is not None):
            raise ValueError("an undo names the decision that it undoes, nothing else does")
        if self.verdict != "undo" and not self.covers:
            raise ValueError("a decision covers at least one change")
        if (self.verdict == "edit") != (self.value is not None) or (
            self.value is not None and len(self.covers) != 1
        ):
            raise ValueError("an edit covers one change and has a value, nothing else has")
        return self


def make_decision(at: datetime, **fields: Any) -> Decision:
    """The record with its id. Raises ValueError (pydantic's) where the fields do not make a decision."""
    moment = at.replace(microsecond=0)  # a page in a browser counts in milliseconds, others in microseconds
    chance = {"nonce": token_hex(4)}
    record = Decision.model_construct(decision_id="", at=moment, **chance | fields).model_dump(mode="json")
    return Decision.model_validate(record | {"decision_id": name_decision(record)})


def name_decision(record: dict[str, Any]) -> str:
    """The digest of a record without its id. No float is in it: JavaScript and Python write these differently."""
    return digest({name: value for name, value in record.items() if name != "decision_id"})
