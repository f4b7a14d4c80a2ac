"""The archive beside the bare library: reading, checking, indexing, writing, one page, and size.

python -m benchmarks.archive [--pages N]
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.warcwriter import WARCWriter

from benchmarks.archive_pages import make_pages
from flows.archive import Archive, read_warc
from flows.archive_checks import check_archive
from flows.fetched import Fetched
from flows.warc_blocks import Block, read_blocks
from flows.warc_digests import differs
from flows.warc_index import index_file

ROUNDS = 9
Work = Callable[[], object]


def main() -> int:
    """Prints a ratio for each goal, medians of interleaved rounds in CPU time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    pages = list(make_pages(parser.parse_args().pages))
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "archive"
        fill(folder, pages)
        (path,) = folder.glob("*.warc.gz")
        size = sum(len(page.body) for page in pages)
        print(f"{len(pages)} pages, {size / 1e6:.1f} MB, packed {path.stat().st_size / 1e6:.1f} MB")
        compare_reading(path, folder)
        compare_writing(Path(base), path, pages)
        compare_access(path, folder)
        compare_size(path)
    return 0


def compare_reading(path: Path, folder: Path) -> None:
    """Scan, scan with digests, index, verify: against the library's iterator over the same bodies."""
    bare, ours = rounds(lambda: read_bare(path), lambda: [len(one.body) for one in read_warc(path)])  # type: ignore[union-attr]
    print(f"scan: {bare / ours:.3f} of fastwarc (goal: at least 0.85)")
    bare, ours = rounds(lambda: read_bare(path), lambda: read_with_digests(path))
    print(f"scan with digests: {bare / ours:.3f} of fastwarc without (goal: at least 0.65)")
    bare, ours = rounds(lambda: read_bare(path), lambda: index_file(path))
    print(f"index from the file: {bare / ours:.3f} of fastwarc reading the bodies")
    bare, ours = rounds(lambda: read_bare(path), lambda: check_archive(folder))
    print(f"verify: {bare / ours:.3f} of fastwarc reading the bodies")


def read_bare(path: Path) -> int:
    """The bodies of all responses by the library alone."""
    with path.open("rb") as file:
        return sum(
            len(one.reader.read()) for one in ArchiveIterator(file, record_types=WarcRecordType.response)
        )


def read_with_digests(path: Path) -> None:
    """All records of ours with their digests compared."""
    for block in read_blocks(path):
        assert isinstance(block, Block)
        assert not differs(block.header("WARC-Block-Digest"), block.data)


def compare_writing(base: Path, path: Path, pages: list[Fetched]) -> None:
    """Pages into an archive with its index, against the library writing the same records, digests too."""
    records = [one for one in read_blocks(path) if isinstance(one, Block)]
    numbers = iter(range(10_000))
    bare, ours = rounds(
        lambda: write_bare(base / "bare.warc.gz", records), lambda: fill(base / f"new{next(numbers)}", pages)
    )
    print(f"write: {bare / ours:.3f} of fastwarc (goal: at least 0.8)")


def write_bare(path: Path, records: list[Block]) -> None:
    """The same records by the library alone, each a member of level 6 with its digests."""
    with path.open("wb") as file:
        for one in records:
            record = WarcRecord()
            record.init_headers(one.record.record_type)
            for name, value in one.record.headers.items():
                if name != "WARC-Block-Digest":
                    record.headers[name] = value
            record.set_bytes_content(one.data)
            writer = GzipWriter(file, compression_level=6)
            record.write(writer, checksum_data=True)
            writer.finish()
            writer.flush()


def fill(folder: Path, pages: list[Fetched]) -> None:
    """An archive of the pages."""
    with Archive(folder) as archive:
        for page in pages:
            archive.append(page, {"source": "outlet"})


def compare_access(path: Path, folder: Path) -> None:
    """Single pages in random order, against the library's seek and read."""
    with Archive(folder, read_only=True) as archive:
        records = list(archive.records())
        random.Random(1).shuffle(records)
        offsets = [one.offset for one in records]
        bare, ours = rounds(lambda: seek_bare(path, offsets), lambda: [archive.read(one) for one in records])
    per = 1e3 / len(records)
    print(
        f"random page: {ours * per:.3f} ms, {ours / bare:.2f} times fastwarc's {bare * per:.3f} (goal: at most 1.5)"
    )


def seek_bare(path: Path, offsets: list[int]) -> None:
    """Pages by the library alone, the file open."""
    with path.open("rb", buffering=0) as file:
        for offset in offsets:
            file.seek(offset)
            next(iter(ArchiveIterator(file))).reader.read()


def compare_size(path: Path) -> None:
    """The size of the same records written by warcio."""
    stream = io.BytesIO()
    from warcio.archiveiterator import ArchiveIterator as OtherReader  # noqa: PLC0415

    writer = WARCWriter(stream, gzip=True)
    with path.open("rb") as file:
        for record in OtherReader(file):
            writer.write_record(record)
    ours = os.path.getsize(path)  # noqa: PTH202
    print(f"size: {ours / stream.tell():.3f} of warcio (goal: at most 1.03)")


def rounds(bare: Work, ours: Work) -> tuple[float, float]:
    """The median CPU seconds of both, in turn."""
    spent: tuple[list[float], list[float]] = [], []
    for _ in range(ROUNDS):
        for times, work in zip(spent, (bare, ours), strict=True):
            start = process_time()
            work()
            times.append(process_time() - start)
    return statistics.median(spent[0]), statistics.median(spent[1])


if __name__ == "__main__":
    raise SystemExit(main())
