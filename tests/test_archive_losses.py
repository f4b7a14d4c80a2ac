"""An archive that is damaged, or whose store is away, loses nothing that can still be read."""

import gzip
import os
from dataclasses import replace
from pathlib import Path

import pytest

from flows.archive import Archive
from flows.archive_rewrites import remove_address
from flows.warc_members import read_members
from models.errors import ArchiveError
from tests.archive_writer import make_fetched
from tests.archives import fill, find_warc


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


def test_damage_within_an_open_file_costs_no_page_behind_it(tmp_path: Path) -> None:
    records = fill(tmp_path)
    path = find_warc(tmp_path)
    flip(path, 30)  # its warcinfo
    flip(path, records[2].offset + records[2].length // 2)
    path.rename(path.with_name(f"{path.name}.open"))
    (tmp_path / "index.sqlite").unlink()
    with Archive(tmp_path) as archive:
        assert [one.url for one in archive.records()] == [records[n].url for n in (0, 1, 3, 4)]
        assert all(archive.read(one) for one in archive.records())


def test_the_only_page_of_an_open_file_stays_without_its_warcinfo(tmp_path: Path) -> None:
    (record,) = fill(tmp_path, 1)
    path = find_warc(tmp_path)
    flip(path, 30)
    os.truncate(path, record.offset + record.length)
    path.rename(path.with_name(f"{path.name}.open"))
    with Archive(tmp_path) as archive:
        assert [one.url for one in archive.records()] == [record.url]


def test_a_body_that_is_damaged_on_disk_is_stored_again(tmp_path: Path) -> None:
    first = fill(tmp_path)[0]
    flip(tmp_path / first.file, first.offset + first.length // 2)
    again = make_fetched(7, body=make_fetched(0).body)
    with Archive(tmp_path) as archive:
        assert [archive.append(again, {}).kind for _ in range(2)] == ["response", "revisit"]
        found = archive.find(again.url)
        assert found
        assert archive.read(found).body == again.body


def test_a_removal_leaves_nothing_in_a_member_of_several_records(tmp_path: Path) -> None:
    """The note of the page that goes stands in one member with the page that stays."""
    kept, gone = make_fetched(1), make_fetched(0)
    with Archive(tmp_path) as archive:
        archive.append(gone, {"title": "A name that must go"})
        archive.append(kept, {})
    path = find_warc(tmp_path)
    members = [gzip.decompress(one) for one in split_members(path)]
    (place,) = (n for n, one in enumerate(members) if kept.body in one)
    joined = members[place] + b"".join(members[2:place]) + b"".join(members[place + 1 :])
    with path.open("wb") as file:
        file.writelines(map(gzip.compress, (*members[:2], joined)))
    with Archive(tmp_path) as archive:
        assert len(remove_address(archive, gone.url).records) == 1
        assert [archive.read(one).body for one in archive.records()] == [kept.body]
    left = gzip.decompress(find_warc(tmp_path).read_bytes())
    assert b"must go" not in left
    assert gone.url.encode() not in left


def split_members(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [
        data[one.offset : one.offset + one.length] for one in read_members(path) if hasattr(one, "length")
    ]


def test_a_304_gets_no_body_of_a_page_whose_digest_is_unknown(tmp_path: Path) -> None:
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{0}>\r\nWARC-Date: 2026-05-04T00:00:00Z\r\n"
    head += "WARC-Target-URI: https://other.example/{0}\r\nContent-Length: {1}\r\n\r\n"
    blocks = [b"HTTP/1.1 200 OK\r\n\r\nPage %d." % n for n in range(2)]
    with (tmp_path / "other.warc.gz").open("wb") as file:
        for n, block in enumerate(blocks):
            file.write(gzip.compress(head.format(n, len(block)).encode() + block + b"\r\n\r\n"))
    url = "https://other.example/1"
    with Archive(tmp_path) as archive:
        assert archive.validators(url) == (None, None)
        with pytest.raises(ArchiveError, match="answers 304"):
            archive.append(replace(make_fetched(1), url=url, status=304, body=b""), {})


def test_a_store_that_lists_nothing_empties_no_index(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    far, folder = tmp_path / "far", tmp_path / "archive"
    with Archive(folder, url=f"file://{far}") as archive:
        record = archive.append(make_fetched(1), {})
    far.rename(tmp_path / "away")
    far.mkdir()
    with pytest.raises(ArchiveError, match="is the store reachable") as caught, Archive(folder):
        pass
    assert "\n" not in str(caught.value)
    far.rmdir()
    (tmp_path / "away").rename(far)
    with Archive(folder) as archive:
        assert list(archive.records()) == [record]
        assert archive.read(record).body == make_fetched(1).body
