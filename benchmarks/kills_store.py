"""Kills a process that commits, re-reads, promotes and goes back, at random moments, and looks at the store.

After every kill the store is opened twice: as a reader finds it, and as the next writer does, who sweeps. Each
time the runs are those of the steps that were acknowledged, with at most one more; what stands, and what stood
with each of the last runs, is what the steps make of it; the tables of candidates are those of its runs.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from flows.candidates import list_candidates
from flows.store import Store
from models.article import Article
from tests.test_candidates import make_candidate, shown
from tests.test_store import make_run, rows_of

MONTHS = (datetime(2024, 3, 5, 12, tzinfo=UTC), datetime(2024, 5, 5, 12, tzinfo=UTC))
EACH = 6  # articles of an ingest
Rows = dict[str, str]  # event -> the run that its row is of


class Step(NamedTuple):
    """What is done to the store, and to which run."""

    kind: str
    cycle: int

    @property
    def run_id(self) -> str:
        """The run that the step makes, or makes current."""
        return f"r{self.cycle:04}{'a' if self.kind in {'ingest', 'back'} else 'b'}"


def list_steps(number: int) -> list[Step]:
    """The first steps: an ingest, a candidate, its promotion, and every other time back again."""
    kinds = ("ingest", "candidate", "promote", "back")
    steps = (Step(kind, cycle) for cycle in count() for kind in kinds if kind != "back" or cycle % 2)
    return list(islice(steps, number))


def list_articles(cycle: int) -> list[Article]:
    """The articles of a cycle, in two months."""
    return [
        Article(
            f"Two men died in village {cycle} {number}.", f"{cycle}-{number}", published=MONTHS[number % 2]
        )
        for number in range(EACH if cycle >= 0 else 0)
    ]


def do_step(store: Store, step: Step) -> None:
    """Does it. A candidate reads the articles of two cycles."""
    if step.kind == "ingest":
        articles = list_articles(step.cycle)
        rows = [row for article in articles for row in rows_of(article, article.doc_id)]
        store.commit_run(make_run(step.run_id, articles=EACH, rows=EACH), articles, rows)
    elif step.kind == "candidate":
        read = {
            article: [article.doc_id] for n in (step.cycle - 1, step.cycle) for article in list_articles(n)
        }
        runs = {article: f"r{article.doc_id.partition('-')[0]:0>4}a" for article in read}
        make_candidate(store, step.run_id, read, f"r{step.cycle:04}a", runs)
    else:
        store.promote(step.run_id)


def foresee(steps: list[Step]) -> tuple[list[str], dict[str, Rows]]:
    """The runs that become current, in order, and what stands with the first turn of each; the last under ''."""
    turns: list[str] = []
    views: dict[str, Rows] = {"": {}}
    for step in steps:
        if step.kind == "candidate":
            continue
        rows = dict(views["back" if step.kind == "back" else ""])
        if step.kind == "ingest":
            rows |= {article.doc_id: step.run_id for article in list_articles(step.cycle)}
            views["back"] = rows
        elif step.kind == "promote":
            read = [*list_articles(step.cycle - 1), *list_articles(step.cycle)]
            rows |= {article.doc_id: step.run_id for article in read}
        turns.append(step.run_id)
        views.setdefault(step.run_id, rows)
        views[""] = rows
    return turns, views


def look(folder: Path, acknowledged: int) -> tuple[int, list[str]]:
    """How many steps the store has seen, and what is wrong with it."""
    store = Store(folder)
    ledger = store.ledger()
    turns = [turn.run.run_id for turn in ledger.turns]
    done = len(ledger.runs) + len(turns) - sum(run.kind == "ingest" for run in ledger.runs)
    steps = list_steps(done)
    foreseen, views = foresee(steps)
    faults = []
    if not acknowledged <= done <= acknowledged + 1:
        faults.append(f"{acknowledged} steps were acknowledged, {done} are there")
    if turns != foreseen:
        faults.append(f"the runs became current in another order: {turns[-4:]} instead of {foreseen[-4:]}")
    if dict(shown(store)) != views[""]:
        faults.append(f"what stands with {turns[-1:]} is not what was written")
    for run_id in dict.fromkeys(reversed(turns[-6:])):
        if dict(shown(store, run_id)) != views[run_id]:
            faults.append(f"what stood with {run_id} is not what was written")
    return done, faults


def look_twice(folder: Path, acknowledged: int) -> tuple[int, list[str]]:
    """The same before the next writer has swept, and after."""
    done, faults = look(folder, acknowledged)
    store = Store(folder)
    with store.writing():
        pass
    again, more = look(folder, acknowledged)
    wanted = [run.run_id for run in store.runs() if run.kind == "reextract"]
    if list_candidates(store.tables) != wanted:
        more.append("the tables of candidates are not those of the runs")
    if again != done:
        more.append(f"{done} steps before the sweep, {again} after it")
    return again, [*faults, *more]


def kill_writers(folder: Path, kills: int, seed: int = 7) -> tuple[Counter[str], list[str]]:
    """Kills so many writers; gives what each was about, and the faults."""
    chance, met, faults, done = random.Random(seed), Counter[str](), list[str](), 0
    for number in range(kills):
        command = [sys.executable, "-m", "benchmarks.kills_store", "--write", str(folder), str(done)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            began = time.monotonic()
            if number:
                time.sleep(chance.uniform(0, 1.5))
            else:
                list(islice(writer.stdout, 7))  # two cycles, so that every kind of step has been
            writer.kill()
            acknowledged = done + 1 + (7 if not number else 0) + sum(1 for _ in writer.stdout)
            assert time.monotonic() - began < 600
        done, found = look_twice(folder, acknowledged)
        met[list_steps(acknowledged + 1)[-1].kind] += 1
        faults += [f"kill {number + 1}: {fault}" for fault in found]
    return met, faults


def write(folder: Path, done: int) -> None:
    """What is killed: the steps from there on."""
    store = Store(folder)
    for step in list_steps(done + 1000)[done:]:
        do_step(store, step)
        print(step.kind, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write(Path(given.write[0]), int(given.write[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        met, faults = kill_writers(Path(folder) / "tables", given.kills, given.seed)
    print(f"{given.kills} kills ({', '.join(f'{kind} {n}' for kind, n in met.most_common())})")
    print(f"faults: {len(faults)}")
    for fault in faults:
        print(f"! {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
