"""Files of an archive in the place of others, so that a crash at any moment leaves the old or the new ones.

The new file is written under a name that nobody reads; then a note says what is to be done; from then on
opening the archive does it. Every step can be done again.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from flows.archive_files import PART, Files
from flows.archive_index import Index, Record
from flows.warc_index import index_file
from flows.warc_records import make_warcinfo
from flows.warc_writer import name_file
from models.errors import ArchiveError

JOURNAL = "change.json"
DAMAGED = "damaged"  # the folder of files that repair has replaced
REMOVED = "removed.jsonl"


@dataclass(frozen=True, slots=True)
class Change:
    """New files for old ones; old ones are removed or set aside; `note` is what stays of a removal."""

    made: tuple[str, ...]
    gone: tuple[str, ...]
    aside: bool = False
    note: str | None = None


@contextmanager
def typed(path: Path) -> Iterator[None]:
    """Turns the system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read or written ({error.strerror})") from error


def write_file(files: Files, index: Index, pieces: Iterable[bytes]) -> tuple[str, int]:
    """A new file of these members that nobody reads yet; its name, and how much of it is its head."""
    now = datetime.now(UTC)
    name = name_file(files.folder, now, index.sizes())
    path = files.folder / (name + PART)
    head = make_warcinfo(name, f"dateline/{version('dateline')}", now)
    with ExitStack() as undo, typed(path):
        undo.callback(path.unlink, missing_ok=True)
        with path.open("wb") as file:
            file.write(head)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if path.stat().st_size == len(head):
            return "", len(head)
        undo.pop_all()
    return name, len(head)


def make_change(files: Files, index: Index, change: Change, records: Sequence[Record] | None = None) -> None:
    """Makes a change whose new files are written; `records` are theirs where they are known."""
    todo = files.folder / JOURNAL
    with typed(todo):
        write_safely(todo, json.dumps(asdict(change)))
    finish_change(files, index, records)


def finish_change(files: Files, index: Index, records: Sequence[Record] | None = None) -> None:
    """Does what the note says, and what is left of it after a crash; then sweeps up."""
    todo = files.folder / JOURNAL
    with typed(todo):
        if todo.exists():
            change = read_change(todo)
            for name in change.made:
                part = files.folder / (name + PART)
                if part.exists():
                    part.rename(files.folder / name)
            known = [(name, *describe(files, name, records)) for name in change.made]
            if change.aside:
                for name in change.gone:
                    set_aside(files, name)
            sync_folder(files.folder)
            index.swap(change.gone, known)
            for name in change.gone:
                files.remove(name)
            if change.note:
                leave_note(files.folder / REMOVED, change.note)
            todo.unlink()
        files.sweep()


def describe(files: Files, name: str, records: Sequence[Record] | None) -> tuple[int, Sequence[Record]]:
    """Size and records of a new file."""
    with files.at_hand(name) as path:
        return path.stat().st_size, index_file(path, name) if records is None else records


def read_change(todo: Path) -> Change:
    """The change that a note tells of. Raises ArchiveError."""
    try:
        found = json.loads(todo.read_text(encoding="utf-8"))
        return Change(tuple(found["made"]), tuple(found["gone"]), found["aside"], found["note"])
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(
            f"{todo}: no note of a change; remove it and run: dateline archive index"
        ) from error


def set_aside(files: Files, name: str) -> None:
    """Keeps a copy of a file apart from the archive."""
    place = files.folder / DAMAGED / name
    if place.exists():
        return
    place.parent.mkdir(exist_ok=True)
    copy = place.with_name(name + PART)
    with files.at_hand(name) as path:
        shutil.copyfile(path, copy)
    copy.rename(place)


def leave_note(path: Path, note: str) -> None:
    """Adds a line, unless it is there from before a crash."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if note not in lines:
        write_safely(path, "\n".join([*lines, note, ""]))


def write_safely(path: Path, text: str) -> None:
    """Writes a small file so that it is there whole or as before."""
    part = path.with_name(path.name + PART)
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Puts the names of a folder's files on disk: what was renamed before stands before what comes after."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
