"""WARC files of others into the archive: each fetch once, however often it is tried."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fastwarc.warc import WarcRecordType

from flows.archive import Archive
from flows.fetched import Fetched
from flows.hops import Headers
from flows.warc_blocks import Block, read_blocks
from flows.warc_index import read_note
from flows.warc_members import Damage
from flows.warc_reader import explain_damage, read_response
from flows.warc_records import digest_payload
from models.errors import ArchiveError

KINDS = (WarcRecordType.response, WarcRecordType.revisit)


@dataclass(slots=True)
class Import:
    """What came of one file so far. `left_out` are answers other than a page: redirects, errors."""

    new: int = 0
    known: int = 0
    left_out: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """The fetches that were looked at."""
        return self.new + self.known + self.left_out + len(self.faults)


@dataclass(slots=True)
class Found:
    """A response or revisit of the file, with what stands behind it about it."""

    block: Block
    sent: Headers = ()
    note: dict[str, Any] = field(default_factory=dict)


def import_file(archive: Archive, path: Path) -> Iterator[Import]:
    """Archives the pages of a WARC file; gives the state after each fetch. Raises ArchiveError.

    A page is kept as the archive keeps its own, its body decoded. What is here already is passed over, so
    a broken import is simply begun again.
    """
    state = Import()
    try:
        for found in group_fetches(path, state):
            keep(archive, path.name, found, state)
            yield state
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error
    yield state


def group_fetches(path: Path, state: Import) -> Iterator[Found]:
    """The responses and revisits with their requests and notes; damage is noted."""
    held: Found | None = None
    for block in read_blocks(path):
        if isinstance(block, Damage):
            state.faults.append(str(explain_damage(path.name, block)))
        elif block.record.record_type in KINDS:
            if held:
                yield held
            held = Found(block)
        elif held and block.header("WARC-Concurrent-To") == held.block.record.record_id:
            add_to(held, block)
    if held:
        yield held


def add_to(found: Found, block: Block) -> None:
    """Adds what a request or a note says of a fetch."""
    if block.record.record_type == WarcRecordType.metadata:
        found.note = dict(read_note(block) or {})
    elif block.record.record_type == WarcRecordType.request:
        lines = block.data.decode("latin-1").split("\r\n")[1:]
        pairs = (line.split(":", 1) for line in lines if ":" in line)
        found.sent = tuple((name, value.strip()) for name, value in pairs if name.lower() != "host")


def keep(archive: Archive, name: str, found: Found, state: Import) -> None:
    """Archives one fetch, or counts why not."""
    try:
        page = make_page(archive, found)
        digest = digest_payload(page.body)
        if page.status == 304:
            digest = archive.find_body(page).digest
    except ArchiveError as error:
        state.faults.append(f"{name}: byte {found.block.offset}: {error}")
        return
    if page.status not in (200, 304):
        state.left_out += 1
    elif archive.index.find_fetch(page.url, page.fetched_at, digest):
        state.known += 1
    else:
        archive.append(page, {"warc": name, **found.note.get("metadata", {})})
        state.new += 1


def make_page(archive: Archive, found: Found) -> Fetched:
    """The fetch that the records tell of; a revisit's with its body out of the archive. Raises ArchiveError."""
    page = read_response(found.block)
    if found.block.record.record_type == WarcRecordType.revisit and page.status != 304:
        earlier = archive.index.find_payload(found.block.header("WARC-Payload-Digest"))
        if earlier is None:
            raise ArchiveError(f"the body of {page.url} is neither in the file before it nor in the archive")
        page = replace(page, body=archive.read(earlier).body)
    way = found.note.get("redirects")
    redirects = tuple(map(str, way)) if isinstance(way, list) else ()
    url = found.note.get("url", page.url)
    return replace(page, url=url, redirects=redirects, sent=found.sent)
