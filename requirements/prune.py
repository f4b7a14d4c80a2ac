"""Takes out of the environment what dateline never reads, so that an install stays under 700 MB.

Test suites that libraries ship, locales of babel other than English, and, where `strip` is on the machine,
debugging symbols of compiled modules. Run by `make setup`; running it again changes nothing.
"""

import shutil
import subprocess
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
# Most of the size of these is symbols. Libraries that were patched after linking (numpy's) break when stripped.
SYMBOLS = ("spacy", "thinc")
BATCH = 100


def main() -> int:
    """Prints how much was taken out, in MB."""
    before = measure(SITE)
    for library in TESTED:
        for folder in sorted((SITE / library).rglob("tests")):
            shutil.rmtree(folder, ignore_errors=True)
    for path in (SITE / "babel" / "locale-data").glob("*.dat"):
        if path.stem != "root" and not path.stem.startswith("en"):
            path.unlink()
    strip_symbols()
    print(f"took out {(before - measure(SITE)) / 1e6:.0f} MB of tests, locales and symbols")
    return 0


def strip_symbols() -> None:
    """Removes debugging symbols of extension modules, if the machine has the tool for it."""
    tool = shutil.which("strip")
    modules = [str(path) for library in SYMBOLS for path in (SITE / library).rglob("*.so")]
    if tool is None:
        return
    for start in range(0, len(modules), BATCH):
        some = modules[start : start + BATCH]
        subprocess.run([tool, "--strip-debug", *some], check=False, stderr=subprocess.DEVNULL)


def measure(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
