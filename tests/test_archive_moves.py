"""Pages into an archive and out of it, and who may change it."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastReader
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive
from flows.cdxj import make_key
from tests.archive_writer import make_fetched
from tests.archives import fill
from tests.test_archive_commands import find_all, run
from tests.test_archive_faults import FAULTS, split


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
