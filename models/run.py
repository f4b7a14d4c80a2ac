"""A run: what wrote the rows of the tables, when, and with which versions."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

RunKind = Literal["ingest", "reextract"]


class Run(BaseModel):
    """One commit of the tables. Rows and articles that name no such run do not count."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="sorts by time of start")
    kind: RunKind = Field(description="what made the rows")
    started: datetime = Field(description="UTC")
    ended: datetime = Field(description="UTC, when the last row was ready to commit")
    complete: bool = Field(description="false where it was stopped before its end")
    articles: int = Field(ge=0, description="articles stored")
    rows: int = Field(ge=0, description="event rows stored")
    extractor_version: str = Field(default="", description="version and digest of rules and lexicons")
    model_version: str = Field(default="", description="name, version and digest of the spaCy pipeline")
    outcomes: dict[str, int] = Field(default_factory=dict, description="items by outcome")
    events_version: int | None = Field(
        default=None, description="version of the table of events at the commit; null in older stores"
    )
    base: str | None = Field(default=None, description="the run that was current when a re-extraction began")
    scope: dict[str, Any] = Field(
        default_factory=dict, description="what a re-extraction read: sources, since, sample, articles"
    )
    stages: dict[str, str] = Field(default_factory=dict, description="stage of reading -> its digest")
    receipt: str = Field(default="", description="the receipt as JSON, as it was at the commit")
