"""Kills re-extractions at random moments, the commit too, and proves that nothing is lost and the bytes are the same.

    python -m benchmarks.reextract_kills --kills 30 --articles 60

After each kill the store must open and the current run be whole, row by row. Then the same command runs to its
end: the candidate must be that of a run that nobody killed, byte by byte, and a new home begins.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.store import Store
from flows.worker import worker_extractor
from models.receipt import Receipt
from models.scope import Scope
from tests.reextract_child import SIZE, Runs, open_runs
from tests.reextraction import age_home, copy_home, fill_home, lines_of, make_pages, rows_of

FORCED = Asked(Scope(), force=True)
TABLES = ("events", "readings")


@dataclass
class Tries:
    """What the kills met, and what they broke."""

    kills: int = 0
    homes: int = 0
    late: int = 0  # kills that came when the candidate was committed
    faults: list[str] = field(default_factory=list)


def kill_runs(folder: Path, runs: Runs, kills: int, articles: int, seed: int = 7) -> Tries:
    """Kills so many re-extractions of so many articles."""
    extractor, chance, tries = worker_extractor(), random.Random(seed), Tries()
    age_home(fill_home(folder, make_pages(range(articles)), extractor), folder / "aged", extractor)
    whole = copy_home(folder / "aged", folder / "whole", extractor.stages)
    began = time.monotonic()
    found = finish(whole)
    longest = time.monotonic() - began
    wanted = {name: lines_of(whole, found.run_id, name) for name in TABLES}
    standing = rows_of(whole)
    while tries.kills < kills:
        home = copy_home(folder / "aged", folder / f"home{tries.homes}", extractor.stages)
        for _ in range(min(3, kills - tries.kills)):
            runs.start(home)
            time.sleep(chance.uniform(0.0, 1.1 * longest))
            runs.end(signal.SIGKILL)
            tries.kills += 1
            if rows_of(home) != standing:
                tries.faults.append(f"{home.name}: the current run is not whole")
            tries.late += len(Store(find_store(home)).runs()) > 1
        found = finish(home)
        for name in TABLES:
            if lines_of(home, found.run_id, name) != wanted[name]:
                tries.faults.append(f"{home.name}: other {name} than those of a run that nobody killed")
        tries.homes += 1
        sys.stderr.write(f"{tries.kills} kills, {tries.homes} homes, {len(tries.faults)} faults\n")
    return tries


def finish(home: Path) -> Receipt:
    """The same command, let to its end."""
    found = reextract(home, FORCED, size=SIZE)
    assert isinstance(found, Receipt)
    return found


def main() -> int:
    """Prints how many kills there were, and every fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_runs() as runs:
        tries = kill_runs(Path(folder), runs, given.kills, given.articles, given.seed)
    print(
        f"{tries.kills} kills, {tries.late} behind the commit, {tries.homes} homes of {given.articles} articles"
    )
    print(f"faults: {len(tries.faults)}")
    for fault in tries.faults:
        print(f"! {fault}")
    return 1 if tries.faults else 0


if __name__ == "__main__":
    sys.exit(main())
