"""Writes the gazetteer's tables and the digest of their content."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from extractors.gazetteer import LAYOUT
from extractors.place_names import fold_name, loosen_name
from extractors.place_words import PlaceWords, find_keys, read_place_words
from flows.gazetteer_sources import Site

TABLES = """
CREATE TABLE version (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, gid TEXT NOT NULL, name TEXT NOT NULL, country TEXT,
  admin1 INTEGER, admin2 INTEGER, latitude REAL NOT NULL, longitude REAL NOT NULL, radius_km REAL NOT NULL,
  precision TEXT NOT NULL, kind TEXT NOT NULL, population INTEGER NOT NULL);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


def write_sites(
    connection: sqlite3.Connection,
    sites: Mapping[int, Site],
    respelt: frozenset[str],
    lexicons: Path,
    versions: Mapping[str, str],
) -> str:
    """Fills the tables and returns the digest of their content."""
    connection.executescript(
        "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES
    )
    words = read_place_words(lexicons / "place_words.toml")
    kept = {n: site for n, site in sites.items() if site.latitude is not None and site.country != ""}
    places = [read_record(number, site, kept) for number, site in kept.items()]
    names = sorted(key for number, site in kept.items() for key in list_keys(number, site, words, respelt))
    loose = sorted(set(find_loose(kept, respelt)))
    digest = digest_rows((places, names, loose, sorted((country,) for country in respelt)))
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 12)})", places)  # noqa: S608
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", reorder(names))
    connection.executemany("INSERT INTO loose VALUES (?, ?)", loose)
    version = {"layout": LAYOUT, "digest": digest, "respelt": " ".join(sorted(respelt)), **versions}
    connection.executemany("INSERT INTO version VALUES (?, ?)", sorted(version.items()))
    connection.commit()
    connection.execute("VACUUM")
    return digest


def reorder(names: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """(key, place, rank) from (key, rank, place): the better rank of a place comes first and is kept."""
    return ((key, place, rank) for key, rank, place in names)


def read_record(number: int, site: Site, kept: Mapping[int, Site]) -> tuple[object, ...]:
    """The row of one place."""
    inside = [other if other in kept else None for other in (site.admin1, site.admin2)]
    where = (*inside, site.latitude, site.longitude, site.radius_km)
    return (number, site.gid, site.name, site.country, *where, site.precision, site.kind, site.population)


def list_keys(
    number: int, site: Site, words: PlaceWords, respelt: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """(key, rank, number) of each name."""
    for rank, names in enumerate(((site.name,), site.other_names)):
        for name in names:
            keys = find_keys(name, site.kind, site.country in respelt, words)
            yield from ((key, rank, number) for key in keys)


def find_loose(kept: Mapping[int, Site], respelt: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(loose key, number) of the names that are spelt many ways."""
    for number, site in kept.items():
        if site.country in respelt:
            for name in (site.name, *site.other_names):
                key = loosen_name(fold_name(name))
                if len(key) >= 4:
                    yield key, number


def digest_rows(tables: Iterable[Iterable[tuple[object, ...]]]) -> str:
    """SHA-256 of the tables' content, sixteen digits."""
    hashed = hashlib.sha256()
    for table in tables:
        for row in table:
            hashed.update(repr(row).encode())
    return hashed.hexdigest()[:16]
