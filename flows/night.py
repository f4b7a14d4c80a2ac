"""What the stages of one night share. Stages hand on counts and records; bodies stay on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.source import Source

from flows.archive import Archive, Record
from flows.feeds import Item
from flows.fetch import Fetcher
from flows.staging import Staging
from flows.stop import Stop
from flows.store import Store
from flows.tally import Tally

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """An item whose page is in the archive. `payload` is the digest of its bytes."""

    item: Item
    page: str
    record: Record
    payload: str


@dataclass(slots=True)
class Night:
    """One run: its tools, and what it has done so far."""

    run_id: str
    started: datetime
    base: Path  # what a source's path is relative to
    sources: dict[str, Source]
    fetcher: Fetcher
    archive: Archive
    store: Store
    staged: Staging
    stop: Stop
    progress: Progress
    load: Callable[[], "Extractor"]
    extractor: "Extractor | None" = None
    items: list[Item] = field(default_factory=list)
    ready: dict[int, Ready] = field(default_factory=dict)  # by the item's place, so that order is the plan's
    tally: Tally = field(default_factory=Tally)


def address_of(item: Item) -> str:
    """The item's address; a page from a folder without one has its path's."""
    if item.url:
        return item.url
    return item.path.resolve().as_uri() if item.path else item.title or ""
