"""Finished WARC files at a URL: S3 and the like, and whatever else fsspec reaches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec

from models.errors import ArchiveError


def list_faults() -> tuple[type[Exception], ...]:
    """What the libraries of object stores raise besides OSError; they need not be installed."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra
    except ImportError:
        return (OSError, ValueError)
    return (OSError, ValueError, BotoCoreError, ClientError)


class UrlStore:
    """A folder or prefix that fsspec reaches. Its settings come from the environment, as its library reads it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.faults = list_faults()
        try:
            with self.typed(""):
                # No listing is kept from before: another process may have changed what is there.
                options = {"auto_mkdir": True} if self.url.startswith("file:") else {}
                self.system, root = fsspec.core.url_to_fs(self.url, use_listings_cache=False, **options)
                self.root = root.rstrip("/")
        except ImportError as error:
            raise ArchiveError(
                f"{url}: a library is missing: pip install 'dateline[s3]' ({error})"
            ) from error

    @contextmanager
    def typed(self, name: str) -> Iterator[None]:
        """Turns the libraries' errors into ours."""
        try:
            yield
        except self.faults as error:
            words = " ".join(str(error).split()) or type(error).__name__
            raise ArchiveError(f"{self.url}/{name}: the store of the archive fails ({words})") from error

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
