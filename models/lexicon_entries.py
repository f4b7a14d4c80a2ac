"""Which model the entries of each lexicon have, by the name of its file."""

from collections.abc import Mapping

from pydantic import BaseModel

from models.casualty import CasualtyEntry, PeopleEntry
from models.holiday import HolidayEntry
from models.lexicon import ActorEntry, CountryEntry, NounEntry, WeaponEntry
from models.numbers import NumberContext, VagueProfile
from models.page import PageEntry
from models.place import PlaceRow, PlaceWordEntry, StrangerEntry
from models.trigger import CueEntry, EventEntry, EventTypeEntry, MeansEntry, NeedEntry, RoleEntry, SourceEntry

ENTRIES: Mapping[str, type[BaseModel]] = {  # tables of TOML
    "actor_nouns.toml": NounEntry,
    "actors.toml": ActorEntry,
    "casualties.toml": CasualtyEntry,
    "casualty_cues.toml": PeopleEntry,
    "conflict_words.toml": NeedEntry,
    "countries.toml": CountryEntry,
    "dates.toml": HolidayEntry,
    "event_types.toml": EventTypeEntry,
    "events.toml": EventEntry,
    "means.toml": MeansEntry,
    "needs.toml": NeedEntry,
    "non_targets.toml": PeopleEntry,
    "not_places.toml": StrangerEntry,
    "number_contexts.toml": NumberContext,
    "pages.toml": PageEntry,
    "partings.toml": PeopleEntry,
    "people.toml": PeopleEntry,
    "place_words.toml": PlaceWordEntry,
    "roles.toml": RoleEntry,
    "sources.toml": SourceEntry,
    "status.toml": CueEntry,
    "tense.toml": PeopleEntry,
    "titles.toml": NounEntry,
    "vague_numbers.toml": VagueProfile,
    "weapons.toml": WeaponEntry,
}
MODELS: Mapping[str, type[BaseModel]] = {**ENTRIES, "places.csv": PlaceRow}
