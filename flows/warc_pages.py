"""The wanted pages of a WARC source, one after the other, each with the place behind it."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import tld
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extractors.page_language import find_language
from flows.fetched import Fetched
from flows.memory import Place
from flows.warc_blocks import Block, lament, read_content
from flows.warc_files import Opened
from flows.warc_members import RECORD, Damage, Member
from flows.warc_reader import read_date, read_response
from flows.warc_stream import (
    Inflated,
    Window,
    skip_damage,
    skip_record,
    take_member,
    take_record,
)
from models.errors import ArchiveError, SourceError
from models.source import Source

PAGES = ("text/html", "application/xhtml+xml")
LARGEST_PAGE = 5 * 2**20
TOO_LARGE = "more than"  # how the damage of a member begins that is a whole file
RESPONSE = re.compile(rb"\r\nwarc-type:[ \t]*response", re.IGNORECASE)
Step = Fetched | ArchiveError | Place


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages a source wants."""

    source: Source
    domains: frozenset[str]

    def takes_record(self, record: WarcRecord) -> bool:
        """Whether the headers of a record are those of a page that may be wanted. Raises ArchiveError."""
        if record.record_type != WarcRecordType.response:
            return False
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if not url.startswith(("http://", "https://")) or url.split() != [url]:
            return False
        if self.domains and find_domain(urlsplit(url).hostname or "") not in self.domains:
            return False
        since, until = self.source.since, self.source.until
        day = read_date(Block(record, b"", 0, 0)).date() if since or until else None
        return day is None or ((since is None or day >= since) and (until is None or day <= until))

    def takes_page(self, page: Fetched) -> bool:
        """Whether it is a page, in a wanted language. A page whose language cannot be told is taken."""
        if page.status != 200 or page.mime not in PAGES:
            return False
        languages = self.source.languages
        return not languages or (find_language(page.body, page.charset) or languages[0]) in languages


def read_wanted(source: Source) -> Wanted:
    """The source's filters. Raises SourceError for a domain that is none."""
    for domain in source.domains:
        if "." not in domain.strip(".") or "/" in domain or tld.is_tld(domain):
            raise SourceError(f"{source.id}: 'domains' has {domain!r}, which no one site owns")
    return Wanted(source, frozenset(find_domain(domain.lower()) for domain in source.domains))


@lru_cache(maxsize=2**16)
def find_domain(host: str) -> str:
    """The registered domain of a host by the public suffix list; its last two labels where that knows none."""
    found = tld.get_fld(host, fix_protocol=True, fail_silently=True)
    return found or ".".join(host.rstrip(".").split(".")[-2:])


def read_file(opened: Opened, name: str, wanted: Wanted) -> Iterator[Step]:
    """Each wanted page or damage, and the place behind what was read, in turn. The last place is the end."""
    window = Window(opened.stream, opened.start)
    window.fill(len(RECORD))
    bare = window.data.startswith(RECORD)
    take, skip = (take_record, skip_record) if bare else (take_member, skip_damage)
    while window.fill():
        found = take(window)
        if (
            isinstance(found, Damage)
            and found.offset == 0
            and found.reason.startswith(TOO_LARGE)
            and not bare
        ):
            yield from read_inflated(window, name, wanted)
            yield Place(offset=window.offset, version=opened.version)
            continue
        yield from read_member(found, name, wanted)
        if isinstance(found, Damage):
            skip(window)
        yield Place(offset=window.offset, version=opened.version)
    yield Place(offset=window.offset, version=opened.version, done=True)


def read_inflated(window: Window, name: str, wanted: Wanted) -> Iterator[Step]:
    """What a file that is one large member holds; there is no place in it but its end."""
    inside = Window(Inflated(window))
    while inside.fill():
        found = take_record(inside)
        yield from read_member(found, name, wanted)
        if isinstance(found, Damage):
            skip_record(inside)


def read_member(found: Member | Damage, name: str, wanted: Wanted) -> Iterator[Step]:
    """The wanted pages of a member, or the error of a damaged part."""
    if isinstance(found, Damage):
        yield ArchiveError(f"{name}: damaged at byte {found.offset} ({found.reason})")
    elif RESPONSE.search(found.data):
        records = ArchiveIterator(io.BytesIO(found.data), parse_http=False)
        yield from read_records(records, f"{name}: byte {found.offset}", wanted)


def read_wanted_page(record: WarcRecord, wanted: Wanted) -> Fetched | None:
    """The page of a record, None where it is none that is wanted. Raises ArchiveError."""
    if not wanted.takes_record(record):
        return None
    block = Block(record, read_content(record), 0, 0)
    if len(block.data) != record.content_length:
        raise ArchiveError(str(lament(block).reason))
    return read_response(block)


def read_records(
    records: Iterable[WarcRecord], name: str, wanted: Wanted
) -> Iterator[Fetched | ArchiveError]:
    """The wanted pages of the records, up to the first that cannot be parsed."""
    try:
        for record in records:
            try:
                page = read_wanted_page(record, wanted)
            except ArchiveError as error:
                yield ArchiveError(f"{name}: {error}")
                continue
            if page and len(page.body) > LARGEST_PAGE:
                yield ArchiveError(f"{name}: {page.url} is larger than {LARGEST_PAGE >> 20} MiB")
            elif page and wanted.takes_page(page):
                yield page
    except (OSError, ValueError) as error:
        yield ArchiveError(f"{name}: no WARC record ({error})")
