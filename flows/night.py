"""What the stages of one night share. Stages hand on counts and records; bodies stay on disk."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flows.archive import Archive, Record
from flows.feeds import Item
from flows.fetch import Fetcher
from flows.memory import Memory, Place
from flows.staging import Staging
from flows.stop import Stop
from flows.store import Store
from flows.tally import Tally
from models.hold import Hold
from models.source import Source

if TYPE_CHECKING:
    from extractors.extractor import Extractor
    from flows.parse_cache import ParseCache

Note = Callable[[], str]  # what is in hand, whenever somebody looks; `str` says nothing
Progress = Callable[[str, int, int, Note], None]  # stage, done, of how many


@dataclass(frozen=True, slots=True)
class Ready:
    """An item whose page is in the archive under its address."""

    item: Item
    page: str
    record: Record

    @property
    def version(self) -> tuple[str, str]:
        """Address and digest of the bytes."""
        return self.page, self.record.digest


@dataclass(frozen=True, slots=True)
class Kept:
    """What reviews left that a page's new text must not undo."""

    edits: Mapping[str, Sequence[Hold]]  # by event
    refused: Mapping[tuple[str, str], Hold]  # by event and field
    events: frozenset[str]  # of what was refused
    pages: frozenset[str]  # addresses of those events that stand


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
    memory: Memory
    staged: Staging
    stop: Stop
    progress: Progress
    load: Callable[[], "Extractor"]
    extractor: "Extractor | None" = None
    parses: "ParseCache | None" = None
    items: list[Item] = field(default_factory=list)
    ready: dict[int, Ready] = field(default_factory=dict)  # by the item's place, so that order is the plan's
    refused: set[int] = field(default_factory=set)  # places of items whose pages could not be had
    places: dict[str, dict[str, Place]] = field(
        default_factory=dict
    )  # WARC sources: how far each file is read
    taken: Counter[str] = field(default_factory=Counter)  # WARC sources: pages that were new to the archive
    lost: set[str] = field(default_factory=set)  # sources that could not be read
    partial: set[str] = field(default_factory=set)  # sources of which a part could not be read
    tally: Tally = field(default_factory=Tally)
    fresh: timedelta = timedelta(0)  # a page that was fetched so short a while ago is not asked for again
    notes: list[str] = field(default_factory=list)  # good to know, but no error
    kept: Kept | None = None  # what reviews left; read when the first rows are there


def address_of(item: Item) -> str:
    """The item's address; a saved page without one gets one that is the same on every machine."""
    return item.url or f"file:///{item.source_id}/{quote(os.fsencode(item.path.name) if item.path else '')}"
