"""Casualties: numbers of people that something happened to, and the lexicon that names what happened."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from models.terms import CountForm, CountScope, CountWhat


@dataclass(frozen=True, slots=True)
class Casualty:
    """So many people to whom something happened, as the text tells it; offsets are into the text.

    `start` and `end` are the number's, or those of the noun or name where one person needs no number.
    `anchor` is the offset of the word that tells what happened: what decides its status decides theirs.
    `source` is who gave the number, as the text names them.
    """

    what: CountWhat
    low: int | None
    best: int | None
    high: int | None
    form: CountForm
    scope: CountScope
    start: int
    end: int
    whom: str | None
    whom_start: int | None
    whom_end: int | None
    anchor: int
    negated: bool
    rule: str
    source: str | None = None


Who = Literal["object", "subject"]


class CasualtyEntry(BaseModel):
    """Words that tell one kind of harm."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: CountWhat
    also: tuple[CountWhat, ...] = Field(default=(), description="what else the word stands for: casualties")
    verbs: tuple[str, ...] = Field(default=(), description="base form; regular forms are made by rule")
    forms: tuple[str, ...] = Field(default=(), description="forms of the verbs that no rule makes")
    sufferer: Who = Field(default="object", description="who suffers where the verb is active")
    nouns: tuple[str, ...] = Field(default=(), description="singular: death of, murder of")
    adjectives: tuple[str, ...] = Field(default=(), description="dead, wounded: said of people")
    counted: tuple[str, ...] = Field(default=(), description="nouns that a number stands before: fatalities")
    marked: tuple[str, ...] = Field(
        default=(), description="what must be said of the noun: critical (condition)"
    )
    bare: bool = Field(
        default=False, description="whether a bare plural tells of people: injuries were reported"
    )
    tolls: tuple[str, ...] = Field(default=(), description="nouns that a number stands behind: death toll")
    governors: dict[str, Who] = Field(
        default={},
        description="verbs above the noun, alone or with a preposition, and who suffers: lost (lives): subject",
    )
    governed: bool = Field(default=False, description="whether the noun tells nothing without such a verb")
    people: bool = Field(default=False, description="whether only words for people may be counted")
    numbered: bool = Field(default=False, description="whether only people with a number are counted")
    yields: bool = Field(default=False, description="gives way to a plainer word beside it: shot and killed")


class PeopleEntry(BaseModel):
    """Nouns and what they say about counting people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...] = Field(min_length=1, description="lower case; singular and plural")
