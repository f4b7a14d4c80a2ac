"""What an address of a news site says beside which page it means, as written in `flows/addresses.toml`."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.errors import SourceError
from models.settings import read_settings

Word = Annotated[str, Field(pattern=r"^[^A-Z\s]+$")]
Words = frozenset[Word]


class Marks(BaseModel):
    """Base of the tables: frozen, and no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tracking(Marks):
    """Parameters that tell where a reader came from: they are not even asked for."""

    names: Words
    beginnings: tuple[Word, ...]


class Forms(Marks):
    """Parts that choose another form of the same page: asked for as given, but one page a night."""

    parameters: Words = Field(description="a name, or name=value")
    path_parameters: Words = Field(description="behind a semicolon in the path")
    hosts: tuple[Word, ...] = Field(description="beginnings of host names")
    segments: Words = Field(description="first or last parts of a path")
    endings: Words = Field(
        description="endings of the last part of a path, before its suffix or in its place"
    )


class Guesses(Marks):
    """Paths at which sites have what `dateline sources add` looks for."""

    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]


class AddressMarks(Marks):
    """The whole file."""

    tracking: Tracking
    forms: Forms
    guesses: Guesses


def read_marks(path: Path) -> AddressMarks:
    """The marks of the file. Raises SourceError in one line that names file and key."""
    return read_settings(path, AddressMarks, SourceError)
