"""The copy of the gazetteer that an import works on: places and names added, provinces found, digest told."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.place_names import fold_name, loosen_name
from extractors.place_scores import measure_km
from extractors.place_words import PlaceWords, find_keys
from flows.gazetteer_write import digest_rows
from flows.geonames_rows import Dumped

FIRST = 1_000_000_000  # numbers of imported places: this and the geonameid, whatever was imported before
AIRFIELD_KM = 5
STAGES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-131072;
CREATE TABLE coded (place INTEGER PRIMARY KEY, code1 TEXT, code2 TEXT);
CREATE TABLE division (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fresh (key TEXT, place INTEGER, rank INTEGER);
CREATE TABLE fresh_loose (key TEXT, place INTEGER);
"""
ADD = """
INSERT INTO place VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, country = excluded.country, latitude = excluded.latitude,
  longitude = excluded.longitude, radius_km = excluded.radius_km, precision = excluded.precision,
  kind = excluded.kind, population = excluded.population
"""
RENEW = "UPDATE place SET latitude = ?, longitude = ?, radius_km = ?, population = ? WHERE id = ?"
# A province whose own line is in no file is the one that most towns of its code lie in.
LEARN = """
INSERT OR IGNORE INTO division SELECT c.{code}, p.{admin} FROM coded c JOIN place p ON p.id = c.place
WHERE p.id < ? AND p.{admin} IS NOT NULL AND c.{code} <> '' GROUP BY 1, 2 ORDER BY count(*) DESC, 2
"""
INSIDE = """
coalesce((SELECT d.place FROM coded c JOIN division d ON d.code = c.{code}
          WHERE c.place = place.id AND d.place <> place.id), {admin})
"""
LINK = f"""
UPDATE place SET admin1 = {INSIDE.format(code="code1", admin="admin1")},
                 admin2 = {INSIDE.format(code="code2", admin="admin2")}
WHERE id IN (SELECT place FROM coded) AND (id >= ? OR (kind = 'settlement' AND admin1 IS NULL))
"""  # noqa: S608
NAMES = """
INSERT INTO name SELECT key, place, min(rank) FROM fresh WHERE true GROUP BY key, place
ON CONFLICT (key, place) DO UPDATE SET rank = excluded.rank WHERE excluded.rank < rank;
INSERT OR IGNORE INTO loose SELECT DISTINCT key, place FROM fresh_loose ORDER BY key, place;
DROP TABLE fresh; DROP TABLE fresh_loose; DROP TABLE coded; DROP TABLE division;
"""
CONTENT = (
    "SELECT * FROM place ORDER BY id",
    "SELECT * FROM name ORDER BY key, place",
    "SELECT * FROM loose ORDER BY key, place",
)
PATIENCE = 200_000  # steps of SQLite between two looks at whether somebody wants to stop


class Work:
    """A gazetteer that is being added to."""

    def __init__(self, path: Path, words: PlaceWords, respelt: frozenset[str]) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.set_progress_handler(lambda: None, PATIENCE)
        self.words, self.respelt = words, respelt
        self.before = self.read_digest()
        self.connection.executescript(STAGES)
        self.known: dict[int, int] = dict(self.read_known())
        self.airfields = self.read_airfields()

    def read_known(self) -> Iterable[tuple[int, int]]:
        """(geonameid, number) of the places that the gazetteer was built with."""
        query = "SELECT gid, id FROM place WHERE id < ? AND gid LIKE 'geonames:%'"
        return ((int(gid[9:]), number) for gid, number in self.connection.execute(query, (FIRST,)))

    def read_airfields(self) -> dict[str, list[tuple[int, float, float]]]:
        """Airports and air bases of the airports' own source, by country."""
        found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        query = "SELECT country, id, latitude, longitude FROM place WHERE gid LIKE 'airport:%' ORDER BY id"
        for country, *place in self.connection.execute(query):
            found[country].append((place[0], place[1], place[2]))
        return found

    def add_place(self, place: Dumped) -> bool:
        """Adds a place, or what is new of one that is in; whether it was new."""
        number = self.known.get(place.geonames_id) or self.find_airfield(place)
        found = self.find_kind(number or FIRST + place.geonames_id)
        if number is None:
            number = FIRST + place.geonames_id
            self.insert_place(number, place)
        elif found:
            self.renew_place(number, place, *found)
        self.connection.execute(
            "INSERT OR REPLACE INTO coded VALUES (?, ?, ?)", (number, place.code1, place.code2)
        )
        if place.own:
            self.connection.execute("INSERT OR IGNORE INTO division VALUES (?, ?)", (place.own, number))
        return found is None

    def insert_place(self, number: int, place: Dumped) -> None:
        """Writes an imported place; its main name is the one that it is shown by."""
        site = place.site
        row = (number, site.gid, site.name, site.country, site.latitude, site.longitude, site.radius_km)
        self.connection.execute(ADD, (*row, site.precision, site.kind, site.population))
        self.add_names(number, site.kind, site.country, {site.name: 0, **dict.fromkeys(site.other_names, 1)})

    def renew_place(self, number: int, place: Dumped, kind: str, country: str | None) -> None:
        """Gives a place of the sources its further names, and a town its newest point and size."""
        site = place.site
        if site.population and site.kind == kind == "settlement":
            newest = (site.latitude, site.longitude, site.radius_km, site.population, number)
            self.connection.execute(RENEW, newest)
        self.add_names(number, kind, country, dict.fromkeys((site.name, *site.other_names), 1))

    def find_airfield(self, place: Dumped) -> int | None:
        """The airport of the airports' own source that an airport or air base is."""
        here = (place.site.latitude or 0.0, place.site.longitude or 0.0)
        if not place.airfield:
            return None
        near = [
            (distance, number)
            for number, latitude, longitude in self.airfields.get(place.site.country or "", [])
            if abs(latitude - here[0]) < 0.1
            and (distance := measure_km(here, (latitude, longitude))) <= AIRFIELD_KM
        ]
        if not near:
            return None
        self.known[place.geonames_id] = min(near)[1]
        return min(near)[1]

    def find_kind(self, number: int) -> tuple[str, str | None] | None:
        """(kind, country) of a place that is in."""
        found = self.connection.execute("SELECT kind, country FROM place WHERE id = ?", (number,)).fetchone()
        return (found[0], found[1]) if found else None

    def add_name(self, geonames_id: int, name: str) -> bool:
        """Adds another name of a place; False where the place is not in. Countries have names of their own."""
        number = self.known.get(geonames_id, FIRST + geonames_id)
        found = self.find_kind(number)
        if found and found[0] != "country":
            self.add_names(number, *found, {name: 1})
        return found is not None

    def add_names(self, number: int, kind: str, country: str | None, names: Mapping[str, int]) -> None:
        """Keeps the keys of names, each with its rank, for `finish`."""
        respelt = country in self.respelt
        for name, rank in names.items():
            keys = [(key, number, rank) for key in find_keys(name, kind, respelt, self.words)]
            self.connection.executemany("INSERT INTO fresh VALUES (?, ?, ?)", keys)
            if respelt and len(loose := loosen_name(fold_name(name))) >= 4:
                self.connection.execute("INSERT INTO fresh_loose VALUES (?, ?)", (loose, number))

    def finish(self, imports: dict[str, str]) -> bool:
        """Puts places into their provinces and names into the index; whether anything is new."""
        for code, admin in (("code1", "admin1"), ("code2", "admin2")):
            self.connection.execute(LEARN.format(code=code, admin=admin), (FIRST,))
        self.connection.execute(LINK, (FIRST,))
        self.connection.executescript(NAMES)
        digest, versions = self.read_digest(), self.read_versions()
        told = {f"import:{file}": name for file, name in imports.items()}
        if digest != self.before:
            told["digest"] = digest
        self.connection.executemany("INSERT OR REPLACE INTO version VALUES (?, ?)", sorted(told.items()))
        self.connection.commit()
        return self.read_versions() != versions

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()

    def read_versions(self) -> dict[str, str]:
        """The version table."""
        return dict(self.connection.execute("SELECT key, value FROM version"))

    def read_digest(self) -> str:
        """The digest of what the tables hold."""
        return digest_rows(self.connection.execute(query) for query in CONTENT)
