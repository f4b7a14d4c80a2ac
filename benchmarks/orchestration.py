"""What Prefect costs a re-extraction: the flow's time by the clock beside the time of its stages' own work.

    python -m benchmarks.orchestration [--articles N ...]

Pages are read anew (record, text, parse, rules, rows, commit), once with few articles and once with many: Prefect's
part is the same for both, since a run has as many tasks, so its share falls as the archive grows. The server is
started before, as it is where nights are scheduled.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.reextraction import fill_home
from flows.prefect_settings import settle_prefect
from flows.reextract_start import Asked
from flows.serve import find_server, run_reextraction
from flows.worker import worker_extractor
from models.scope import Scope

Work = Callable[[], int]
SIZE = 150_000  # bytes of a page


def main() -> int:
    """Prints the seconds that are Prefect's, and their share, for each number of articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 400])
    numbers = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        settle_prefect(Path(folder), level="CRITICAL")
        homes = {n: fill_home(Path(folder) / str(n), n, SIZE, worker_extractor()) for n in numbers}
        with find_server():
            for number, home in homes.items():
                whole, work, tasks = time_flow(home)
                print(
                    f"{number} articles: {whole:.2f} s, of which {whole - work:.2f} s ({1 - work / whole:.1%}) "
                    f"are not the {tasks} tasks' own work"
                )
    return 0


def time_flow(home: Path) -> tuple[float, float, int]:
    """Seconds of the whole flow, seconds of the work in its tasks, and how many tasks there were."""
    from flows import reextract_flow  # noqa: PLC0415 - Prefect reads its settings at import

    taken: list[float] = []
    run_task = reextract_flow.run_task

    def run_timed(stage: str, work: Work) -> int:
        def timed() -> int:
            start = perf_counter()
            number = work()
            taken.append(perf_counter() - start)
            return number

        return run_task(stage, timed)

    reextract_flow.run_task = run_timed
    start = perf_counter()
    run_reextraction(Asked(Scope(), force=True, fresh=True, pages=True), home, 0, None)
    whole = perf_counter() - start
    reextract_flow.run_task = run_task
    return whole, sum(taken), len(taken)


if __name__ == "__main__":
    raise SystemExit(main())
