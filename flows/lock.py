"""One writer at a time: a lock that the system lets go when its process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import StoreError


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Holds the file's lock. Raises StoreError where another process holds it, or it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be written ({error.strerror})") from error
    try:
        take_lock(handle, path)
        yield
    finally:
        os.close(handle)


def take_lock(handle: int, path: Path) -> None:
    """Takes the lock and leaves our process id in the file for whoever comes second."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = read_holder(handle) or "unknown"
        raise StoreError(f"{path.parent}: another run (process {holder}) is writing; wait for it") from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be written ({error.strerror})") from error


def find_holder(path: Path) -> int | None:
    """The process that holds the lock; None where nobody does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return read_holder(handle)
    finally:
        os.close(handle)
    return None


def read_holder(handle: int) -> int | None:
    """The process id in the file."""
    written = os.pread(handle, 20, 0).strip()
    return int(written) if written.isdigit() else None
