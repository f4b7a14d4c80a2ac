"""Look-ups in the gazetteer: names to the places that they may stand for. Read-only."""

import sqlite3
from functools import lru_cache

from extractors.place_names import drop_articles, fold_name, loosen_name
from models.errors import GazetteerError
from models.place import Candidate

LAYOUT = "1"  # of the tables; a gazetteer of another layout is refused
KEPT = 2048  # look-ups held in memory
MOST = 40  # candidates of one name, the most populous first: "Santa Maria" has 156
COLUMNS = """
SELECT p.gid, p.name, p.country, a.name, b.name, p.latitude, p.longitude, p.radius_km, p.precision, p.kind,
       p.population, {rank}
FROM {table} n JOIN place p ON p.id = n.place
LEFT JOIN place a ON a.id = p.admin1 LEFT JOIN place b ON b.id = p.admin2
WHERE n.key = ? ORDER BY n.key, p.population DESC, p.gid LIMIT {most}
"""
NAMED = COLUMNS.format(table="name", rank="n.rank", most=MOST)
ALIKE = COLUMNS.format(table="loose", rank="2", most=MOST)


class Gazetteer:
    """The places of one gazetteer file, by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.look_up = lru_cache(maxsize=KEPT)(self.query)  # reports of a day name the same places
        try:
            self.version = dict(connection.execute("SELECT key, value FROM version"))
        except sqlite3.DatabaseError as error:
            raise GazetteerError("the gazetteer is missing or damaged: run `make setup`") from error
        if self.version.get("layout") != LAYOUT:
            raise GazetteerError("the gazetteer is of another version: run `make setup`")

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
        found = self.read(NAMED, key)
        bare = drop_articles(key)
        return found or (self.read(NAMED, bare) if bare != key else [])

    def find_alike(self, key: str) -> list[Candidate]:
        """The places whose name is another transliteration of the key."""
        loose = loosen_name(key)
        return self.read(ALIKE, loose) if len(loose) >= 4 else []

    def read(self, query: str, key: str) -> list[Candidate]:
        """The candidates of one key."""
        return list(self.look_up(query, key))

    def query(self, query: str, key: str) -> tuple[Candidate, ...]:
        """The candidates of one key, from the file."""
        try:
            return tuple(Candidate(*row) for row in self.connection.execute(query, (key,)))
        except sqlite3.DatabaseError as error:
            raise GazetteerError("the gazetteer is damaged: run `make setup`") from error
