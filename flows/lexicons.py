"""Which reader each lexicon has, and what is wrong with a folder of them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel

from extractors.phrases import LEXICONS
from models.casualty import CasualtyEntry, PeopleEntry
from models.errors import InputError, LexiconError
from models.holiday import HolidayEntry
from models.lexicon import ActorEntry, CountryEntry, Entry, NounEntry, WeaponEntry, find_clashes, read_entries
from models.numbers import NumberContext, VagueProfile
from models.page import PageEntry
from models.place import PlaceWordEntry, StrangerEntry, read_country_points, read_features, read_places
from models.trigger import CueEntry, EventEntry, EventTypeEntry, MeansEntry, NeedEntry, RoleEntry, SourceEntry

ENTRIES: Mapping[str, type[BaseModel]] = {
    "actor_nouns.toml": NounEntry,
    "actors.toml": ActorEntry,
    "casualties.toml": CasualtyEntry,
    "casualty_cues.toml": PeopleEntry,
    "countries.toml": CountryEntry,
    "dates.toml": HolidayEntry,
    "event_types.toml": EventTypeEntry,
    "events.toml": EventEntry,
    "means.toml": MeansEntry,
    "needs.toml": NeedEntry,
    "conflict_words.toml": NeedEntry,
    "not_places.toml": StrangerEntry,
    "number_contexts.toml": NumberContext,
    "pages.toml": PageEntry,
    "non_targets.toml": PeopleEntry,
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
READERS: Mapping[str, Callable[[Path], Iterable[object]]] = {
    "country_points.csv": read_country_points,
    "geonames.toml": read_features,
    "places.csv": read_places,
}
DISTINCT = ("actors.toml", "weapons.toml")  # a name that stands for two things stands for neither


def check_lexicons(folder: Path) -> tuple[list[str], int]:
    """A line for each fault, and the number of entries that are valid. Raises InputError on no lexicon."""
    files = [*sorted(folder.glob("*.toml")), *sorted(folder.glob("*.csv"))]
    if not files:
        raise InputError(f"{folder}: no lexicon (.toml, .csv) in the folder")
    faults, entries = [], 0
    for file in files:
        try:
            found, clashes = check_lexicon(file)
        except LexiconError as error:
            faults.append(str(error))
            continue
        entries += found
        faults += [f"{file.name}: {clash}" for clash in clashes]
    return faults, entries


def check_lexicon(file: Path) -> tuple[int, list[str]]:
    """Number of entries, and forms under two ids. Raises LexiconError."""
    if file.name in READERS:
        return len([*READERS[file.name](file)]), []
    if file.name not in ENTRIES:
        known = ", ".join(sorted((*ENTRIES, *READERS)))
        raise LexiconError(f"{file.name}: no lexicon of this name is read; known are {known}")
    entries = read_entries(file, ENTRIES[file.name])
    return len(entries), find_doubles(entries) if file.name in DISTINCT else []


def find_doubles(entries: Mapping[str, BaseModel]) -> list[str]:
    """A line for each form, in any case, that stands under two ids."""
    listed = ((name, entry) for name, entry in entries.items() if isinstance(entry, Entry))
    return find_clashes((form.casefold(), name) for name, entry in listed for form in entry.forms())


__all__ = ["LEXICONS", "check_lexicons"]
