"""The parse cache at an object store: a real S3-like server on loopback."""

from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.block_files import BlockFiles
from flows.parse_care import ParseCare
from flows.store import Store
from models.errors import StoreError
from tests.test_archive_store import Server, server  # noqa: F401 - fixture
from tests.test_parse_cache import fill, warm


@pytest.fixture
def bucket(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:  # noqa: F811 - fixture
    assert server.process.poll() is None
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    return f"s3://pages/{tmp_path.name}"


def test_what_is_kept_gives_the_same_rows_and_what_is_gone_is_noted(
    bucket: str, extractor: Extractor
) -> None:
    rows = fill(bucket, extractor)
    again, cache = warm(bucket, extractor)
    assert again == rows
    assert cache.hits == 2
    state = ParseCare(Store(bucket)).look()
    assert (state.models[0].texts, state.models[0].blocks, state.strays, state.lost) == (2, 1, 0, 0)
    (block,) = BlockFiles(bucket).sizes()
    BlockFiles(bucket).remove(block)
    again, cache = warm(bucket, extractor)
    assert again == rows
    assert "is gone" in cache.notes[0]
    assert ParseCare(Store(bucket)).look().lost == 1


def test_a_bucket_that_is_not_there_is_one_line(bucket: str) -> None:
    assert bucket
    with pytest.raises(StoreError, match="the store fails"):
        BlockFiles("s3://no-such-bucket/x").write(b"data")
