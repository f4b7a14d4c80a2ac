"""A mention: words of the text, what they stand for, and the rule that found them."""

from dataclasses import dataclass
from typing import Literal

from models.dates import TimeExpression
from models.terms import CountForm, MentionLabel, PartyKind, PlacePrecision, Strength, WeaponCategory


@dataclass(frozen=True, slots=True)
class ActorValue:
    """Who the words stand for. `form` tells names from descriptions and pronouns, for coreference."""

    name: str
    kind: PartyKind
    id: str | None = None
    country: str | None = None
    named: bool = False
    form: Literal["name", "nominal", "demonym", "country", "pronoun"] = "name"
    plural: bool = False


@dataclass(frozen=True, slots=True)
class WeaponValue:
    """The means that the words stand for, and how much they say: a weapon, one that carries others …"""

    name: str
    category: WeaponCategory
    id: str
    strength: Strength = "named"


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place as linked. Coordinates in WGS84 degrees; `radius_km` is how far off the point may be.

    `relation` is what the text says of the place ("near", "south of"); it widens, never narrows.
    """

    name: str
    id: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    radius_km: float | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class CountValue:
    """A number as a closed range. `best` is the text's own number; a vague word has none."""

    low: int | None
    best: int | None
    high: int | None
    form: CountForm


Value = ActorValue | WeaponValue | PlaceValue | TimeExpression | CountValue


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` is article.text[start:end] (code points, end exclusive); `rule` names what found it."""

    label: MentionLabel
    start: int
    end: int
    text: str
    rule: str
    value: Value
