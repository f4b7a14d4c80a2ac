"""One hostile record in a file of others is named; what stands beside it is read, indexed and checked."""

import gzip
import shutil
from pathlib import Path

import pytest

from flows.archive import Archive, read_warc
from flows.archive_checks import check_archive
from flows.archive_imports import import_file
from flows.fetched import Fetched
from flows.warc_members import MAGIC, find_next

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A page.</p>"


def pack(number: int, block: bytes, date: str = "2026-05-04T00:00:00Z", kind: str = "response") -> bytes:
    """A record as a member; a note is one about the record before it."""
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: {date}\r\n"
    head += (
        f"WARC-Target-URI: https://other.example/{number}\r\nWARC-Concurrent-To: <urn:uuid:{number - 1}>\r\n"
    )
    head += f"Content-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def note(text: bytes) -> bytes:
    return pack(1, OK) + pack(2, text, kind="metadata")


HOSTILE = {
    "status of 5000 digits": pack(1, b"HTTP/1.1 " + b"2" * 5000 + b" OK\r\n\r\nx"),
    "status of 30 digits": pack(1, b"HTTP/1.1 " + b"2" * 30 + b" OK\r\n\r\nx"),
    "before the year 1": pack(1, OK, "0001-01-01T00:00:00+05:00"),
    "after the year 9999": pack(1, OK, "9999-12-31T23:59:59-05:00"),
    "half a pair in the address": note(rb'{"url": "https://other.example/\ud800", "metadata": {}}'),
    "half a pair in the metadata": note(rb'{"url": "https://other.example/1", "metadata": {"a": "\ud800"}}'),
    "length of 5000 digits": pack(1, OK.replace(b"Type: text/html", b"Length: " + b"1" * 5000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_record_costs_only_itself(tmp_path: Path, name: str) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(HOSTILE[name] + pack(9, OK))
    url = "https://other.example/9"
    assert url in [one.url for one in read_warc(path) if isinstance(one, Fetched)]
    with Archive(tmp_path / "own") as archive:
        list(import_file(archive, path))
        assert archive.find(url)
    (tmp_path / "copied").mkdir()
    shutil.copy(path, tmp_path / "copied")
    with Archive(tmp_path / "copied") as archive:
        assert archive.find(url)
        assert all("\ud800" not in one.url for one in archive.records())
    assert all(len(fault) < 300 for fault in check_archive(tmp_path / "copied").faults)


def test_a_length_with_leading_zeros_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    for told, faults in ((b"0014", 0), (b"0015", 1)):
        path.write_bytes(pack(1, OK.replace(b"Type: text/html", b"Length: " + told)))
        with Archive(tmp_path):
            pass
        found = [one for one in check_archive(tmp_path).faults if "Content-Length" in one]
        assert len(found) == faults


class Counted(bytes):
    """Bytes that know how many of them were looked at."""

    seen = 0

    def __getitem__(self, key):  # type: ignore[no-untyped-def, override]
        found = super().__getitem__(key)
        self.seen += len(found)
        return found


def test_magic_numbers_without_end_are_passed_quickly() -> None:
    data = Counted((MAGIC + b"\xe0") * 5000 + pack(2, OK))
    assert find_next(data, 1) == 20_000
    assert data.seen < 10 * 2**20
