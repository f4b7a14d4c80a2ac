"""The archive after kill -9: at random moments of appending, and before every step of a change of its files."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastReader
from warcio.archiveiterator import ArchiveIterator as OtherReader

from flows.archive import Archive
from flows.archive_checks import check_archive
from tests.archive_killer import work_until
from tests.archive_writer import make_fetched
from tests.archives import fill

ROOT = Path(__file__).parent.parent
KILLS = 20


def read_both(folder: Path) -> None:
    """Every file is valid for both other readers, its digests too."""
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as file:
            others = [record.content_stream().read() for record in OtherReader(file, check_digests="raise")]
        with path.open("rb") as file:
            assert all(record.verify_block_digest() for record in FastReader(file, parse_http=False))
        assert others


def test_kill_9_at_20_random_moments_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.archive_killer", "appends", str(tmp_path), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    kept = [int(line) for line in done.stdout.split()]
    assert {number // 1_000 for number in kept} == set(range(KILLS))
    with Archive(tmp_path) as archive:
        found = {record.url: record for record in archive.records()}
        for number in kept:
            page = make_fetched(number)
            assert archive.read(found[page.url]).body == page.body
        assert len(found) <= len(kept) + KILLS  # one page a process may be on disk but not yet told
        archive.append(make_fetched(80_000), {})
    assert not list(tmp_path.glob("*.open"))
    assert check_archive(tmp_path).faults == []
    read_both(tmp_path)


def make_two(folder: Path) -> None:
    """Two small files; the second has a damaged record and a revisit to the first."""
    fill(folder, 3)
    with Archive(folder) as archive:
        archive.append(make_fetched(8, body=make_fetched(1).body), {})
        archive.append(make_fetched(9), {})


def flip(folder: Path) -> None:
    with Archive(folder, read_only=True) as archive:
        record = archive.find(make_fetched(9).url)
        assert record is not None
    path = folder / record.file
    data = bytearray(path.read_bytes())
    data[record.offset + record.length // 2] ^= 0xFF
    path.write_bytes(data)


AFTER = {"compact": {0, 1, 2, 8, 9}, "repair": {0, 1, 2, 8}, "remove": {0, 2, 9}}


@pytest.mark.parametrize("work", list(AFTER))
def test_kill_9_before_every_step_of_a_change_leaves_all_old_or_all_new(tmp_path: Path, work: str) -> None:
    make_two(tmp_path / "whole")
    if work == "repair":
        flip(tmp_path / "whole")
    script = "import sys; from pathlib import Path; from tests.test_archive_crashes import try_steps\n"
    script += "try_steps(sys.argv[1], Path(sys.argv[2]))"
    done = subprocess.run(
        [sys.executable, "-c", script, work, str(tmp_path)],
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5  # so many moments were tried


def try_steps(work: str, base: Path) -> None:
    """Kills the work before each of its steps, and looks at what the next opening finds."""
    old = AFTER["compact"] if work != "repair" else AFTER["repair"]
    for step in range(200):
        folder = base / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base / "whole", folder)
        ended = work_until(work, folder, step) == 0
        with Archive(folder) as archive:
            there = {int(record.url.rpartition("/")[2]): record for record in archive.records()}
            assert there.keys() == AFTER[work] if ended else there.keys() in (AFTER[work], old, old | {9}), (
                step
            )
            for number in there.keys() - {9}:
                body = make_fetched(1 if number == 8 else number).body
                assert archive.read(there[number]).body == body
        assert not [path for path in folder.iterdir() if path.name.endswith((".part", ".json", ".open"))]
        if ended:
            assert check_archive(folder).faults == []
            print(step)
            return
    raise AssertionError("never came to its end")
