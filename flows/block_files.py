"""Files of the parse cache below the store, in a folder or at the address of an object store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flows.tables import typed
from models.errors import ArchiveError, StoreError

FOLDER = "parse_blocks"
STAMP = "%Y%m%dT%H%M%S"
CLOSED, PART = ".parses", ".part"  # a part is being written, or its writer was killed: worth nothing


class BlockFiles:
    """Files that are written once, each under a name of its own. Raises StoreError where the disk or the net fails."""

    def __init__(self, store: str) -> None:
        self.location = f"{store.rstrip('/')}/{FOLDER}"
        self._away = None
        if "://" in store:
            from flows.archive_store import UrlStore  # noqa: PLC0415 - object stores are slow to import

            with told():
                self._away = UrlStore(self.location)

    def write(self, data: bytes) -> str:
        """Keeps the bytes and gives the file's new name; whoever sees the name sees all of them."""
        name = f"{datetime.now(UTC):{STAMP}}-{uuid4().hex}{CLOSED}"
        if self._away:
            with told(), self._away.typed(name):
                self._away.system.pipe_file(f"{self._away.root}/{name}", data)
            return name
        folder = Path(self.location)
        with typed(self.location):
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / f"{name}{PART}"
            part.write_bytes(data)
            part.rename(folder / name)
        return name

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""
        try:
            if self._away:
                with told(missing=True), self._away.typed(name):
                    return bytes(self._away.system.cat_file(f"{self._away.root}/{name}"))
            return (Path(self.location) / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.location}/{name}: cannot be read ({error.strerror})") from error

    def sizes(self) -> dict[str, int]:
        """What is there by name, parts too, and how many bytes each has."""
        if self._away:
            with told():
                return dict(sorted(self._away.sizes().items()))
        with typed(self.location):
            folder = Path(self.location)
            found = os.scandir(folder) if folder.is_dir() else ()
            return {entry.name: entry.stat().st_size for entry in sorted(found, key=lambda entry: entry.name)}

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""
        if self._away:
            with told():
                self._away.remove(name)
            return
        with typed(self.location):
            (Path(self.location) / name).unlink(missing_ok=True)


def read_time(name: str) -> datetime | None:
    """When the file of that name was written; None where the name does not tell."""
    try:
        return datetime.strptime(name.partition("-")[0], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def told(*, missing: bool = False) -> Iterator[None]:
    """Errors of the store's library as ours; where a file may be missing, that is left to the caller."""
    try:
        yield
    except ArchiveError as error:
        if missing and isinstance(error.__cause__, FileNotFoundError):
            raise error.__cause__ from None
        raise StoreError(str(error).replace("the store of the archive fails", "the store fails")) from error
