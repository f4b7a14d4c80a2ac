"""The parse cache at an object store: a real S3-like server on loopback."""

from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.block_files import BlockFiles
from flows.parse_care import ParseCare
from flows.store import Store
from models.errors import StoreError
from tests.buckets import Bucket
from tests.test_parse_cache import fill, warm


@pytest.fixture
def place(bucket: Bucket, tmp_path: Path) -> str:
    return f"{bucket.url}/{tmp_path.name}"


def test_what_is_kept_gives_the_same_rows_and_what_is_gone_is_noted(place: str, extractor: Extractor) -> None:
    rows = fill(place, extractor)
    again, cache = warm(place, extractor)
    assert again == rows
    assert (cache.hits, cache.notes) == (2, [])
    state = ParseCare(Store(place)).look()
    assert (state.models[0].texts, state.models[0].blocks, state.strays, state.lost) == (2, 1, 0, 0)
    (block,) = BlockFiles(place).sizes()
    BlockFiles(place).remove(block)
    again, cache = warm(place, extractor)
    assert again == rows
    (note,) = cache.notes
    assert "is gone" in note
    assert ParseCare(Store(place)).look().lost == 1


def test_a_bucket_that_is_not_there_is_one_line(bucket: Bucket) -> None:
    words = r"^s3://no-such-bucket/x/\S+: the store fails \(.*bucket does not exist.*\)$"
    with pytest.raises(StoreError, match=words):
        BlockFiles("s3://no-such-bucket/x").write(b"data")
