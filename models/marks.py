"""What an address of a news site says beside which page it means, as written in `flows/addresses.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.errors import SourceError

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
    try:
        return AddressMarks.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"]))
        raise SourceError(f"{path.name}: '{key}' is {fault['input']!r}: {fault['msg']}") from error
    except ValueError as error:
        raise SourceError(f"{path.name}: {error}") from error
