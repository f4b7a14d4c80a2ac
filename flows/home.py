"""Where dateline keeps what it makes: gazetteer, archive, tables."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def find_home() -> Path:
    """The folder named by DATELINE_HOME, else `.data` in the checkout."""
    return Path(os.environ.get("DATELINE_HOME") or ROOT / ".data")


def find_gazetteer() -> Path:
    """The gazetteer file; it exists after `make setup`."""
    return find_home() / "gazetteer.sqlite"


def find_archive_url() -> str | None:
    """Where finished files of the archive are kept, where that is not its own folder."""
    return os.environ.get("DATELINE_ARCHIVE") or None


def find_tables_url() -> str | None:
    """Where the tables are kept, where that is not in the home."""
    return os.environ.get("DATELINE_TABLES") or None
