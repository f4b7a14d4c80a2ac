"""What is known of hosts from one run to the next: whom to leave alone until when, and their robots.txt."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = 1
SCHEMA = """
CREATE TABLE holds (host TEXT PRIMARY KEY, noted REAL NOT NULL, until REAL NOT NULL);
CREATE TABLE robots (
  origin TEXT PRIMARY KEY, noted REAL NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
  etag TEXT, last_modified TEXT);
"""
# No host is left alone for longer than this, whatever it asked for and whatever the clock says now.
LONGEST_HOLD = 86400.0
# An old robots.txt may stand in for one that cannot be had (RFC 9309 2.4), but not for ever.
LONGEST_KEPT = 30 * 86400.0


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt as it was answered, its age in seconds; an age below 0 means that the clock was set back."""

    status: int
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    age: float = 0.0


class HostMemory:
    """A small file beside the archive, or one in memory for a single run; safe between threads.

    All in it can be asked for anew, so a file that cannot be read or written stops nobody: it is begun anew,
    or no longer kept, and `fault` says so in one line.
    """

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self.clock = clock
        self.lock = threading.Lock()
        self.fault: str | None = None
        try:
            self.database = open_database(path, clock())
        except (sqlite3.Error, OSError) as error:
            self.database = self.begin_anew(error)

    def begin_anew(self, error: Exception) -> sqlite3.Connection:
        """An empty file in place of one that cannot be used; in memory where even that cannot be."""
        self.fault = f"{self.path}: what was known of hosts could not be read and is begun anew ({error})"
        try:
            for part in (self.path, *self.path.parent.glob(f"{self.path.name}-*")) if self.path else ():
                part.unlink(missing_ok=True)
            return open_database(self.path, self.clock())
        except (sqlite3.Error, OSError) as worse:
            return self.keep_no_file(worse)

    def keep_no_file(self, error: Exception) -> sqlite3.Connection:
        """An empty base in memory, for this run alone."""
        self.fault = f"{self.path}: what is known of hosts is not kept ({error})"
        return open_database(None, self.clock())

    def holds(self) -> dict[str, float]:
        """Each host that is to be left alone, and for how many seconds more.

        That is never longer than was asked for: a clock that was set back does not make it so.
        """
        now = self.clock()
        rows = self.read("SELECT host, noted, until FROM holds WHERE until > ?", now)
        return {host: min(until - now, until - noted, LONGEST_HOLD) for host, noted, until in rows}

    def hold(self, host: str, seconds: float) -> None:
        """Remembers that the host is to be left alone for so long."""
        now = self.clock()
        self.write(
            "INSERT OR REPLACE INTO holds VALUES (?, ?, ?)", host, now, now + min(seconds, LONGEST_HOLD)
        )

    def robots(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin (scheme, host and port) as it was last answered."""
        query = "SELECT status, body, etag, last_modified, ? - noted FROM robots WHERE origin = ?"
        return next((RobotsFile(*row) for row in self.read(query, self.clock(), origin)), None)

    def keep_robots(self, origin: str, file: RobotsFile) -> None:
        """Remembers a robots.txt that was answered now."""
        values = (origin, self.clock(), file.status, file.body, file.etag, file.last_modified)
        self.write("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?, ?)", *values)

    def read(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # as SQLite gives it
        """The rows of a query; none where the file is damaged."""
        with self.lock:
            try:
                return self.database.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                self.database = self.begin_anew(error)
                return []

    def write(self, query: str, *values: object) -> None:
        """Makes one change; where that fails, memory alone has it from now on."""
        with self.lock:
            try:
                self.database.execute(query, values)
            except sqlite3.Error as error:
                with suppress(sqlite3.Error):
                    self.database.close()
                self.database = self.keep_no_file(error)
                self.database.execute(query, values)

    def close(self) -> None:
        """Ends the use of the file."""
        with self.lock, suppress(sqlite3.Error):
            self.database.close()

    def __enter__(self) -> "HostMemory":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(path: Path | None, now: float) -> sqlite3.Connection:
    """The file with its tables; what another version wrote is dropped. Each change is committed by itself."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None, timeout=5)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    if database.execute("PRAGMA user_version").fetchone() != (VERSION,):
        script = f"DROP TABLE IF EXISTS holds; DROP TABLE IF EXISTS robots; {SCHEMA}"
        database.executescript(f"BEGIN; {script} PRAGMA user_version = {VERSION}; COMMIT;")
    database.execute("DELETE FROM holds WHERE until < ?", (now,))
    database.execute("DELETE FROM robots WHERE noted < ?", (now - LONGEST_KEPT,))
    return database
