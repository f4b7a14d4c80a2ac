"""Builds the gazetteer once from its sources."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.place_scores import measure_km
from flows.gazetteer_sources import (
    PACKAGES,
    Country,
    Site,
    find_version,
    radius_of,
    read_airports,
    read_countries,
    read_subdivisions,
    read_towns,
)
from flows.gazetteer_write import write_sites
from models.lexicon import CountryEntry, read_entries
from models.place import read_country_points

SHARE = 0.9  # of a province's towns lie within its radius; the rest are outliers or wrongly assigned


def build_gazetteer(sources: Path, lexicons: Path, output: Path) -> str:
    """Writes the gazetteer and returns its content digest. Same sources, same digest."""
    countries = read_countries(sources)
    sites, respelt = gather_sites(sources, lexicons, countries)
    versions = {package: find_version(sources, package) for package in PACKAGES}
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    connection = sqlite3.connect(partial)
    try:
        digest = write_sites(connection, sites, respelt, lexicons, versions)
    finally:
        connection.close()
    partial.replace(output)
    return digest


def gather_sites(
    sources: Path, lexicons: Path, countries: Mapping[str, Country]
) -> tuple[dict[int, Site], frozenset[str]]:
    """All places by number, and the countries whose names are spelt many ways."""
    country_of = {alpha2: country.alpha3 for alpha2, country in countries.items()}
    sites: dict[int, Site] = dict(enumerate(read_subdivisions(sources, country_of), start=1))
    subdivisions = dict(sites)
    towns: dict[int, list[Site]] = defaultdict(list)
    for site, inside in read_towns(sources, country_of):
        place_town(site, [number for number in inside if number in subdivisions], subdivisions)
        for number in (site.admin1, site.admin2):
            if number:
                towns[number].append(site)
        sites[len(sites) + 1] = site
    for number in sorted(subdivisions, key=lambda number: subdivisions[number].kind != "province"):
        locate_subdivision(number, subdivisions, towns[number])
    for site in (*read_airports(sources, country_of), *read_country_sites(lexicons, countries)):
        sites[len(sites) + 1] = site
    return sites, frozenset(country.alpha3 for country in countries.values() if country.respelt)


def place_town(town: Site, inside: list[int], subdivisions: Mapping[int, Site]) -> None:
    """Sets a town's province and district."""
    for number in inside:
        if subdivisions[number].kind == "province":
            town.admin1 = number
        else:
            town.admin2 = number
    if town.admin2 and not town.admin1:
        town.admin1 = subdivisions[town.admin2].admin1


def locate_subdivision(number: int, subdivisions: Mapping[int, Site], towns: list[Site]) -> None:
    """Gives a subdivision the middle of its towns; without towns, the point and size of its parent."""
    site = subdivisions[number]
    points = sorted(
        (t.latitude, t.longitude) for t in towns if t.latitude is not None and t.longitude is not None
    )
    parent = subdivisions.get(site.admin1 or 0)
    if points:
        site.latitude, site.longitude = find_middle(points)
        far = sorted(measure_km((site.latitude, site.longitude), point) for point in points)
        least = 25 if site.kind == "province" else 10
        site.radius_km = round(max(least, far[int(SHARE * (len(far) - 1))]), 1)
        site.population = sum(t.population for t in towns)
    elif parent is not None:
        site.latitude, site.longitude, site.radius_km = parent.latitude, parent.longitude, parent.radius_km


def find_middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Half-way between the mean and the middle of the extremes: towns crowd on coasts and rivers."""
    middles = []
    for values in zip(*points, strict=True):
        ordered = sorted(values)
        low, high = ordered[len(ordered) // 50], ordered[-1 - len(ordered) // 50]
        middles.append(round((sum(values) / len(values) + (low + high) / 2) / 2, 4))
    return middles[0], middles[1]


def read_country_sites(lexicons: Path, countries: Mapping[str, Country]) -> Iterator[Site]:
    """The countries of countries.toml, with their points and sizes."""
    points = read_country_points(lexicons / "country_points.csv")
    known = {country.alpha3: country for country in countries.values()}
    for alpha3, entry in read_entries(lexicons / "countries.toml", CountryEntry).items():
        country, point = known[alpha3], points[alpha3]
        yield Site(
            gid=f"geonames:{country.geonames_id}",
            name=entry.name,
            country=alpha3,
            latitude=point.latitude,
            longitude=point.longitude,
            radius_km=radius_of(country.area_km2),
            precision="country",
            kind="country",
            population=country.population,
            other_names=(*entry.aliases, *entry.exact),
        )
