"""Archives on full and read-only disks, and under clocks that step."""

import os
import re
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

import pytest

from flows.archive import Archive
from flows.warc_writer import name_file
from models.errors import DatelineError
from tests.archive_writer import make_fetched
from tests.archives import fill

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("stepped", ["back", "not at all"])
def test_a_clock_that_steps_back_takes_no_name_twice(tmp_path: Path, stepped: str) -> None:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    first = name_file(tmp_path, now, [])
    (tmp_path / (first + (".open" if stepped == "back" else ""))).touch()
    second = name_file(tmp_path, now, [])
    assert name_file(tmp_path, now, [second]) not in (first, second)
    assert second > first


def test_pages_of_an_earlier_clock_are_kept_in_the_order_of_time(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        records = [archive.append(make_fetched(n), {}) for n in (5, 3, 4)]
        assert list(archive.records()) == sorted(records, key=lambda one: one.fetched_at)


def can_mount() -> bool:
    return (
        os.geteuid() == 0
        and subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0
    )


FULL = """
import sys
from shlex import quote
from pathlib import Path
from flows.archive import Archive
from flows.archive_checks import check_archive
from models.errors import ArchiveError
from tests.archive_writer import make_fetched
folder, kept = Path(sys.argv[1]) / "archive", []
with Archive(folder) as archive:
    try:
        for n in range(2000):
            archive.append(make_fetched(n), {}); kept.append(n)
    except ArchiveError as error:
        print(error)
(Path(sys.argv[1]) / "ballast").unlink()
with Archive(folder) as archive:
    assert {int(one.url.rpartition("/")[2]) for one in archive.records()} >= set(kept)
    archive.append(make_fetched(5000), {})
found = check_archive(folder)
print(len(kept) > 5, found.faults)
"""


def run_apart(steps: str) -> tuple[list[str], str]:
    """What a shell prints whose mounts nobody else sees: its lines, and its complaints."""
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", steps], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return done.stdout.splitlines(), done.stderr


@pytest.mark.skipif(not can_mount(), reason="needs root and a mount namespace")
def test_a_full_disk_is_one_line_and_the_next_run_goes_on(tmp_path: Path) -> None:
    script = tmp_path / "full.py"
    script.write_text(FULL)
    disk = tmp_path / "disk"
    disk.mkdir()
    steps = (
        f"mount -t tmpfs -o size=900k none {disk} && dd if=/dev/zero of={disk}/ballast bs=1k count=300 status=none"
        f" && {quote(sys.executable)} {script} {disk}"
    )
    lines, complaints = run_apart(steps)
    assert lines[-1:] == ["True []"], complaints
    assert len(lines) == 2
    assert re.search("written|used", lines[0])


@pytest.mark.skipif(not can_mount(), reason="needs root and a mount namespace")
def test_a_read_only_store_is_one_line_and_can_be_read(tmp_path: Path) -> None:
    fill(tmp_path / "archive", 2)
    script = (
        "import sys; from pathlib import Path; from flows.archive import Archive\n"
        "from models.errors import DatelineError\n"
        "with Archive(Path(sys.argv[1]), read_only=True) as archive: print(len(list(archive.records())))\n"
        "try:\n    with Archive(Path(sys.argv[1])): pass\n"
        "except DatelineError as error: print(error)\n"
    )
    (tmp_path / "read.py").write_text(script)
    steps = (
        f"mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path}"
        f" && {quote(sys.executable)} {tmp_path}/read.py {tmp_path}/archive"
    )
    lines, complaints = run_apart(steps)
    assert lines[:1] == ["2"], complaints
    assert "cannot be written" in lines[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(DatelineError, match="cannot be written"), Archive(tmp_path):
        pass
