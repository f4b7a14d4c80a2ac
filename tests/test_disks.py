"""Disks that are full, at every stage, and homes that are read-only: one line, and nothing lost."""

import os
import random
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.ingest import Work, ingest
from flows.receipts import find_store, recall_receipt
from flows.store import Store
from models.errors import ArchiveError, DatelineError, StoreError
from tests.nights import feed_of, make_feed, make_page, outcomes, publish, put, write_pages, write_sources
from tests.servers import Site

HOUR = timedelta(hours=1)


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file can grow beyond the size."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize(
    ("full", "size", "fault"),
    [
        ("fetch", 3000, ArchiveError),
        ("extract", 300, StoreError),
        ("commit", 3000, StoreError),
        ("commit", 20_000, StoreError),
    ],
)
def test_a_full_disk_is_one_line_and_costs_nothing_but_the_run(
    tmp_path: Path, site: Site, extractor: Extractor, full: str, size: int, fault: type[DatelineError]
) -> None:
    publish(site, 1, 2, 3)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"

    def fill(stage: str, work: Work) -> int:
        if stage != full:
            return work()
        with full_disk(size):
            return work()

    with pytest.raises(fault, match=r"disk is full|too large|cannot be (written|used)") as caught:
        ingest(sources, home, allow_private=True, extractor=extractor, run=fill)
    assert "\n" not in str(caught.value)
    assert Store(find_store(home)).runs() == []
    receipt = ingest(sources, home, allow_private=True, extractor=extractor, fresh=HOUR)
    assert (receipt.ok, outcomes(receipt)) == (True, {"new": 3})
    if full != "fetch":
        assert [site.hits(f"/{number}.html") for number in (1, 2, 3)] == [1, 1, 1]
    assert len(list(Store(find_store(home)).rows())) == receipt.rows


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk")
def test_a_disk_that_is_full_indeed_and_then_is_not(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    publish(site, 1)
    for number in range(2, 6):
        noise = random.Random(number).randbytes(60_000).hex()
        put(site, f"/{number}.html", make_page(number, f"</p><!-- {noise} --><p>").encode())
    put(site, "/feed.xml", make_feed(site, *(f"/{number}.html" for number in range(1, 6))))
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    home.mkdir()
    with mounted(home, "280k"):
        with pytest.raises(ArchiveError, match=r"No space left|disk is full|cannot be closed"):
            ingest(sources, home, allow_private=True, extractor=extractor)
        kept = {number for number in range(1, 6) if site.hits(f"/{number}.html")}
        mount("-o", "remount,size=64m", str(home))
        receipt = ingest(sources, home, allow_private=True, extractor=extractor, fresh=HOUR)
    assert (receipt.ok, outcomes(receipt)) == (True, {"new": 5})
    assert len(kept) > 1
    assert (
        sum(site.hits(f"/{number}.html") for number in range(1, 6)) <= 6
    )  # the one that found no room came again


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A disk of that size in the folder, where the system lets us."""
    if mount("-t", "tmpfs", "-o", f"size={size}", "none", str(folder)):
        pytest.skip("this system mounts nothing")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def mount(*words: str) -> int:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode


def test_a_receipt_that_cannot_be_written_is_an_error_and_still_in_the_tables(
    tmp_path: Path, extractor: Extractor
) -> None:
    write_pages(tmp_path / "saved", 1)
    sources, home = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"}), tmp_path / "home"
    home.mkdir()
    (home / "receipts").write_text("in the way")
    receipt = ingest(sources, home, extractor=extractor)
    assert not receipt.ok
    assert "cannot be written" in receipt.errors[0]
    (home / "receipts").unlink()
    assert recall_receipt(home, "last") == receipt.model_copy(update={"errors": ()})


def test_a_home_that_is_read_only_is_one_line(site: Site) -> None:
    publish(site, 1)
    with tempfile.TemporaryDirectory() as name, as_nobody(Path(name)):
        folder = Path(name)
        with pytest.raises(StoreError, match="cannot be written"):
            ingest(write_sources(folder, town=feed_of(site)), folder / "home", allow_private=True)
    assert site.requests == []


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Root may write anywhere, so the home in the folder is made read-only and root becomes somebody else."""
    (folder / "home").mkdir()
    (folder / "feeds.toml").touch()
    (folder / "feeds.toml").chmod(0o666)
    (folder / "home").chmod(0o555)
    folder.chmod(0o777)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)
        (folder / "home").chmod(0o755)
