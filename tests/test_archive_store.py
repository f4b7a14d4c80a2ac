"""The archive with its finished files in an object store: a real S3-like server on loopback, and a folder."""

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive
from flows.archive_checks import check_archive
from flows.archive_rewrites import compact_archive, remove_address, repair_archive
from models.errors import ArchiveError
from tests.archive_writer import make_fetched
from tests.buckets import Bucket

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(params=["s3", "folder"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return f"file://{tmp_path}/far/away"
    bucket: Bucket = request.getfixturevalue("bucket")
    return f"{bucket.url}/{tmp_path.name}"


def names(url: str) -> list[str]:
    system, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    return sorted(one.removeprefix(root + "/") for one in system.find(root))


def test_finished_files_stand_at_the_url_and_pages_are_read_from_there(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "archive"
    with Archive(folder, url=url, largest=8_000) as archive:
        records = [archive.append(make_fetched(n), {"n": str(n)}) for n in range(8)]
        assert archive.read(records[0]) == archive.read(records[0])  # before it is away
    assert not list(folder.glob("*.warc.gz*"))
    files = sorted({record.file for record in records})
    assert len(files) > 1
    assert names(url) == sorted([*files, *(f"{name}.cdxj" for name in files)])
    with Archive(folder, url=url, read_only=True) as archive:
        assert list(archive.records()) == records
        assert [archive.read(one).body for one in records] == [make_fetched(n).body for n in range(8)]
    system, root = fsspec.core.url_to_fs(url)
    lines = system.cat_file(f"{root}/{files[0]}.cdxj").decode().splitlines()
    assert lines[0].startswith("example,paper)/page/0 20260504000000 {")
    with system.open(f"{root}/{files[0]}") as file:
        assert [one.rec_type for one in OtherReader(file, check_digests="raise")][:2] == [
            "warcinfo",
            "response",
        ]
    assert check_archive(folder).faults == []


def test_the_index_can_be_made_again_from_the_store_alone(tmp_path: Path, url: str) -> None:
    with Archive(tmp_path / "one", url=url) as archive:
        records = [archive.append(make_fetched(n), {"n": str(n)}) for n in range(3)]
    with Archive(tmp_path / "two", url=url) as archive:
        assert list(archive.records()) == records
        assert archive.append(make_fetched(1), {}).kind == "revisit"
    with Archive(
        tmp_path / "one"
    ) as archive:  # the folder knows where its files are; the other's are noticed
        assert len(list(archive.records())) == 4
    assert not list((tmp_path / "two").glob("*.part"))


def test_a_page_is_one_ranged_request(tmp_path: Path, bucket: Bucket) -> None:
    url = f"{bucket.url}/{tmp_path.name}"
    with Archive(tmp_path, url=url) as archive:
        records = [archive.append(make_fetched(n), {}) for n in range(4)]
    with Archive(tmp_path, url=url, read_only=True) as archive:
        before = len(bucket.gets(".warc.gz"))
        for record in records:
            archive.read(record)
        assert len(bucket.gets(".warc.gz")) - before == 4


def test_repair_compact_and_removal_reach_the_store(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "archive"
    for start in (0, 3):
        with Archive(folder, url=url) as archive:
            records = [archive.append(make_fetched(n), {}) for n in range(start, start + 3)]
    system, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    data = bytearray(system.cat_file(f"{root}/{records[1].file}"))
    data[records[1].offset + 300] ^= 0xFF
    system.pipe_file(f"{root}/{records[1].file}", bytes(data))
    assert len(check_archive(folder, url).faults) == 2  # the damage, and the index that knows the record
    with Archive(folder, url=url) as archive:
        assert list(repair_archive(archive)) == [records[1].file]
        assert len(list(compact_archive(archive))) == 1
        assert len(remove_address(archive, make_fetched(0).url).records) == 1
        left = {one.url: archive.read(one).body for one in archive.records()}
    assert left == {make_fetched(n).url: make_fetched(n).body for n in (1, 2, 3, 5)}
    assert check_archive(folder, url).faults == []
    assert len(names(url)) == 2
    assert [path.name for path in (folder / "damaged").iterdir()] == [records[1].file]


def test_a_store_that_fails_keeps_the_files_here_until_it_works(tmp_path: Path) -> None:
    far = tmp_path / "far"
    with pytest.raises(ArchiveError, match="store of the archive fails") as caught:  # noqa: PT012, SIM117
        with Archive(tmp_path / "archive", url=f"file://{far}") as archive:
            record = archive.append(make_fetched(1), {})
            far.write_text("a file where the store should be")
    assert "\n" not in str(caught.value)
    assert (tmp_path / "archive" / record.file).exists()
    far.unlink()
    with Archive(tmp_path / "archive") as archive:
        assert archive.read(record).body == make_fetched(1).body
    assert (far / record.file).exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("s3://no-such-bucket/x", "no-such-bucket/x.*store of the archive fails .*bucket does not exist"),
        ("nosuch://x/y", "nosuch"),
    ],
)
def test_a_store_that_is_not_there_is_one_line(tmp_path: Path, bucket: Bucket, url: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words) as caught, Archive(tmp_path, url=url) as archive:
        archive.append(make_fetched(1), {})
    assert "\n" not in str(caught.value)


def test_an_archive_is_not_opened_without_its_files(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", url=f"file://{tmp_path}/far") as archive:
        archive.append(make_fetched(1), {})
    with pytest.raises(ArchiveError, match="the files of this archive are at"):
        Archive(tmp_path / "archive", url=f"file://{tmp_path}/other")
