"""Where the WARC files of an archive stand: in its folder, or finished ones at a URL of an object store."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from flows.warc_writer import OPEN
from models.errors import ArchiveError

CLOSED = ".warc.gz"
BESIDE = ".cdxj"
PLACE = "place"
PART = ".part"  # being fetched or made; worth nothing after a crash


class Store(Protocol):
    """An object store that keeps finished files. Every method raises ArchiveError."""

    def sizes(self) -> dict[str, int]:
        """What is there, by name."""

    def read(self, name: str, offset: int, length: int) -> bytes:
        """These bytes of a file, by one request."""

    def fetch(self, name: str, path: Path) -> None:
        """Copies a file to here."""

    def keep(self, path: Path, name: str) -> None:
        """Puts a file there and makes sure that all of it arrived."""

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""


class Files:
    """The files of one archive. Files that could not be brought to the store yet stand in the folder."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.store: Store | None = None
        self.url = choose_url(folder, url)
        if self.url:
            from flows.archive_store import UrlStore  # noqa: PLC0415 - object stores are slow to import

            self.store = UrlStore(self.url)

    def sizes(self) -> dict[str, int]:
        """The finished files and how long they are, by name."""
        away = self.store.sizes() if self.store else {}
        here = {path.name: path.stat().st_size for path in self.folder.glob(f"*{CLOSED}")}
        there = {name: size for name, size in away.items() if name.endswith(CLOSED) and "/" not in name}
        return dict(sorted({**there, **here}.items()))

    def read(self, name: str, offset: int, length: int) -> bytes:
        """These bytes of a file, finished or not; fewer where it is shorter. Raises ArchiveError."""
        try:
            handle = self.open(name)
        except FileNotFoundError as error:
            if self.store:
                return self.store.read(name, offset, length)
            raise ArchiveError(f"{name}: cannot be read ({error.strerror})") from error
        except OSError as error:
            raise ArchiveError(f"{name}: cannot be read ({error.strerror})") from error
        try:
            return os.pread(handle, length, offset)
        except OSError as error:
            raise ArchiveError(f"{name}: cannot be read ({error.strerror})") from error
        finally:
            os.close(handle)

    def open(self, name: str) -> int:
        """The handle of a file in the folder, finished or not."""
        try:
            return os.open(self.folder / name, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return os.open(self.folder / (name + OPEN), os.O_RDONLY | os.O_CLOEXEC)

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """A path at which a finished file can be read from end to end. Raises ArchiveError."""
        path = self.folder / name
        if path.exists() or not self.store:
            yield path
            return
        copy = self.folder / (name + PART)
        try:
            self.store.fetch(name, copy)
            yield copy
        finally:
            copy.unlink(missing_ok=True)

    def deliver(self, describe: Callable[[str], bytes]) -> None:
        """Brings the finished files of the folder to the store, each with what `describe` says of it beside it.

        Raises ArchiveError; a file stays in the folder until all of it has arrived.
        """
        if not self.store:
            return
        for path in sorted(self.folder.glob(f"*{CLOSED}")):
            lines = self.folder / (path.name + BESIDE + PART)
            try:
                lines.write_bytes(describe(path.name))
                self.store.keep(lines, path.name + BESIDE)
                self.store.keep(path, path.name)
                path.unlink()
                lines.unlink()
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be brought to the store ({error.strerror})") from error

    def settle(self) -> None:
        """Notes in the folder where its finished files are, so that nobody opens it without them."""
        note = self.folder / PLACE
        if self.url and not note.exists():
            note.write_text(self.url + "\n", encoding="utf-8")

    def remove(self, name: str) -> None:
        """Removes a finished file. Raises ArchiveError."""
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"{name}: cannot be removed ({error.strerror})") from error
        if self.store:
            self.store.remove(name)
            self.store.remove(name + BESIDE)

    def sweep(self) -> None:
        """Removes what a killed process left half made."""
        for path in self.folder.glob(f"*{PART}"):
            path.unlink()


def choose_url(folder: Path, url: str | None) -> str | None:
    """Where the finished files are. Raises ArchiveError where the folder is known to have them elsewhere."""
    note = folder / PLACE
    try:
        known = note.read_text(encoding="utf-8").strip() if note.exists() else None
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{note}: cannot be read") from error
    if url and known and url != known:
        raise ArchiveError(f"{folder}: the files of this archive are at {known}, not at {url}; see {note}")
    return url or known
