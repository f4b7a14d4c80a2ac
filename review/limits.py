"""The numbers of `limits.toml`: what the report calls impossible, doubtful or worth a line."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from models.errors import InputError
from models.settings import read_settings

PATH = Path(__file__).parent / "limits.toml"


class Part(BaseModel):
    """Base: no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Impossible(Part):
    """Beyond these a value is hardly true."""

    days_ahead: int = Field(ge=0)
    years_before: int = Field(ge=0)
    killed_over: int = Field(ge=0)
    injured_over: int = Field(ge=0)
    attacks_over: int = Field(ge=0)


class Trust(Part):
    """When a row is unsure."""

    confidence_under: float = Field(ge=0, le=1)


class Points(Part):
    """How many lines the key points have, and what is worth one."""

    change_at_least: float = Field(ge=0)
    changes: int = Field(ge=0)
    newcomers: int = Field(ge=0)
    impossible: int = Field(ge=0)


class Map(Part):
    """What is a point on the map."""

    widest_km: float = Field(gt=0)
    spots: int = Field(ge=0)


class Limits(Part):
    """All of them."""

    impossible: Impossible
    trust: Trust
    points: Points
    map: Map


@cache
def read_limits(path: Path = PATH) -> Limits:
    """The limits of the file. Raises InputError with the first fault."""
    return read_settings(path, Limits, InputError)
