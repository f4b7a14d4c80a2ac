"""Where each archived page stands: an index that can always be made again from the WARC files."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from models.errors import ArchiveError

VERSION = 2
SCHEMA = """
CREATE TABLE files (name TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE records (
  id INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, url TEXT NOT NULL,
  final_url TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL, mime TEXT, digest TEXT NOT NULL,
  etag TEXT, last_modified TEXT, refers_to TEXT, file TEXT NOT NULL, offset INTEGER NOT NULL,
  length INTEGER NOT NULL, metadata TEXT NOT NULL);
CREATE INDEX by_url ON records (url, fetched_at);
CREATE INDEX by_time ON records (fetched_at);
CREATE INDEX by_digest ON records (digest, kind);
CREATE INDEX by_file ON records (file, offset);
CREATE INDEX by_final_url ON records (final_url);
CREATE INDEX by_body ON records (refers_to);
"""
COLUMNS = (
    "record_id, kind, url, final_url, fetched_at, status, mime, digest, etag, last_modified, refers_to, "
    "file, offset, length, metadata"
)
SELECT = f"SELECT {COLUMNS} FROM records"  # noqa: S608  # constants
INSERT = f"INSERT OR REPLACE INTO records ({COLUMNS}) VALUES ({', '.join('?' * 15)})"  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Record:
    """One archived fetch: a response with its body, or a revisit that refers to an earlier one."""

    record_id: str
    kind: Literal["response", "revisit"]
    url: str
    final_url: str
    fetched_at: datetime
    status: int
    mime: str | None
    digest: str
    etag: str | None
    last_modified: str | None
    refers_to: str | None
    file: str
    offset: int
    length: int
    metadata: Mapping[str, str] = field(default_factory=dict)


class Index:
    """The index of one archive. Raises ArchiveError where it cannot be read or written."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.base = connect(path, read_only=read_only)

    def close(self) -> None:
        """Closes the file."""
        self.base.close()

    def sizes(self) -> dict[str, int]:
        """How much of each WARC file is indexed, by its name."""
        with guard(self.path):
            return dict(self.base.execute("SELECT name, size FROM files"))

    def swap(self, gone: Iterable[str], made: Iterable[tuple[str, int, Sequence[Record]]]) -> None:
        """Forgets files and learns others in their place, at once."""
        with guard(self.path), self.base:
            for file in gone:
                self.base.execute("DELETE FROM records WHERE file = ?", (file,))
                self.base.execute("DELETE FROM files WHERE name = ?", (file,))
            for file, size, records in made:
                self.base.executemany(INSERT, map(to_row, records))
                self.base.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, size))

    def add(self, record: Record, size: int) -> None:
        """Adds one record; the file is `size` bytes long with it."""
        with guard(self.path), self.base:
            self.base.execute(INSERT, to_row(record))
            self.base.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (record.file, size))

    def find(self, url: str) -> Record | None:
        """The latest record of an address."""
        return self.first("WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1", url)

    def find_version(self, url: str, digest: str) -> Record | None:
        """The first record of this body at an address."""
        return self.first("WHERE url = ? AND digest = ? ORDER BY id LIMIT 1", url, digest)

    def find_id(self, record_id: str) -> Record | None:
        """The record with this id."""
        return self.first("WHERE record_id = ?", record_id)

    def find_payload(self, digest: str) -> Record | None:
        """The first response with this body; none where the body is not known, as with some others' records."""
        return next(self.payloads(digest), None)

    def payloads(self, digest: str) -> Iterator[Record]:
        """The responses with this body, the first one first."""
        return self.some("WHERE digest = ? AND digest != '' AND kind = 'response' ORDER BY id", digest)

    def find_fetch(self, url: str, when: datetime, digest: str) -> Record | None:
        """The record of this fetch, however it came here."""
        return self.first(
            "WHERE url = ? AND fetched_at = ? AND digest = ? LIMIT 1", url, write_time(when), digest
        )

    def of_file(self, file: str) -> Iterator[Record]:
        """The records of a file, in its order."""
        return self.some("WHERE file = ? ORDER BY offset", file)

    def of_address(self, url: str) -> Iterator[Record]:
        """The records of an address that was asked for or reached."""
        return self.some("WHERE url = ? OR final_url = ? ORDER BY fetched_at, id", url, url)

    def referring(self, record_id: str) -> Iterator[Record]:
        """The records whose body is that of this one."""
        return self.some("WHERE refers_to = ? ORDER BY fetched_at, id", record_id)

    def count(self) -> int:
        """How many records there are."""
        with guard(self.path):
            return int(self.base.execute("SELECT count(*) FROM records").fetchone()[0])

    def next_offset(self, record: Record) -> int | None:
        """Where the next record of the same file begins, None for the last one."""
        with guard(self.path):
            query = "SELECT min(offset) FROM records WHERE file = ? AND offset > ?"
            found = self.base.execute(query, (record.file, record.offset)).fetchone()[0]
        return None if found is None else int(found)

    def some(self, condition: str, *values: str) -> Iterator[Record]:
        """The records that meet a condition."""
        with guard(self.path):
            return map(from_row, self.base.execute(f"{SELECT} {condition}", values))

    def first(self, condition: str, *values: str) -> Record | None:
        """The first record that meets a condition."""
        with guard(self.path):
            row = self.base.execute(f"{SELECT} {condition}", values).fetchone()
        return from_row(row) if row else None

    def list(self, since: datetime | None) -> Iterator[Record]:
        """The records from an instant on, in the order of time."""
        start = write_time(since) if since else ""
        return self.some("WHERE fetched_at >= ? ORDER BY fetched_at, id", start)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The open index, made anew where it is missing, damaged or of another version."""
    with guard(path):
        if read_only:
            # Where nothing can be written, SQLite cannot share the file with a writer; there is none either.
            alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
            uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' * alone}"
            return sqlite3.connect(uri, uri=True, check_same_thread=False)
        if path.exists() and not is_sound(path):
            for part in (path, *path.parent.glob(f"{path.name}-*")):
                part.unlink()
        base = sqlite3.connect(path, check_same_thread=False)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA secure_delete = ON")  # what the law has removed does not stay in free pages
        if not base.execute("PRAGMA user_version").fetchone()[0]:
            base.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        return base


def is_sound(path: Path) -> bool:
    """Whether the file is an index of this version."""
    try:
        with closing(sqlite3.connect(path)) as base:
            return bool(base.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.DatabaseError:
        return False


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise ArchiveError(f"{path}: the archive's index cannot be used ({error})") from error


def to_row(record: Record) -> tuple[object, ...]:
    """A record as the table holds it."""
    return (
        record.record_id,
        record.kind,
        record.url,
        record.final_url,
        write_time(record.fetched_at),
        record.status,
        record.mime,
        record.digest,
        record.etag,
        record.last_modified,
        record.refers_to,
        record.file,
        record.offset,
        record.length,
        json.dumps(dict(record.metadata), sort_keys=True),
    )


def from_row(row: tuple[object, ...]) -> Record:
    """A record out of the table."""
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    values["fetched_at"] = datetime.fromisoformat(str(values["fetched_at"]))
    values["metadata"] = json.loads(str(values["metadata"]))
    return Record(**values)  # type: ignore[arg-type]  # the table's own types


def write_time(when: datetime) -> str:
    """An instant in UTC with microseconds, so that texts sort as times."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
