"""Is the archive whole? Every member, every digest, and the index against the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.archive_changes import JOURNAL, typed
from flows.archive_files import Files
from flows.archive_index import Index, Record
from flows.lock import hold_lock
from flows.warc_blocks import Block, read_blocks
from flows.warc_digests import has_digest, list_faults
from flows.warc_index import index_blocks
from flows.warc_members import Damage
from flows.warc_reader import explain_damage
from flows.warc_writer import OPEN
from models.errors import ArchiveError


@dataclass(slots=True)
class Findings:
    """What was looked at, and each fault in one line."""

    files: int = 0
    records: int = 0
    without_digest: int = 0
    faults: list[str] = field(default_factory=list)


def check_archive(folder: Path, url: str | None = None) -> Findings:
    """Reads the whole archive and changes nothing. Raises StoreError where another process writes to it."""
    findings = Findings()
    with hold_lock(folder / "lock"):
        files = Files(folder, url)
        index = open_index(folder, findings)
        try:
            check_rests(folder, findings)
            responses: set[str] = set()
            revisits: list[Record] = []
            for name in files.sizes():
                records = check_file(files, name, findings)
                responses.update(one.record_id for one in records if one.kind == "response")
                revisits += [one for one in records if one.kind == "revisit"]
                if index:
                    compare(name, records, index.of_file(name), findings)
            findings.faults += [lack(one) for one in revisits if one.refers_to not in responses]
            if index:
                gone = sorted(index.sizes().keys() - files.sizes().keys())
                findings.faults += [f"{name}: in the index, but the file is gone" for name in gone]
        finally:
            if index:
                index.close()
    return findings


def open_index(folder: Path, findings: Findings) -> Index | None:
    """The index, None where it cannot be read."""
    try:
        index = Index(folder / "index.sqlite", read_only=True)
        index.sizes()
    except ArchiveError as error:
        findings.faults.append(f"{error}; make it anew: dateline archive index")
        return None
    return index


def check_rests(folder: Path, findings: Findings) -> None:
    """What a killed process left behind."""
    left = [path.name for path in sorted(folder.glob(f"*{OPEN}"))]
    findings.faults += [
        f"{name}: left open by a run that was killed; the next run finishes it" for name in left
    ]
    if (folder / JOURNAL).exists():
        findings.faults.append(f"{JOURNAL}: a change was begun; the next run finishes it")


def check_file(files: Files, name: str, findings: Findings) -> list[Record]:
    """Reads one file; its records."""
    findings.files += 1
    with files.at_hand(name) as path, typed(path):
        return index_blocks(watch(read_blocks(path), name, findings), name)


def watch(blocks: Iterable[Block | Damage], name: str, findings: Findings) -> Iterator[Block | Damage]:
    """The same blocks, their faults noted on the way."""
    together = False
    for found in blocks:
        if isinstance(found, Damage):
            findings.faults.append(str(explain_damage(name, found)))
        else:
            findings.records += 1
            findings.without_digest += not has_digest(found)
            together = together or not found.length or found.part > 0
            about = found.url or found.record.record_id
            findings.faults += [
                f"{name}: byte {found.offset}: {fault} ({about})" for fault in list_faults(found)
            ]
        yield found
    if together:
        findings.faults.append(
            f"{name}: byte 0: records share a member and cannot be read alone; repair parts them"
        )


def compare(name: str, there: Iterable[Record], told: Iterable[Record], findings: Findings) -> None:
    """The records of a file beside what the index says of it."""
    in_file = {one.record_id: one for one in there}
    in_index = {one.record_id: one for one in told}
    for key, one in in_file.items():
        if in_index.get(key) != one:
            word = "otherwise in" if key in in_index else "not in"
            findings.faults.append(f"{name}: byte {one.offset}: {word} the index ({one.url})")
    for key in in_index.keys() - in_file.keys():
        one = in_index[key]
        findings.faults.append(f"{name}: byte {one.offset}: in the index, but not in the file ({one.url})")


def lack(record: Record) -> str:
    """The fault of a revisit whose body is gone."""
    return f"{record.file}: byte {record.offset}: refers to a body that is not in the archive ({record.url})"
