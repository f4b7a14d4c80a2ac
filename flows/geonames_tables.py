"""Files of GeoNames, read line by line in bounded memory: what each is, its cells, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO, Literal

from models.errors import InputError

TableKind = Literal["places", "names"]
KINDS: dict[int, TableKind] = {19: "places", 10: "names", 8: "names"}  # by columns; 8 before names had dates
LONGEST = 1 << 20  # bytes of a line; GeoNames' own are below 0.05 MB
SNIFFED = 1 << 16
PACKED = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "a 7z archive",
}
TOLD = 5  # faults of a file that are told one by one


@dataclass(slots=True)
class Table:
    """One file; what was taken of it is counted while it is read, and its digest known afterwards."""

    path: Path
    kind: TableKind
    size: int
    read: int = 0
    new: int = 0
    known: int = 0
    left_out: int = 0
    names: int = 0
    skipped: int = 0
    faults: list[str] = field(default_factory=list)
    digest: str = ""

    def skip(self, line: int, fault: str) -> None:
        """Counts a line that cannot be read."""
        self.skipped += 1
        if len(self.faults) < TOLD:
            self.faults.append(f"{self.path.name}:{line}: {fault}")


def open_table(path: Path) -> Table:
    """The file and what it holds. Raises InputError, in one line that says what to do."""
    try:
        with path.open("rb") as file:
            head = file.read(SNIFFED)
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    if not head.strip():
        raise InputError(f"{path}: empty; a GeoNames file is wanted, such as SY.txt")
    packed = next((what for magic, what in PACKED.items() if head.startswith(magic)), None)
    if packed:
        raise InputError(f"{path}: is {packed}; unpack it and name the .txt file in it")
    return Table(path, find_kind(path, head), size)


def find_kind(path: Path, head: bytes) -> TableKind:
    """What the first line of a known number of columns says. Raises InputError."""
    columns = [line.count(b"\t") + 1 for line in head.split(b"\n")]
    kind = next((KINDS[number] for number in columns if number in KINDS), None)
    if kind is None:
        raise InputError(
            f"{path}:1: has {columns[0]} columns parted by tabs; GeoNames' places have 19, its alternate names 10"
        )
    return kind


def read_table(table: Table) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each line that can be read; the others are counted in the table."""
    hashed = sha256()
    try:
        with table.path.open("rb") as file:
            for number in count(1):
                line = file.readline(LONGEST)
                if not line:
                    break
                hashed.update(line)
                table.read += len(line)
                if len(line) == LONGEST and not line.endswith(b"\n"):
                    table.read += pass_over(file)
                    table.skip(number, "the line is longer than 1 MB")
                elif cells := split_line(table, number, line):
                    yield number, cells
    except OSError as error:
        raise InputError(f"{table.path}: cannot be read ({error.strerror})") from error
    table.digest = hashed.hexdigest()[:16]


def pass_over(file: BinaryIO) -> int:
    """Reads to the end of a line and returns how many bytes that took."""
    passed = 0
    while line := file.readline(LONGEST):
        passed += len(line)
        if line.endswith(b"\n"):
            break
    return passed


def split_line(table: Table, number: int, line: bytes) -> list[str]:
    """The cells of a line; none of a blank line or of one that cannot be read."""
    try:
        text = line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeDecodeError as error:
        table.skip(number, f"byte {error.start + 1} is not UTF-8")
        return []
    if not text.strip():
        return []
    cells = text.split("\t")
    if KINDS.get(len(cells)) != table.kind:
        table.skip(number, f"has {len(cells)} columns instead of {19 if table.kind == 'places' else 10}")
        return []
    return cells
