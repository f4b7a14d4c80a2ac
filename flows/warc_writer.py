"""Writes WARC files that a crash at any moment leaves readable."""

import os
import re
import socket
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path

from flows.warc_members import Member, find_sound_end, read_members
from flows.warc_records import make_warcinfo
from models.errors import ArchiveError

LARGEST = 10**9
OPEN = ".open"


class WarcWriter:
    """The file being written. It bears `.open` until it is finished and is never appended to again."""

    def __init__(
        self, folder: Path, largest: int = LARGEST, known: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self.folder = folder
        self.known = known  # names of files that may stand elsewhere
        self.largest = largest
        self.name = ""
        self.handle = -1
        self.size = 0

    def write(self, data: bytes) -> tuple[str, int]:
        """Writes whole members; file and offset. Raises ArchiveError, and then none of them is written."""
        try:
            if self.handle >= 0 and self.size + len(data) > self.largest:
                self.close()
            if self.handle < 0:
                self.start(datetime.now(UTC))
            offset = self.size
            self.put(data)
        except OSError as error:
            raise ArchiveError(f"{self.folder}: the archive cannot be written ({error.strerror})") from error
        return self.name, offset

    def put(self, data: bytes) -> None:
        """Writes all of the data, or takes back what it wrote of it."""
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self.handle, left) :]
        except OSError:
            os.ftruncate(self.handle, self.size)
            os.lseek(self.handle, self.size, os.SEEK_SET)
            raise
        self.size += len(data)

    def start(self, now: datetime) -> None:
        """Opens a new file with a name of its own."""
        name = name_file(self.folder, now, self.known())
        self.handle = os.open(self.folder / (name + OPEN), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        self.name, self.size = name, 0
        self.put(make_warcinfo(name, f"dateline/{version('dateline')}", now))

    def close(self) -> None:
        """Finishes the file: on disk, and under its final name."""
        if self.handle < 0:
            return
        handle, self.handle = self.handle, -1
        try:
            os.ftruncate(handle, self.size)  # an interrupted write may stand behind
            os.fsync(handle)
        finally:
            os.close(handle)
        (self.folder / (self.name + OPEN)).rename(self.folder / self.name)


def name_file(folder: Path, now: datetime, known: Iterable[str]) -> str:
    """A name that no file of the archive has; where the clock stepped back, its number tells them apart."""
    host = re.sub(r"[^A-Za-z0-9.]", "", socket.gethostname()) or "host"
    there = (*known, *(path.name for path in folder.glob("*.warc.gz*")))
    taken = {name.partition(".warc.gz")[0] for name in there}
    names = (f"dateline-{now:%Y%m%d%H%M%S}-{serial:05}-{host}" for serial in count())
    return next(name for name in names if name not in taken) + ".warc.gz"


def recover_files(folder: Path) -> None:
    """Finishes the files that a killed run left open: cut behind the last sound record, then renamed.

    Damage before that stays for repair: it costs no record but its own.
    """
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        end = find_sound_end(path)
        os.truncate(path, end)
        if not any(isinstance(one, Member) and one.offset for one in read_members(path)):
            path.unlink()  # nothing but its warcinfo
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.rename(path.with_name(path.name.removesuffix(OPEN)))
