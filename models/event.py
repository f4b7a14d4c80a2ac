"""The event row: one definition a column, from which frame, table schema, JSON schema and docs are made."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.terms import (
    Attribution,
    CountForm,
    CountScope,
    CountSide,
    CountWhat,
    DatePrecision,
    DateSource,
    EventType,
    PartyKind,
    PlacePrecision,
    Status,
    WeaponCategory,
)

Alpha3 = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Natural = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """Base of the row and its parts: frozen, and no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Part):
    """Who did it, or to whom or what it was done."""

    text: str = Field(description="as written")
    name: str = Field(description="canonical, or as written")
    id: str | None = Field(default=None, description="lexicon id")
    kind: PartyKind = Field(description="what sort of party")
    country: Alpha3 | None = Field(default=None, description="ISO 3166-1 alpha-3")
    named: bool = Field(description="has a name of its own")


class Weapon(Part):
    """A means used."""

    text: str = Field(description="as written; the verb where a verb tells the means")
    name: str = Field(description="canonical, or as written")
    id: str | None = Field(default=None, description="lexicon id")
    category: WeaponCategory = Field(description="class of weapon")


class Count(Part):
    """A number that was read for the event, as a closed range."""

    what: CountWhat = Field(description="what is counted")
    whom: str | None = Field(default=None, description="the people counted, as written")
    side: CountSide = Field(description="whose they are; civilians whoever was aimed at")
    low: Natural | None = Field(default=None, description="people")
    best: Natural | None = Field(default=None, description="people; null where the word is vague")
    high: Natural | None = Field(default=None, description="people")
    form: CountForm = Field(description="how the text puts it")
    scope: CountScope = Field(description="this event, part of another count, or a running total")
    source: str | None = Field(default=None, description="who gave the number")
    start: Natural = Field(description="offset of the number, code points")
    end: Natural = Field(description="offset behind the number, code points")


class OtherPlace(Part):
    """A further place of the same event."""

    text: str = Field(description="as written")
    name: str = Field(description="as resolved")
    id: str | None = Field(default=None, description="gazetteer id")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="WGS84 degrees")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="WGS84 degrees")
    country: Alpha3 | None = Field(default=None, description="ISO 3166-1 alpha-3")
    admin1: str | None = Field(default=None, description="province")
    admin2: str | None = Field(default=None, description="district")
    precision: PlacePrecision | None = Field(default=None, description="as place_precision")
    radius_km: float | None = Field(default=None, ge=0, description="kilometres")


class Told(Part):
    """A sentence that tells the event."""

    start: Natural
    end: Natural
    text: str


class Evidence(Told):
    """Words that justify a value, and the rule, lexicon entry or model that read them so."""

    rule: str


class EventRow(Part):
    """One event reported by one article."""

    event_id: str = Field(description="stable: address, evidence sentence, event type, n-th of its kind")
    incident_id: str | None = Field(default=None, description="the incident it was grouped into")
    part_of: str | None = Field(default=None, description="event_id of the aggregate that counts this event")
    article_id: str = Field(description="the text version it was read in")
    url: str | None = Field(default=None, description="canonical address")
    publisher: str | None = Field(default=None, description="outlet")
    title: str | None = Field(default=None, description="headline")
    language: str | None = Field(default=None, description="ISO 639-1")
    published: datetime | date | None = Field(default=None, description="with its time zone, or a bare day")
    event_type: EventType = Field(description="what happened")
    status: Status = Field(description="what the text says about whether it happened")
    is_aggregate: bool = Field(default=False, description="sums several incidents")
    attacks_low: Natural | None = Field(default=None, description="incidents that an aggregate sums")
    attacks_best: Natural | None = Field(default=None, description="incidents that an aggregate sums")
    attacks_high: Natural | None = Field(default=None, description="incidents that an aggregate sums")
    actors: tuple[Party, ...] = Field(default=(), description="who did it")
    targets: tuple[Party, ...] = Field(default=(), description="to whom or what")
    attribution: Attribution = Field(default="unknown", description="how the actor is known")
    claimed_by: tuple[str, ...] = Field(default=(), description="who claims it, as named in the text")
    accused_by: tuple[str, ...] = Field(default=(), description="who accuses, as named in the text")
    denied_by: tuple[str, ...] = Field(default=(), description="who denies, as named in the text")
    reported_by: tuple[str, ...] = Field(default=(), description="who reports, as named in the text")
    civilian_targeting: bool | None = Field(default=None, description="civilians are the main or only target")
    weapons: tuple[Weapon, ...] = Field(default=(), description="means used")
    place_text: str | None = Field(default=None, description="place as written")
    place_name: str | None = Field(default=None, description="place as resolved")
    place_id: str | None = Field(default=None, description="gazetteer and id in it, e.g. geonames:99762")
    admin1: str | None = Field(default=None, description="province")
    admin2: str | None = Field(default=None, description="district")
    country: Alpha3 | None = Field(default=None, description="ISO 3166-1 alpha-3")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="WGS84 degrees")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="WGS84 degrees")
    place_precision: PlacePrecision | None = Field(default=None, description="how fine the place is")
    place_radius_km: float | None = Field(default=None, ge=0, description="how far off the point may be, km")
    other_places: tuple[OtherPlace, ...] = Field(default=(), description="further places of the event")
    date_text: str | None = Field(default=None, description="date as written")
    date_start: date | None = Field(default=None, description="first day")
    date_end: date | None = Field(default=None, description="last day, included")
    date_precision: DatePrecision | None = Field(default=None, description="how fine the date is")
    date_source: DateSource | None = Field(default=None, description="where the date comes from")
    killed_low: Natural | None = Field(default=None, description="people killed, at least")
    killed_best: Natural | None = Field(default=None, description="people killed, the text's own number")
    killed_high: Natural | None = Field(default=None, description="people killed, at most")
    injured_low: Natural | None = Field(default=None, description="people injured, at least")
    injured_best: Natural | None = Field(default=None, description="people injured, the text's own number")
    injured_high: Natural | None = Field(default=None, description="people injured, at most")
    counts: tuple[Count, ...] = Field(default=(), description="every number read for this event")
    sentence: str = Field(description="the evidence sentence: the one that tells most of the event")
    sentences: tuple[Told, ...] = Field(description="every sentence that tells this event, in text order")
    trigger: str = Field(description="the word that names the event")
    trigger_start: Natural = Field(description="offset of the trigger, code points")
    trigger_end: Natural = Field(description="offset behind the trigger, code points")
    evidence: dict[str, tuple[Evidence, ...]] = Field(description="field -> spans and rules")
    confidence: float = Field(ge=0, le=1, description="how sure the row is")
    run_id: str = Field(default="", description="the run that produced it")
    extractor_version: str = Field(description="version and digest of rules and lexicons")
    model_version: str = Field(description="name, version and digest of the spaCy pipeline")


COLUMNS = tuple(EventRow.model_fields)
