"""`dateline archive …`: what it says, its exit codes, and what it leaves."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive, Record
from flows.archive_checks import check_archive
from flows.cli import app
from tests.archive_writer import make_fetched
from tests.archives import fill
from tests.test_archive_faults import FAULTS, split

ROOT = Path(__file__).parent.parent


def run(home: Path, *arguments: str, code: int = 0) -> tuple[list[str], str]:
    """The lines of standard output, and standard error; of verify the faults and the sum of them."""
    done = CliRunner().invoke(app, ["archive", *arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    lines = done.stdout.splitlines()
    if arguments[0] == "verify" and code < 2:
        return lines[:-1], lines[-1]
    return lines, done.stderr


def find_all(home: Path) -> list[Record]:
    with Archive(home / "archive", read_only=True) as archive:
        return list(archive.records())


def damage(home: Path, number: int, place: int = 300) -> Record:
    (record,) = (one for one in find_all(home) if one.url == make_fetched(number).url)
    path = home / "archive" / record.file
    data = bytearray(path.read_bytes())
    data[record.offset + place] ^= 0xFF
    path.write_bytes(data)
    return record


def test_verify_says_sound_or_names_file_and_byte(tmp_path: Path) -> None:
    fill(tmp_path / "archive", 3)
    assert run(tmp_path, "verify") == ([], "1 files, 10 records: sound")
    record = damage(tmp_path, 1)
    lines, told = run(tmp_path, "verify", code=1)
    assert [line.partition(" (")[0] for line in lines] == [
        f"{record.file}: damaged at byte {record.offset}",
        f"{record.file}: byte {record.offset}: in the index, but not in the file",
    ]
    assert told == "1 files, 9 records: 2 faults"


def test_verify_finds_what_the_checksum_cannot(tmp_path: Path) -> None:
    """A record changed by somebody who packed it anew: only its digest tells."""
    fill(tmp_path / "archive", 2)
    record = find_all(tmp_path)[1]
    path = tmp_path / "archive" / record.file
    data = path.read_bytes()
    end = record.offset + record.length
    other = gzip.compress(gzip.decompress(data[record.offset : end]).replace(b"<html>", b"<HTML>"))
    path.write_bytes(data[: record.offset] + other + data[end:])
    lines, _ = run(tmp_path, "verify", code=1)
    assert any("the content does not match its digest" in line for line in lines)
    assert any("the body does not match its digest" in line for line in lines)
    run(tmp_path, "repair")
    assert run(tmp_path, "verify")[0] == []
    assert [one.url for one in find_all(tmp_path)] == [make_fetched(0).url]


def test_verify_compares_index_and_files(tmp_path: Path) -> None:
    fill(tmp_path / "archive", 2)
    with Archive(tmp_path / "archive") as archive:
        archive.append(make_fetched(5, body=make_fetched(0).body), {})
        archive.index.base.execute("DELETE FROM records WHERE url LIKE '%/1'")
        archive.index.base.commit()
    first, second = sorted((tmp_path / "archive").glob("*.warc.gz"))
    first.rename(tmp_path / first.name)
    lines, _ = run(tmp_path, "verify", code=1)
    assert [line.partition(":")[0] for line in lines] == [second.name, first.name]
    assert "refers to a body that is not in the archive" in lines[0]
    assert "the file is gone" in lines[1]
    (tmp_path / first.name).rename(first)
    (line,), _ = run(tmp_path, "verify", code=1)
    assert "not in the index" in line
    run(tmp_path, "index")
    assert run(tmp_path, "verify")[0] == []


@pytest.mark.parametrize("name", [name for name in FAULTS if "packed" not in name])
def test_repair_keeps_every_sound_record_and_sets_the_damaged_file_aside(tmp_path: Path, name: str) -> None:
    damaged, left, _, _ = FAULTS[name]
    members = damaged(split(tmp_path / "whole"))
    home = tmp_path / "home"
    (home / "archive").mkdir(parents=True)
    (home / "archive" / "x.warc.gz").write_bytes(b"".join(members))
    before = check_archive(home / "archive").faults
    run(home, "repair")
    found = check_archive(home / "archive")
    assert found.faults == []
    doubtful = {"content longer than it says": "1", "record without date": "1", "page that is not HTTP": "1"}
    expected = set(left) - set(doubtful.get(name, ""))
    assert {one.url.rpartition("/")[2] for one in find_all(home)} == expected
    aside = home / "archive" / "damaged" / "x.warc.gz"
    if any("index" not in fault for fault in before):
        assert aside.read_bytes() == b"".join(members)
    else:
        assert not aside.exists()


def test_compact_joins_small_files_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for number in range(3):
        with Archive(folder) as archive:
            archive.append(make_fetched(number), {"n": str(number)})
    before = find_all(tmp_path)
    old = [path.read_bytes() for path in sorted(folder.glob("*.warc.gz"))]
    (line,), _ = run(tmp_path, "compact")
    (path,) = folder.glob("*.warc.gz")
    assert line == f"{path.name}: holds 3 files of before"
    assert path.read_bytes().endswith(b"".join(old))
    after = find_all(tmp_path)
    assert [replace(one, file="", offset=0) for one in after] == [
        replace(one, file="", offset=0) for one in before
    ]
    assert run(tmp_path, "verify")[0] == []
    assert run(tmp_path, "compact")[0] == []
    with path.open("rb") as file:
        assert (
            len([one for one in OtherReader(file, check_digests="raise") if one.rec_type == "response"]) == 3
        )
    run(tmp_path, "index")
    assert find_all(tmp_path) == after


def test_compact_leaves_damaged_and_large_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for number in range(3):
        with Archive(folder) as archive:
            archive.append(make_fetched(number), {})
    damage(tmp_path, 1)
    files = {path.name for path in folder.glob("*.warc.gz")}
    (line,), _ = run(tmp_path, "compact")
    assert "2 files" in line
    assert len(files & {path.name for path in folder.glob("*.warc.gz")}) == 1


def test_remove_takes_an_address_and_whatever_has_its_body_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    fill(folder, 3)
    with Archive(folder) as archive:
        archive.append(make_fetched(7, body=make_fetched(1).body), {})  # the same body elsewhere
        archive.append(replace(make_fetched(8), final_url=make_fetched(1).url), {})  # led there
        archive.append(make_fetched(1, body=make_fetched(2).body), {})  # had another page's body
    url = make_fetched(1).url
    lines, told = run(tmp_path, "remove", url, "--reason", "court order 7")
    assert lines == [
        "removed too, its body was the same: https://paper.example/page/7 of 2026-05-04",
        "3 records removed",
    ]
    assert "the same body stays under https://paper.example/page/2" in told
    assert [one.url for one in find_all(tmp_path)] == [make_fetched(n).url for n in (0, 2)]
    assert run(tmp_path, "verify")[0] == []
    note = json.loads((folder / "removed.jsonl").read_text())
    assert (note["url"], note["reason"], len(note["fetches"])) == (url, "court order 7", 3)
    for path in folder.glob("*"):
        data = path.read_bytes()
        whole = gzip.decompress(data) if path.suffix == ".gz" else data
        assert path.name == "removed.jsonl" or b"page/1" not in whole
        assert b"Page 1." not in whole
    run(tmp_path, "remove", url, code=1)
