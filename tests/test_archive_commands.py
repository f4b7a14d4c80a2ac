"""`dateline archive …`: what it says, its exit codes, and what it leaves."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastReader
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive, Record
from flows.archive_checks import check_archive
from flows.cdxj import make_key
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


def test_import_takes_each_fetch_once_and_goes_on_after_a_stop(tmp_path: Path) -> None:
    fill(tmp_path / "other", 4)
    with Archive(tmp_path / "other") as archive:
        later = datetime(2026, 5, 5, tzinfo=UTC)
        archive.append(
            replace(make_fetched(9, body=make_fetched(1).body), redirects=("https://hop.example/",)), {}
        )
        archive.append(replace(make_fetched(2), status=304, body=b"", headers=(), fetched_at=later), {})
    first, second = map(str, sorted((tmp_path / "other").glob("*.warc.gz")))
    assert run(tmp_path, "import", first)[0][0].endswith(": 4 new, 0 known, 0 no pages, 0 faults")
    lines, _ = run(tmp_path, "import", first, second)
    assert [line.partition(": ")[2] for line in lines] == [
        "0 new, 4 known, 0 no pages, 0 faults",
        "2 new, 0 known, 0 no pages, 0 faults",
    ]
    ours, theirs = find_all(tmp_path), []
    with Archive(tmp_path / "other", read_only=True) as archive:
        theirs = [
            (one.url, one.kind, one.fetched_at, one.digest, archive.read(one).body)
            for one in archive.records()
        ]
    with Archive(tmp_path / "archive", read_only=True) as archive:
        assert [(o.url, o.kind, o.fetched_at, o.digest, archive.read(o).body) for o in ours] == theirs
    assert ours[0].metadata == {"source": "s0", "warc": Path(first).name}
    assert run(tmp_path, "verify")[0] == []


@pytest.mark.parametrize(
    "name", ["flipped byte in a body", "one member for all", "not packed", "zeros at the end"]
)
def test_import_of_damaged_and_foreign_files(tmp_path: Path, name: str) -> None:
    damaged, left, _, times = FAULTS[name]
    path = tmp_path / "foreign.warc.gz"
    path.write_bytes(b"".join(damaged(split(tmp_path / "whole"))))
    (line,), told = run(tmp_path, "import", str(path), code=1 if times else 0)
    assert line == f"foreign.warc.gz: {len(left)} new, 0 known, 0 no pages, {times} faults"
    assert told.count("foreign.warc.gz: damaged at byte") == times
    assert run(tmp_path, "verify")[0] == []


def test_import_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    _, told = run(tmp_path, "import", str(tmp_path / "none.warc"), code=2)
    assert told.count("\n") == 1


def test_export_lines_and_pages(tmp_path: Path) -> None:
    fill(tmp_path / "archive", 3)
    with Archive(tmp_path / "archive") as archive:
        archive.append(make_fetched(70_000, body=make_fetched(1).body), {})
    lines, _ = run(tmp_path, "export")
    assert lines == sorted(lines)
    key, time, text = lines[0].split(" ", 2)
    assert (key, time) == ("example,paper)/page/0", "20260504000000")
    place = json.loads(text)
    data = (tmp_path / "archive" / place["filename"]).read_bytes()
    start, end = int(place["offset"]), int(place["offset"]) + int(place["length"])
    assert gzip.decompress(data[start:end]).startswith(b"WARC/1.1")
    run(tmp_path, "export", "--folder", str(tmp_path / "lines"))
    files = sorted((tmp_path / "lines").glob("*.cdxj"))
    assert [line for path in files for line in path.read_text().splitlines()] == lines
    out = tmp_path / "pages.warc.gz"
    run(tmp_path, "export", "--warc", str(out), "--url", make_fetched(70_000).url)
    with out.open("rb") as file:
        kinds = [one.rec_type for one in OtherReader(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request", "metadata", "revisit", "request", "metadata"]
    with out.open("rb") as file:
        assert all(one.verify_block_digest() for one in FastReader(file, parse_http=False))
    run(tmp_path / "fresh", "import", str(out))
    assert len(find_all(tmp_path / "fresh")) == 2
    assert len(run(tmp_path, "export", "--since", "2026-05-05")[0]) == 0
    assert len(run(tmp_path, "export", "--until", "2026-05-05")[0]) == 4


KEYS = {
    "https://www.Paper.example/A/?b=2&a=1": "example,paper)/a?a=1&b=2",
    "http://paper.example:8080": "example,paper:8080)/",
    "https://paper.example:443/x": "example,paper)/x",
    "http://127.0.0.1:80/x y": "127.0.0.1)/x%20y",
    "file:///saved/page": ")/saved/page",
    "http://[broken/": "http://[broken/",
}


@pytest.mark.parametrize("url", KEYS)
def test_keys_sort_a_site_together(url: str) -> None:
    assert make_key(url) == KEYS[url]


@pytest.mark.parametrize("command", ["verify", "repair", "index", "compact", "remove", "import"])
def test_all_refuse_while_another_process_writes(tmp_path: Path, command: str) -> None:
    given = {"remove": ["https://paper.example/page/0"], "import": [__file__]}.get(command, [])
    with Archive(tmp_path / "archive") as archive:
        archive.append(make_fetched(0), {})
        _, told = run(tmp_path, command, *given, code=2)
        assert "another run" in told
        assert told.count("\n") == 1
    assert len(find_all(tmp_path)) == 1


@pytest.mark.parametrize("command", ["verify", "repair", "index", "compact", "export"])
def test_where_there_is_no_archive(tmp_path: Path, command: str) -> None:
    _, told = run(tmp_path, command, code=2)
    assert "there is no archive here" in told
    assert not list(tmp_path.iterdir())
