"""Look-ups in the gazetteer: names to the places that they may stand for. Read-only."""

import sqlite3
from functools import lru_cache

from extractors.place_names import drop_articles, fold_name, loosen_name
from extractors.place_overlay import Overlay, Read
from models.errors import GazetteerError
from models.place import Candidate

LAYOUT = "2"  # of tables and content; a gazetteer of another layout is refused
KEPT = 2048  # look-ups held in memory
MOST = 40  # candidates of one name, the most populous first: "Santa Maria" has 156
COLUMNS = """
SELECT p.gid, p.name, p.country, a.name, b.name, p.latitude, p.longitude, p.radius_km, p.precision, p.kind,
       p.population, {rank}, a.gid, b.gid
FROM {table} n JOIN place p ON p.id = n.place
LEFT JOIN place a ON a.id = p.admin1 LEFT JOIN place b ON b.id = p.admin2
WHERE n.key = ?
"""
ORDER = f"ORDER BY n.key, p.population DESC, p.gid LIMIT {MOST}"
NAMED = COLUMNS.format(table="name", rank="n.rank") + ORDER
ALIKE = COLUMNS.format(table="loose", rank="2") + ORDER
SUBDIVISION = (
    COLUMNS.format(table="name", rank="n.rank") + "AND p.country = ? AND p.kind = ? ORDER BY p.id LIMIT 1"
)


class Gazetteer:
    """The places of one gazetteer file and of an overlay, by name."""

    def __init__(self, connection: sqlite3.Connection, overlay: Overlay | None = None) -> None:
        self.connection = connection
        self.overlay = overlay or Overlay()
        self.look_up = lru_cache(maxsize=KEPT)(self.query)  # reports of a day name the same places
        try:
            self.version = dict(connection.execute("SELECT key, value FROM version"))
        except sqlite3.DatabaseError as error:
            raise GazetteerError("the gazetteer is missing or damaged: run `make setup`") from error
        if self.version.get("layout") != LAYOUT:
            raise GazetteerError("the gazetteer is of another version: run `make setup`")
        self.respelt = frozenset(str(self.version["respelt"]).split())

    @property
    def digest(self) -> str:
        """The content digest that each run names."""
        return str(self.version["digest"])

    def find(self, name: str) -> list[Candidate]:
        """The places of that name, however it is spelt; those spelt alike only where none is spelt so."""
        key = fold_name(name)
        return self.find_key(key) or self.find_alike(key)

    def find_key(self, key: str) -> list[Candidate]:
        """The places whose name or other name folds to the key, with or without its article."""
        if not key:
            return []
        found = self.find_named(key)
        bare = drop_articles(key)
        return found or (self.find_named(bare) if bare != key else [])

    def find_named(self, key: str) -> list[Candidate]:
        """The places whose name or other name has that very key."""
        return list(self.look_up(NAMED, key))

    def find_alike(self, key: str) -> list[Candidate]:
        """The places whose name is another transliteration of the key."""
        loose = loosen_name(key)
        return list(self.look_up(ALIKE, loose)) if len(loose) >= 4 else []

    def query(self, query: str, key: str) -> tuple[Candidate, ...]:
        """The candidates of one key, from the file and from the overlay."""
        ours = self.overlay.named if query == NAMED else self.overlay.alike
        return tuple(self.overlay.merge(self.read(query, key), ours.get(key, {})))

    def find_subdivision(self, country: str | None, kind: str, key: str) -> Candidate | None:
        """The province or district of the sources with that key, as the overlay puts it right."""
        if kind not in {"province", "district"}:
            return None
        read = self.read(SUBDIVISION, key, country, kind)
        return next(iter(self.overlay.merge(read, {})), None)

    def read(self, query: str, *values: str | None) -> list[Read]:
        """What the file holds, with the ids of province and district."""
        try:
            rows = self.connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError("the gazetteer is damaged: run `make setup`") from error
        return [(Candidate(*row[:12]), row[12], row[13]) for row in rows]
