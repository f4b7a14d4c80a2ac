"""What a re-extraction did with the articles in its scope."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Way = Literal["carried", "read", "parsed", "pages", "failed", "left"]
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
    left: int = Field(default=0, description="not reached before the run was stopped")
    unparsed: int = Field(default=0, description="of the others: no event word in them, or not in English")
    before: int = Field(default=0, description="event rows that these articles had")
    rows: int = Field(default=0, description="event rows that they have now")
    added: int = Field(default=0, description="event ids that are new")
    removed: int = Field(default=0, description="event ids that are gone")

    @property
    def ways(self) -> dict[str, int]:
        """Articles by what was done."""
        return {way: getattr(self, way) for way in WAYS}
