"""Which reader each lexicon has, and what is wrong with a folder of them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel

from extractors.phrases import LEXICONS
from models.errors import InputError, LexiconError
from models.lexicon import Entry, find_clashes, read_entries
from models.lexicon_entries import ENTRIES
from models.place import read_country_points, read_features, read_places

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
