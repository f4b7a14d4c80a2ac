"""Files below a store of tables: in a folder, at a URL of this machine's disk, and at a real S3-like server."""

import errno
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.table_files import TableFiles
from models.errors import StoreError
from tests.buckets import Bucket


@pytest.fixture(params=["folder", "file", "s3"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        bucket: Bucket = request.getfixturevalue("bucket")
        return f"{bucket.url}/{tmp_path.name}"
    place = tmp_path / "of tables"  # with a space, which a URL has encoded
    return str(place) if request.param == "folder" else place.as_uri()


def test_files_are_kept_read_listed_and_removed(base: str, tmp_path: Path) -> None:
    files = TableFiles(base + "/")
    assert (files.sizes(), files.children(), files.read("one")) == ({}, [], None)
    assert files.last_written() is None
    files.remove("one")
    files.drop_all()
    files.make()
    assert files.sizes() == {}
    for data in (b"first", b"2nd"):
        files.keep("one", data)
    files.below("b/c").keep("two", b"deep")
    files.keep("a/three", b"")
    assert files.sizes() == {"a/three": 0, "b/c/two": 4, "one": 3}
    assert files.written == {"one": 3, "a/three": 0}
    assert files.children() == ["a", "b", "one"]
    written = files.last_written()
    assert written is not None
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)
    assert (files.read("one"), files.read("b/c/two"), files.read("b/one")) == (b"2nd", b"deep", None)
    assert files.fetch("one", tmp_path).read_bytes() == b"2nd"
    files.remove("one")
    files.below("b").drop_all()
    assert TableFiles(base).sizes() == {"a/three": 0}
    files.drop_all()
    assert (files.sizes(), files.children()) == ({}, [])


def test_a_url_of_this_machine_is_the_folder_that_tables_take_it_for(tmp_path: Path) -> None:
    place = tmp_path / "of tables"
    TableFiles(place.as_uri()).keep("one", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["of tables"]
    assert TableFiles(place).read("one") == b"data"


def test_a_worker_makes_no_base(tmp_path: Path) -> None:
    for base in (str(tmp_path / "run"), (tmp_path / "run").as_uri()):
        with pytest.raises(StoreError, match="no such folder on this machine"):
            TableFiles(base, there=True)
    files = TableFiles(tmp_path / "run")
    files.make()
    worker = TableFiles(tmp_path / "run", there=True)
    worker.keep("one", b"data")
    assert files.read("one") == b"data"
    files.drop_all()
    with pytest.raises(StoreError, match="run/one: "):
        worker.keep("one", b"data")


def test_what_does_not_reach_the_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = TableFiles(tmp_path)
    files.keep("one", b"first")

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match=r"/one: the disk is full$"):
        files.keep("one", b"second")
    assert (files.read("one"), files.sizes()) == (b"first", {"one": 5})


def test_what_cannot_be_removed_keeps_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, unlink = TableFiles(tmp_path / "run"), os.unlink
    for name in ("a", "b/held", "z"):
        files.keep(name, b"data")

    def refuse(path: str, **words: int) -> None:
        if path == "held":
            raise PermissionError(errno.EPERM, "Operation not permitted", path)
        unlink(path, **words)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(StoreError, match=r"/run: .*Operation not permitted: 'held'"):
        files.drop_all()
    assert files.sizes() == {"b/held": 4}


def test_whatever_fails_is_one_line(tmp_path: Path, bucket: Bucket) -> None:
    (tmp_path / "file").touch()
    files = TableFiles(tmp_path / "file")
    far = TableFiles("s3://no-such-bucket/x")
    gone = r"^s3://no-such-bucket/x/one: the store fails \(.*bucket does not exist.*\)$"
    for place, words in ((files, f"^{tmp_path}/file/one: "), (far, gone)):
        with pytest.raises(StoreError, match=words) as caught:
            place.keep("one", b"data")
        assert "\n" not in str(caught.value)
    for ask in (files.sizes, files.children, files.drop_all, lambda: files.read("one"), files.make):
        with pytest.raises(StoreError, match=f"^{tmp_path}/file"):
            ask()
    with pytest.raises(StoreError, match="nosuch://x: the store fails"):
        TableFiles("nosuch://x")


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(StoreError, match=r"gs://x: a library is missing: pip install"):
        TableFiles("gs://x")
