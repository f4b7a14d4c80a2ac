"""Takes out of the environment what dateline never reads, so that an install stays under 700 MB.

Test suites that libraries ship, locales of babel other than English, and debugging symbols of compiled modules.
Run by `make setup`; running it again changes nothing.
"""

import shutil
import struct
import sys
import sysconfig
from pathlib import Path

SITE = Path(sysconfig.get_paths()["purelib"])
TESTED = (
    "pandas",
    "numpy",
    "spacy",
    "thinc",
    "blis",
    "preshed",
    "murmurhash",
    "cymem",
    "srsly",
    "tld",
    "weasel",
)
SYMBOLS = ("spacy", "thinc")  # most of the size of these is symbols
ELF64 = b"\x7fELF\x02\x01"  # 64 bits, little-endian: Linux on x86-64 and ARM
HEADER, LOADED = 64, 1


def main() -> int:
    """Prints how much was taken out, in MB."""
    before = measure(SITE)
    for library in TESTED:
        for folder in sorted((SITE / library).rglob("tests")):
            shutil.rmtree(folder, ignore_errors=True)
    for path in (SITE / "babel" / "locale-data").glob("*.dat"):
        if path.stem != "root" and not path.stem.startswith("en"):
            path.unlink()
    for library in SYMBOLS:
        for path in sorted((SITE / library).rglob("*.so")):
            cut_symbols(path)
    print(f"took out {(before - measure(SITE)) / 1e6:.0f} MB of tests, locales and symbols")
    return 0


def cut_symbols(path: Path) -> None:
    """Cuts a module behind the last segment that is loaded: there stand only symbols and the list of sections.

    Not every machine has `strip`, and what it leaves of libraries patched after linking may not load.
    """
    data = bytearray(path.read_bytes())
    if not data.startswith(ELF64):
        return
    (start,) = struct.unpack_from("<Q", data, 32)
    size, number = struct.unpack_from("<HH", data, 54)
    ends = [HEADER, start + size * number]
    for at in range(start, start + size * number, size):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, at)
        if kind == LOADED:
            ends.append(offset + length)
    struct.pack_into("<Q", data, 40, 0)  # no list of sections
    struct.pack_into("<HH", data, 60, 0, 0)  # it has no entries and no names
    if max(ends) < len(data):
        path.write_bytes(data[: max(ends)])


def measure(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
