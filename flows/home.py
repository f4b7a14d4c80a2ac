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


def find_tables_url() -> str | None:
    """Where the tables are, where that is not a folder of the home."""
    return os.environ.get("DATELINE_TABLES") or None


def find_archive_url() -> str | None:
    """Where finished files of the archive are kept, where that is not its own folder."""
    return os.environ.get("DATELINE_ARCHIVE") or None


def keeps_parses() -> bool:
    """Whether parses are kept for later runs; `DATELINE_PARSES=off` saves their disk space."""
    return os.environ.get("DATELINE_PARSES", "").lower() not in {"off", "0", "no", "false"}
