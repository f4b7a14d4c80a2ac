"""One writer at a time, also where no file can be locked: a lease in a table, renewed while its holder lives."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError

from flows.lines import Line
from flows.store_tables import fetch
from flows.tables import Table, connect, typed
from models.errors import StoreError

LASTS = 600.0  # seconds: how long a holder that died on another machine keeps others out
FREE: Line = {"run_id": None, "host": None, "place": None, "pid": None, "expires": None}


class Lease:
    """The right to write a store. `locked` says that the lock of its folder is held as well."""

    def __init__(self, location: str, run_id: str, *, locked: bool, lasts: float = LASTS) -> None:
        self.location, self.run_id, self.locked, self.lasts = location, run_id, locked, lasts
        # The thread that renews has a connection of its own: one cannot be shared.
        self.table = Table("leases", f"{location.rstrip('/')}/leases", connect())
        self.version = -1
        self._guard = threading.Lock()
        self._ended = threading.Event()

    def take(self) -> list[str]:
        """Takes the lease; gives a note where its last holder died. Raises StoreError where somebody has it."""
        with typed(self.table.location):
            handle = self._open()
            before = next(fetch(self.table.scan(version=handle.version())), FREE)
            if before["run_id"] is not None and not self._is_over(before):
                raise StoreError(f"{self.location}: {name_holder(before)} is writing; wait for it")
            try:
                self._write(handle, self._line())
            except CommitFailedError as error:
                raise StoreError(
                    f"{self.location}: another run began at the same moment; try again"
                ) from error
        return [f"{name_holder(before)} ended without a word"] if before["run_id"] is not None else []

    def check(self) -> None:
        """Raises StoreError where another run has taken the lease meanwhile."""
        with self._guard, typed(self.table.location):
            if self._open().version() != self.version:
                raise StoreError(
                    f"{self.location}: run {self.run_id} lost the store to another run; start it again"
                )

    def renew(self) -> None:
        """Renews the lease until it is let go, or lost: `check` then says so."""
        while not self._ended.wait(self.lasts / 3):
            with self._guard:
                try:
                    self._write(DeltaTable(self.table.location, version=self.version), self._line())
                except (DeltaError, OSError):
                    continue  # what is not renewed runs out

    def let_go(self) -> None:
        """Gives the lease back; one that was lost meanwhile stays its new holder's."""
        self._ended.set()
        with self._guard:
            try:
                self._write(DeltaTable(self.table.location, version=self.version), FREE)
            except (DeltaError, OSError):
                return  # it runs out

    def _open(self) -> DeltaTable:
        """The newest version of the table, which is made where there is none."""
        table = self.table.open()
        if table is None:
            try:
                self.table.replace(None, self.table.make_row(FREE))
            except DeltaError as error:
                if self.table.open() is None:
                    raise error
            table = self.table.open()
        assert table is not None
        return table

    def _write(self, handle: DeltaTable, line: Line) -> None:
        self.table.replace(handle, self.table.make_row(line))
        self.version = handle.version()

    def _line(self) -> Line:
        expires = datetime.now(UTC) + timedelta(seconds=self.lasts)
        return {
            "run_id": self.run_id,
            "host": socket.gethostname(),
            "place": find_place(),
            "pid": os.getpid(),
            "expires": expires,
        }

    def _is_over(self, line: Line) -> bool:
        """Whether the holder cannot be writing any more."""
        system, _, processes = find_place().partition(" ")
        theirs, _, their_processes = (line["place"] or "").partition(" ")
        if self.locked and (theirs == system or line["host"] == socket.gethostname()):
            return True  # it would hold the lock of the folder
        ours = bool(system) and (theirs, their_processes) == (system, processes)
        return line["expires"] <= datetime.now(UTC) or (ours and not is_alive(line["pid"]))


@contextmanager
def hold_lease(
    location: str, run_id: str, *, locked: bool, lasts: float = LASTS
) -> Iterator[tuple[Lease, list[str]]]:
    """Holds the lease of a store; gives it with what is to be noted of its last holder. Raises StoreError."""
    lease = Lease(location, run_id, locked=locked, lasts=lasts)
    notes = lease.take()
    thread = threading.Thread(target=lease.renew, name="renew the lease", daemon=True)
    thread.start()
    try:
        yield lease, notes
    finally:
        lease.let_go()
        thread.join()


def name_holder(line: Line) -> str:
    """Who holds a lease, in words."""
    until = f"{line['expires']:%Y-%m-%d %H:%M:%S} UTC"
    name = f"run {line['run_id']}" if line["run_id"] else "another run"
    return f"{name} (process {line['pid']} on {line['host']}, until {until})"


def find_place() -> str:
    """Which start of which system this is, and which set of process ids; empty where that cannot be told."""
    try:
        system = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{system} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def is_alive(process: int) -> bool:
    """Whether a process of that id exists here."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
