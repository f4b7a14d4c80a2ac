"""Files of the parse cache below the store."""

from datetime import UTC, datetime
from uuid import uuid4

from flows.table_files import TableFiles

FOLDER = "parse_blocks"
STAMP = "%Y%m%dT%H%M%S"
CLOSED = ".parses"


class BlockFiles(TableFiles):
    """Files that are written once, each under a name of its own. Every method raises StoreError."""

    def __init__(self, store: str) -> None:
        super().__init__(f"{store.rstrip('/')}/{FOLDER}")

    def write(self, data: bytes) -> str:
        """Keeps the bytes and gives the file's new name; whoever sees the name sees all of them."""
        name = f"{datetime.now(UTC):{STAMP}}-{uuid4().hex}{CLOSED}"
        self.keep(name, data)
        return name


def read_time(name: str) -> datetime | None:
    """When the file of that name was written, or was being written; None where the name does not tell."""
    try:
        return datetime.strptime(name.removeprefix(".").partition("-")[0], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
