"""Files that workers leave for the driver, in a folder or at a URL: there whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

import fsspec

from flows.archive_store import list_faults
from flows.tables import explain_fault
from models.errors import StoreError

PART = ".part"  # ends the name of a file that is being written


class StagedFiles:
    """Named files of one run below a base. Of two writers of a name the last one wins: both write the same.

    A worker says that the base must be there: on another machine than the driver's, a folder is not.
    """

    def __init__(self, base: str | Path, *, there: bool = False) -> None:
        self.base = str(base).rstrip("/")
        self.there = there
        self.faults = list_faults()
        self.far: Any = None  # the file system of a URL
        self.root = self.base
        self.written: dict[str, int] = {}  # bytes of what was put here
        if "://" in self.base:
            self.far, self.root = self.find_far()
        elif there and not Path(self.base).is_dir():
            raise StoreError(
                f"{self.base}: no such folder on this machine; workers elsewhere need tables at a URL that all reach"
            )

    def find_far(self) -> tuple[Any, str]:
        """File system and path of the URL. Its settings come from the environment, as its library reads it."""
        try:
            with self.typed(""):
                # No listing is kept from before: other processes change what is there.
                system, root = fsspec.core.url_to_fs(self.base, use_listings_cache=False)
                return system, str(root).rstrip("/")
        except ImportError as error:
            raise StoreError(
                f"{self.base}: a library is missing: pip install 'dateline[s3]' ({error})"
            ) from error

    @contextmanager
    def typed(self, name: str) -> Iterator[None]:
        """Turns what disks and object stores raise into a StoreError of one line."""
        try:
            yield
        except self.faults as error:
            raise StoreError(f"{self.base}/{name}: {explain_fault(error) or type(error).__name__}") from error

    def make(self) -> None:
        """Makes the folder, which workers take as the sign that they are on the driver's machine."""
        if not self.far:
            with self.typed(""):
                Path(self.root).mkdir(parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        """Leaves a file: by one request at a URL; in a folder under a name of its own, then renamed."""
        with self.typed(name):
            if self.far:
                self.far.pipe_file(f"{self.root}/{name}", data)
            else:
                self.write(name, data)
        self.written[name] = len(data)

    def write(self, name: str, data: bytes) -> None:
        """Writes a file of the folder, and gives it its name once all of it is on the disk."""
        part = self.path(f"{name}.{uuid4().hex}{PART}")
        if not self.there:
            part.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.rename(self.path(name))
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise

    def get(self, name: str) -> bytes:
        """What the file holds."""
        with self.typed(name):
            return bytes(
                self.far.cat_file(f"{self.root}/{name}") if self.far else self.path(name).read_bytes()
            )

    def fetch(self, name: str, folder: Path) -> Path:
        """The file as one on this disk: itself, or a copy in that folder."""
        if not self.far:
            return self.path(name)
        with self.typed(name):
            self.far.get_file(f"{self.root}/{name}", str(folder / name))
            return folder / name

    def names(self) -> set[str]:
        """The files that are there."""
        return {*self.sizes()}

    def sizes(self) -> dict[str, int]:
        """The files that are there, with their bytes; those of folders below it too, by their paths."""
        with self.typed(""):
            try:
                if self.far:
                    found = self.far.find(self.root, detail=True)
                    return {place.removeprefix(f"{self.root}/"): one["size"] for place, one in found.items()}
                files = (
                    path for path in Path(self.root).rglob("*") if path.suffix != PART and path.is_file()
                )
                return {path.relative_to(self.root).as_posix(): path.stat().st_size for path in files}
            except FileNotFoundError:
                return {}

    def folders(self) -> list[str]:
        """The names of the folders that hold something."""
        return sorted({name.partition("/")[0] for name in self.sizes() if "/" in name})

    def below(self, folder: str) -> "StagedFiles":
        """The files of a folder below the base."""
        return StagedFiles(f"{self.base}/{folder}")

    def drop(self, names: Iterable[str]) -> None:
        """Removes these files, where they are there."""
        for name in names:
            with self.typed(name), suppress(FileNotFoundError):
                if self.far:
                    self.far.rm_file(f"{self.root}/{name}")
                else:
                    self.path(name).unlink()

    def drop_all(self) -> None:
        """Removes whatever is there, what is half written too."""
        if self.far:
            self.drop(self.names())
        else:
            rmtree(self.root, ignore_errors=True)

    def path(self, name: str) -> Path:
        """Where a file of the folder stands."""
        return Path(self.root) / name
