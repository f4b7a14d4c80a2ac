"""The S3-like servers of the tests: each has a bucket of its own."""

from pathlib import Path

import pytest

from tests.buckets import serve_bucket

fsspec = pytest.importorskip("fsspec")


def test_of_two_servers_after_one_another_each_is_asked_for_its_own(tmp_path: Path) -> None:
    """As when two test files that need one share a process."""
    for name in ("first", "second"):
        with serve_bucket(tmp_path / name) as bucket:
            system, root = fsspec.core.url_to_fs(bucket.url, use_listings_cache=False)
            assert system.find(root) == []
            system.pipe_file(f"{root}/{name}", b"data")
            assert system.find(root) == [f"{root}/{name}"]
