"""What is remembered of each source from run to run: a file of JSON a source, and the feed's last body.

All of it may be lost without harm: the next run then asks for more than it needs, and stores nothing twice.
"""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import StoreError
from models.source import Source

FILTERS = ("domains", "languages", "since", "until")


class Place(BaseModel):
    """How far a WARC file was read: `offset` is the first member that was not."""

    model_config = ConfigDict(frozen=True)

    offset: int
    version: str = ""  # what the server or file system tells of the file's content; another one begins anew
    done: bool = False


class Known(BaseModel):
    """What is known of one source."""

    model_config = ConfigDict(frozen=True)

    address: str = ""  # of the source when this was written
    read: datetime | None = None  # the start of the last run that could read it
    failing: int = 0  # runs in a row that could not
    complete: datetime | None = None  # the start of the last run that came to the end of its items
    etag: str | None = None
    last_modified: str | None = None
    final_url: str = ""
    digest: str = ""  # of the body that came with the validators
    filters: str = ""  # under which the places were reached
    places: Mapping[str, Place] = {}


class Memory:
    """The folder of what is remembered. With `read_only` nothing is kept."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.folder = folder
        self.read_only = read_only

    def recall(self, source: Source) -> Known:
        """What is known of the source; nothing where it is new, has moved, or its file is damaged.

        Other filters may want pages that were passed over: then all WARC files are read from their beginning.
        """
        try:
            known = Known.model_validate_json(self.find(source, "json").read_bytes())
        except (OSError, ValidationError):
            known = Known()
        address, filters = address_of(source), filters_of(source)
        if known.address != address:
            return Known(address=address, filters=filters)
        return (
            known if known.filters == filters else known.model_copy(update={"filters": filters, "places": {}})
        )

    def keep(self, source: Source, **changes: object) -> None:
        """Remembers the changes. Raises StoreError where that cannot be written."""
        known = self.recall(source).model_copy(update=changes)
        self.write(source, "json", known.model_dump_json(indent=2).encode("utf-8"))

    def recall_body(self, source: Source) -> bytes | None:
        """The body that came with the validators, where it is whole."""
        try:
            body = self.find(source, "body").read_bytes()
        except OSError:
            return None
        return body if digest_of(body) == self.recall(source).digest else None

    def keep_body(
        self, source: Source, body: bytes, etag: str | None, last_modified: str | None, final_url: str
    ) -> None:
        """Remembers a body with its validators; without validators there is no use for it."""
        if etag or last_modified:
            self.write(source, "body", body)
        digest = digest_of(body)
        self.keep(source, etag=etag, last_modified=last_modified, final_url=final_url, digest=digest)

    def find(self, source: Source, ending: str) -> Path:
        """The file of a source; its name is safe whatever the source is called."""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in source.id)
        return self.folder / f"{plain[:60]}-{digest_of(source.id.encode())[:8]}.{ending}"

    def write(self, source: Source, ending: str, data: bytes) -> None:
        """Puts the file in place in one step, so that a killed run leaves the old one or the new one."""
        if self.read_only:
            return
        path = self.find(source, ending)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{ending}.new")
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be written ({error.strerror})") from error


def find_memory(home: Path) -> Path:
    """Where stands what is remembered of the sources."""
    return home / "sources"


def address_of(source: Source) -> str:
    """Where the source is."""
    return str(source.url or source.path)


def filters_of(source: Source) -> str:
    """Which pages of its files the source wants, as a text that is the same if they are; empty where all are."""
    found = source.model_dump(mode="json", include=set(FILTERS), exclude_defaults=True)
    return json.dumps(found, sort_keys=True) if found else ""


def show_name(name: str) -> str:
    """A file's name that can be printed and kept, also where it is not in UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def digest_of(data: bytes) -> str:
    """The SHA-256 in hex digits."""
    return sha256(data).hexdigest()
