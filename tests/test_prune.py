"""The install is pruned: what is cut from compiled modules is only what no loader reads."""

import struct
import subprocess
import sys
from pathlib import Path

from requirements.prune import cut_symbols

HEADER, ENTRY, LOADED_END = 64, 56, 300


def write_module(path: Path) -> None:
    """A module of one loaded segment, with symbols and a list of sections behind it."""
    header = (
        b"\x7fELF\x02\x01" + bytes(26) + struct.pack("<QQIHHHHHH", HEADER, 400, 0, HEADER, ENTRY, 1, 64, 2, 1)
    )
    entry = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, LOADED_END, LOADED_END, 4096)
    path.write_bytes((header + entry).ljust(LOADED_END, b"L").ljust(528, b"S"))


def test_only_what_is_behind_the_loaded_part_is_cut(tmp_path: Path) -> None:
    module = tmp_path / "module.so"
    write_module(module)
    loaded = module.read_bytes()[HEADER:LOADED_END]
    cut_symbols(module)
    once = module.read_bytes()
    assert (len(once), once[HEADER:]) == (LOADED_END, loaded)
    assert struct.unpack_from("<Q", once, 40) == (0,)
    cut_symbols(module)
    assert module.read_bytes() == once


def test_other_formats_are_left_as_they_are(tmp_path: Path) -> None:
    module = tmp_path / "module.so"
    module.write_bytes(b"\xcf\xfa\xed\xfe" + bytes(400))
    cut_symbols(module)
    assert module.stat().st_size == 404


def test_a_real_module_loads_after_the_cut(tmp_path: Path) -> None:
    import murmurhash.mrmr as module  # noqa: PLC0415 - any small compiled module will do

    copy = tmp_path / Path(module.__file__).name
    copy.write_bytes(Path(module.__file__).read_bytes())
    cut_symbols(copy)
    load = f"import ctypes; ctypes.PyDLL({str(copy)!r})"
    assert subprocess.run([sys.executable, "-c", load], check=False).returncode == 0
