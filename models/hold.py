"""Holds: what a reviewer's no, or an edit by hand, keeps as it is in runs to come."""

from typing import Literal

from pydantic import AwareDatetime, Field

from models.change import Frozen

HoldVerdict = Literal["reject", "edit", "release"]
WHOLE = "row"  # the field of a hold that keeps a row in, or out


class Hold(Frozen):
    """One line of the table `holds`. The newest line of an event and field counts."""

    event_id: str
    field: str = Field(description="as in a change; `row` where a whole row is kept in or out")
    verdict: HoldVerdict = Field(description="an edit locks the field; a release ends the hold")
    value: str = Field(default="", description="edit: what the field says, JSON in the shape of a change's")
    refused: str = Field(
        default="", description="digest of the value that was refused: another is asked anew"
    )
    decision_id: str = Field(description="why it is held")
    who: str
    at: AwareDatetime = Field(description="UTC, of the decision")
    reason: str = ""
    run_id: str = Field(default="", description="the run that kept it so")
