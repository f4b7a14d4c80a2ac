"""The archive after kill -9, damage, a full disk, and archives of others."""

import gzip
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive, read_warc
from flows.fetched import Fetched
from flows.warc_writer import WarcWriter
from models.errors import ArchiveError, DatelineError
from tests.archive_writer import make_fetched
from tests.archives import fill, find_warc

ROOT = Path(__file__).parent.parent


def run_and_kill(folder: Path, start: int, after: float) -> list[str]:
    """Starts a writer, kills it in the midst of its work, and gives what it said was kept."""
    command = [sys.executable, "-m", "tests.archive_writer", str(folder), str(start)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline().strip()]
        time.sleep(after)
        writer.kill()
        lines += writer.stdout.read().split("\n")[:-1]
    return lines


def test_kill_9_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    kept: list[str] = []
    for turn in range(4):
        kept += run_and_kill(tmp_path, turn * 5000, 0.05 + 0.07 * turn)
    assert len(kept) > 20
    with Archive(tmp_path) as archive:
        assert not list(tmp_path.glob("*.open"))
        found = {record.url: record for record in archive.records()}
        assert set(kept) <= set(found)
        assert len(found) <= len(kept) + 4  # what was on disk but not yet told
        for url in kept:
            assert archive.read(found[url]).body == make_fetched(int(url.rpartition("/")[2])).body
    for path in tmp_path.glob("*.warc.gz"):
        with path.open("rb") as file:
            assert sum(record.rec_type == "response" for record in OtherReader(file)) > 0


TAILS: list[Callable[[bytes], bytes]] = [
    lambda data: data[:-1],
    lambda data: data[:-300],
    lambda data: data + b"\0" * 4096,
    lambda data: data + b"\x1f\x8b\x08garbage",
    lambda data: data[: len(data) // 2],
]


@pytest.mark.parametrize("damage", TAILS, ids=["a byte short", "300 short", "zeros", "garbage", "half"])
def test_an_open_file_is_cut_behind_its_last_sound_record(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    records = fill(tmp_path)
    path = find_warc(tmp_path)
    whole = path.read_bytes()
    path.unlink()
    path.with_name(f"{path.name}.open").write_bytes(damage(whole))
    with Archive(tmp_path) as archive:
        found = [record.url for record in archive.records()]
        assert found == [record.url for record in records[: len(found)]]
        assert len(found) >= 2
        archive.append(make_fetched(77), {})
    for warc in tmp_path.glob("*.warc.gz"):
        assert not any(isinstance(one, ArchiveError) for one in read_warc(warc))


def test_damage_costs_exactly_the_damaged_record(tmp_path: Path) -> None:
    records = fill(tmp_path, 6)
    path = find_warc(tmp_path)
    data = bytearray(path.read_bytes())
    middle = records[2].offset + records[2].length // 2
    data[middle : middle + 40] = bytes(40)
    data[records[4].offset : records[4].offset] = b"garbage between the members"
    path.write_bytes(data)
    found = list(read_warc(path))
    urls = [one.url for one in found if isinstance(one, Fetched)]
    assert urls == [records[n].url for n in (0, 1, 3, 4, 5)]
    errors = [str(one) for one in found if isinstance(one, ArchiveError)]
    assert len(errors) == 2
    assert all(path.name in error and "\n" not in error for error in errors)


def test_a_damaged_record_is_an_error_and_the_rest_can_be_read(tmp_path: Path) -> None:
    records = fill(tmp_path)
    path = find_warc(tmp_path)
    data = bytearray(path.read_bytes())
    data[records[1].offset + 40] ^= 0xFF
    path.write_bytes(data)
    with Archive(tmp_path) as archive:
        with pytest.raises(ArchiveError, match="damaged"):
            archive.read(records[1])
        assert archive.read(records[2]).body == make_fetched(2).body


def record_of(block: bytes, kind: str = "response", url: str = "https://paper.example/x") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-05-04T00:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:1d8e7ab5-5d0f-4d27-9c39-2b9f5b1d9a3e>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body


PAGE = b"<html><p>From another crawler.</p></html>"
PACKED = gzip.compress(PAGE, mtime=0)
FOREIGN = [
    ("plain", response(PAGE, "Content-Type: text/html")),
    ("gzip", response(gzip.compress(PAGE), "Content-Encoding: gzip")),
    ("chunked", response(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked")),
    ("chunked gzip", response(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED), "Transfer-Encoding: chunked",
                              "Content-Encoding: gzip")),
    ("decoded already", response(PAGE, "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
    ("renamed", response(PAGE, "X-Crawl-Content-Encoding: br", f"Content-Length: {len(PAGE)}")),
]  # fmt: skip


@pytest.mark.parametrize("block", [block for _, block in FOREIGN], ids=[name for name, _ in FOREIGN])
@pytest.mark.parametrize("packing", ["members", "one member", "none"])
def test_archives_of_others(tmp_path: Path, block: bytes, packing: str) -> None:
    records = [
        record_of(block),
        record_of(b"", "metadata"),
        record_of(block, url="<https://paper.example/y>"),
    ]
    path = tmp_path / "other.warc"
    if packing == "members":
        path.write_bytes(b"".join(map(gzip.compress, records)))
    else:
        joined = b"".join(records)
        path.write_bytes(gzip.compress(joined) if packing == "one member" else joined)
    found = [one for one in read_warc(path) if isinstance(one, Fetched)]
    assert [one.url for one in found] == ["https://paper.example/x", "https://paper.example/y"]
    assert all(one.body == PAGE for one in found)


BROKEN = [
    (record_of(b"this is no HTTP"), "no HTTP response"),
    (record_of(response(b"\x1f\x8b\x08 this is no gzip", "Content-Encoding: gzip")), "content encoding"),
    (record_of(response(PAGE)).replace(b"2026-05-04T00", b"yesterday"), "no date"),
    (b"not a record at all\r\n\r\n", "no WARC record"),
]


@pytest.mark.parametrize(("data", "words"), BROKEN, ids=range(len(BROKEN)))
def test_broken_records_of_others_are_named_and_passed_over(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(gzip.compress(data) + gzip.compress(record_of(response(PAGE))))
    error, page = list(read_warc(path))
    assert isinstance(error, ArchiveError)
    assert words in str(error)
    assert isinstance(page, Fetched)


def test_a_file_that_is_missing_or_empty(tmp_path: Path) -> None:
    (error,) = read_warc(tmp_path / "none.warc.gz")
    assert isinstance(error, ArchiveError)
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    assert not [one for one in read_warc(tmp_path / "empty.warc.gz") if isinstance(one, Fetched)]


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        record = archive.append(make_fetched(1), {})
        with pytest.raises(DatelineError, match="another run"), Archive(tmp_path):
            pass
        with Archive(tmp_path, read_only=True) as reader:
            assert reader.read(record).body == make_fetched(1).body
            assert list(reader.records()) == [record]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatelineError) as caught, Archive(tmp_path / "file" / "archive"):
        pass
    assert "\n" not in str(caught.value)
    with pytest.raises(ArchiveError), Archive(tmp_path / "none", read_only=True):
        pass


def test_a_full_disk_loses_only_what_did_not_fit(tmp_path: Path) -> None:
    """A limit on file size stands in for the disk: the write fails in its middle just the same."""
    code = (
        "import resource, signal, sys; from pathlib import Path; from flows.archive import Archive\n"
        "from tests.archive_writer import make_fetched; from models.errors import ArchiveError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Archive(Path(sys.argv[1])) as archive:\n"
        "    for n in range(3): archive.append(make_fetched(n), {})\n"
        "    size = archive.writer.size + 500\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "    try: archive.append(make_fetched(3), {})\n"
        "    except ArchiveError as error: print(error)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.getrlimit(resource.RLIMIT_FSIZE)[1],) * 2)\n"
        "    archive.append(make_fetched(4), {})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "cannot be written" in done.stdout
    assert done.stdout.count("\n") == 1
    found = list(read_warc(find_warc(tmp_path)))
    assert [one.url.rpartition("/")[2] for one in found if isinstance(one, Fetched)] == ["0", "1", "2", "4"]


def test_large_archives_begin_new_files(tmp_path: Path) -> None:
    with Archive(tmp_path, largest=20_000) as archive:
        records = [archive.append(make_fetched(n), {}) for n in range(12)]
    files = sorted(tmp_path.glob("*.warc.gz"))
    assert len(files) > 1
    assert all(path.stat().st_size <= 20_000 for path in files)
    with Archive(tmp_path) as archive:
        assert [archive.read(record).body for record in records] == [make_fetched(n).body for n in range(12)]


def test_an_unused_writer_leaves_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path):
        pass
    WarcWriter(tmp_path).close()
    assert not list(tmp_path.glob("*.warc*"))
