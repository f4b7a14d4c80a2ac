"""Lines of GeoNames files as places and names: checked, and without what no text would use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.place_names import is_latin
from flows.gazetteer_sources import Site, is_spelling, measure_town
from models.errors import InputError
from models.place import FeatureEntry

WHOLE = re.compile(r"[0-9]{1,10}")
DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?(?:E-?[0-9]{1,2})?")
# Languages have two or three letters; GeoNames' other codes (`link`, `wkdt`, `icao`) are no languages.
LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z]+)*)?")
LEAD = re.compile(r"(?:[a-z]{2,3}[ -])?['’‘ʼʿʾ`]*")  # `al-`, `ad `, an ayn: the name proper begins behind it
NO_CODE = {"", "00"}  # of a province: none, or the whole country


@dataclass(frozen=True, slots=True)
class Dumped:
    """A place of a dump. `code1` and `code2` are those of its province and district (`SY.04`, `SY.04.0404`),
    `own` is its own code where it is one of these."""

    geonames_id: int
    site: Site
    code1: str
    code2: str
    own: str
    airfield: bool


@dataclass(frozen=True, slots=True)
class Features:
    """What is taken: the entries of geonames.toml by code, and the countries by two letters."""

    entries: Mapping[str, FeatureEntry]
    countries: Mapping[str, str]


def read_place(cells: list[str], features: Features) -> Dumped | None:
    """The place of a line; None where its feature is not taken or it has no Latin name. Raises InputError."""
    number, name, ascii_name, others, latitude, longitude, letter, code, alpha2 = cells[:9]
    geonames_id = read_whole(number, "geonameid")
    point = read_degrees(latitude, 90, "latitude"), read_degrees(longitude, 180, "longitude")
    population = read_whole(cells[14] or "0", "population")
    country = read_country(alpha2, features.countries)
    entry = features.entries.get(f"{letter}.{code}")
    name = next(filter(is_name, (name, ascii_name)), "")
    if entry is None or not name:
        return None
    code1 = f"{alpha2}.{cells[10]}" if cells[10] not in NO_CODE else ""
    code2 = f"{code1}.{cells[11]}" if code1 and cells[11] else ""
    site = Site(
        gid=f"geonames:{geonames_id}",
        name=name,
        country=country,
        latitude=point[0],
        longitude=point[1],
        radius_km=measure_town(population) if entry.grows else entry.radius_km,
        precision=entry.precision,
        kind=entry.kind,
        population=population,
        other_names=tuple(sorted(list_spellings(name, (ascii_name, *others.split(","))))),
    )
    own = {"ADM1": code1, "ADM2": code2}.get(code, "") if letter == "A" else ""
    return Dumped(geonames_id, site, code1, code2, own, entry.airfield)


def read_name(cells: list[str]) -> tuple[int, str] | None:
    """(geonameid, name) of a line of alternate names; None where no text would use it. Raises InputError.

    Historic names stay, since old reports use them and a place's own line lists them unmarked; nicknames go.
    """
    read_whole(cells[0], "alternateNameId")
    geonames_id, name = read_whole(cells[1], "geonameid"), cells[3].strip()
    colloquial = cells[6] == "1"
    if colloquial or not LANGUAGE.fullmatch(cells[2]) or not any(list_spellings("", (name,))):
        return None
    return geonames_id, name


def is_name(name: str) -> bool:
    """Whether a place can be found and shown by that name."""
    return 1 < len(name) <= 60 and is_latin(name) and any(letter.isalpha() for letter in name)


def list_spellings(name: str, others: tuple[str, ...]) -> Iterator[str]:
    """The other names that a text may use, each once."""
    for other in dict.fromkeys(map(str.strip, others)):
        if other != name and is_spelling(LEAD.sub("", other, count=1), name):
            yield other


def read_whole(cell: str, column: str) -> int:
    """A number of ten digits at most. Raises InputError."""
    if not WHOLE.fullmatch(cell):
        raise InputError(f"{column} is {show(cell)}, no whole number")
    return int(cell)


def read_degrees(cell: str, most: int, column: str) -> float:
    """Degrees. Raises InputError."""
    if not DEGREES.fullmatch(cell) or abs(float(cell)) > most:
        raise InputError(f"{column} is {show(cell)}, no number from -{most} to {most}")
    return float(cell)


def read_country(cell: str, countries: Mapping[str, str]) -> str | None:
    """Three letters for two; None for seas. Raises InputError."""
    if cell and cell not in countries:
        raise InputError(f"country code is {show(cell)}, no code of two letters that is known")
    return countries.get(cell)


def show(cell: str) -> str:
    """A cell in quotes, cut to what fits on a line."""
    return repr(cell if len(cell) <= 30 else f"{cell[:30]}…")
