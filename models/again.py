"""What a re-extraction did with the articles in its scope."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Way = Literal["carried", "read", "parsed", "pages", "failed", "left"]
Need = Literal["carry", "check", "read", "parse", "pages"]
WAYS: tuple[Way, ...] = get_args(Way)


class Again(BaseModel):
    """Articles by what had to be done, and what became of their rows; the ways add up to `articles`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: int = Field(default=0, description="in the scope")
    carried: int = Field(default=0, description="nothing can have changed: rows taken over as they were")
    read: int = Field(default=0, description="read again from the cached parse")
    parsed: int = Field(default=0, description="parsed anew, then read")
    pages: int = Field(default=0, description="read from the archived page, whose article is another now")
    failed: int = Field(
        default=0, description="the page or the article could not be read: it stays as it was"
    )
    left: int = Field(
        default=0, description="not reached before the run was stopped, or lost with their worker"
    )
    unparsed: int = Field(default=0, description="of the others: no event word in them, or not in English")
    before: int = Field(default=0, description="event rows that these articles had")
    rows: int = Field(default=0, description="event rows that they have now")
    added: int = Field(default=0, description="event ids that are new")
    removed: int = Field(default=0, description="event ids that are gone")

    @property
    def done(self) -> int:
        """Articles that were read or carried over; the others stay as they were."""
        return self.articles - self.left - self.failed

    @property
    def ways(self) -> dict[str, int]:
        """Articles by what was done."""
        return {way: getattr(self, way) for way in WAYS}


class Estimate(BaseModel):
    """What a re-extraction would do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scope: str = Field(description="which articles, for a reader")
    articles: int = Field(default=0, description="in the scope")
    needs: dict[Need, int] = Field(default_factory=dict, description="articles by what each needs")
    unparsed: int = Field(default=0, description="of them without a parse in the cache, where one is needed")
    stages: tuple[str, ...] = Field(
        default=(), description="stages that changed since the articles were read"
    )
    entries: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="lexicon file -> entries that changed"
    )
    seconds: float = Field(default=0.0, description="about how long it takes")
    nothing: str = Field(default="", description="why no run is needed; empty where one is")
    goes_on: str = Field(default="", description="the run that was killed or stopped, and is gone on with")
