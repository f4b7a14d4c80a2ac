"""Files that appear whole or not at all."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.golden_files import put
from flows.outputs import name_own, open_output, replace_file
from models.errors import OutputError


def write_output(path: Path, data: bytes) -> None:
    with open_output(path) as file:
        file.write(data)


def write_replaced(path: Path, data: bytes) -> None:
    with replace_file(path) as part:
        part.write_bytes(data)


WRITERS = [write_output, write_replaced, put]


@pytest.mark.parametrize("write", WRITERS)
def test_what_does_not_reach_the_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "rows.csv"
    write(path, b"first")
    write(path, b"second")

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=r"rows\.csv: cannot be written \(No space left on device\)"):
        write(path, b"third")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_in_the_folder_s_place_is_one_line(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    (tmp_path / "folder").touch()
    with pytest.raises(OutputError, match=r"cannot be written \(") as caught:
        write(tmp_path / "folder" / "rows.csv", b"data")
    assert "\n" not in str(caught.value)


def test_a_pipe_is_written_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_replaced(pipe, b"data")
    assert os.read(reader, 9) == b"data"
    os.close(reader)
    assert pipe.is_fifo()


def test_two_writers_of_a_file_have_parts_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    parts = {name_own(path) for _ in range(2)}
    assert len(parts) == 2
    assert {part.parent for part in parts} == {tmp_path}
