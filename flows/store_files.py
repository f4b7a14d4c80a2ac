"""Plain files beside the tables of a store, in a folder or at an address."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.archive_store import UrlStore
from flows.tables import typed
from models.errors import ArchiveError, StoreError


class Files:
    """Files and folders by names below the store."""

    def __init__(self, location: str) -> None:
        self.location = location.rstrip("/")
        self.remote = "://" in location

    def children(self, folder: str) -> list[str]:
        """The names that stand directly in a folder, in order."""
        if not self.remote:
            place = Path(self.location) / folder
            with typed(str(place)):
                return sorted(path.name for path in place.iterdir()) if place.is_dir() else []
        with self.translated():
            found = UrlStore(f"{self.location}/{folder}").sizes()
        return sorted({name.split("/")[0] for name in found})

    def remove(self, folder: str) -> None:
        """Takes a folder away with all that is in it; nothing happens where there is none."""
        if not self.remote:
            place = Path(self.location) / folder
            with typed(str(place)):
                if place.exists():
                    shutil.rmtree(place)
            return
        with self.translated():
            store = UrlStore(f"{self.location}/{folder}")
            for name in store.sizes():
                store.remove(name)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Faults of an address as those of a store."""
        try:
            yield
        except ArchiveError as error:
            raise StoreError(str(error).replace("the store of the archive", "the store")) from error

    def keep(self, name: str, data: bytes) -> None:
        """Puts a file there, whole or not at all; one of that name is left as it is."""
        if not self.remote:
            place = Path(self.location) / name
            part = place.with_name(f".{place.name}.{os.getpid()}")
            with typed(str(place)):
                if not place.exists():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    part.write_bytes(data)
                    part.replace(place)
            return
        with self.translated(), tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            UrlStore(self.location).keep(Path(file.name), name)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        if not self.remote:
            place = Path(self.location) / name
            with typed(str(place)):
                return place.read_bytes() if place.exists() else None
        folder, _, last = name.rpartition("/")
        with self.translated():
            store = UrlStore(f"{self.location}/{folder}")
            size = store.sizes().get(last)
            return None if size is None else store.read(last, 0, size)
