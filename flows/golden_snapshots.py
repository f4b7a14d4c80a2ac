"""Goldens as syrupy's snapshots: one file an article, read and compared by syrupy, never written by it."""

from pathlib import Path
from typing import Any

from syrupy.data import SnapshotCollection, SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation

from flows.golden_pages import find_golden, read_file
from models.errors import OutputError, ReviewError
from review.goldens import dump, read_golden


class GoldenSnapshot(SingleFileSnapshotExtension):
    """The golden of a page, whatever its form: two are the same where they tell the same."""

    file_extension = "expected.json"

    def serialize(self, data: Any, **_: Any) -> bytes:
        """The golden as a file."""
        return dump(data)

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: int | str) -> str:  # noqa: ARG003
        """The golden beside its page: the test is named after it, and stands in its folder."""
        return str(find_golden(Path(test_location.filepath), test_location.nodename or ""))

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """Whether the golden is that of the test's page."""
        return cls.get_location(test_location=test_location, index=0) == snapshot_location

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """The folder of pages."""
        return test_location.filepath

    def discover_snapshots(self, **_: Any) -> SnapshotCollections:
        """None: goldens without a page fail by themselves, and are taken away by a person."""
        return SnapshotCollections()

    def read_snapshot_data_from_location(self, *, snapshot_location: str, **_: Any) -> bytes | None:
        """The bytes of the golden."""
        return read_file(Path(snapshot_location))

    def matches(self, *, serialized_data: Any, snapshot_data: Any) -> bool:
        """Whether both tell the same."""
        try:
            return read_golden(serialized_data, "") == read_golden(snapshot_data, "")
        except ReviewError:
            return False

    @classmethod
    def write_snapshot_collection(cls, *, snapshot_collection: SnapshotCollection, **_: Any) -> None:
        """Never: goldens are accepted by a person. Raises OutputError."""
        raise OutputError(f"{snapshot_collection.location}: accepted by `dateline review --goldens`")

    def delete_snapshots(self, *, snapshot_location: str, snapshot_names: set[str]) -> None:  # noqa: ARG002
        """Never either. Raises OutputError."""
        raise OutputError(f"{snapshot_location}: taken away by `dateline review --goldens`")
