"""What a night keeps so that a later run need not do it again: parses, and the lexicons that it read with."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.stages import list_files, name_files
from flows.home import ROOT, keeps_parses
from flows.lines import instant
from flows.night import Night
from flows.parse_cache import ParseCache
from flows.parse_index import ParseIndex
from flows.staging import write_line
from flows.store import Store
from flows.tables import typed
from models.article import Article
from models.errors import StoreError

LINES = "parses.jsonl"


def expect_parses(night: Night, articles: Iterable[Article]) -> ParseCache | None:
    """The cache, told of texts that are new to it; None where it is switched off."""
    if night.parses is None and night.extractor and keeps_parses():
        night.parses = ParseCache(night.store.location, night.extractor.stages["parse"])
    if night.parses:
        night.parses.expect(articles, known=False)
    return night.parses


def put_aside(night: Night, *, last: bool = False) -> None:
    """Puts the index of the blocks that were written on disk, so that memory stays flat."""
    if night.parses is None:
        return
    lines = night.parses.flush() if last else night.parses.take_lines()
    path = night.staged.folder / LINES
    with typed(str(night.staged.folder)), path.open("ab") as file:
        for line in lines:
            write_line(file, line | {"at": instant(night.started)})


def commit_parses(night: Night) -> None:
    """Adds the night's parses to the index. Without them texts are only parsed again: a fault becomes a note."""
    put_aside(night, last=True)
    path = night.staged.folder / LINES
    try:
        if path.is_file() and path.stat().st_size:
            ParseIndex(night.store.location).add_file(path, night.run_id)
    except StoreError as error:
        night.notes.append(f"the parses of this run are not kept: {error}")
    if night.parses:
        night.notes += night.parses.notes


def keep_lexicons(store: Store, stages: Mapping[str, str]) -> None:
    """Keeps each lexicon and trained file that stages name, under its digest. Raises StoreError."""
    paths: Mapping[str, Path] = list_files(ROOT)
    for name in name_files(stages):
        with typed(str(paths[name])):
            data = paths[name].read_bytes()
        store.keep_lexicon(data)
