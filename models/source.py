"""A source of pages, as written in `feeds.toml`."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.errors import SourceError


def check_address(url: str) -> str:
    """The address. Raises ValueError where it is none of the web."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no http or https address")
    return url


class Source(BaseModel):
    """A feed, a list of addresses or a folder of saved pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(description="the name of its table in the file")
    kind: Literal["feed", "list", "folder"]
    url: Annotated[str, AfterValidator(check_address)] | None = None
    path: str | None = Field(default=None, min_length=1, description="relative to the file that names it")
    publisher: str | None = None
    language: str | None = Field(default=None, pattern="^[a-z]{2,3}$", description="ISO 639")
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")
    minimum: int | None = Field(default=None, ge=0, description="fewer items than this are an error")
    maximum: int | None = Field(default=None, ge=0, description="more items than this are an error")
    paused: bool = False
    host_delay: float | None = Field(default=None, ge=0, le=120, description="seconds between requests")

    @model_validator(mode="after")
    def check_place(self) -> Self:
        """A source is at one place; a folder's is a path."""
        if (self.url is None) == (self.path is None):
            raise ValueError("needs either 'url' or 'path'")
        if self.kind == "folder" and self.path is None:
            raise ValueError("is a folder and needs 'path'")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("'minimum' is above 'maximum'")
        return self


def read_source(file: str, name: str, table: object) -> Source:
    """One source, validated. Raises SourceError in one line that names file and source."""
    if not isinstance(table, dict):
        raise SourceError(f"{file}: '{name}' stands outside a source; each source is a table [name]")
    if "id" in table:
        raise SourceError(f"{file}: [{name}]: unknown key 'id'; the name of the table is the id")
    try:
        return Source(id=name, **table)
    except ValidationError as error:
        raise SourceError(f"{file}: [{name}] {explain(error)}") from error


def explain(error: ValidationError) -> str:
    """The first fault of a source in an operator's words."""
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"] if part in Source.model_fields)
    words = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        keys = ", ".join(name for name in Source.model_fields if name != "id")
        return f"unknown key '{fault['loc'][0]}'; keys are {keys}"
    if fault["type"] == "missing":
        return f"key '{key}' is missing"
    return f"'{key}' is {fault['input']!r}: {words[0].lower()}{words[1:]}" if key else words
