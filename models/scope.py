"""Which articles a re-extraction is about."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Scope(BaseModel):
    """Part of the archive. Without conditions it is all of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: date | None = Field(
        default=None, description="published on that day or later; fetched, where undated"
    )
    sources: tuple[str, ...] = Field(default=(), description="of these sources only")
    sample: int | None = Field(default=None, ge=1, description="so many, drawn by chance; never promoted")
    seed: int = Field(default=0, description="another seed, another sample")
    articles: int = Field(default=0, ge=0, description="how many they are")

    @property
    def words(self) -> str:
        """The conditions for a reader."""
        parts = [f"since {self.since}"] if self.since else []
        parts += [f"of {', '.join(self.sources)}"] if self.sources else []
        parts += [f"a sample of {self.sample} (seed {self.seed})"] if self.sample else []
        return ", ".join(parts) or "the whole archive"
