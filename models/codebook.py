"""Other codebooks' rules, as analysts write them in `review/exports/codebooks.toml`, and what each leaves out."""

import csv
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from models.errors import LexiconError
from models.lexicon import read_entries
from models.terms import DatePrecision, PartyKind, PlacePrecision, Status, WeaponCategory
from models.trigger import AcledType, EventTypeEntry


class Codebook(BaseModel):
    """What one codebook holds, and the numbers and words that it writes for ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    notice: str = Field(description="what whoever opens the file must know")
    statuses: tuple[Status, ...] = Field(description="rows of other statuses are left out and counted")
    foiled: tuple[Status, ...] = Field(default=(), description="held as an attack that was prevented")
    foiled_of: str = Field(default="", description="event type whose foiled attacks are held")
    foiled_as: AcledType | None = None
    place: dict[PlacePrecision, int] = Field(default_factory=dict, description="code of each precision")
    date: dict[DatePrecision, int] = Field(default_factory=dict, description="code of each precision")
    assumed_date: int | None = Field(default=None, description="code where the day is that of publication")
    vague: dict[str, int] = Field(default_factory=dict, description="word -> number, in place of the house's")
    kinds: dict[PartyKind, str] = Field(default_factory=dict, description="kind of party -> code")
    abroad: str = Field(default="", description="code of a state's forces outside their country")
    state: tuple[PartyKind, ...] = Field(default=(), description="kinds that act for a state")
    armed: tuple[PartyKind, ...] = Field(default=(), description="organised armed kinds that are no state")
    civil: tuple[PartyKind, ...] = Field(default=(), description="kinds that bear no arms")
    doers: dict[str, str] = Field(default_factory=dict, description="acled_doer -> code")
    nobody: str = Field(default="", description="what a doer is called whom the text does not tell")
    civilians: str = Field(default="", description="what civilian targets are called")
    groups: dict[str, str] = Field(default_factory=dict, description="event or sub-event type -> group of it")
    weapons: dict[WeaponCategory, AcledType] = Field(default_factory=dict)
    auxiliary: dict[Status, str] = Field(default_factory=dict, description="status -> auxiliary mode")


class Books(BaseModel):
    """Everything that the shapes of other codebooks need besides the rows."""

    model_config = ConfigDict(frozen=True)

    books: Mapping[str, Codebook]
    types: Mapping[str, EventTypeEntry]
    names: Mapping[str, str] = Field(description="alpha-3 -> name of the country")
    numbers: Mapping[str, int] = Field(description="alpha-3 -> ISO 3166-1 numeric")


def read_books(folder: Path, types: Mapping[str, EventTypeEntry], names: Mapping[str, str]) -> Books:
    """The codebooks of a folder, with the event types and countries. Raises LexiconError."""
    books = read_entries(folder / "codebooks.toml", Codebook)
    return Books(books=books, types=types, names=names, numbers=read_numbers(folder / "iso_numeric.csv"))


def read_numbers(path: Path) -> dict[str, int]:
    """Alpha-3 -> numeric code. Raises LexiconError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {line["alpha3"]: int(line["numeric"]) for line in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        raise LexiconError(f"{path.name}: cannot be read ({error})") from error
