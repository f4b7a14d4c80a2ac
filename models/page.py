"""The words by which a page tells that it is no article, or when it was published."""

from pydantic import BaseModel, ConfigDict, Field


class PageEntry(BaseModel):
    """One kind of sign, as written in `extractors/lexicons/pages.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[str, ...] = Field(default=(), description="words that a reader sees, in any case")
    titles: tuple[str, ...] = Field(default=(), description="whole titles and headings, in any case")
    markup: tuple[str, ...] = Field(default=(), description="strings of the page's source, as spelt")
    names: tuple[str, ...] = Field(default=(), description="meta names in lower case, the best first")
