"""Files of the archive written anew: without damage, fewer and larger, or without an address."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from flows.archive import Archive
from flows.archive_changes import Change, make_change, typed, write_file
from flows.archive_index import Record
from flows.warc_blocks import Block, pack_block, read_blocks
from flows.warc_digests import list_faults
from flows.warc_members import Damage

STEP = 2**20


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal took: the records of the address, those that had their body from them, and what stays."""

    records: tuple[Record, ...]
    dependent: tuple[Record, ...]
    elsewhere: tuple[Record, ...]  # other addresses' records that hold the same bodies


def repair_archive(archive: Archive) -> Iterator[str]:
    """Puts each damaged file's sound records into a new file and sets the damaged one aside; their names."""
    for name in archive.files.sizes():
        with archive.files.at_hand(name) as path, typed(path):
            if all(is_sound(found) for found in read_blocks(path)):
                continue
            made, _ = write_file(archive.files, archive.index, copy_sound(path))
        change = Change((made,) if made else (), (name,), aside=True)
        make_change(archive.files, archive.index, change)
        archive.deliver()
        yield name


def is_sound(found: Block | Damage) -> bool:
    """Whether it is a record with a member of its own that is what its digests say."""
    return isinstance(found, Block) and found.length > 0 and not found.part and not any(list_faults(found))


def copy_sound(path: Path) -> Iterator[bytes]:
    """The sound records of a file; those that share a member get one each."""
    with path.open("rb") as file:
        for offset, group in groupby(read_blocks(path), key=lambda found: found.offset):
            blocks = list(group)
            if len(blocks) == 1 and is_sound(blocks[0]):
                file.seek(offset)
                yield file.read(blocks[0].length)  # type: ignore[union-attr]  # sound: a block
            else:
                yield from (
                    pack_block(one) for one in blocks if isinstance(one, Block) and not any(list_faults(one))
                )


def compact_archive(archive: Archive) -> Iterator[tuple[tuple[str, ...], str]]:
    """Joins small files, byte for byte, into files of at most the usual size; old names and the new one."""
    for names in list(choose_small(archive)):
        starts: dict[str, int] = {}
        made, head = write_file(archive.files, archive.index, join_files(archive, names, starts))
        records = [
            replace(one, file=made, offset=one.offset + head + starts[name])
            for name in names
            for one in archive.index.of_file(name)
        ]
        make_change(archive.files, archive.index, Change((made,), names), records)
        archive.deliver()
        yield names, made


def choose_small(archive: Archive) -> Iterator[tuple[str, ...]]:
    """Groups of small sound files, in order; a damaged one is for repair first."""
    group: list[str] = []
    room = archive.writer.largest
    for name, size in archive.files.sizes().items():
        if size * 2 > archive.writer.largest or not is_whole(archive, name):
            continue
        if size > room:
            yield from [tuple(group)] if len(group) > 1 else []
            group, room = [], archive.writer.largest
        group.append(name)
        room -= size
    yield from [tuple(group)] if len(group) > 1 else []


def is_whole(archive: Archive, name: str) -> bool:
    """Whether a file has no fault."""
    with archive.files.at_hand(name) as path, typed(path):
        return all(is_sound(found) for found in read_blocks(path))


def join_files(archive: Archive, names: Iterable[str], starts: dict[str, int]) -> Iterator[bytes]:
    """The bytes of the files; `starts` gets where each begins."""
    place = 0
    for name in names:
        starts[name] = place
        with archive.files.at_hand(name) as path, typed(path), path.open("rb") as file:
            while piece := file.read(STEP):
                yield piece
                place += len(piece)


def remove_address(archive: Archive, url: str, reason: str = "") -> Removal:
    """Takes every record of an address out of the archive, and those of others that have their body from it.

    Whoever asks for this asks for the content, so an equal page of another address goes too when its body is
    this one. A body that is stored under another address stays: it is named, to be removed by itself.
    """
    own = tuple(archive.index.of_address(url))
    mine = {one.record_id for one in own}
    others = (one for record in own for one in archive.index.referring(record.record_id))
    dependent = tuple(one for one in others if one.record_id not in mine)
    bodies = {one.refers_to for one in own if one.refers_to} - mine
    elsewhere = tuple(found for key in sorted(bodies) if (found := archive.index.find_id(key)))
    gone = mine | {one.record_id for one in dependent}
    names = tuple(sorted({one.file for one in (*own, *dependent)}))
    made: list[str] = []
    for name in names:
        with archive.files.at_hand(name) as path, typed(path):
            new, _ = write_file(archive.files, archive.index, copy_without(path, gone))
        made += [new] if new else []
    if names:
        note = describe_removal(url, reason, own, dependent)
        make_change(archive.files, archive.index, Change(tuple(made), names, note=note))
        archive.deliver()
    return Removal(own, dependent, elsewhere)


def copy_without(path: Path, gone: set[str]) -> Iterator[bytes]:
    """The members of a file but those of these records, their requests and their notes. Damage goes too."""
    with path.open("rb") as file:
        for offset, group in groupby(read_blocks(path), key=lambda found: found.offset):
            blocks = list(group)
            kept = [one for one in blocks if isinstance(one, Block) and not is_of(one, gone)]
            if kept and len(blocks) == 1 and is_sound(kept[0]):
                file.seek(offset)
                yield file.read(kept[0].length)
            else:  # a member that holds others too may hold what is to go
                yield from map(pack_block, kept)


def is_of(block: Block, gone: set[str]) -> bool:
    """Whether it is one of these records, or its request or note."""
    return bool({block.record.record_id, block.header("WARC-Concurrent-To")} & gone)


def describe_removal(url: str, reason: str, own: Iterable[Record], dependent: Iterable[Record]) -> str:
    """The line that stays of a removal: when, which address, which fetches; nothing of their content."""
    return json.dumps(
        {
            "removed_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "url": url,
            "reason": reason,
            "fetches": [one.fetched_at.isoformat() for one in own],
            "with_the_same_body": sorted({one.url for one in dependent}),
        },
        ensure_ascii=False,
    )
