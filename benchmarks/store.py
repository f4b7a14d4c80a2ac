"""How long the store takes over a million rows: opening it, showing a month, replacing one; as ratios.

Every figure stands beside the bare libraries doing the same to the same rows, in interleaved rounds.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from deltalake import DeltaTable, write_deltalake

from flows.lines import Origin
from flows.staging import Staging
from flows.store import Store
from flows.table_columns import COLUMNS
from flows.tables import in_months
from tests.test_store import make_article, make_run, rows_of

MONTHS = 36
MONTH = "strftime(DATE '2021-01-01' + to_months(n // 3 % {months}), '%Y-%m')"
ARTICLE = "substr(md5('article' || n // 3), 1, 16)"
MANY = f"""SELECT * REPLACE (
    substr(md5('event' || n), 1, 16) AS event_id, {ARTICLE} AS article_id, '{{run}}' AS run_id,
    {{month}} AS month, n % 40 AS killed_best, 'Two men died in village ' || n || '.' AS sentence)
FROM one, range({{rows}}) AS many(n) {{where}}"""
READ = f"""SELECT DISTINCT {ARTICLE} AS article_id, NULL::VARCHAR AS replaces, '{{run}}' AS run_id,
    '{{{{}}}}' AS findings, {{month}} AS month FROM range({{rows}}) AS many(n) {{where}}"""


def fill(store: Store, folder: Path, rows: int) -> None:
    """A store of so many rows, all of one run, and a candidate that has read one month of it again."""
    article = make_article()
    with Staging(folder / "one", "one") as staged:
        staged.add(article, rows_of(article, "1"), Origin())
    duck = store.tables.duck
    store.tables.events.read_pieces(staged.pieces("events")).create("one")
    month = MONTH.format(months=MONTHS)
    with store.writing("r1"):
        store.tables.events.add(duck.sql(MANY.format(run="r1", rows=rows, month=month, where="")), "r1")
        store._close(make_run("r1", rows=rows))
    for name, asked in (("events", MANY), ("readings", READ)):
        where = f"WHERE {month} = '2022-05'"
        duck.sql(asked.format(run="c1", rows=rows, month=month, where=where)).write_parquet(
            str(folder / f"{name}.parquet")
        )
    candidate = make_run("c1", kind="reextract", base="r1", scope={"articles": rows // 3 // MONTHS})
    store.commit_candidate(candidate, {name: [folder / f"{name}.parquet"] for name in ("events", "readings")})


def clock(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - spent


def overwrite_bare(location: Path, rows: Path, store: Store) -> None:
    """The same month by the library alone."""
    write_deltalake(
        DeltaTable(str(location)),
        store.tables.duck.read_parquet(str(rows)),
        mode="overwrite",
        predicate=in_months(["2022-05"]),
        schema_mode="merge",
    )


def measure(folder: Path, rows: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """The times of each step, by its name."""
    store = Store(folder / "tables")
    fill(store, folder, rows)
    bare = folder / "bare"
    columns = ", ".join(f'"{name}"' for name in COLUMNS["events"])
    write_deltalake(str(bare), store.tables.events.scan().select(columns), partition_by=["month"])
    found: dict[str, list[tuple[float, float]]] = {}

    def note(name: str, work: Callable[[], object]) -> None:
        found.setdefault(name, []).append(clock(work))

    for number in range(rounds):
        note("open", lambda: Store(folder / "tables").current())
        note("start of writing", lambda: hold(folder / "tables"))
        note("view counted", lambda: store.view().relation.count("*").fetchall())
        note("view of a month", lambda: store.view().relation.filter("month = '2022-05'").df())
        note("bare overwrite", lambda: overwrite_bare(bare, folder / "events.parquet", store))
        if number % 2:
            note("go back", lambda: store.promote("r1"))
        else:
            note("promote", lambda: store.promote("c1"))
    return found


def hold(folder: Path) -> None:
    with Store(folder).writing():
        pass


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.rows, given.rounds)
    for name, times in found.items():
        wall, spent = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"{name:20} {wall:7.3f} s wall  {spent:7.3f} s processor  ({len(times)} times)")


if __name__ == "__main__":
    sys.exit(main())
