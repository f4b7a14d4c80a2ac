"""The most memory that this process held."""

import re
from pathlib import Path


def read_peak() -> float:
    """MiB. Unlike `ru_maxrss`, Linux counts this from the start of the program, not from that of who started it."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.M)
    assert found, "Linux is needed"
    return int(found[1]) / 1024
