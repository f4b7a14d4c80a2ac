"""A source of pages, as written in `feeds.toml`."""

import re
from datetime import date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.errors import SourceError

Kind = Literal["feed", "sitemap", "list", "folder", "warc"]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
# Keys that say something about one kind of source only.
OWN: dict[str, Kind] = {
    "days": "sitemap",
    "domains": "warc",
    "languages": "warc",
    "since": "warc",
    "until": "warc",
    "most": "warc",
}
# What an address begins with before its host: a name and a password.
SECRET = re.compile(r"(?<=://)[^/\s@]*@")


def check_address(url: str) -> str:
    """The address. Raises ValueError where it is none."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        raise ValueError("name a file by 'path'")
    if not re.fullmatch("[a-z][a-z0-9+.-]+", parts.scheme) or not parts.netloc:
        raise ValueError("is no address")
    return url


class Source(BaseModel):
    """A feed, a sitemap, a list of addresses, a folder of saved pages, or WARC files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(description="the name of its table in the file")
    kind: Kind
    url: Annotated[str, AfterValidator(check_address)] | None = None
    path: str | None = Field(
        default=None, min_length=1, pattern="^[^\x00]+$", description="relative to the file that names it"
    )
    publisher: str | None = None
    language: Language | None = Field(default=None, description="ISO 639")
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")
    minimum: int | None = Field(default=None, ge=0, description="fewer items than this are an error")
    maximum: int | None = Field(default=None, ge=0, description="more items than this are an error")
    paused: bool = False
    host_delay: float | None = Field(default=None, ge=0, le=120, description="seconds between requests")
    days: int | None = Field(default=None, ge=1, le=36500, description="entries older than this are left out")
    domains: tuple[str, ...] = Field(default=(), description="only pages of these registered domains")
    languages: tuple[Language, ...] = Field(default=(), description="only pages in these languages")
    since: date | None = Field(default=None, description="only pages fetched on this day or later")
    until: date | None = Field(default=None, description="only pages fetched on this day or earlier")
    most: int | None = Field(default=None, ge=1, le=100_000, description="pages a run; the next one goes on")

    @property
    def shown(self) -> str:
        """Where the source is, to be printed: without a name and password."""
        return hide_secret(str(self.url or self.path))

    @model_validator(mode="after")
    def check_place(self) -> Self:
        """A source is at one place; a folder's is a path, and all but archives are on the web."""
        if (self.url is None) == (self.path is None):
            raise ValueError("needs either 'url' or 'path'")
        if self.kind == "folder" and self.path is None:
            raise ValueError("is a folder and needs 'path'")
        scheme = urlsplit(self.url or "http://").scheme
        if self.kind != "warc" and scheme not in ("http", "https"):
            raise ValueError(f"'url' is {self.url!r}: is no http or https address")
        return self

    @model_validator(mode="after")
    def check_keys(self) -> Self:
        """Bounds are the right way round, and no key stands where it says nothing."""
        for low, high in (("minimum", "maximum"), ("since", "until")):
            first, last = getattr(self, low), getattr(self, high)
            if first is not None and last is not None and first > last:
                raise ValueError(f"'{low}' is above '{high}'")
        for key, kind in OWN.items():
            if key in self.model_fields_set and self.kind != kind:
                raise ValueError(f"'{key}' is for sources of the kind '{kind}', and this is a {self.kind}")
        return self


def hide_secret(text: str) -> str:
    """The text without the names and passwords that addresses in it begin with."""
    return SECRET.sub("", text)


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
