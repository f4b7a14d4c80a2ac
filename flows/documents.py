"""What `extract` reads: files, folders, addresses, WARC archives and standard input → articles."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from pathlib import Path
from typing import BinaryIO

from flows.fetch import Fetched, Fetcher
from flows.inputs import SNIFFED, Input, Kind, find_inputs, sniff
from flows.pages import Page, read_one, read_pages
from flows.records import check_text, read_records
from flows.warc_reader import read_warc
from models.article import Article, Published
from models.errors import DatelineError, InputError

Ready = Article | DatelineError
Item = Ready | Page
PAGES = ("text/html", "application/xhtml+xml")
MOST = 64 * 2**20  # bytes that are looked at; pages and texts of far fewer are refused as too large


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about the documents, over what they say themselves."""

    kind: Kind = "auto"
    url: str | None = None
    published: Published | None = None
    allow_private: bool = False


def read_documents(names: Sequence[str], given: Given) -> Iterator[Article | DatelineError]:
    """Articles in the order of the names; an error, which names the item, where one cannot be read."""
    for ready, items in groupby(read_items(names, given), lambda item: isinstance(item, Ready)):
        if ready:
            yield from (item for item in items if isinstance(item, Ready))
        else:
            yield from read_group((item for item in items if not isinstance(item, Ready)), len(names) == 1)


def read_group(pages: Iterator[Page], alone: bool) -> Iterator[Article | DatelineError]:
    """The articles of the pages: a lone page here and at once, several in a child that can be killed."""
    first = list(islice(pages, 2))
    if alone and len(first) == 1:
        yield read_one(first[0])
        return
    for _, found in read_pages(chain(first, pages)):
        yield found


def read_items(names: Iterable[str], given: Given) -> Iterator[Item]:
    """Articles, pages to be read, and errors."""
    for name in names:
        try:
            for one in find_inputs(name, given.kind):
                yield from read_input(one, given)
        except DatelineError as error:
            yield error


def read_input(one: Input, given: Given) -> Iterator[Item]:
    """What one file, address or stream holds."""
    try:
        if one.path:
            with one.path.open("rb") as file:
                yield from read_stream(one, file, given)
        elif one.name == "-":
            yield from read_stream(replace(one, name="stdin"), sys.stdin.buffer, given)
        else:
            yield fetch_page(one.name, given)
    except OSError as error:
        yield InputError(f"{one.name}: cannot be read ({error.strerror or error})")
    except DatelineError as error:
        yield error


def read_stream(one: Input, file: BinaryIO, given: Given) -> Iterator[Item]:
    """What a stream holds, by its kind."""
    head: bytes = file.peek(SNIFFED)  # type: ignore[attr-defined]
    if not head:
        raise InputError(f"{one.name}: empty")
    kind = one.kind if one.kind != "auto" else sniff(head)
    if kind == "jsonl":
        records = read_records(file, one.name)
        return (override(found, given) if isinstance(found, Article) else found for found in records)
    if kind == "warc":
        return read_archive(one, file, given)
    data = file.read(MOST)
    return iter([make_page(data, one.name, given) if kind == "html" else make_article(data, one.name, given)])


def override(article: Article, given: Given) -> Article:
    """The article with the time that the user gives."""
    if given.published is None:
        return article
    return replace(article, published=given.published, published_source="given")


def make_page(data: bytes, name: str, given: Given) -> Page:
    """A saved page, to be read."""
    return Page(data, given.url, name, published=given.published)


def make_article(data: bytes, name: str, given: Given) -> Article:
    """A document whose text is the whole file. Raises InputError."""
    if b"\0" in data:
        raise InputError(f"{name}: binary data, no text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        advice = "convert it: iconv -f ENCODING -t UTF-8"
        raise InputError(f"{name}: not UTF-8 (byte {error.start}); {advice}") from error
    return override(Article(check_text(text, name), name, given.url), given)


def fetch_page(url: str, given: Given) -> Page:
    """The page at an address. Raises FetchError."""
    return make_fetched(Fetcher(allow_private=given.allow_private).fetch(url), given)


def make_fetched(fetched: Fetched, given: Given) -> Page:
    """A page as it came over the net."""
    return Page(
        data=fetched.body,
        url=given.url or fetched.final_url,
        doc_id=fetched.url,
        charset=fetched.charset,
        published=given.published,
        fetched=fetched.fetched_at.date(),
    )


def read_archive(one: Input, file: BinaryIO, given: Given) -> Iterator[Item]:
    """The pages of a WARC file, and an error for each part that is damaged."""
    with tempfile.TemporaryDirectory() as folder:
        path = one.path or spool(file, Path(folder))
        for found in read_warc(path):
            if isinstance(found, DatelineError):
                yield found
            elif found.status == 200 and found.mime in PAGES:
                yield make_fetched(found, given)


def spool(file: BinaryIO, folder: Path) -> Path:
    """Standard input as a file, which an archive needs."""
    path = folder / "stdin.warc.gz"
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    return path
