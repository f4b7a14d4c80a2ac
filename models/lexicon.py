"""Lexicon entries, as analysts write them in `extractors/lexicons/`, and their reader."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.errors import LexiconError
from models.inflection import plural_of
from models.terms import PartyKind, Strength, WeaponCategory

Country = Field(default=None, pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")


class Entry(BaseModel):
    """What every entry has: forms in any case, and forms that count only as they are spelt."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aliases: tuple[str, ...] = Field(default=(), description="other names, matched in any case")
    exact: tuple[str, ...] = Field(default=(), description="forms matched only in this case (TOW, IS)")

    def forms(self) -> tuple[str, ...]:
        """The forms matched in any case."""
        return self.aliases


class ActorEntry(Entry):
    """An armed or political organisation."""

    name: str = Field(min_length=2)
    kind: PartyKind
    country: str | None = Country
    parent: str | None = Field(default=None, description="id of the organisation that this one belongs to")

    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class NounEntry(Entry):
    """Common nouns for people and bodies that act or suffer ("gunmen", "villagers", "convoy")."""

    kind: PartyKind
    nouns: tuple[str, ...] = Field(min_length=1, description="singular; plurals are made by rule")
    plurals: tuple[str, ...] = Field(default=(), description="plurals that no rule makes")
    armed: bool = Field(default=False, description="fights as a rule, so a killed one is no civilian")
    physical: bool = Field(default=False, description="a thing, not people")
    collective: bool = Field(default=False, description="a body (army, militia): takes 'the' and 'its'")

    def forms(self) -> tuple[str, ...]:
        """Singular and plural forms."""
        return (*self.nouns, *map(plural_of, self.nouns), *self.plurals, *self.aliases)


class WeaponEntry(Entry):
    """A weapon, munition or platform."""

    name: str = Field(min_length=2)
    category: WeaponCategory
    platform: bool = Field(default=False, description="carries weapons (a fighter jet), is none itself")
    trace: bool = Field(default=False, description="tells that a weapon was used (gunfire), is none itself")
    vague: bool = Field(default=False, description="says no more than that it is a weapon (arms, munitions)")
    plural: bool = Field(default=True, description="whether plurals of its forms are matched too")
    unless: tuple[str, ...] = Field(default=(), description="phrases in which a form means something else")
    carriers: tuple[str, ...] = Field(
        default=(), description="nouns that are this weapon once they are laden"
    )
    loads: tuple[str, ...] = Field(default=(), description="words between a carrier and its explosives")

    def forms(self) -> tuple[str, ...]:
        """The name, its aliases and their plurals."""
        singular = (self.name, *self.aliases)
        return (*singular, *map(plural_of, singular)) if self.plural else singular

    @property
    def strength(self) -> Strength:
        """How much its words say of a means."""
        if self.platform:
            return "platform"
        if self.trace:
            return "trace"
        return "vague" if self.vague else "named"


class CountryEntry(Entry):
    """A country: its names, its demonyms, and the capitals and seats that stand for its government."""

    name: str
    domain: str = Field(
        default="", pattern="^([a-z]{2})?$", description="top-level domain of its outlets: ke, uk"
    )
    capital: str = Field(default="", description="the city that its capital is")
    demonyms: tuple[str, ...] = Field(default=(), description="adjectives and people: Iraqi, Iraqis")
    metonyms: tuple[str, ...] = Field(default=(), description="Washington, the Kremlin, the White House")

    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


AnyEntry = TypeVar("AnyEntry", bound=BaseModel)


def read_entries(path: Path, entry: type[AnyEntry]) -> dict[str, AnyEntry]:
    """The entries of a TOML lexicon by id, in the file's order.

    Raises LexiconError, in one line that names file and entry, on a syntax error, a duplicate id, an
    unknown key or a value outside its list.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LexiconError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error
    return {name: read_entry(path.name, name, table, entry) for name, table in tables.items()}


def read_entry(file: str, name: str, table: object, entry: type[AnyEntry]) -> AnyEntry:
    """One entry, validated. Raises LexiconError."""
    try:
        return entry.model_validate(table)
    except ValidationError as error:
        raise LexiconError(f"{file}: [{name}]: {explain_fault(error, entry)}") from error


def explain_fault(error: ValidationError, entry: type[BaseModel]) -> str:
    """The first fault of an entry in an analyst's words."""
    fault = error.errors()[0]
    key = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return f"unknown key '{key}'; keys are {', '.join(entry.model_fields)}"
    if fault["type"] == "missing":
        return f"key '{key}' is missing"
    return f"'{key}' is {fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def find_clashes(forms: Iterable[tuple[str, str]]) -> list[str]:
    """One line for each form that stands under two ids. `forms` are (form, id) pairs."""
    owners: Mapping[str, set[str]] = defaultdict(set)
    for form, owner in forms:
        owners[form].add(owner)
    return [
        f"'{form}' stands under two ids: {', '.join(sorted(ids))}"
        for form, ids in sorted(owners.items())
        if len(ids) > 1
    ]
