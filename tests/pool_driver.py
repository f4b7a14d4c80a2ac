"""A driver of a pool as a process of its own, for tests that kill it or press Ctrl-C.

python -m tests.pool_driver LOG PARTITIONS SECONDS    prints the square of each partition, then `end`
"""

import sys
from pathlib import Path

from flows.backend_pool import Pool
from flows.backends import map_partitions
from flows.stop import catch_stop
from tests.partition_work import square

LOG = Path(sys.argv[1]) if __name__ in {"__main__", "__mp_main__"} else Path()
if LOG.name:
    with LOG.open("a") as log:
        log.write("main\n")


def main() -> None:
    tasks = [{"n": n, "seconds": float(sys.argv[3]), "log": str(LOG)} for n in range(int(sys.argv[2]))]
    with catch_stop() as stop:
        for answer in map_partitions(Pool(2), square, tasks, stop=stop):
            print(answer.result["square"] if answer.result else answer.loss, flush=True)
        print("end", stop.asked, flush=True)


if __name__ == "__main__":
    main()
