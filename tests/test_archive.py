"""The archive: round trips, two other readers, kill -9, damage, and stores that cannot be written."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastReader
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive
from models.errors import ArchiveError
from tests.archive_writer import make_fetched
from tests.archives import bare, fill, find_warc

ROOT = Path(__file__).parent.parent


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    pages = [make_fetched(n) for n in range(3)]
    with Archive(tmp_path) as archive:
        records = [archive.append(page, {"source": "paper", "raw_date": "Mon, 4 May"}) for page in pages]
        assert [archive.read(record) for record in records] == [bare(page) for page in pages]
        assert archive.find(pages[1].url) == records[1]
        assert archive.find("https://paper.example/none") is None
        assert archive.validators(pages[1].url) == ('"1"', "then")
        assert archive.validators("https://paper.example/none") == (None, None)
    with Archive(tmp_path) as archive:
        assert list(archive.records()) == records
        assert list(archive.records(pages[2].fetched_at)) == records[2:]
        assert dict(records[0].metadata) == {"source": "paper", "raw_date": "Mon, 4 May"}
        assert archive.read(records[2]) == bare(pages[2])


def test_headers_that_the_decoded_body_contradicts_come_back(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "7"))
    chunked = (("Transfer-Encoding", "chunked"),)
    pages = [replace(make_fetched(1), headers=headers), replace(make_fetched(2), headers=chunked)]
    with Archive(tmp_path) as archive:
        records = [archive.append(page, {}) for page in pages]
        assert [archive.read(record) for record in records] == [bare(page) for page in pages]


def test_address_asked_for_and_address_reached(tmp_path: Path) -> None:
    page = replace(
        make_fetched(1), final_url="https://paper.example/final", redirects=("https://paper.example/hop",)
    )
    with Archive(tmp_path) as archive:
        archive.append(page, {})
    (tmp_path / "index.sqlite").unlink()
    with Archive(tmp_path) as archive:
        record = archive.find(page.url)
        assert record is not None
        assert (record.url, record.final_url) == (page.url, page.final_url)
        assert archive.read(record) == bare(page)


def test_the_same_body_is_stored_once(tmp_path: Path) -> None:
    first, other = make_fetched(1), make_fetched(2, body=make_fetched(1).body)
    again = replace(first, fetched_at=datetime(2026, 5, 5, tzinfo=UTC))
    with Archive(tmp_path) as archive:
        kinds = [archive.append(page, {}).kind for page in (first, other, again)]
        assert kinds == ["response", "revisit", "revisit"]
        for page in (other, again):
            record = archive.find(page.url)
            assert record is not None
            assert archive.read(record) == bare(page)
    assert gzip.decompress(find_warc(tmp_path).read_bytes()).count(first.body) == 1


def test_not_modified_refers_to_the_version_that_is_here(tmp_path: Path) -> None:
    later = datetime(2026, 5, 6, tzinfo=UTC)
    unchanged = replace(make_fetched(1), status=304, body=b"", headers=(), fetched_at=later)
    with Archive(tmp_path) as archive:
        archive.append(make_fetched(1), {})
        record = archive.append(unchanged, {})
        assert (record.kind, record.status) == ("revisit", 304)
        assert archive.read(record) == bare(replace(make_fetched(1), fetched_at=later))
        assert archive.validators(unchanged.url) == ('"1"', "then")
        twice = archive.append(replace(unchanged, fetched_at=datetime(2026, 5, 7, tzinfo=UTC)), {})
        assert archive.read(twice).body == make_fetched(1).body
        with pytest.raises(ArchiveError, match="304"):
            archive.append(replace(unchanged, url="https://paper.example/unknown"), {})


def test_both_other_readers_agree(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    with Archive(tmp_path) as archive:
        archive.append(make_fetched(9, body=make_fetched(1).body), {})
    kinds, bodies = [], []
    for path in sorted(tmp_path.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in OtherReader(file, check_digests="raise"):
                kinds.append(record.rec_type)
                bodies.append(record.content_stream().read())
        with path.open("rb") as file:
            for seen in FastReader(file, parse_http=False):
                assert seen.verify_block_digest()
    assert kinds == ["warcinfo"] + ["response", "request", "metadata"] * 3 + [
        "warcinfo",
        "revisit",
        "request",
        "metadata",
    ]
    assert bodies[1] == make_fetched(0).body
    with find_first(tmp_path).open("rb") as file:
        read = [seen.reader.read() for seen in FastReader(file) if str(seen.record_type) == "response"]
    assert read == [make_fetched(n).body for n in range(3)]


def find_first(folder: Path) -> Path:
    return min(folder.glob("*.warc.gz"))


def test_each_record_is_a_member_that_can_be_read_alone(tmp_path: Path) -> None:
    records = fill(tmp_path)
    data = find_warc(tmp_path).read_bytes()
    for record in records:
        member = gzip.decompress(data[record.offset : record.offset + record.length])
        assert member.startswith(b"WARC/1.1\r\n")
        assert member.rstrip().endswith(make_fetched(int(record.url.rpartition("/")[2])).body.rstrip())


@pytest.mark.parametrize("index", [None, b"", b"no database at all" * 100])
def test_a_lost_or_damaged_index_is_made_again(tmp_path: Path, index: bytes | None) -> None:
    records = fill(tmp_path)
    for path in tmp_path.glob("index.sqlite*"):
        path.unlink()
    if index is not None:
        (tmp_path / "index.sqlite").write_bytes(index)
    with Archive(tmp_path) as archive:
        assert list(archive.records()) == records


def test_files_that_come_and_go_are_noticed(tmp_path: Path) -> None:
    records = fill(tmp_path / "one", 2)
    path = find_warc(tmp_path / "one")
    with Archive(tmp_path / "two") as archive:
        assert list(archive.records()) == []
    (tmp_path / "two" / path.name).write_bytes(path.read_bytes())
    with Archive(tmp_path / "two") as archive:
        assert list(archive.records()) == records
    (tmp_path / "two" / path.name).unlink()
    with Archive(tmp_path / "two") as archive:
        assert list(archive.records()) == []
