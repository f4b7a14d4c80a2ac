"""Places as analysts write them in `extractors/lexicons/`, and as the gazetteer returns them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from models.errors import LexiconError
from models.lexicon import AnyEntry, explain_fault
from models.terms import PlacePrecision

PlaceKind = Literal[
    "settlement",
    "neighbourhood",
    "camp",
    "base",
    "airport",
    "province",
    "district",
    "region",
    "country",
    "continent",
    "sea",
    "strait",
    "river",
    "lake",
    "island",
    "mountain",
    "crossing",
    "dam",
    "hospital",
    "road",
    "facility",
]


class PlaceRow(BaseModel):
    """One row of places.csv: a place that the gazetteer's sources lack or put wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = Field(default=(), description="other spellings, parted by |")
    country: str | None = Field(pattern="^[A-Z]{3}$", description="alpha-3; empty for seas and regions")
    admin1: str | None
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    radius_km: float = Field(gt=0, le=6000)
    precision: PlacePrecision
    kind: PlaceKind

    @field_validator("aliases", mode="before")
    @classmethod
    def split_aliases(cls, value: str) -> tuple[str, ...]:
        """The spellings between the bars."""
        return tuple(filter(None, value.split("|")))

    @field_validator("country", "admin1", mode="before")
    @classmethod
    def read_empty(cls, value: str) -> str | None:
        """None for an empty cell."""
        return value or None


class PlaceWordEntry(BaseModel):
    """Nouns for one kind of place ("province", "refugee camp"), as they stand beside or for a name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: tuple[str, ...] = Field(min_length=1, description="singular, lower case")
    native: tuple[str, ...] = Field(default=(), description="forms that stand only in names: departamento")
    kind: PlaceKind
    precision: PlacePrecision
    radius_km: float = Field(gt=0, description="how far off the place may be from what it is named after")
    leading: bool = Field(default=False, description="stands before the name: Camp Speicher, Mount Sinjar")
    part: bool = Field(default=False, description="lies in the town that it is named after or with")
    owned: bool = Field(default=False, description="stands with the name of whose it is: the home of X, X's house")
    alone: bool = Field(default=False, description="is a place even without a name: a hospital, the village")


class StrangerEntry(BaseModel):
    """Capitalised words that are villages somewhere but mean something else in news."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...] = Field(min_length=1)


class CountryPoint(BaseModel):
    """One row of country_points.csv: where a country's point stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str = Field(pattern="^[A-Z]{3}$")
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the gazetteer that a name may stand for; `rank` 0: main name, 1: other name, 2: alike."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    radius_km: float
    precision: PlacePrecision
    kind: PlaceKind
    population: int
    rank: int


def read_places(path: Path) -> tuple[PlaceRow, ...]:
    """The overlay's rows in order. Raises LexiconError that names file and line, also on a double id."""
    rows: dict[str, PlaceRow] = {}
    for line, row in read_rows(path, PlaceRow):
        if row.id in rows:
            raise LexiconError(f"{path.name}:{line}: id '{row.id}' stands twice")
        rows[row.id] = row
    return tuple(rows.values())


def read_country_points(path: Path) -> dict[str, CountryPoint]:
    """The points by alpha-3. Raises LexiconError that names file and line."""
    return {row.country: row for _, row in read_rows(path, CountryPoint)}


def read_rows(path: Path, model: type[AnyEntry]) -> Iterator[tuple[int, AnyEntry]]:
    """(line number, validated row) of a CSV file whose header names the model's fields."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames != list(model.model_fields):
                raise LexiconError(f"{path.name}:1: columns must be {','.join(model.model_fields)}")
            for row in reader:
                yield reader.line_num, read_row(f"{path.name}:{reader.line_num}", row, model)
    except OSError as error:
        raise LexiconError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def read_row(where: str, row: dict[str, str], model: type[AnyEntry]) -> AnyEntry:
    """One row, validated. Raises LexiconError."""
    if None in row or None in row.values():
        raise LexiconError(f"{where}: must have {len(model.model_fields)} cells")
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise LexiconError(f"{where}: {explain_fault(error, model)}") from error
