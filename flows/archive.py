"""The archive: every page as it came, for ever. WARC files in a folder, and an index beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.archive_changes import finish_change, typed
from flows.archive_files import Files
from flows.archive_index import Index, Record
from flows.cdxj import write_cdxj
from flows.fetched import Fetched
from flows.lock import hold_lock
from flows.warc_index import index_file, read_record
from flows.warc_reader import read_warc
from flows.warc_records import Earlier, digest_payload, make_group
from flows.warc_writer import LARGEST, WarcWriter, recover_files
from models.errors import ArchiveError

__all__ = ["Archive", "Record", "read_warc"]


class Archive:
    """An open archive. One process writes at a time; any number read with `read_only`.

    `largest` is the size in bytes at which a new WARC file begins. With a `url`, finished files are kept there
    (an object store, or whatever fsspec reaches); the folder keeps the index and the file being written.
    """

    def __init__(
        self, folder: Path, *, read_only: bool = False, largest: int = LARGEST, url: str | None = None
    ) -> None:
        self.folder = folder
        self.files = Files(folder, url)
        self.read_only = read_only
        self.held = ExitStack()
        self.writer = WarcWriter(folder, largest, self.list_files)
        self.index: Index

    def __enter__(self) -> Self:
        with ExitStack() as held:
            if not self.read_only:
                held.enter_context(hold_lock(self.folder / "lock"))
                self.recover()
            self.index = Index(self.folder / "index.sqlite", read_only=self.read_only)
            held.callback(self.index.close)
            if not self.read_only:
                self.catch_up()
            self.held = held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.held:
            try:
                self.writer.close()
            except OSError as fault:
                raise ArchiveError(
                    f"{self.folder}: the archive cannot be closed ({fault.strerror})"
                ) from fault
            if not self.read_only:
                self.deliver()

    def append(self, fetched: Fetched, metadata: Mapping[str, str]) -> Record:
        """Keeps a fetch and gives its record. A body that is here already is referred to, not stored again.

        Raises ArchiveError where it cannot be written, and for a 304 of a page that is not here.
        """
        if fetched.status == 304:
            earlier: Record | None = self.find_body(fetched)
        else:
            digest = digest_payload(fetched.body)
            earlier = self.find_sound(digest)
        digest = earlier.digest if earlier else digest
        refers = Earlier(earlier.record_id, earlier.final_url, earlier.fetched_at) if earlier else None
        group = make_group(fetched, metadata, digest, refers)
        file, offset = self.writer.write(group.first + group.rest)
        record = Record(
            record_id=group.record_id,
            kind="revisit" if earlier else "response",
            url=fetched.url,
            final_url=fetched.final_url,
            fetched_at=fetched.fetched_at,
            status=fetched.status,
            mime=fetched.mime,
            digest=digest,
            etag=fetched.header("etag"),
            last_modified=fetched.header("last-modified"),
            refers_to=earlier.record_id if earlier else None,
            file=file,
            offset=offset,
            length=len(group.first),
            metadata=dict(metadata),
        )
        self.index.add(record, self.writer.size)
        return record

    def find(self, url: str) -> Record | None:
        """The latest record of an address as it was asked for."""
        return self.index.find(url)

    def find_version(self, url: str, body: bytes) -> Record | None:
        """The first record of an address with this body."""
        return self.index.find_version(url, digest_payload(body))

    def records(self, since: datetime | None = None) -> Iterator[Record]:
        """All records, or those from an instant on, in the order of time."""
        return self.index.list(since)

    def read(self, record: Record) -> Fetched:
        """The archived page; a revisit's with the body that it refers to.

        The request's headers and the redirects stay in the file. Raises ArchiveError.
        """
        own = read_record(self.files.read(record.file, record.offset, record.length), record)
        if record.kind == "response":
            return own
        earlier = self.index.find_id(record.refers_to or "")
        if earlier is None or earlier.kind != "response":
            raise ArchiveError(f"{record.url}: the body that {record.file} refers to is not in the archive")
        body = self.read(earlier)
        if record.status == 304:
            own = replace(own, status=body.status, headers=body.headers)
        return replace(own, body=body.body)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the latest version of an address."""
        record = self.find(url)
        if record and not self.index.find_payload(record.digest):
            return None, None  # damage took its body: the page must come whole again
        if record and record.status == 304 and not (record.etag or record.last_modified):
            record = self.index.find_id(record.refers_to or "")
        return (record.etag, record.last_modified) if record else (None, None)

    def find_sound(self, digest: str) -> Record | None:
        """The first response with this body that can be read: to refer to damage would lose a good body."""
        return next(filter(self.is_readable, self.index.payloads(digest)), None)

    def is_readable(self, record: Record) -> bool:
        """Whether the page is there as it was archived."""
        try:
            self.read(record)
        except ArchiveError:
            return False
        return True

    def find_body(self, fetched: Fetched) -> Record:
        """The response that a 304 stands for. Raises ArchiveError where there is none."""
        record = self.find(fetched.url)
        found = self.index.find_payload(record.digest) if record else None
        if found is None:
            raise ArchiveError(f"{fetched.url}: answers 304, but no version of it is in the archive")
        return found

    def list_files(self) -> Iterable[str]:
        """The names of all files that the archive knows, wherever they stand."""
        return self.index.sizes()

    def recover(self) -> None:
        """Finishes what a killed run left behind."""
        try:
            recover_files(self.folder)
            self.files.settle()
        except OSError as error:
            raise ArchiveError(f"{self.folder}: cannot be recovered ({error.strerror})") from error

    def catch_up(self) -> None:
        """Indexes the files that the index does not know as they are, and forgets those that are gone."""
        finish_change(self.files, self.index)
        known = self.index.sizes()
        there = self.files.sizes()
        self.check_store(known.keys() - there.keys(), there)
        for name, size in there.items():
            if known.get(name) != size:
                with self.files.at_hand(name) as path, typed(path):
                    self.index.swap([name], [(name, size, index_file(path, name))])
        self.index.swap(known.keys() - there.keys(), [])
        self.deliver()

    def check_store(self, missing: Collection[str], there: Iterable[str]) -> None:
        """Raises ArchiveError where the store lists nothing at all: that is no reason to forget what it had."""
        if self.files.store and missing and all((self.folder / name).exists() for name in there):
            raise ArchiveError(
                f"{self.files.url}: none of the archive's files is there; is the store reachable? "
                "If they are gone for good, run: dateline archive index"
            )

    def deliver(self) -> None:
        """Brings finished files to where they are kept."""
        self.files.deliver(lambda name: write_cdxj(self.index.of_file(name)))
