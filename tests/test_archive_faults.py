"""Each fault of an archive by its name: what is read in spite of it, and in which words it is told."""

import gzip
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.archive import Archive, read_warc
from flows.archive_checks import check_archive
from flows.fetched import Fetched
from flows.warc_blocks import Block, read_apart, read_blocks, read_one
from flows.warc_members import Damage
from models.errors import ArchiveError
from tests.archive_writer import make_fetched
from tests.archives import fill, find_warc

Seen = tuple[object, ...]


def view(found: Block | Damage) -> Seen:
    if isinstance(found, Damage):
        return (found.offset, found.reason)
    return (found.offset, found.length, found.part, found.data, found.record.record_id)


def split(folder: Path) -> list[bytes]:
    """The members of a small archive's file: a head, then three for each of four pages."""
    fill(folder, 4)
    path = find_warc(folder)
    data = path.read_bytes()
    blocks = [one for one in read_blocks(path) if isinstance(one, Block)]
    return [data[one.offset : one.offset + one.length] for one in blocks]


def flip(member: bytes, place: int) -> bytes:
    turned = bytearray(member)
    turned[place] ^= 0xFF
    return bytes(turned)


def edit(member: bytes, old: bytes, new: bytes) -> bytes:
    record = gzip.decompress(member)
    assert re.search(old, record)
    return gzip.compress(re.sub(old, new, record, count=1))


Damager = Callable[[list[bytes]], list[bytes]]
LENGTH = rb"Content-Length: \d+"
# Page n is member 1 + 3 n. Each case: the damage, the pages that are left, what is said, how often.
FAULTS: dict[str, tuple[Damager, str, str, int]] = {
    "flipped byte in a body": (lambda m: [*m[:4], flip(m[4], 900), *m[5:]], "023", "damaged at byte", 1),
    "flipped checksum": (lambda m: [*m[:4], flip(m[4], -6), *m[5:]], "023", "data check", 1),
    "flipped length": (lambda m: [*m[:4], flip(m[4], -1), *m[5:]], "023", "length check", 1),
    "flipped magic": (lambda m: [*m[:4], flip(m[4], 0), *m[5:]], "023", "no gzip member", 1),
    "two in a row": (lambda m: [*m[:4], flip(m[4], 90), m[5], m[6], flip(m[7], 90), *m[8:]], "03", "damaged", 2),
    "first and last page": (lambda m: [m[0], flip(m[1], 90), *m[2:10], flip(m[10], 90), *m[11:]], "12", "damaged", 2),
    "damaged request": (lambda m: [*m[:5], flip(m[5], 60), *m[6:]], "0123", "damaged at byte", 1),
    "damaged head": (lambda m: [flip(m[0], 40), *m[1:]], "0123", "damaged at byte 0", 1),
    "garbage between members": (lambda m: [*m[:4], b"garbage " * 9, *m[4:]], "0123", "no gzip member", 1),
    "magic in the garbage": (lambda m: [*m[:4], b"\x1f\x8b\x08\0 no" * 9, *m[4:]], "0123", "damaged", 1),
    "half a member between members": (lambda m: [*m[:4], m[4][:500], *m[4:]], "0123", "damaged", 1),
    "zeros at the end": (lambda m: [*m, bytes(4096)], "0123", "no gzip member", 1),
    "zeros in the middle": (lambda m: [*m[:4], bytes(4096), *m[4:]], "0123", "no gzip member", 1),
    "cut off in the last page": (lambda m: [*m[:10], m[10][:700]], "012", "cut off", 1),
    "cut off in the last checksum": (lambda m: [*m[:-1], m[-1][:-3]], "0123", "cut off", 1),
    "content shorter than it says": (lambda m: [*m[:4], edit(m[4], LENGTH, b"Content-Length: 99999"), *m[5:]],
                                     "023", "cut off", 1),
    "content longer than it says": (lambda m: [*m[:4], edit(m[4], LENGTH, b"Content-Length: 400"), *m[5:]],
                                    "0123", "no WARC record", 1),
    "headers that never end": (lambda m: [*m[:4], gzip.compress(b"WARC/1.1\r\nWARC-Type: resp"), *m[5:]], "023", "", 0),
    "no record in a member": (lambda m: [*m[:4], gzip.compress(b"hello\r\n\r\n"), *m[5:]], "023", "no WARC record", 1),
    "empty member": (lambda m: [*m[:4], gzip.compress(b""), *m[4:]], "0123", "", 0),
    "two records in a member": (lambda m: [*m[:4], gzip.compress(gzip.decompress(m[4]) + gzip.decompress(m[7])),
                                           *m[8:]], "0123", "", 0),
    "one member for all": (lambda m: [gzip.compress(b"".join(map(gzip.decompress, m)))], "0123", "", 0),
    "one member, cut off": (lambda m: [gzip.compress(b"".join(map(gzip.decompress, m)))[:-900]], "", "cut off", 1),
    "not packed": (lambda m: list(map(gzip.decompress, m)), "0123", "", 0),
    "not packed, cut off": (lambda m: [*map(gzip.decompress, m[:10]), gzip.decompress(m[10])[:900]], "012",
                            "cut off", 1),
    "record without digest": (lambda m: [*m[:4], edit(m[4], rb"WARC-(Block|Payload)-Digest: .*\r\n", b""), *m[5:]],
                              "0123", "", 0),
    "record without date": (lambda m: [*m[:4], edit(m[4], rb"WARC-Date: .*\r\n", b""), *m[5:]], "023", "no date", 1),
    "page that is not HTTP": (lambda m: [*m[:4], edit(m[4], rb"HTTP/1.1 200", b"nonsense 200"), *m[5:]], "023",
                              "no HTTP response", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_damage_costs_what_is_damaged_and_is_told(tmp_path: Path, name: str) -> None:
    damage, left, words, times = FAULTS[name]
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(damage(split(tmp_path / "whole"))))
    found = list(read_warc(path))
    pages = [one for one in found if isinstance(one, Fetched)]
    assert sorted(page.url.rpartition("/")[2] for page in pages) == sorted(left)
    if name != "content longer than it says":
        assert all(page.body == make_fetched(int(page.url.rpartition("/")[2])).body for page in pages)
    errors = [str(one) for one in found if isinstance(one, ArchiveError)]
    assert len(errors) == times, errors
    assert all("x.warc.gz" in error and words in error and "\n" not in error for error in errors)


def test_the_fast_way_finds_what_the_careful_way_finds(tmp_path: Path) -> None:
    """Cut at every 7th byte, flipped at every 11th, and mixtures of all faults."""
    members = split(tmp_path / "whole")
    data, path = b"".join(members), tmp_path / "x.warc.gz"
    chance = random.Random(3)
    cases = [data[:end] for end in range(4, len(data), 7)] + [flip(data, n) for n in range(3, len(data), 11)]
    variants = [damage(members) for name, (damage, *_) in FAULTS.items() if "packed" not in name]
    pool = members + [one for variant in variants for one in variant if one not in members]
    cases += [b"".join([members[0], *chance.choices(pool, k=9)]) for _ in range(400)]
    for case in cases:
        path.write_bytes(case)
        assert [view(one) for one in read_blocks(path)] == [view(one) for one in read_apart(path, 0, 0)]


def test_one_record_by_its_place_is_whole_or_none(tmp_path: Path) -> None:
    member = split(tmp_path)[4]
    whole = read_one(member)
    assert whole is not None
    for place in range(len(member)):
        found = read_one(flip(member, place))
        assert found is None or found.data == whole.data  # a byte of time or system in the gzip head
        assert read_one(member[:place]) is None
    assert read_one(member + b"\0") is None


def test_headers_that_the_body_contradicts_are_a_fault_of_ours_and_read_all_the_same(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    path = find_warc(tmp_path)
    blocks = [one for one in read_blocks(path) if isinstance(one, Block)]
    data = path.read_bytes()
    page = edit(data[blocks[1].offset : blocks[2].offset], rb"ETag: ", b"Content-Length: 7\r\nETag: ")
    page = edit(page, rb"WARC-Block-Digest: .*\r\n", b"")
    page = edit(page, LENGTH, b"Content-Length: %d" % (len(blocks[1].data) + 19))
    path.write_bytes(data[: blocks[1].offset] + page + data[blocks[2].offset :])
    assert [one.body for one in read_warc(path) if isinstance(one, Fetched)] == [
        make_fetched(n).body for n in (0, 1)
    ]
    with Archive(tmp_path):
        pass
    found = check_archive(tmp_path)
    size = len(make_fetched(0).body)
    assert [re.sub(r"^\S+: ", "", fault) for fault in found.faults] == [
        f"byte {blocks[1].offset}: Content-Length says 7, the body has {size} bytes ({make_fetched(0).url})"
    ]
    assert found.without_digest == 1


def test_a_revisit_whose_body_is_gone_is_typed_and_the_page_is_fetched_whole_again(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    with Archive(tmp_path) as archive:
        again = archive.append(make_fetched(7, body=make_fetched(0).body), {})
    (tmp_path / min(path.name for path in tmp_path.glob("*.warc.gz"))).unlink()
    with Archive(tmp_path) as archive:
        with pytest.raises(ArchiveError, match="not in the archive"):
            archive.read(again)
        assert archive.validators(again.url) == (None, None)
        assert archive.append(make_fetched(7, body=make_fetched(0).body), {}).kind == "response"
