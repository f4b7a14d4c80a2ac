"""Finished WARC files at a URL: S3 and the like, and whatever else fsspec reaches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.object_stores import open_url, reach
from models.errors import ArchiveError

STORE = "the store of the archive"


class UrlStore:
    """A folder or prefix that fsspec reaches."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.system, self.root = open_url(self.url, ArchiveError, STORE)

    @contextmanager
    def typed(self, name: str) -> Iterator[None]:
        """Turns the libraries' errors into ours."""
        with reach(f"{self.url}/{name}", ArchiveError, STORE):
            yield

    def sizes(self) -> dict[str, int]:
        """What is there, by name."""
        with self.typed(""):
            try:
                found = self.system.find(self.root, detail=True)
            except FileNotFoundError:
                return {}
        return {place.removeprefix(self.root + "/"): int(one["size"]) for place, one in found.items()}

    def read(self, name: str, offset: int, length: int) -> bytes:
        """These bytes of a file, by one request."""
        with self.typed(name):
            return bytes(self.system.cat_file(f"{self.root}/{name}", start=offset, end=offset + length))

    def fetch(self, name: str, path: Path) -> None:
        """Copies a file to here."""
        with self.typed(name):
            self.system.get_file(f"{self.root}/{name}", str(path))

    def keep(self, path: Path, name: str) -> None:
        """Puts a file there and makes sure that all of it arrived."""
        place = f"{self.root}/{name}"
        with self.typed(name):
            self.system.put_file(str(path), place)
            arrived, size = self.system.info(place)["size"], path.stat().st_size
        if arrived != size:
            raise ArchiveError(f"{self.url}/{name}: only {arrived} of {size} bytes arrived")

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""
        with self.typed(name):
            try:
                self.system.rm_file(f"{self.root}/{name}")
            except FileNotFoundError:
                return
