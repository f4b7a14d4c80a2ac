"""A large run: what is staged is committed in pieces, so that memory stays flat."""

import multiprocessing
import resource
from pathlib import Path

from flows.staging import Staging
from flows.store import Store
from models.article import Article
from tests.test_store import NOON, make_run, rows_of


def store_many(folder: Path, queue: "multiprocessing.Queue[int]") -> None:
    store = Store(folder / "tables")
    filler = "The market stayed shut and the road to the harbour was closed. " * 80
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Staging(folder / "staging", "r1") as staged:
        for number in range(10_000):
            article = Article(f"{number} {filler}", f"doc-{number}", published=NOON)
            staged.add(article, rows_of(article, f"e{number}"))
        store.commit(make_run("r1", articles=10_000, rows=10_000), staged)
    queue.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)


def test_memory_stays_flat_over_ten_thousand_articles(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    child = context.Process(target=store_many, args=(tmp_path, queue))
    child.start()
    child.join(120)
    grown = queue.get(timeout=5)
    assert grown < 150_000  # kilobytes; the articles alone are 50 MB, as Python objects with rows far more
    assert Store(tmp_path / "tables").read_events()["event_id"].nunique() == 10_000
