"""Plain files below a store of tables, in a folder or at a URL: each is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import Any
from urllib.parse import unquote

from flows.object_stores import open_url, reach
from flows.outputs import name_own, write_beside
from flows.tables import typed
from models.errors import StoreError

LOCAL = "file://"
WRITTEN = ("LastModified", "last_modified", "mtime", "updated")  # what the libraries of object stores call it


class TableFiles:
    """Files by their paths below a base. Of two writers of a name the last one wins. Every method raises StoreError.

    A worker says that the base must be `there`: on another machine than the driver's, a folder is not.
    """

    def __init__(self, base: str | Path, *, there: bool = False) -> None:
        self.base = str(base).rstrip("/")
        self.there = there
        self.written: dict[str, int] = {}  # bytes of what was kept here
        self.far: Any = None  # the file system of a URL
        # A URL of this machine's disk is a folder, as it is to the tables: only there can a file take its place.
        self.root = unquote(self.base.removeprefix(LOCAL)) if self.base.startswith(LOCAL) else self.base
        if "://" in self.root:
            self.far, self.root = open_url(self.base, StoreError)
        elif there and not Path(self.root).is_dir():
            raise StoreError(
                f"{self.base}: no such folder on this machine; workers elsewhere need tables at a URL that all reach"
            )

    def below(self, folder: str) -> "TableFiles":
        """The files of a folder below the base."""
        return TableFiles(f"{self.base}/{folder}")

    def make(self) -> None:
        """Makes the folder, which workers take as the sign that they are on the driver's machine."""
        if not self.far:
            with self._typed():
                Path(self.root).mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, data: bytes) -> None:
        """Puts a file there: by one request at a URL; in a folder beside its name, then renamed."""
        with self._typed(name):
            if self.far:
                self.far.pipe_file(f"{self.root}/{name}", data)
            else:
                self._write(self._path(name), data)
        self.written[name] = len(data)

    def read(self, name: str) -> bytes | None:
        """What the file holds; None where there is none."""
        with self._typed(name), suppress(FileNotFoundError):
            return bytes(
                self.far.cat_file(f"{self.root}/{name}") if self.far else self._path(name).read_bytes()
            )
        return None

    def fetch(self, name: str, folder: Path) -> Path:
        """The file as one on this disk: itself, or a copy in that folder."""
        if not self.far:
            return self._path(name)
        with self._typed(name):
            self.far.get_file(f"{self.root}/{name}", str(folder / name))
        return folder / name

    def sizes(self) -> dict[str, int]:
        """The files that are there, with their bytes, in order; those that are being written, or never were, too."""
        with self._typed():
            if not self.far:
                return dict(sorted(measure(Path(self.root))))
            with suppress(FileNotFoundError):
                found = self.far.find(self.root, detail=True)
                return {
                    name.removeprefix(f"{self.root}/"): int(found[name]["size"]) for name in sorted(found)
                }
        return {}

    def last_written(self) -> datetime | None:
        """When the newest of the files was written; None where there is none, or the store does not tell."""
        with self._typed(), suppress(FileNotFoundError):
            if not self.far:
                times = (path.stat().st_mtime for path in Path(self.root).rglob("*") if path.is_file())
                return max((datetime.fromtimestamp(one, UTC) for one in times), default=None)
            found = self.far.find(self.root, detail=True).values()
            told = (entry.get(name) for entry in found for name in WRITTEN)
            return max((one for one in told if isinstance(one, datetime)), default=None)
        return None

    def children(self) -> list[str]:
        """The names that stand directly below the base, in order; folders that hold nothing too."""
        if self.far:
            return sorted({name.partition("/")[0] for name in self.sizes()})
        with self._typed(), suppress(FileNotFoundError):
            return sorted(path.name for path in Path(self.root).iterdir())
        return []

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""
        with self._typed(name), suppress(FileNotFoundError):
            if self.far:
                self.far.rm_file(f"{self.root}/{name}")
            else:
                self._path(name).unlink()

    def drop_all(self) -> None:
        """Removes whatever is there, and the folder."""
        if self.far:
            for name in self.sizes():
                self.remove(name)
            return
        rmtree(self.root, ignore_errors=True)  # as much as can go
        with self._typed():
            if Path(self.root).exists():
                rmtree(self.root)  # raises why the rest cannot

    def _path(self, name: str) -> Path:
        return Path(self.root) / name

    def _write(self, path: Path, data: bytes) -> None:
        if not self.there:
            path.parent.mkdir(parents=True, exist_ok=True)
        with write_beside(path, name_own(path)) as part:
            part.write_bytes(data)

    @contextmanager
    def _typed(self, name: str = "") -> Iterator[None]:
        place = f"{self.base}/{name}" if name else self.base
        with reach(place, StoreError) if self.far else typed(place):
            yield


def measure(folder: Path, above: str = "") -> Iterator[tuple[str, int]]:
    """The files of a folder and of those in it by path, with their bytes. What goes meanwhile is left out."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from measure(folder / entry.name, f"{above}{entry.name}/")
            continue
        with suppress(FileNotFoundError):
            yield f"{above}{entry.name}", entry.stat().st_size
