"""Where results go: standard output, or a file that appears whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO
from uuid import uuid4

from models.errors import OutputError
from review.controls import show_controls

PART = ".part"  # ends the name of a file that is being written


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """A stream of bytes: standard output, or the file. Raises OutputError."""
    if path is None:
        with typed("standard output"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    with replace_file(path) as part, typed(str(path)), part.open("wb") as file:
        yield file


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """A path to write to; it takes the file's place when all went well. Raises OutputError."""
    if path.exists() and not path.is_file():  # a device or pipe is written as it is
        yield path
        return
    with typed(str(path)), write_beside(path, path.with_name(f".{path.name}{PART}")) as part:
        yield part


@contextmanager
def write_beside(path: Path, part: Path) -> Iterator[Path]:
    """The part to write to; it takes the file's place once all of it is on the disk. Raises OSError."""
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())  # else a power cut may leave the name with nothing under it
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def name_own(path: Path) -> Path:
    """A part that no other writer of the file has, for files that several may write at once."""
    return path.with_name(f".{path.name}.{uuid4().hex}{PART}")


@contextmanager
def typed(name: str) -> Iterator[None]:
    """Turns what the disk raises into an OutputError; a reader who left is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{name}: cannot be written ({error.strerror or error})") from error


def close_quietly(stream: TextIO) -> None:
    """Points the stream at nothing, so that the interpreter's last words go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(message: str) -> None:
    """One line on standard error, with nothing in it that a terminal would obey."""
    sys.stderr.write(f"error: {show_controls(message)}\n")
    sys.stderr.flush()


def remark(message: str) -> None:
    """The same of what is no error, but good to know at once."""
    sys.stderr.write(f"{show_controls(message)}\n")
    sys.stderr.flush()
